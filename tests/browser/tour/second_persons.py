"""What takes two people, what is handed on, and how a moderator's day goes."""

from contextlib import AsyncExitStack
from dataclasses import dataclass

from playwright.async_api import expect

from app.companion.demo.cast import Card
from app.companion.flag import Flag
from app.companion.transcript import Received
from app.wire.ids import FlagId
from tests.browser.people import Moderator, Peer
from tests.browser.tour.elsewhere import Talk, admitted, talk
from tests.browser.tour.way import Way

NOTE = "it was the third time"


@dataclass
class Flagged:
    """A talk, of which the client flagged three things."""

    talk: Talk
    danger: FlagId
    later: Received
    """What the client sends when asked for more."""


async def second_persons(way: Way) -> None:
    """Ash has the flags, Wren and Lin are asked; Sol is the peer."""
    async with AsyncExitStack() as stack:
        lin_card = await admitted(way.place, "moderator", "Lin")
        happened = await flagged(way, await stack.enter_async_context(talk(way.place, "Sol", "hi")))
        ash = Moderator(await way.person("moderator-ash"), way.words)
        wren = Moderator(await way.person("coordinator-wren"), way.words)
        await ash.sign_in(way.place.cards["Ash"])
        await more_words(way, ash, happened)
        await a_report(way, ash, wren)
        lin = Moderator(await way.person("moderator-lin"), way.words)
        await a_pause(way, ash, wren, lin, lin_card)
        sol = Peer(await way.person("peer-sol"), way.words)
        await an_appeal(way, sol, lin)
        await paused_peers(way, ash)
        await handed_on(way, ash, lin)
        await a_break(way, ash)
        await kept_flags(way, ash)


async def flagged(way: Way, said: Talk) -> Flagged:
    """What Sol wrote, and what the client and Sol made of it."""
    long = await said.replies(
        way.own(
            "You can meet me tonight. Tell nobody that we write to each other. I know how to find you.",
            "Podemos vernos esta noche. No le digas a nadie que nos escribimos. Igual sé cómo encontrarte.",
        )
    )
    await said.says(way.own("i would rather not", "mejor no"))
    later = await said.replies(way.own("Why are you so afraid?", "¿Por qué tienes tanto miedo?"))
    refusal = await said.says(way.own("leave me alone", "déjame en paz"))
    danger = await said.flags("danger", long, refusal, note=way.own(NOTE, "fue la tercera vez"))
    money = await said.replies(way.own("You could lend me something.", "Podrías prestarme algo."))
    await said.flags("contact", money, note=way.own("for rent", "para la renta"))
    number = await said.replies(way.own("Send me your number.", "Mándame tu número."))
    await said.flags("contact", number)
    return Flagged(said, danger, later)


async def more_words(way: Way, ash: Moderator, happened: Flagged) -> None:
    """A long message in parts; then the one who flagged is asked for more, and sends it."""
    await expect(ash.heading("Danger")).to_be_visible()
    # Of two such flags either could have come first.
    await happened.talk.peer_flags("danger", way.own("i will come to your door", "voy a ir a tu puerta"))
    await ash.unfolds("Skip something today")
    await way.stop("moderator-skip", ash.page)
    await ash.unfolds("Skip something today")
    await ash.press("Show in parts: message {number}", number=1)
    await ash.sees("The rest is covered.")
    await way.stop("moderator-in-parts", ash.page)
    await ash.press("Ask for more context")
    await way.stop("moderator-more-ask", ash.page)
    await ash.press("Yes, ask")
    await ash.sees("Asked. It comes back when they answer.")
    await way.stop("moderator-more-asked", ash.page)
    await happened.talk.client.give_more(happened.danger, Flag.of([happened.later], note=""))
    await ash.press("Next")
    await ash.sees("They were asked for more, and sent it.")
    await ash.press("Show all")
    await ash.sees("Sent when asked for more")
    await way.stop("moderator-more-given", ash.page)


async def a_report(way: Way, ash: Moderator, wren: Moderator) -> None:
    """A moderator and a coordinator agree that words are passed on."""
    await ash.chooses("Report outside Beside", "Danger", way.own("a threat", "una amenaza"))
    await ash.choice_named("Wren").check()
    await ash.choice_named("Wren").scroll_into_view_if_needed()
    await way.stop("moderator-second-chosen", ash.page)
    await ash.press("Ask them")
    await expect(ash.heading("Is this right?")).to_be_visible()
    await way.stop("moderator-second-sure", ash.page)
    await ash.press("Yes, this is right")
    await ash.sees("Asked. It comes back if they would do something else.")
    await ash.press("Asked of you")
    await ash.sees("{alias} has not answered yet", alias="Wren")
    await way.stop("moderator-waits-for-second", ash.page)

    await wren.sign_in(way.place.cards["Wren"])
    await wren.press("Asked of you: someone waits")
    await expect(wren.button("Read it")).to_be_visible()
    await way.stop("coordinator-asked", wren.page)
    await wren.press("Read it")
    await wren.press("Show all")
    await way.stop("coordinator-second", wren.page)
    await wren.chooses("Report outside Beside", "Danger", way.own("a threat", "una amenaza"))
    await wren.press("Decide")
    await way.stop("coordinator-second-sure", wren.page)
    await wren.press("Yes, this is right")
    await wren.sees("You both chose the same. It is done.")
    await wren.press("Save the report file")
    await way.stop("coordinator-report", wren.page)
    await wren.press("Go back")

    await ash.press("Next for you")
    await ash.press("Next")
    await ash.sees("{alias} would report it too. The flag stays here to be decided.", alias="Wren")
    await ash.button("Save the report file").scroll_into_view_if_needed()
    await way.stop("moderator-report-agreed", ash.page)


