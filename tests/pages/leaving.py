"""How long words stay on the screen after Leave now, in a long talk."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Route, expect

from app.companion import body
from app.companion.api import Api
from app.companion.events import Joined
from app.companion.peer import Peer
from app.companion.staff import read_secret
from app.companion.staff_session import StaffSession
from app.wire.ids import RoomId
from tests.browser.house import LEAVE_URL, House
from tests.browser.people import Client
from tests.browser.windows import Windows, windows_at
from tests.integration.companion.people import until
from tests.pages.first_visit import PATIENCE, Link

LINES = 400
"""Messages on the screen."""

FAST = 10**10
"""Bits a second of a line that is no limit."""

WATCH = """
() => document.addEventListener('click', ({ timeStamp }) => {
  // When the first task after the next frame runs, that frame is on its way to the screen.
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => window.__blank(performance.now() - timeStamp)
    port2.postMessage(null)
  })
}, { capture: true, once: true })
"""


async def blank_after(browser: Browser, place: House, times_slower: int) -> float:
    """Milliseconds from the press to the first frame without words, in a talk of LINES messages."""
    async with _peer(place) as peer, windows_at(browser, place.url) as windows:
        client = await _long_talk(windows, peer)
        await Link(FAST, 0, times_slower).put_on(client.page)
        seen: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        await client.page.expose_function("__blank", lambda took: seen.set_result(took))  # noqa: PLW0108 - it has to take an attribute, which a method of C does not
        # The other page stays away for so long that this one is still there to be asked.
        await client.page.context.route(f"{LEAVE_URL}**", _never)
        await client.page.evaluate(WATCH)
        await client.leave.click(no_wait_after=True)
        async with asyncio.timeout(PATIENCE / 1000):
            return await seen


async def _long_talk(windows: Windows, peer: Peer) -> Client:
    client = Client(await windows.person("client"))
    await client.begins("hello")
    [row] = await _waiting(peer)
    await peer.claim(RoomId(row))
    await client.says_hello_back()
    await until(peer, Joined)
    for number in range(LINES - 2):
        await peer.say(RoomId(row), body.text(f"Line {number}: some words that take a line or two to tell."))
    await expect(client.log.get_by_text(f"Line {LINES - 3}:")).to_be_visible(timeout=PATIENCE)
    return client


async def _waiting(peer: Peer) -> list[bytes]:
    async with asyncio.timeout(PATIENCE / 1000):
        while not peer.queue:
            await peer.next_event()
    return [row.room for row in peer.queue]


@asynccontextmanager
async def _peer(place: House) -> AsyncIterator[Peer]:
    card = place.cards["Mara"]
    async with Api(place.url) as api:
        session = await StaffSession.sign_in(api, card.name, card.password, read_secret(card.secret))
        async with Peer(session) as peer:
            yield peer


async def _never(route: Route) -> None:
    """No answer while the page that is left is watched."""
