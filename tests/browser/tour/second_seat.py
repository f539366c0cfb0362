"""Two of the team in one talk: asked by name, let in by the client, and who reads now."""

from playwright.async_api import expect

from tests.browser.people import Client, Peer
from tests.browser.team import asks_for_more, pause
from tests.browser.tour.review import odd
from tests.browser.tour.way import Way


async def second_seat(way: Way) -> None:
    """A handover on three pages; then own words that are shown by name, and a peer who is paused."""
    client = await way.client("client-handover")
    mara = Peer(await way.person("peer-handover"), way.words)
    sol = Peer(await way.person("peer-next"), way.words)
    first = way.own("hi, today was hard", "hola, hoy fue un día difícil")
    await mara.sign_in(way.place.cards["Mara"])
    await client.begins(first)
    await mara.says_hello()
    await client.says_hello_back()
    await mara.reads(first)
    await asking_in(way, mara, sol)
    await letting_in(way, client, mara, sol)
    await own_words(way, mara, sol)
    await asked_for_more(way, client, mara)
    await paused(way, client, mara)
    await one_part_ends(way, client, sol)


async def asking_in(way: Way, mara: Peer, sol: Peer) -> None:
    """Nobody who could come; then somebody, with a card that is nearly full."""
    await mara.press("Ask a colleague in")
    await mara.sees("Nobody else is on with room for one more talk. You can look again in a while.")
    await way.stop("peer-nobody-to-bring", mara.page)
    await sol.sign_in(way.place.cards["Sol"])
    await sol.sees("Nobody is waiting.")
    await mara.press("Look again")
    await mara.choice("To hand this talk over").check()
    await mara.choice_named("Sol").check()
    card = way.own(
        "They like to go slowly, and would rather not speak of the family.",
        "Prefiere ir despacio, y no hablar de la familia.",
    )
    await mara.box("A card for them, if you like").fill(" ".join([card] * 6))
    await way.stop("peer-brings", mara.page)
    await mara.box("A card for them, if you like").fill(card)
    await mara.press("Ask them")
    await mara.sees("You asked {peer}. They have not answered yet.", peer="Sol")
    await sol.sees("{peer} asks you to go on with a talk of theirs.", peer="Mara")
    await way.stop("peer-asked-in", sol.page)
    await sol.press("I can come")
    await sol.sees("You said you can come. The person in that talk decides now.")
    await way.stop("peer-would-come", sol.page)


async def letting_in(way: Way, client: Client, mara: Peer, sol: Peer) -> None:
    """The client reads the card first, and says yes."""
    await mara.sees("{peer} would come. The person you talk with decides now.", peer="Sol")
    await way.stop("peer-waits-for-a-yes", mara.page)
    await expect(client.button("Let {next} in and share this", next="Sol")).to_be_visible()
    await way.stop("client-newcomer", client.page)
    await client.press("Let {next} in and share this", next="Sol")
    await expect(client.button("End {peer}’s part", peer="Sol")).to_be_visible()
    here = way.own("hello, I am here too", "hola, aquí estoy también")
    await sol.page.get_by_role("tab").click()
    await sol.replies(here)
    for other in (client, mara):
        await other.reads(here)
    await way.stop("client-two-read", client.page)
    await way.stop("peer-two-read", mara.page)


async def own_words(way: Way, mara: Peer, sol: Peer) -> None:
    """Shown to one colleague, with their proof."""
    words = way.own("was this too much?", "¿fue demasiado?")
    await mara.replies(words)
    await mara.press("Show my own words")
    await mara.page.get_by_role("checkbox", name=words).check()
    await mara.choice("{alias}, peer", alias="Sol").check()
    await mara.box("A line with it, if you like. Leave out what they said.").fill(words)
    await way.stop("peer-shows-own-words", mara.page)
    await mara.press("Show them")
    await mara.sees("They can read it now. You find it on your desk, and can take it back there.")
    await mara.closes_panel()
    await sol.unfolds("Words shown by name")
    await expect(sol.heading("{alias} shows you own words", alias="Mara")).to_be_visible()
    await sol.heading("{alias} shows you own words", alias="Mara").scroll_into_view_if_needed()
    await way.stop("peer-words-shown", sol.page)
    await sol.unfolds("Words shown by name")


async def asked_for_more(way: Way, client: Client, mara: Peer) -> None:
    """A moderator asks whoever sent something for more of the talk."""
    words = odd(way)
    await mara.replies(words)
    await client.reads(words)
    await client.flags(words, why="Asked for contact or money, or was sexual", note="")
    await client.press("Keep talking")
    await asks_for_more(way.place)
    await client.sees(
        "A moderator read what you sent, and asks for more of the talk. You choose what, or nothing."
    )
    await way.stop("client-asked-for-more", client.page)
    await client.press("Pick words")
    await client.page.get_by_role("checkbox").first.check()
    await way.stop("client-more-words", client.page)
    await client.press("Send to a moderator")
    await client.sees("Thank you. It is with the moderator.")
    await way.stop("client-more-words-sent", client.page)


async def paused(way: Way, client: Client, mara: Peer) -> None:
    """Two of the team have a peer take no new talks; both sides of the talk are told."""
    await pause(way.place, "Mara")
    await client.sees(
        "{peer} takes no new talks for now. You can stay, or switch to someone else.", peer="Mara"
    )
    await way.stop("client-peer-is-paused", client.page)
    await client.press("Stay with {peer}", peer="Mara")
    await client.press("OK")
    await expect(mara.heading("You take no new talks for now")).to_be_visible()
    await mara.heading("You take no new talks for now").scroll_into_view_if_needed()
    await way.stop("peer-is-paused", mara.page)


async def one_part_ends(way: Way, client: Client, sol: Peer) -> None:
    """The client ends one part, and the talk goes on with the other."""
    await client.press("End {peer}’s part", peer="Sol")
    await client.sees("{peer} reads nothing more from now on. The talk goes on with who stays.", peer="Sol")
    await way.stop("client-end-part-ask", client.page)
    await client.button("End {peer}’s part", peer="Sol").last.click()
    await sol.sees("Your part in this talk has ended. It goes on with a colleague.")
    await way.stop("peer-part-ended", sol.page)
