"""What waits to be sent to one socket: bounded, so that a reader who never reads costs little."""

from collections import deque
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

    def write(self, frame: bytes) -> None: ...

    def hang_up(self, code: int) -> None: ...


class Outbox:
    """Frames to one socket, in order.

    `push` never waits: while the line takes bytes a frame goes out within the call; when it does
    not, frames queue up here, and past the bounds `overflow` is called once.
    """

    __slots__ = ("_closed", "_line", "_overflow", "_size", "_waiting")

    def __init__(self, line: Line, overflow: Callable[[], None]) -> None:
        self._line = line
        self._overflow = overflow
        self._waiting: deque[bytes] | None = None
        self._size = 0
        self._closed = False
        line.on_writable = self._flush

    def push(self, frame: bytes) -> None:
        """Send a frame of `live.framing` after all that was pushed before."""
        if self._waiting is None and self._line.is_writable:
            if not self._closed:
                self._line.write(frame)
        elif not self._closed:
            self._keep(frame)

    def close(self) -> None:
        """Drop what waits; nothing is sent from now on, and line and owner are let go of."""
        self._closed = True
        self._waiting = None
        self._line.on_writable = None
        self._overflow = _nothing

    def _keep(self, frame: bytes) -> None:
        if self._waiting is None:
            self._waiting = deque()
        self._waiting.append(frame)
        self._size += len(frame)
        if self._size > BYTES or len(self._waiting) > FRAMES:
            overflow = self._overflow
            self.close()
            overflow()

    def _flush(self) -> None:
        while self._waiting and self._line.is_writable:
            frame = self._waiting.popleft()
            self._size -= len(frame)
            self._line.write(frame)
        if not self._waiting:
            self._waiting = None


def _nothing() -> None:
    pass
