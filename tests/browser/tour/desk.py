"""A peer's desk: coming on, who is offered, what helps to listen."""

from playwright.async_api import expect

from tests.browser.people import Client, Peer
from tests.browser.tour.waiting import gone
from tests.browser.tour.way import Way


async def coming_on(way: Way, mara: Peer) -> None:
    """Signing in, and each way of being there; off at the end."""
    await mara.page.goto(way.place.cards["Mara"].link)
    await expect(mara.box("Sign-in name")).to_be_visible()
    await way.stop("peer-sign-in", mara.page)
    await mara.enter(way.place.cards["Mara"])
    await mara.sees("Nobody is waiting.")
    await way.stop("peer-nobody-waits", mara.page)
    await mara.press("Break")
    await mara.sees("You are on a break. Turn on when you are ready.")
    await way.stop("peer-break", mara.page)
    await mara.press("Off")
    await mara.sees("You are off. Turn on when you are ready.")
    await way.stop("peer-off", mara.page)


async def meeting(way: Way, client: Client, mara: Peer) -> None:
    """Who is offered, who else waits, and a hello that the client has not answered yet."""
    other = await way.client("client-beside")
    await other.opens()
    await other.press("Start when you are ready")
    await expect(other.button("Show my seven words")).to_be_visible()
    await mara.press("On")
    await expect(mara.button_like("Pass: {row}")).to_be_visible()
    await mara.sees("has a note ready")
    await way.stop("peer-offer", mara.page)
    await other.press("More")
    await gone(other)
    await mara.says_hello()
    await mara.sees(
        "You said hello. They see your name, your stone and your line, and choose. This can take a minute."
    )
    await expect(mara.button_like("Say hello: {row}")).to_have_count(0)
    await way.stop("peer-asked", mara.page)
    await client.button("Wait for someone else").scroll_into_view_if_needed()
    await way.stop("client-meeting", client.page)


async def listening(way: Way, mara: Peer) -> None:
    """The guide beside a talk: words to use, hints on the draft, the safety guide, notes."""
    await mara.press("Finishing")
    await mara.sees("No offers come.")
    await way.stop("peer-finishing", mara.page)
    await mara.press("On")
    field = mara.field()
    guide = mara.page.locator(".guide")
    prompts = guide.locator(".guide-prompts").first.get_by_role("button")
    await mara.choice("Deeper").check()
    await prompts.first.click()
    await expect(field).not_to_have_value("")
    await way.stop("peer-prompt-used", mara.page)
    await field.fill(way.own("You should go. Why did you stay?", "Deberías irte. ¿Por qué te quedaste?"))
    await expect(mara.page.locator(".nudge-words")).not_to_be_empty()
    await way.stop("peer-hint", mara.page)
    await mara.press("Stop this hint")
    await mara.sees("This hint stays off in this browser.")
    await way.stop("peer-hint-stopped", mara.page)
    await mara.press("Bring it back")
    await field.fill(way.own("I lost my job in 2015. And you?", "Yo perdí mi trabajo en 2015. ¿Y tú?"))
    await mara.unfolds("A little of my story")
    await expect(mara.page.locator(".nudge > .soft")).to_be_visible()
    await way.stop("peer-own-story", mara.page)
    await mara.unfolds("A little of my story")
    await field.fill("")
    await mara.unfolds("Reflect and check")
    await way.stop("peer-reflects", mara.page)
    await mara.unfolds("Reflect and check")
    await mara.unfolds("Notes (only you)")
    await mara.box("Notes (only you)").fill(way.own("likes mornings", "le gustan las mañanas"))
    await mara.box("Notes (only you)").blur()
    await mara.sees("Kept.")
    await way.stop("peer-notes", mara.page)
    await mara.unfolds("Notes (only you)")
    await mara.unfolds("Hints while you write")
    await way.stop("peer-hints", mara.page)
    await mara.unfolds("Hints while you write")
    await mara.unfolds("What peers keep to")
    await way.stop("peer-boundaries", mara.page)
    await mara.unfolds("What peers keep to")
    await mara.press("Safety guide")
    await expect(guide.locator(".guide-steps")).to_be_visible()
    await way.stop("peer-safety-guide", mara.page)
    await mara.closes_panel()


async def after_a_talk(way: Way, mara: Peer) -> None:
    """A moment for oneself, and the quiet minutes before somebody is offered again."""
    await mara.press("Take it off my list")
    await expect(mara.heading("After this talk")).to_be_visible()
    await way.stop("peer-after-a-talk", mara.page)
    await mara.press("Shaken")
    await mara.box("Put it down").fill(way.own("what is still with me", "lo que traigo encima"))
    await mara.press("Let it go")
    await mara.sees("It is gone.")
    await way.stop("peer-put-down", mara.page)
    await mara.press("Go on")
    await expect(mara.button("I am ready now")).to_be_visible()
    await way.stop("peer-quiet-minutes", mara.page)