async def a_pause(way: Way, ash: Moderator, wren: Moderator, lin: Moderator, card: Card) -> None:
    """One moderator sees it otherwise; a coordinator agrees."""
    await asks_for_a_pause(way, ash, "Lin")
    await lin.sign_in(card)
    await lin.press("Asked of you: someone waits")
    await lin.press("Read it")
    await lin.chooses("No action", "Not clear enough to act", way.own("I would wait", "yo esperaría"))
    await lin.press("Decide")
    await lin.press("Yes, this is right")
    await lin.sees("You two would do different things. It goes back to the one who asked.")
    await way.stop("moderator-second-differs", lin.page)
    await ash.press("Next")
    await ash.sees(
        "{alias} read it and would do something else. You can decide anew, or ask another person.",
        alias="Lin",
    )
    await way.stop("moderator-differs", ash.page)
    await ash.press("Show all")
    await asks_for_a_pause(way, ash, "Wren")
    await wren.press("Asked of you")
    await wren.press("Read it")
    await wren.press("Show all")
    await wren.choice("Pause a peer").check()
    await wren.choice_named("Sol").check()
    await wren.chooses("Pause a peer", "Danger", way.own("until we know more", "hasta saber más"))
    await wren.press("Decide")
    await wren.press("Yes, this is right")
    await wren.sees("You both chose the same. It is done.")


async def asks_for_a_pause(way: Way, ash: Moderator, whom: str) -> None:
    """About Sol."""
    await ash.choice("Pause a peer").check()
    await ash.choice_named("Sol").check()
    await ash.chooses("Pause a peer", "Danger", way.own("until we know more", "hasta saber más"))
    await ash.choice_named(whom).check()
    await ash.press("Ask them")
    await ash.press("Yes, this is right")
    await ash.sees("Asked. It comes back if they would do something else.")


async def an_appeal(way: Way, sol: Peer, lin: Moderator) -> None:
    """The paused peer asks somebody who had no part in it."""
    await sol.sign_in(way.place.cards["Sol"])
    await expect(sol.heading("You take no new talks for now")).to_be_visible()
    await sol.press("Ask someone new to look")
    await sol.page.locator("#own-appeal").get_by_role("radio").first.check()
    await sol.box("What you would like them to know").fill(
        way.own("I was joking, and I see that it was wrong.", "Era broma, y veo que estuvo mal.")
    )
    await way.stop("peer-appeal", sol.page)
    await sol.press("Send it")
    await sol.sees("Someone new looks at it. You hear of it here.")
    await way.stop("peer-paused-by-the-team", sol.page)
    await lin.press("Asked of you")
    await lin.press("Decide it")
    await lin.sees("Still empty: {what}", what=way.words("What you decide"))
    await way.stop("moderator-appeal", lin.page)
    await lin.press("Show")
    await lin.choice("Let the pause stand").check()
    await lin.box("Why, in one line").fill(way.own("not yet", "todavía no"))
    await lin.press("Decide it")
    await lin.sees("Nothing is asked of you now.")


async def paused_peers(way: Way, ash: Moderator) -> None:
    """Who is paused, and how it ends."""
    await ash.press("Paused peers")
    await ash.press("Lift it: {alias}", alias="Sol")
    await ash.press("Lift the pause now")
    await ash.sees("Still empty: {what}", what=way.words("Why, in one line"))
    await way.stop("moderator-pauses", ash.page)


async def handed_on(way: Way, ash: Moderator, lin: Moderator) -> None:
    """A flag goes to somebody else, with a line."""
    await ash.press("Next for you")
    await ash.press("Next")
    await expect(ash.heading("Sexual, contact or money")).to_be_visible()
    await ash.press("Hand on for a second opinion")
    await ash.box("One line for the team").last.fill(way.own("I know them", "conozco a la persona"))
    await way.stop("moderator-hand-on", ash.page)
    await ash.press("Hand it on")
    await ash.sees("Handed on. Someone else reads it next.")
    await ash.press("Next")
    await expect(ash.heading("Sexual, contact or money")).to_be_visible()
    await lin.press("Next for you")
    await lin.decides("No action", "Nothing wrong here", way.own("words of anger", "palabras de enojo"))
    await lin.press("Next")
    await lin.sees("Another moderator would like a second look at this.")
    await way.stop("moderator-handed-to", lin.page)


async def a_break(way: Way, ash: Moderator) -> None:
    """Three heavy ones, then the choice to go on or to rest."""
    await ash.decides("No action", "Kept as a note", way.own("one more like it", "otra igual"))
    await expect(ash.heading("Those were three heavy ones.")).to_be_visible()
    await way.stop("moderator-go-on-or-break", ash.page)
    await ash.press("Take a break")
    await ash.sees("You are on a break. Nothing comes.")
    await way.stop("moderator-break", ash.page)


async def kept_flags(way: Way, ash: Moderator) -> None:
    """What was decided, by day and act alone."""
    await ash.press("Kept flags")
    await ash.button("Hold it").first.click()
    await way.stop("moderator-kept", ash.page)
