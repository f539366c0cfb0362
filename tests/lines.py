"""uvicorn's side of a WebSocket without a network: bytes in, and what is written back."""

import asyncio

from uvicorn import Config

from app.live.protocol import LiveProtocol
from app.wire.frames import MAX_FRAME

HEAD = (
    b"GET /api/live HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)

CONFIG = Config(
    "unused:unused",
    ws=LiveProtocol,
    ws_per_message_deflate=False,
    ws_max_size=MAX_FRAME,
    interface="asgi3",
    lifespan="off",
    log_config=None,
    log_level="critical",
)
CONFIG.loaded = True


class Wire(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written.append(bytes(data))

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...
