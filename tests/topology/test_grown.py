"""The grown form as docker-compose.yml describes it, started from that file, with two people in browsers."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest
from playwright.async_api import WebSocket, expect

from app.companion.demo.cast import Card, make_cast
from tests.browser.chromium import chromium
from tests.browser.people import Client, Peer
from tests.browser.windows import PATIENCE, Window, Windows, windows_at
from tests.topology.machine import SECONDS, Machine, machine

PASSWORDS = {
    # Each would be a number to somebody who reads carelessly.
    "IDENTITY_PASSWORD": "10e7a1f0c2",
    "CONVERSATIONS_PASSWORD": "0x77aa10",
    "BUS_PASSWORD": "4096",
}
QUICK_PROOFS = {"BESIDE_PROOF_COST": "1", "BESIDE_PROOF_BITS": "1", "BESIDE_PROOF_PUZZLES": "1"}

FIRST = "the corridor light hums at night"

pytestmark = [pytest.mark.engines, pytest.mark.browser]


@pytest.fixture
async def grown(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Machine]:
    """Everything of the profile `grown`, up and healthy."""
    async with machine("grown", PASSWORDS, **QUICK_PROOFS) as here:
        await here.up()
        root = here.volume("certificates") / "caddy/pki/authorities/local/root.crt"
        monkeypatch.setenv("SSL_CERT_FILE", str(root))
        yield here


@pytest.fixture
async def windows(grown: Machine) -> AsyncIterator[Windows]:
    """Browsers before it."""
    expect.set_options(timeout=PATIENCE)
    address = grown.address("web")
    async with (
        chromium(f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {address}") as browser,
        windows_at(browser, f"https://{grown.site}") as open_,
    ):
        yield open_
        assert open_.faults() == {}


async def test_two_people_talk_across_nodes_while_one_node_after_the_other_ends(
    grown: Machine, windows: Windows
) -> None:
    begun = grown.begun.index
    assert begun("identity-store") < begun("identity-migrate") < begun("identity") < begun("conversations")
    assert max(begun("conversations"), begun("pages")) < begun("web")
    cast = await founded(grown)

    client, sockets = await a_person(windows, "client")
    mara_window, mara_sockets = await a_person(windows, "peer")
    writer, mara = Client(client), Peer(mara_window)

    # The balancer sends the one to the first node and the other to the second.
    await only(grown, 0)
    await writer.begins(FIRST)
    await only(grown, 1)
    await mara.sign_in(cast["Mara"])
    await mara.says_hello()
    await writer.says_hello_back()
    await mara.reads(FIRST)
    await talk(writer, mara, "before")
    before = await stored(grown)
    grown.hidden.clear()

    lines = open_sockets(sockets), open_sockets(mara_sockets)
    _, ended = await asyncio.gather(talk(writer, mara, "while"), grown.end("conversations", 0))
    assert ended in (0, -15)
    assert all(socket.is_closed() for socket in lines[0])  # they were on the node that ended
    assert not any(socket.is_closed() for socket in lines[1])  # and the other was not
    await talk(writer, mara, "after")

    await grown.start("conversations", 0)
    await asyncio.gather(talk(writer, mara, "again"), grown.end("conversations", 1))
    assert all(socket.is_closed() for socket in lines[1])

    said = [f"{who} {when} {n}" for when in WHEN for n in range(3) for who in ("c", "p")]
    for person in (writer, mara):
        await expect(person.log.get_by_text(LAST, exact=True)).to_have_count(1)
        for message in said:
            await person.reads(message)
        texts = await person.log.inner_text()
        for who in ("c", "p"):
            own = [message for message in said if message.startswith(f"{who} ")]
            assert sorted(own, key=texts.index) == own
    later = [message for message in said if " before " not in message]
    assert await stored(grown) == before + len(later)
    for name, number in [("identity", 0), ("conversations", 0), ("conversations", 1), ("web", 0)]:
        log = grown.log(name, number)
        assert not [each for each in (FIRST, *said, *(card.name for card in cast.values())) if each in log]
    for name in ("identity-store", "conversations-store"):
        assert "STATEMENT" not in grown.log(name)
        assert "DETAIL" not in grown.log(name)


WHEN = ("before", "while", "after", "again")
LAST = "p again 2"


async def talk(writer: Client, mara: Peer, when: str) -> None:
    """Three messages each way, each written when the one before stands on the other's screen."""
    for number in range(3):
        await writer.says(f"c {when} {number}")
        await mara.reads(f"c {when} {number}")
        await mara.replies(f"p {when} {number}")
        await writer.reads(f"p {when} {number}")


async def founded(grown: Machine) -> dict[str, Card]:
    """Found the service and enrol the demo's cast, by the way that everybody takes: through Caddy."""
    url = f"https://{grown.site}"
    async with httpx.AsyncClient() as client, asyncio.timeout(SECONDS):
        while True:  # its certificate comes a moment after its socket
            try:
                await client.get(f"{url}/")
            except httpx.ConnectError:
                await asyncio.sleep(0.05)
            else:
                break
    code = (grown.volume("identity-data") / "setup-code").read_text("ascii").strip()
    return {card.alias: card for card in await make_cast(url, code)}


async def a_person(windows: Windows, name: str) -> tuple[Window, list[WebSocket]]:
    """Somebody's browser, and the sockets it opens."""
    window = await windows.person(name, ignore_https_errors=True)
    window.witness.lines_are_cut = True
    sockets: list[WebSocket] = []

    def opened(socket: WebSocket) -> None:
        sockets.append(socket)

    window.page.on("websocket", opened)
    return window, sockets


def open_sockets(sockets: list[WebSocket]) -> list[WebSocket]:
    found = [socket for socket in sockets if not socket.is_closed()]
    assert found
    return found


async def only(grown: Machine, number: int) -> None:
    """From now on who comes is sent to this node alone; those who are there stay where they are."""
    grown.hidden = {grown.address("conversations", other) for other in (0, 1) if other != number}
    asked = grown.asked
    async with httpx.AsyncClient() as client, asyncio.timeout(SECONDS):
        while grown.asked == asked:
            (await client.get(f"https://{grown.site}/api/service")).raise_for_status()
            await asyncio.sleep(0.05)


async def stored(grown: Machine) -> int:
    """Messages in the store."""
    administrator = await asyncpg.connect(
        host=str(grown.volume("conversations-store") / "18"), user="postgres", database="beside_conversations"
    )
    try:
        return int(await administrator.fetchval("SELECT count(*) FROM messages"))
    finally:
        await administrator.close()
