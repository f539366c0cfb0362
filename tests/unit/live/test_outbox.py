"""Frames to one socket: in order, without waiting, and bounded."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.live.outbox import BYTES, FRAMES, Outbox


@dataclass
class Transport:
    """A line that can be held up, as one whose reader does not read."""

    sent: list[bytes] = field(default_factory=list)
    is_writable: bool = True
    room: int = 1_000_000
    """Frames that it takes before it asks to wait."""
    on_writable: Callable[[], None] | None = None
    on_binary: Callable[[bytes], bool] | None = None

    def write(self, frame: bytes) -> None:
        assert self.is_writable
        self.sent.append(frame)
        self.room -= 1
        self.is_writable = self.room > 0

    def hang_up(self, code: int) -> None: ...

    def hold(self) -> None:
        self.is_writable = False

    def resume(self, room: int = 1_000_000) -> None:
        self.room, self.is_writable = room, True
        if self.on_writable is not None:
            self.on_writable()


def overflowing(line: Transport) -> tuple[Outbox, list[str]]:
    overflows: list[str] = []
    return Outbox(line, lambda: overflows.append("overflow")), overflows


def test_a_frame_is_sent_within_the_call_while_the_line_takes_bytes() -> None:
    line = Transport()
    outbox, _ = overflowing(line)
    outbox.push(b"a")
    outbox.push(b"b")
    assert line.sent == [b"a", b"b"]


def test_frames_wait_in_order_behind_a_held_line() -> None:
    line = Transport()
    outbox, overflows = overflowing(line)
    line.hold()
    for frame in (b"a", b"b", b"c"):
        outbox.push(frame)
    assert line.sent == []
    line.resume(room=2)
    outbox.push(b"d")
    assert line.sent == [b"a", b"b"]
    line.resume()
    outbox.push(b"e")
    assert (line.sent, overflows) == ([b"a", b"b", b"c", b"d", b"e"], [])


def test_a_reader_who_never_reads_overflows_once_by_count_and_keeps_nothing() -> None:
    line = Transport()
    outbox, overflows = overflowing(line)
    line.hold()
    for _ in range(FRAMES + 10):
        outbox.push(b"x")
    line.resume()
    assert (overflows, line.sent) == (["overflow"], [])


def test_a_reader_who_never_reads_overflows_by_bytes() -> None:
    line = Transport()
    outbox, overflows = overflowing(line)
    line.hold()
    outbox.push(b"x" * BYTES)
    assert overflows == []
    outbox.push(b"x")
    assert overflows == ["overflow"]


def test_what_was_sent_meanwhile_makes_room_again() -> None:
    line = Transport()
    outbox, overflows = overflowing(line)
    for _ in range(3):
        line.hold()
        outbox.push(b"x" * (BYTES // 2 + 1))
        line.resume()
    assert (len(line.sent), overflows) == (3, [])


def test_a_closed_outbox_sends_nothing() -> None:
    line = Transport()
    outbox, overflows = overflowing(line)
    outbox.close()
    outbox.push(b"x")
    assert (line.sent, overflows) == ([], [])
