"""The waiting room: what is told of the wait, what one may choose, what there is to do meanwhile."""

import time
from typing import Any

from playwright.async_api import expect

from tests.browser.between import Between
from tests.browser.people import Client
from tests.browser.tour.way import Way

NOTE = "What you write here is your note. We keep it, and a peer answers it here."
KEPT = "Your note is with us. A peer answers it here."


async def told_waits(way: Way) -> None:
    """Every sentence about a wait, each to somebody else; whoever hears that nobody is on leaves a note."""
    waits: dict[str, dict[str, Any]] = {
        "closed": {"why": "closed", "opens": int(time.time()) + 36_000},
        "long": {"why": "long", "ahead": 7, "over": 12, "low": 4, "high": 12},
        "no-language": {"why": "language"},
        "unsure": {},
        "nobody": {"why": "nobody"},
    }
    for name, wait in waits.items():
        client = await way.client(f"client-{name}")
        service = Between()
        await service.stand(client.page)
        await client.opens()
        await client.press("Start when you are ready")
        await service.tell_wait(**wait)
        await expect(client.page.locator(".wait")).to_be_visible()
        await way.stop(f"client-wait-{name}", client.page)
        if name == "nobody":
            await client.sees(NOTE)
            await client.says(way.own("i could not sleep", "no pude dormir"))
            await client.sees(KEPT)
            await way.stop("client-note-kept", client.page)
            await client.press("More")
            await way.stop("client-waiting-more", client.page)


async def waiting(way: Way, client: Client, service: Between, first: str) -> None:
    """From the first page to words that wait; all that one may choose there."""
    await service.stand(client.page)
    await client.opens()
    await client.press("Start when you are ready")
    await expect(client.button("Show my seven words")).to_be_visible()
    await service.tell_wait(ahead=1, low=4, high=12)
    await client.sees("Today most people waited {low} to {high} minutes.", low=4, high=12)
    await way.stop("client-waiting", client.page)
    await client.says(first)
    await client.sees("Ready for your peer. Take it back?")
    await way.stop("client-waiting-with-words", client.page)
    await client.press("It feels urgent")
    await client.sees("You are now nearer the front. You can also reach someone right now:")
    await way.stop("client-waiting-urgent", client.page)
    await client.press("Not now")
    await client.unfolds("How would you like to start? You can skip this.")
    await way.stop("client-how-to-start", client.page)
    await client.unfolds("Who would you like to talk with? You can skip this.")
    group = client.page.get_by_role("group", name=way.words("Things on my mind"), exact=True)
    await group.get_by_role("button", name=way.words("grief"), exact=True).click()
    await way.stop("client-wishes", client.page)
    await client.unfolds("While you wait")
    await client.press("Something light")
    await way.stop("client-something-light", client.page)
    await client.press("Breathe")
    await client.press("Start")
    await expect(client.page.locator(".breath-word")).to_be_visible()
    await way.stop("client-waiting-breathing", client.page)
    await client.press("Stop")
    await client.press("Write")
    await client.press("Draw")
    await way.stop("client-waiting-drawing", client.page)
    await client.unfolds("While you wait")
    await client.press("Show my seven words")
    await way.stop("client-code", client.page)
    await client.press("Show as numbers")
    await way.stop("client-code-numbers", client.page)


async def gone(client: Client) -> None:
    """Whoever waits deletes the talk, out of More, which is open."""
    await client.press("Delete this talk")
    await client.press("Delete it")
    await expect(client.heading("This talk is deleted.")).to_be_visible()
