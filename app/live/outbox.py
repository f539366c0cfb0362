"""What waits to be sent to one socket: bounded, so that a reader who never reads costs little."""

import asyncio
from collections.abc import Callable
from typing import Protocol

FRAMES = 1_024
BYTES = 1 << 20
"""Bounds of one outbox. Reached, the socket is closed as a slow reader; its page comes back and resumes."""


class Line(Protocol):
    """A connection as the live side writes to it (app/live/protocol.py)."""

    on_writable: Callable[[], None] | None
    on_binary: Callable[[bytes], bool] | None

    @property
    def is_writable(self) -> bool: ...

    def write(self, frames: bytes) -> None: ...

    def hang_up(self, code: int) -> None: ...


class Outbox:
    """Frames to one socket, in order.

    `push` never waits. What is pushed within one turn of the loop (an ack and the item it belongs to,
    say) goes to the line in one write at its end. While the line takes no bytes, frames stay here; past
    the bounds `overflow` is called once.
    """

    __slots__ = ("_closed", "_line", "_overflow", "_size", "_waiting")

    def __init__(self, line: Line, overflow: Callable[[], None]) -> None:
        self._line = line
        self._overflow = overflow
        self._waiting: list[bytes] = []
        self._size = 0
        self._closed = False
        line.on_writable = self.flush

    def push(self, frame: bytes) -> None:
        """Send a frame of `live.framing` after all that was pushed before."""
        if self._closed:
            return
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self.flush)
        self._waiting.append(frame)
        self._size += len(frame)
        if (self._size > BYTES or len(self._waiting) > FRAMES) and not self._line.is_writable:
            self.close()
            self._overflow()

    def flush(self) -> None:
        """Hand everything to the line now, if it takes bytes."""
        if self._waiting and self._line.is_writable:
            frames, self._waiting = self._waiting, []
            self._size = 0
            self._line.write(b"".join(frames))

    def close(self) -> None:
        """Drop what waits; nothing is sent from now on."""
        self._closed = True
        self._waiting = []
