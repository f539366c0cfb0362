"""uvicorn's WebSocket protocol with a short way in and out for those who hold the line.

ASGI costs a queue, a task switch and two coroutines for each message, and its `send` waits for a
reader who never reads. So the application gets the line itself as an ASGI extension: frames go
out by `write`, and whole binary frames come in by `on_binary`.

A frame that arrives whole, and is as plain as nearly all are (binary, final, masked, in nobody's
fragments), is unpacked here by `live.framing`. Every other byte goes to the `websockets` library, which
with uvicorn keeps the handshake, fragments, pings, closing, and what to say of a mistake.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState

from app.live.frames import CloseCode
from app.live.framing import Splitter
from app.wire.frames import MAX_FRAME

if TYPE_CHECKING:
    from websockets.frames import Frame
    from websockets.http11 import Request

LINE = "beside.line"
"""Name of the ASGI extension; its `line` is the LiveProtocol of the connection."""

CLOSE_SECONDS = 5.0

GATHERED = 64 * 1024
"""Bytes that are gathered at most."""


class LiveProtocol(WebSocketsSansIOProtocol):
    """Implements `live.outbox.Line`."""

    is_writable = True
    """Whether the other side keeps up with what is written."""
    on_writable: Callable[[], None] | None = None
    on_binary: Callable[[bytes], bool] | None = None
    """Takes a whole binary frame at once, or answers False to have it queued like a text frame."""
    _gathered: list[bytes] | None = None
    """Frames of this turn of the loop."""
    _size = 0
    _splitter: Splitter | None = None
    """There once the head of the request was read."""

    def write(self, frame: bytes) -> None:
        """Send a frame made by `live.framing`, unless the line is closing.

        What one turn of the loop has for a line goes out together: an ack and the sender's own item, all that
        greets a page. Each writing is a call of the system, and wakes the other side.
        """
        if self._gathered is None:
            self._gathered, self._size = [frame], len(frame)
            self.loop.call_soon(self._send_gathered)
            return
        self._gathered.append(frame)
        self._size += len(frame)
        if self._size > GATHERED:
            # At once, so that a reader who does not keep up is noticed before much more is written.
            self._send_gathered()

    def _send_gathered(self) -> None:
        frames, self._gathered = self._gathered, None
        if frames and not (self.disconnected or self.close_sent or self.transport.is_closing()):
            self.transport.write(frames[0] if len(frames) == 1 else b"".join(frames))

    def hang_up(self, code: int) -> None:
        """Close with `code` behind what is buffered; cut the line if the other side does not answer."""
        if self.disconnected or self.close_sent or self.transport.is_closing():
            return
        self._send_gathered()
        try:
            self.conn.send_close(code)
        except InvalidState:
            return
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code})
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(CLOSE_SECONDS, self.transport.abort)

    def forget_request(self) -> None:
        """Let go of what the handshake said, once it was answered.

        A browser's headers and address have nothing to do in memory while people talk, and weigh as much as
        everything that Beside itself keeps of a socket.
        """
        self.scope.clear()  # type: ignore[attr-defined]  # declared as if it had to stay whole
        self.client = self.server = None
        del self.request, self.response

    # Hooks into uvicorn

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        # The parser holds its own connection: such a circle stays until the collector finds it.
        self.conn.parser.close()

    def data_received(self, data: bytes) -> None:
        splitter = self._splitter
        if splitter is None:
            super().data_received(data)
            return
        at = 0
        while at < len(data):
            take = self.on_binary
            # Not past a frame that waits in the queue: what comes first is carried first.
            if take is not None and not self.close_sent and self.queue.empty():
                payload, end = splitter.plain(data, at)
                if payload is not None and take(payload):
                    at = end
                    continue
            end = splitter.other(data, at)
            super().data_received(data[at:end] if at or end < len(data) else data)
            at = end

    def handle_connect(self, event: "Request") -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):
            # uvicorn hands over the head of the request alone: every byte from here on is of a frame.
            self._splitter = Splitter(MAX_FRAME)
            self.scope["extensions"] = {**(self.scope["extensions"] or {}), LINE: {"line": self}}

    def handle_bytes(self, event: "Frame") -> None:
        take = self.on_binary
        if take is None or not event.fin or not self.queue.empty() or not take(bytes(event.data)):
            super().handle_bytes(event)

    def shutdown(self) -> None:
        """Say that the server restarts, and wait for the answer.

        To close at once would reset a line on which the other side is just sending, and the code
        would be lost with it.
        """
        if self.handshake_complete and not self.close_sent:
            self.stop_keepalive()
            self.hang_up(CloseCode.GOING_AWAY)
        else:
            super().shutdown()

    def keepalive_timeout(self) -> None:
        """Give up a line without pongs, also one that takes nothing any more: it would never be drained."""
        super().keepalive_timeout()
        if self.close_timer is None and not self.disconnected:
            self.close_timer = self.loop.call_later(CLOSE_SECONDS, self.transport.abort)

    def pause_writing(self) -> None:
        super().pause_writing()
        self.is_writable = False

    def resume_writing(self) -> None:
        super().resume_writing()
        self.is_writable = True
        if self.on_writable is not None:
            self.on_writable()
