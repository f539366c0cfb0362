"""Something felt wrong: words go to a moderator, who reads and decides, and everybody is told."""

from playwright.async_api import Route, expect

from tests.browser.people import Client, Moderator, Peer
from tests.browser.tour.way import Way

NOTE = "they asked for my number"


def odd(way: Way) -> str:
    """What a peer never says."""
    return way.own(
        "You can tell me more if you send me your number. I will call you tonight.",
        "Me puedes contar más si me mandas tu número. Te llamo en la noche.",
    )


async def flagging(way: Way, client: Client, mara: Peer) -> None:
    """Both pages' "Something felt wrong"."""
    words = odd(way)
    await mara.replies(words)
    await client.reads(words)
    await client.press("More")
    await client.press("Something felt wrong")
    await way.stop("client-flag", client.page)
    await client.page.get_by_role("checkbox", name=words).check()
    await client.choice("Asked for contact or money, or was sexual").check()
    await client.box("Add a line, if you like").fill(NOTE)
    await way.stop("client-flag-picked", client.page)
    await client.press("Send to a moderator")
    await client.sees(
        "Thank you. Keep talking with {peer}, switch to someone else, or stop here?", peer="Mara"
    )
    await way.stop("client-flag-sent", client.page)
    await client.press("Keep talking")
    await mara.press("Something felt wrong")
    await mara.page.locator(".panel").get_by_role("checkbox").first.check()
    await mara.choice("I need backing").check()
    await way.stop("peer-flag", mara.page)
    await mara.closes_panel()


async def review(way: Way, client: Client, mara: Peer) -> None:
    """A moderator closes the talk."""
    ash = Moderator(await way.person("moderator"), way.words)
    await ash.page.goto(way.place.cards["Ash"].link)
    await expect(ash.box("Sign-in name")).to_be_visible()
    await way.stop("moderator-sign-in", ash.page)
    await ash.enter(way.place.cards["Ash"])
    await expect(ash.heading("Sexual, contact or money")).to_be_visible()
    await way.stop("moderator-covered", ash.page)
    await ash.press("Show message {number}", number=1)
    await ash.sees("This message was said in this room, in these words.")
    await way.stop("moderator-proof-ok", ash.page)
    await ash.chooses("Close this room", "Asked for or gave contact details", "asked for a number")
    await ash.press("Decide")
    await expect(ash.heading("Is this right?")).to_be_visible()
    await way.stop("moderator-decision-asked", ash.page)
    await ash.press("Yes, this is right")
    await ash.sees("Done. Take the time you need.")
    await way.stop("moderator-decided", ash.page)
    await ash.press("Next")
    await ash.sees("Nothing waits for you now.")
    await way.stop("moderator-nothing-waits", ash.page)
    await client.sees(
        "A moderator read what you sent, and closed this talk. You can start a new one any time."
    )
    await way.stop("client-closed-by-a-moderator", client.page)
    await mara.sees("This talk has ended. Nothing more can be sent.")
    await way.stop("peer-talk-closed", mara.page)


async def odd_proof(way: Way) -> None:
    """What a moderator sees of words that do not match their proof; a flag is waiting."""
    ash = Moderator(await way.person("moderator-two"), way.words)
    await ash.page.route("**/api/flags/read", tampered)
    await ash.sign_in(way.place.cards["Ash"])
    await ash.press("Show message {number}", number=1)
    await ash.sees("The words and the proof do not match. Do not act on the words alone.")
    await way.stop("moderator-proof-bad", ash.page)


async def tampered(route: Route) -> None:
    """A service that keeps another proof than the one that came with the words."""
    answer = await route.fetch()
    flag = await answer.json()
    flag["rows"] = [{**row, "com": other(row["com"])} for row in flag["rows"]]
    await route.fulfill(response=answer, json=flag)


def other(text: str) -> str:
    """The same with another first letter."""
    return ("B" if text[0] == "A" else "A") + text[1:]
