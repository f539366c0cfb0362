"""How long words stay on the screen after Leave now, in a long talk."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Route, expect

from app.companion import body
from app.companion.api import Api
from app.companion.events import Delivered
from app.companion.peer import Peer
from app.companion.staff import read_secret
from app.companion.staff_session import StaffSession
from app.wire.ids import RoomId
from tests.browser.house import LEAVE_URL, House
from tests.browser.people import Client
from tests.browser.windows import PHONE, Windows, windows_at
from tests.integration.companion.people import until
from tests.pages.wire import Link

WATCH = Path(__file__).with_suffix(".js").read_text("utf-8")
LINES = 400
"""Messages on the screen."""
FAST = 10**10
"""Bits a second of a line that is no limit."""
PATIENCE = 60_000.0
"""Milliseconds."""


async def blank_after(browser: Browser, place: House, times_slower: int) -> float:
    """Milliseconds from the press to the first frame without words, in a talk of LINES messages."""
    async with _peer(place) as peer, windows_at(browser, place.url) as windows:
        client, room = await _long_talk(windows, peer)
        told: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        await client.page.expose_function("__blank", told.put_nowait)
        # The other page stays away for so long that this one is still there to be asked.
        away: asyncio.Queue[Route] = asyncio.Queue()
        await client.page.context.route(f"{LEAVE_URL}**", away.put_nowait)
        await client.page.evaluate(WATCH)
        await Link(FAST, 0, times_slower).put_on(client.page)
        await client.leave.click(no_wait_after=True)
        async with asyncio.timeout(PATIENCE / 1_000):
            blank = await told.get()
            await (await away.get()).abort()
        # Other talks wait for this peer.
        await peer.release(room)
    if blank["words"]:
        raise RuntimeError("the page was hidden and not emptied")
    took: float = blank["took"]
    return took


async def _long_talk(windows: Windows, peer: Peer) -> tuple[Client, RoomId]:
    client = Client(await windows.person("client", **PHONE))
    client.page.context.set_default_timeout(PATIENCE)
    await client.begins("hello")
    room = RoomId(await _first_waiting(peer))
    await peer.claim(room)
    await client.says_hello_back()
    # Its greeting is on the server's disk: the peer sits in the room for good.
    await until(peer, Delivered)
    rows = client.log.get_by_role("listitem").filter(has=client.page.locator(".speaker"))
    for number in range(1, LINES):
        await peer.say(room, body.text(f"Line {number}: some words that take a line or two to tell."))
    await expect(client.log.get_by_text(f"Line {LINES - 1}:")).to_be_visible(timeout=PATIENCE)
    await expect(rows).to_have_count(LINES, timeout=PATIENCE)
    return client, room


async def _first_waiting(peer: Peer) -> bytes:
    async with asyncio.timeout(PATIENCE / 1_000):
        # A peer meets who is there; somebody whose page is still on its way in is not, yet.
        while not (peer.queue and peer.queue[0].here):
            await peer.next_event()
    return peer.queue[0].room


@asynccontextmanager
async def _peer(place: House) -> AsyncIterator[Peer]:
    card = place.cards["Mara"]
    async with Api(place.url) as api:
        session = await StaffSession.sign_in(api, card.name, card.password, read_secret(card.secret))
        async with Peer(session) as peer:
            yield peer
