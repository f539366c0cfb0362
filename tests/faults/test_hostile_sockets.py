"""Sockets that do not behave: each is closed with its documented code, and harms nobody else."""

import asyncio
import json
import socket as sockets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.client import connect
from websockets.frames import Frame, Opcode

from app.live import framing, outbox, protocol
from app.live import socket as live_socket
from app.live.frames import MAX_TEXT, CloseCode
from app.live.protocol import LiveProtocol
from app.live.session import STRIKES
from app.wire.encoding import b64u
from app.wire.frames import MAX_FRAME, Ack
from tests.builders import Guest
from tests.faults.stores import only_sqlite
from tests.talkers import SECONDS, Tab, Town, eventually, said_by

pytestmark = only_sqlite  # what is at stake here happens before any store

HELLO = b'{"type":"hello","v":1}'
PROTOCOL_ERROR = 1002
NOT_TEXT = 1007
TOO_BIG = 1009

MACHINES_OWN = 16 << 20
"""Bytes that the kernel may hold for a socket on loopback, at most."""

HIGH_WATER = 64 << 10
"""Bytes that a transport takes before it says that the other side does not keep up."""


def put(tab: Tab, *frames: Frame | bytes) -> None:
    """Write frames as they are, all at once, past the library's rules for good clients."""
    line = tab.socket.transport
    line.write(b"".join(f if isinstance(f, bytes) else f.serialize(mask=True) for f in frames))


def part(opcode: Opcode, data: bytes, *, last: bool = True) -> Frame:
    return Frame(opcode, data, fin=last)


@asynccontextmanager
async def deaf(place: Town) -> AsyncIterator[Tab]:
    """A tab whose machine takes next to nothing in, and that has stopped reading."""
    line = sockets.socket()
    line.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4_096)
    line.setblocking(False)
    port = int(place.served.url.rpartition(":")[2])
    await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", port))
    async with connect(
        place.served.live_url, sock=line, compression=None, proxy=None, ping_interval=None
    ) as it:
        tab = Tab(it)
        await tab.say("hello", v=1)
        tab.store = (await tab.heard("welcome"))["store"]
        yield tab
        it.transport.abort()


def opened_lines(monkeypatch: pytest.MonkeyPatch) -> list[LiveProtocol]:
    """The server's end of every socket opened from now on."""
    lines: list[LiveProtocol] = []

    def note(line: LiveProtocol) -> None:
        lines.append(line)

    monkeypatch.setattr(LiveProtocol, "start_keepalive", note)
    return lines


async def talk_goes_on(place: Town, guest: Guest, n: int) -> None:
    """The peer says message `n` and the client hears it."""
    async with place.tab() as client, place.tab(staff=place.cast.mara) as peer:
        await client.enter(guest)
        seq = (await peer.sit(guest.room))["seq"]
        await peer.send(said_by(guest, place.cast.mara, n))
        assert await peer.ack() == Ack(guest.room, n, seq + 1)
        while (await client.item()).seq <= seq:
            pass


