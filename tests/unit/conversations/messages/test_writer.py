"""The group commit, on a disk that a test turns by hand."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from app.conversations.messages import writer as writer_module
from app.conversations.messages.rules import Envelope, Outcome, Placed, Repeated
from app.conversations.messages.writer import BATCH, Writer, placed_seq
from app.kit.errors import Unavailable
from app.wire.frames import Item
from app.wire.ids import CLIENT_SEAT, RoomId, SeatId

ROOM = RoomId(b"r" * 16)


def envelope(n: int) -> Envelope:
    return Envelope(ROOM, CLIENT_SEAT, 1, n, bytes(32), b"x" * 1040)


def placed(seq: int) -> Placed:
    return Placed(Item(ROOM, seq, CLIENT_SEAT, 1, seq, bytes(32), b"x" * 1040), bytes(32), bytes(20))


@dataclass
class Disk:
    """Commits only when `turn` lets it; remembers the size of each batch."""

    sizes: list[int] = field(default_factory=list)
    turn: asyncio.Event = field(default_factory=asyncio.Event)
    failure: Exception | None = None
    committed: int = 0

    async def commit(self, envelopes: Sequence[Envelope], keep_until: int) -> list[Outcome]:
        self.sizes.append(len(envelopes))
        await self.turn.wait()
        if self.failure is not None:
            failure, self.failure = self.failure, None
            raise failure
        outcomes: list[Outcome] = []
        for _ in envelopes:
            self.committed += 1
            outcomes.append(placed(self.committed))
        return outcomes

    async def close(self) -> None:
        pass


@dataclass
class Listener:
    """Notices, and everything else that happens, in order."""

    events: list[str] = field(default_factory=list)

    def committed(self, items: Sequence[Item]) -> None:
        self.events.extend(f"told {item.seq}" for item in items)

    def room_changed(self, room: RoomId) -> None: ...

    def report_decided(self, room: RoomId, seat: SeatId) -> None: ...

    def queue_changed(self) -> None: ...

    def staff_changed(self) -> None: ...

    def done(self, outcome: Outcome) -> None:
        if isinstance(outcome, Placed):
            self.events.append(f"acked {outcome.item.seq}")
        else:
            self.events.append("repeated" if isinstance(outcome, Repeated) else outcome.code)


@asynccontextmanager
async def nobody_else() -> AsyncIterator[None]:
    yield


@asynccontextmanager
async def running(disk: Disk, listener: Listener) -> AsyncIterator[Writer]:
    writer = Writer(disk, nobody_else, listener, keep_until=lambda: 1)
    task = asyncio.create_task(writer.run())
    yield writer
    disk.turn.set()
    writer.stop()
    await task


async def settled() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_what_piles_up_while_one_commit_runs_is_the_next_batch() -> None:
    disk, listener = Disk(), Listener()
    async with running(disk, listener) as writer:
        writer.submit(envelope(1), listener.done)
        await settled()
        for n in range(2, 12):
            writer.submit(envelope(n), listener.done)
        disk.turn.set()
        await settled()
    assert disk.sizes == [1, 10]


async def test_a_batch_is_bounded() -> None:
    disk, listener = Disk(), Listener()
    async with running(disk, listener) as writer:
        for n in range(BATCH + 1):
            writer.submit(envelope(n), listener.done)
    assert disk.sizes == [BATCH, 1]


async def test_nothing_is_acknowledged_or_published_before_the_commit() -> None:
    disk, listener = Disk(), Listener()
    async with running(disk, listener) as writer:
        writer.submit(envelope(1), listener.done)
        await settled()
        assert listener.events == []
        disk.turn.set()
        await settled()
        assert listener.events == ["acked 1", "told 1"]


@pytest.mark.parametrize("failure", [Unavailable(), ValueError("a mistake of ours")])
async def test_a_failed_commit_answers_unavailable_and_the_next_batch_is_taken(failure: Exception) -> None:
    disk, listener = Disk(failure=failure), Listener()
    disk.turn.set()
    async with running(disk, listener) as writer:
        writer.submit(envelope(1), listener.done)
        await settled()
        writer.submit(envelope(1), listener.done)
        await settled()
    assert listener.events == ["unavailable", "acked 1", "told 1"]


async def test_a_full_writer_answers_unavailable_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "WAITING", 1)
    disk, listener = Disk(), Listener()
    async with running(disk, listener) as writer:
        writer.submit(envelope(1), listener.done)
        writer.submit(envelope(2), listener.done)
        assert listener.events == ["unavailable"]
    assert listener.events == ["unavailable", "acked 1", "told 1"]


async def test_a_stopping_writer_commits_what_waits_and_takes_no_more() -> None:
    disk, listener = Disk(), Listener()
    async with running(disk, listener) as writer:
        writer.submit(envelope(1), listener.done)
        writer.stop()
        writer.submit(envelope(2), listener.done)
    assert listener.events == ["unavailable", "acked 1", "told 1"]


async def test_a_request_that_waits_gets_its_number_or_the_refusal() -> None:
    disk, listener = Disk(), Listener()
    disk.turn.set()
    async with running(disk, listener) as writer:
        assert await placed_seq(writer, envelope(1)) == 1
        disk.failure = Unavailable()
        with pytest.raises(Unavailable):
            await placed_seq(writer, envelope(2))
