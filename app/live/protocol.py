"""uvicorn's WebSocket protocol, able to hang up on a reader who does not read.

ASGI's `send` waits until the transport takes bytes again, which a reader who never reads never
lets happen. `hang_up` queues the close frame behind what is buffered and cuts the line after
CLOSE_SECONDS, whatever the other side does.
"""

from typing import TYPE_CHECKING

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState

if TYPE_CHECKING:
    from websockets.http11 import Request

HANG_UP = "beside.hang_up"
"""Name of the ASGI extension that offers `hang_up(code)`."""

CLOSE_SECONDS = 5.0


class LiveProtocol(WebSocketsSansIOProtocol):
    """Offers `hang_up` to the application as an ASGI extension."""

    def handle_connect(self, event: "Request") -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):
            self.scope["extensions"] = {**(self.scope["extensions"] or {}), HANG_UP: {"call": self.hang_up}}

    def hang_up(self, code: int) -> None:
        """Close with `code` without waiting for the reader."""
        if self.disconnected or self.close_sent or self.transport.is_closing():
            return
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
