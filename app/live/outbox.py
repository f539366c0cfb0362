"""What waits to be sent to one socket: bounded, so that a reader who never reads costs little."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Generator
from types import coroutine
from typing import Any

from app.kit.asgi import CoroutineSend, Message

FRAMES = 1_024
BYTES = 1 << 20
"""Bounds of one outbox. Reached, the socket is closed as a slow reader; its page comes back and resumes."""


class Outbox:
    """Frames to one socket, in order.

    `push` never waits: while the transport takes bytes, a frame goes out within the call; when
    it does not, frames queue up here, and past the bounds `overflow` is called once.
    """

    __slots__ = ("_closed", "_overflow", "_send", "_size", "_task", "_waiting")

    def __init__(self, send: CoroutineSend, overflow: Callable[[], None]) -> None:
        self._send = send
        self._overflow = overflow
        self._waiting: deque[str | bytes] = deque()
        self._size = 0
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    def push(self, frame: str | bytes) -> None:
        """Send a control frame (text) or a message frame (bytes) after all that was pushed before."""
        if self._closed:
            return
        if self._task is None:
            self._start(_message(frame))
            return
        self._waiting.append(frame)
        self._size += len(frame)
        if self._size > BYTES or len(self._waiting) > FRAMES:
            self.close()
            self._overflow()

    def close(self) -> None:
        """Drop what waits; nothing is sent from now on."""
        self._closed = True
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()

    async def drained(self) -> None:
        """Wait until nothing waits."""
        if self._task is not None:
            await asyncio.wait([self._task])

    def _start(self, message: Message) -> None:
        # A task for each frame costs more than the send itself, which hardly ever waits:
        # so the send is begun here, and only one that waits becomes a task.
        sending = self._send(message)
        try:
            waits_for = sending.send(None)
        except StopIteration:
            return
        except OSError:
            # uvicorn raises a kind of OSError when the other side is gone.
            self._closed = True
            return
        self._task = asyncio.get_running_loop().create_task(self._drain(sending, waits_for))

    async def _drain(self, sending: Coroutine[Any, Any, None], waits_for: object) -> None:
        try:
            await _continued(sending, waits_for)
            while self._waiting:
                frame = self._waiting.popleft()
                self._size -= len(frame)
                await self._send(_message(frame))
        except OSError:
            self._closed = True
        finally:
            self._task = None


def _message(frame: str | bytes) -> Message:
    return {"type": "websocket.send", "bytes" if isinstance(frame, bytes) else "text": frame}


@coroutine
def _continued(begun: Coroutine[Any, Any, None], waits_for: object) -> Generator[Any, Any, None]:
    """Await a coroutine that already ran up to its first wait."""
    while True:
        try:
            try:
                value = yield waits_for
            except BaseException as error:
                waits_for = begun.throw(error)
            else:
                waits_for = begun.send(value)
        except StopIteration:
            return
