"""What app/bus/port.py promises, on both adapters."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest

from app.bus.in_process import InProcessBus, Nodes
from app.bus.nats import NatsBus
from app.bus.port import ALL, MOST, Bus, NodeId, inbox

SECONDS = 5.0


@dataclass
class Ear:
    """A node that remembers what it heard."""

    bus: Bus
    id: NodeId
    heard: list[bytes] = field(default_factory=list)
    restored: int = 0

    async def open(self) -> None:
        await self.bus.open(self.id, self.heard.append, self._count)

    def _count(self) -> None:
        self.restored += 1

    async def until(self, *payloads: bytes) -> None:
        async with asyncio.timeout(SECONDS):
            while self.heard != list(payloads):  # noqa: ASYNC110 - what is waited for comes from the other node
                await asyncio.sleep(0.005)


Join = Callable[[], Awaitable[Ear]]


@pytest.fixture(params=["in process", pytest.param("nats", marks=pytest.mark.engines)])
async def join(request: pytest.FixtureRequest) -> AsyncIterator[Join]:
    """A node more on one bus."""
    nodes: Nodes = {}
    async with AsyncExitStack() as stack:

        async def joined() -> Ear:
            if request.param == "nats":
                bus: Bus = NatsBus(request.getfixturevalue("nats_server"))
            else:
                bus = InProcessBus(nodes)
            ear = Ear(bus, NodeId(bytes([len(made) + 1]) * 16))
            made.append(ear)
            await ear.open()
            stack.push_async_callback(bus.close)
            # Opening waits a moment only: a node starts without its bus, too.
            await up(ear)
            return ear

        made: list[Ear] = []
        yield joined


async def test_what_is_told_to_one_node_reaches_that_node_alone(join: Join) -> None:
    one, two, three = await join(), await join(), await join()
    one.bus.tell(two.id, b"for two")
    one.bus.tell(three.id, b"for three")
    await two.until(b"for two")
    await three.until(b"for three")
    assert one.heard == []


async def test_what_is_told_to_all_reaches_every_other_node_and_not_the_teller(join: Join) -> None:
    one, two, three = await join(), await join(), await join()
    one.bus.tell_all(b"all")
    two.bus.tell(one.id, b"last")
    for ear in (two, three):
        await ear.until(b"all")
    await one.until(b"last")


async def test_payloads_of_one_node_to_one_subject_come_in_order_and_unchanged(join: Join) -> None:
    one, two = await join(), await join()
    payloads = [b"", b"\r\nPUB beside.nodes 0\r\n", bytes(range(256)), *(bytes([n]) * n for n in range(100))]
    for payload in payloads:
        one.bus.tell(two.id, payload)
    await two.until(*payloads)


async def test_the_largest_payload_comes_whole_and_a_larger_one_not_at_all(join: Join) -> None:
    one, two = await join(), await join()
    one.bus.tell(two.id, bytes(MOST + 1))
    one.bus.tell(two.id, bytes(MOST))
    one.bus.tell(two.id, b"after")
    await two.until(bytes(MOST), b"after")
    assert one.bus.lost == 1


async def test_to_tell_is_never_to_wait_for_whoever_hears(join: Join) -> None:
    one, two = await join(), await join()
    one.bus.tell(two.id, b"now")
    assert two.heard == []
    await two.until(b"now")


async def test_telling_a_node_that_is_not_there_harms_nobody(join: Join) -> None:
    one, two = await join(), await join()
    one.bus.tell(NodeId(b"?" * 16), b"lost")
    one.bus.tell(two.id, b"heard")
    await two.until(b"heard")


async def test_a_closed_bus_hears_and_tells_nothing_and_others_go_on(join: Join) -> None:
    one, two, three = await join(), await join(), await join()
    await up(one)
    one.bus.tell_all(b"goodbye")
    await one.bus.close()
    await up(one, is_up=False)
    one.bus.tell_all(b"too late")
    two.bus.tell(one.id, b"nobody there")
    two.bus.tell_all(b"still here")
    await three.until(b"goodbye", b"still here")
    assert one.heard == []
    await one.bus.close()


async def test_a_bus_that_was_never_opened_closes(join: Join) -> None:
    bus = InProcessBus()
    bus.tell_all(b"nothing")
    assert not bus.is_up
    await bus.close()
    nats = NatsBus("nats://127.0.0.1:1")
    nats.tell_all(b"nothing")
    assert (nats.is_up, nats.lost) == (False, 1)
    await nats.close()


def test_a_subject_names_a_node_or_all_and_never_anything_else() -> None:
    assert inbox(NodeId(bytes(range(16)))) == "beside.node.000102030405060708090a0b0c0d0e0f"
    assert ALL == "beside.nodes"
    for wrong in (b"", b"x" * 15, b"x" * 17):
        with pytest.raises(ValueError, match="16 bytes"):
            inbox(NodeId(wrong))


class Line:
    """The way of one node to NATS, which a test cuts and mends."""

    def __init__(self, url: str) -> None:
        self._far = int(url.rpartition(":")[2])
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"nats://127.0.0.1:{self.port}"
        self._server: asyncio.Server | None = None
        self._ends: list[asyncio.StreamWriter] = []

    async def mend(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)

    async def cut(self) -> None:
        if self._server is not None:
            self._server.close()
        for end in self._ends:
            end.transport.abort()
        self._ends.clear()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._far)
        self._ends += [writer, far_writer]
        await asyncio.gather(_pipe(reader, far_writer), _pipe(far_reader, writer), return_exceptions=True)


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
    writer.close()


@pytest.fixture
async def line(nats_server: str) -> AsyncIterator[Line]:
    line = Line(nats_server)
    yield line
    await line.cut()


async def up(ear: Ear, *, is_up: bool = True) -> None:
    async with asyncio.timeout(SECONDS):
        while ear.bus.is_up is not is_up:  # noqa: ASYNC110 - the adapter tells nobody of it
            await asyncio.sleep(0.01)


async def test_a_line_that_breaks_is_made_again_and_says_so(line: Line, nats_server: str) -> None:
    await line.mend()
    one = Ear(NatsBus(line.url), NodeId(b"1" * 16))
    two = Ear(NatsBus(nats_server), NodeId(b"2" * 16))
    await one.open()
    await two.open()
    try:
        assert (one.bus.is_up, one.restored) == (True, 0)
        for times in (1, 2):
            await line.cut()
            await up(one, is_up=False)
            one.bus.tell(two.id, b"lost")
            assert one.bus.lost == times
            await line.mend()
            await up(one)
            assert one.restored == times
            two.bus.tell(one.id, b"again")
            await one.until(*[b"again"] * times)
        assert (two.heard, two.restored) == ([], 0)
    finally:
        await one.bus.close()
        await two.bus.close()


async def test_a_node_starts_while_the_bus_is_away_and_joins_when_it_is_there(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.bus.nats.FIRST_SECONDS", 0.05)
    one = Ear(NatsBus(line.url), NodeId(b"1" * 16))
    await one.open()
    try:
        assert not one.bus.is_up
        await line.mend()
        await up(one)
        assert one.restored == 1
    finally:
        await one.bus.close()


async def test_a_bus_that_was_away_to_the_end_closes_at_once(line: Line) -> None:
    one = Ear(NatsBus(line.url), NodeId(b"1" * 16))
    opening = asyncio.create_task(one.open())
    await asyncio.sleep(0)
    async with asyncio.timeout(SECONDS):
        await one.bus.close()
        await opening


async def test_neither_a_password_nor_an_address_is_ever_said(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.bus.nats.FIRST_SECONDS", 0.05)
    bus = NatsBus("nats://node:horse-battery@127.0.0.1:1")
    await bus.open(NodeId(b"1" * 16), lambda payload: None, lambda: None)
    await bus.close()
    said = "".join(capfd.readouterr()) + caplog.text + repr(bus)
    assert "bus away" in said
    for secret in ("horse", "node:", "127.0.0.1"):
        assert secret not in said


async def test_several_servers_share_the_name_and_the_password_of_the_first(nats_server: str) -> None:
    host = nats_server.removeprefix("nats://")
    bus = NatsBus(f"nats://node:horse@127.0.0.1:1,{host}")
    await bus.open(NodeId(b"1" * 16), lambda payload: None, lambda: None)
    assert bus.is_up
    await bus.close()
