"""A line of text frames over a WebSocket, as cheap as Python allows (`tests.load.websocket` says how far)."""

import asyncio
from collections.abc import Callable
from typing import TypeVar, cast

from tests.load.peers.loop import SECONDS_TO_ANSWER, Broken, Heard, What
from tests.load.websocket import PING, PONG, TEXT, pack, split

_HOST = "127.0.0.1"


class TextLine(asyncio.Protocol):
    """What both peers that speak text frames share. A subclass says what a frame means (`read`)."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self.heard: Heard = _deaf
        self.failed: Callable[[Exception], None] = self._fail_waiting
        self._rest = b""
        self._upgraded = False
        self._told: asyncio.Queue[bytes | Exception] = asyncio.Queue()

    def read(self, text: bytes) -> None:
        """A text frame that came after `join`."""
        raise NotImplementedError

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail_waiting(Broken("the peer closed a socket"))
        self.failed(Broken("the peer closed a socket"))

    def data_received(self, data: bytes) -> None:
        if self._rest:
            data = self._rest + data
        if not self._upgraded:
            head, blank, data = data.partition(b"\r\n\r\n")
            if not blank:
                self._rest = head
                return
            if not head.startswith(b"HTTP/1.1 101 "):
                self._fail_waiting(Broken(head.split(b"\r\n", 1)[0].decode("ascii", "replace")))
                return
            self._upgraded = True
            self._told.put_nowait(b"")
        frames, used = split(data)
        for kind, start, length in frames:
            if kind == TEXT:
                self.read(data[start : start + length])
            elif kind == PING:
                self.transport.write(pack(PONG, data[start : start + length]))
        self._rest = data[used:] if used < len(data) else b""

    def write(self, text: str) -> None:
        self.transport.write(pack(TEXT, text.encode()))

    def tell(self, text: bytes) -> None:
        """Give a frame to whoever waits for it in `told`."""
        self._told.put_nowait(text)

    async def told(self) -> bytes:
        """The next frame before the talk. Broken where the peer hangs up, TimeoutError where it is mute."""
        async with asyncio.timeout(SECONDS_TO_ANSWER):
            told = await self._told.get()
        if isinstance(told, Exception):
            raise told
        return told

    async def upgrade(self, port: int, path: str) -> None:
        self.transport.write(
            f"GET {path} HTTP/1.1\r\nHost: {_HOST}:{port}\r\nOrigin: http://{_HOST}:{port}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
        )
        await self.told()

    def close(self) -> None:
        self.transport.abort()

    def _fail_waiting(self, error: Exception) -> None:
        self._told.put_nowait(error)


AnyLine = TypeVar("AnyLine", bound=TextLine)


async def connected(kind: Callable[[], AnyLine], port: int, path: str) -> AnyLine:
    """An open line. Broken where the peer does not want it."""
    _, line = await asyncio.get_running_loop().create_connection(kind, _HOST, port)
    await line.upgrade(port, path)
    return line


def _deaf(what: What, n: int) -> None:
    pass
