"""Frames to one socket: in order, without waiting, and bounded."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from app.live.outbox import BYTES, FRAMES, Outbox


@dataclass
class Transport:
    """A line that can be held up, as one whose reader does not read."""

    sent: list[bytes] = field(default_factory=list)
    """What each write carried."""
    is_writable: bool = True
    on_writable: Callable[[], None] | None = None
    on_binary: Callable[[bytes], bool] | None = None

    def write(self, frames: bytes) -> None:
        assert self.is_writable
        self.sent.append(frames)

    def hang_up(self, code: int) -> None: ...

    def hold(self) -> None:
        self.is_writable = False

    def resume(self) -> None:
        self.is_writable = True
        assert self.on_writable is not None
        self.on_writable()


def overflowing(line: Transport) -> tuple[Outbox, list[str]]:
    overflows: list[str] = []
    return Outbox(line, lambda: overflows.append("overflow")), overflows


async def one_turn() -> None:
    await asyncio.sleep(0)


async def test_what_is_pushed_in_one_turn_is_one_write_in_order() -> None:
    line = Transport()
    outbox, _ = overflowing(line)
    outbox.push(b"ack ")
    outbox.push(b"item")
    assert line.sent == []
    await one_turn()
    outbox.push(b"next")
    await one_turn()
    assert line.sent == [b"ack item", b"next"]


async def test_frames_wait_in_order_behind_a_held_line() -> None:
    line = Transport()
    outbox, overflows = overflowing(line)
    line.hold()
    for frame in (b"a", b"b", b"c"):
        outbox.push(frame)
        await one_turn()
    assert line.sent == []
    line.resume()
    outbox.push(b"d")
    await one_turn()
    assert (b"".join(line.sent), overflows) == (b"abcd", [])


async def test_a_reader_who_never_reads_overflows_once_by_count_and_keeps_nothing() -> None:
    line = Transport()
    outbox, overflows = overflowing(line)
    line.hold()
    for _ in range(FRAMES + 10):
        outbox.push(b"x")
    line.resume()
    await one_turn()
    assert (overflows, line.sent) == (["overflow"], [])


async def test_a_reader_who_never_reads_overflows_by_bytes() -> None:
    line = Transport()
    outbox, overflows = overflowing(line)
    line.hold()
    outbox.push(b"x" * BYTES)
    assert overflows == []
    outbox.push(b"x")
    assert overflows == ["overflow"]


async def test_much_at_once_is_no_overflow_while_the_line_takes_bytes() -> None:
    line = Transport()
    outbox, overflows = overflowing(line)
    for _ in range(FRAMES + 10):
        outbox.push(b"x")
    await one_turn()
    assert (sum(map(len, line.sent)), overflows) == (FRAMES + 10, [])


async def test_what_was_sent_meanwhile_makes_room_again() -> None:
    line = Transport()
    outbox, overflows = overflowing(line)
    for _ in range(3):
        line.hold()
        outbox.push(b"x" * (BYTES // 2 + 1))
        line.resume()
    assert (len(line.sent), overflows) == (3, [])


async def test_a_last_word_is_flushed_before_closing_and_nothing_follows_it() -> None:
    line = Transport()
    outbox, overflows = overflowing(line)
    outbox.push(b"bye")
    outbox.flush()
    outbox.close()
    outbox.push(b"x")
    await one_turn()
    assert (line.sent, overflows) == ([b"bye"], [])