async def test_a_reader_whose_line_is_given_up_takes_no_message_of_others_with_it(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = await place.talking()
    await talk_goes_on(place, guest, 1)
    lines = opened_lines(monkeypatch)
    async with deaf(place) as tab:
        [stuck] = lines
        await tab.enter(guest)
        tab.socket.transport.pause_reading()
        hub = place.served.server.node.hub
        while stuck.transport.get_write_buffer_size() == 0:
            hub.tell(guest.room, framing.text("x" * 10_000))
        assert stuck.writable.is_set()
        # What the library does once a ping has had no answer for too long.
        stuck.keepalive_timeout()
        assert not stuck.disconnected
        for n in range(2, 6):
            await talk_goes_on(place, guest, n)


async def test_a_line_that_is_given_up_and_takes_nothing_is_cut(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = await place.talking()
    lines = opened_lines(monkeypatch)
    monkeypatch.setattr(protocol, "CLOSE_SECONDS", 0.05)
    async with deaf(place) as tab, place.tab() as reader:
        [stuck, well] = lines
        await tab.enter(guest)
        tab.socket.transport.pause_reading()
        while stuck.transport.get_write_buffer_size() == 0:
            place.served.server.node.hub.tell(guest.room, framing.text("x" * 10_000))
        stuck.keepalive_timeout()
        await eventually(lambda: has_sockets(place, 1))
        assert not well.disconnected
        await reader.say("ping")
        await reader.heard("pong")


async def test_a_reader_who_never_reads_holds_a_bounded_store_and_is_closed(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest, other = await place.talking(), await place.talking()
    lines = opened_lines(monkeypatch)
    node = place.served.server.node
    async with deaf(place) as tab, place.tab() as reader:
        [stuck, _] = lines
        await tab.enter(guest)
        await reader.enter(guest)
        tab.socket.transport.pause_reading()
        pushed, most, frame = 0, 0, framing.text("x" * 10_000)
        while not stuck.close_sent:
            node.hub.tell(guest.room, frame)
            pushed += len(frame)
            most = max(most, stuck.transport.get_write_buffer_size())
            await reader.socket.recv()
            # What it did not take in lies in the machine's own buffers and in ours.
            assert pushed < outbox.BYTES + MACHINES_OWN
        assert most < HIGH_WATER + len(frame)
        await eventually(lambda: has_sockets(place, 1))
        await talk_goes_on(place, other, 1)
        tab.socket.transport.resume_reading()
        assert await tab.closed() == CloseCode.SLOW_READER
    async with place.tab() as tab:
        await tab.enter(guest)


async def test_a_flood_of_malformed_frames_ends_that_socket_alone(place: Town) -> None:
    guest = await place.talking()
    async with place.tab() as flood, place.tab() as client, place.tab(staff=place.cast.mara) as peer:
        await flood.enter(guest)
        await client.enter(guest)
        await peer.sit(guest.room)
        put(flood, *[part(Opcode.BINARY, b"\x01" * 100), part(Opcode.TEXT, b"{}")] * 500)
        answers = [await flood.until_kind("error") for _ in range(STRIKES)]
        assert answers == [{"type": "error", "code": "malformed"}] * STRIKES
        assert await flood.heard("bye") == {"type": "bye", "code": "malformed"}
        assert await flood.closed() == CloseCode.MALFORMED
        await client.send(guest.next_frame())
        assert (await peer.item()).seq == 1


async def test_a_message_behind_the_last_strike_is_not_taken_and_before_it_is(place: Town) -> None:
    guest = await place.talking()
    async with place.tab() as tab:
        await tab.enter(guest)
        strikes = [part(Opcode.BINARY, b"?")] * (STRIKES + 1)
        frames = [part(Opcode.BINARY, guest.frame(n).pack()) for n in (1, 2)]
        put(tab, frames[0], *strikes, frames[1])
        assert await tab.closed() == CloseCode.MALFORMED
    async with place.tab() as tab:
        assert (await tab.enter(guest))["seq"] == 1


async def test_words_right_behind_an_enter_do_not_overtake_it(place: Town) -> None:
    guest = await place.talking()
    async with place.tab() as tab:
        enter = {"type": "enter", "room": b64u(guest.room), "secret": b64u(guest.secret)}
        words = part(Opcode.BINARY, guest.next_frame().pack())
        put(tab, part(Opcode.TEXT, json.dumps(enter).encode()), words)
        assert await tab.until_kind("entered")
        assert (await tab.ack()).seq == 1


@pytest.mark.parametrize("cut", [(HELLO[:5],), ()])
async def test_half_a_hello_is_no_hello_and_a_whole_one_in_parts_is(
    place: Town, monkeypatch: pytest.MonkeyPatch, cut: tuple[bytes, ...]
) -> None:
    async with connect(place.served.live_url, compression=None, proxy=None) as socket:
        put(
            Tab(socket),
            part(Opcode.TEXT, HELLO[:5], last=False),
            part(Opcode.CONT, b"", last=False),
            part(Opcode.CONT, HELLO[5:]),
        )
        assert (await Tab(socket).heard("welcome"))["store"]
    monkeypatch.setattr(live_socket, "HELLO_SECONDS", 0.05)
    async with connect(place.served.live_url, compression=None, proxy=None) as socket:
        put(Tab(socket), *[part(Opcode.TEXT, first, last=False) for first in cut])
        assert await Tab(socket).closed() == CloseCode.HELLO_LATE


async def test_a_message_in_parts_is_taken_and_parts_over_the_limit_are_not(place: Town) -> None:
    guest = await place.talking()
    async with place.tab() as whole, place.tab() as endless:
        await whole.enter(guest)
        data = guest.next_frame().pack()
        put(
            whole,
            part(Opcode.BINARY, data[:1], last=False),
            part(Opcode.PING, b""),
            part(Opcode.CONT, data[1:500], last=False),
            part(Opcode.CONT, data[500:]),
        )
        assert (await whole.ack()).seq == 1
        put(endless, part(Opcode.BINARY, b"\x01", last=False))
        put(endless, *[part(Opcode.CONT, bytes(1_000), last=False)] * (MAX_FRAME // 1_000 + 1))
        assert await closed(endless) == TOO_BIG
        await whole.say("ping")
        await whole.until_kind("pong")


async def test_the_longest_frames_are_taken_and_one_byte_more_is_not(place: Town) -> None:
    async with place.tab() as other:
        for opcode, length, code in (
            (Opcode.BINARY, MAX_FRAME, None),
            (Opcode.BINARY, MAX_FRAME + 1, TOO_BIG),
            (Opcode.TEXT, MAX_TEXT + 1, None),
            (Opcode.TEXT, MAX_FRAME + 1, TOO_BIG),
        ):
            async with place.tab() as tab:
                put(tab, part(opcode, b" " * length))
                if code is None:
                    assert (await tab.heard("error"))["code"] == "malformed"
                else:
                    assert await closed(tab) == code
        await other.say("ping")
        await other.heard("pong")


async def test_text_that_is_no_utf8_closes_its_socket_and_bytes_that_are_none_are_malformed(
    place: Town,
) -> None:
    guest = await place.talking()
    bad = b'{"type":"ping"} \xff\xfe'
    async with place.tab() as other, place.tab() as tab:
        await other.enter(guest)
        put(tab, part(Opcode.BINARY, bad))
        assert (await tab.heard("error"))["code"] == "malformed"
        put(tab, part(Opcode.TEXT, bad))
        assert await closed(tab) == NOT_TEXT
        await other.send(guest.next_frame())
        assert (await other.ack()).seq == 1


@pytest.mark.parametrize(
    "frames",
    [
        (part(Opcode.CONT, b"x"),),
        (part(Opcode.TEXT, b"x", last=False), part(Opcode.BINARY, b"x")),
        (b"\xc1\x80\x00\x00\x00\x00",),
        (b"\x09\x80\x00\x00\x00\x00",),
        (b"\x81\x01x",),
    ],
    ids=["continues nothing", "begins within", "reserved bit", "ping in parts", "not masked"],
)
async def test_frames_against_the_standard_close_their_socket_alone(
    place: Town, frames: tuple[Frame | bytes, ...]
) -> None:
    async with place.tab() as tab, place.tab() as other:
        put(tab, *frames)
        assert await closed(tab) == PROTOCOL_ERROR
        await other.say("ping")
        await other.heard("pong")


async def closed(tab: Tab) -> int:
    """The code of a close by the library, whose own refusals give a reason."""
    async with asyncio.timeout(SECONDS):
        await tab.socket.wait_closed()
    return tab.socket.close_code or 0


async def has_sockets(place: Town, count: int) -> bool:
    """Whether the server has so many open sockets now."""
    return len(place.served.server.node.sockets) == count
