"""A WebSocket client for one known server: as cheap as Python allows, so that it is never the slow side.

Not for use elsewhere: its mask is always zero, it takes no fragments, and it trusts the server's handshake.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any, cast

TEXT, BINARY, CLOSE, PING, PONG = 0x81, 0x82, 0x88, 0x89, 0x8A
_KINDS = frozenset((TEXT, BINARY, CLOSE, PING, PONG))
_MASKED = 0x80
_NO_MASK = bytes(4)
_HOST = "127.0.0.1"

OnBinary = Callable[[bytes, int, int], None]
"""Called with a buffer, where a binary frame's payload starts in it, and how long it is."""


class BadFrame(ValueError):
    """Bytes that are not a frame of the kinds this client takes."""


class Refused(RuntimeError):
    """The server did not let us in, or threw us out."""


def pack(kind: int, payload: bytes) -> bytes:
    """A whole frame as a client sends it, under a mask of zeros."""
    length = len(payload)
    if length < 126:
        head = bytes((kind, _MASKED | length))
    elif length < 1 << 16:
        head = bytes((kind, _MASKED | 126)) + length.to_bytes(2, "big")
    else:
        head = bytes((kind, _MASKED | 127)) + length.to_bytes(8, "big")
    return head + _NO_MASK + payload


def split(data: bytes) -> tuple[list[tuple[int, int, int]], int]:
    """The whole frames in `data` as (kind, start of the payload, its length), and how many bytes they take.

    BadFrame for fragments, masked frames and unknown kinds.
    """
    frames: list[tuple[int, int, int]] = []
    at, end = 0, len(data)
    while end - at >= 2:
        kind, length, start = data[at], data[at + 1], at + 2
        if kind not in _KINDS or length & _MASKED:
            raise BadFrame(f"{kind:#x}")
        if length >= 126:
            start += 2 if length == 126 else 8
            if start > end:
                break
            length = int.from_bytes(data[at + 2 : start], "big")
        if start + length > end:
            break
        frames.append((kind, start, length))
        at = start + length
    return frames, at


class Socket(asyncio.Protocol):
    """One open socket. `on_binary` may be replaced at any time; `failed` hears why the server broke off."""

    __slots__ = ("_rest", "_texts", "_upgraded", "failed", "on_binary", "transport")

    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self.on_binary: OnBinary = _ignore
        self.failed: Callable[[Exception], None] = _ignore_failure
        self._upgraded = False
        self._rest = b""
        self._texts: asyncio.Queue[dict[str, Any] | Exception] | None = asyncio.Queue()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail(Refused("the server closed the socket"))

    def data_received(self, data: bytes) -> None:
        if self._rest:
            data = self._rest + data
        if not self._upgraded:
            head, blank, data = data.partition(b"\r\n\r\n")
            if not blank:
                self._rest = head
                return
            if not head.startswith(b"HTTP/1.1 101 "):
                self._fail(Refused(head.split(b"\r\n", 1)[0].decode("ascii", "replace")))
                self.transport.abort()
                return
            self._upgraded = True
            self._tell({"type": "upgraded"})
        frames, used = split(data)
        for kind, start, length in frames:
            if kind == BINARY:
                self.on_binary(data, start, length)
            else:
                self._control(kind, data[start : start + length])
        self._rest = data[used:] if used < len(data) else b""

    def send(self, frame: bytes | bytearray) -> None:
        """Send a frame made by `pack`. The buffer must stay as it is until the server has answered."""
        self.transport.write(frame)

    async def upgrade(self, port: int) -> None:
        """Ask for /api/live and wait for the grant: a frame before it would get lost. Refused otherwise."""
        self.transport.write(
            f"GET /api/live HTTP/1.1\r\nHost: {_HOST}:{port}\r\nOrigin: http://{_HOST}:{port}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
        )
        await self._told("upgraded")

    async def join(self, hello: str, enter: Callable[[str], str]) -> Mapping[str, Any]:
        """Say hello, enter a room (`enter` gets the store's name); the `entered` frame. Refused otherwise."""
        self.send(pack(TEXT, hello.encode()))
        welcome = await self._told("welcome")
        self.send(pack(TEXT, enter(welcome["store"]).encode()))
        entered = await self._told("entered")
        self._texts = None
        return entered

    def close(self) -> None:
        """Hang up without a word; nothing that comes after counts."""
        self.failed = _ignore_failure
        self.transport.abort()

    async def _told(self, kind: str) -> dict[str, Any]:
        assert self._texts is not None
        while True:
            told = await self._texts.get()
            if isinstance(told, Exception):
                raise told
            if told["type"] == kind:
                return told

    def _control(self, kind: int, payload: bytes) -> None:
        if kind == PING:
            self.send(pack(PONG, payload))
        elif kind == CLOSE:
            self.send(pack(CLOSE, payload[:2]))
            self._fail(Refused(f"closed with {int.from_bytes(payload[:2], 'big')}"))
        elif kind == TEXT:
            told = json.loads(payload)
            if told["type"] in ("error", "bye"):
                self._fail(Refused(f"{told['type']} {told['code']}"))
            else:
                self._tell(told)

    def _tell(self, told: dict[str, Any] | Exception) -> None:
        if self._texts is not None:
            self._texts.put_nowait(told)

    def _fail(self, error: Exception) -> None:
        self._tell(error)
        self.failed(error)


async def connect(port: int, source: str | None = None) -> Socket:
    """An open socket, from another loopback address where one is named. Refused where the server does not
    want it."""
    local = None if source is None else (source, 0)
    _, socket = await asyncio.get_running_loop().create_connection(Socket, _HOST, port, local_addr=local)
    await socket.upgrade(port)
    return socket


def _ignore(data: bytes, start: int, length: int) -> None:
    pass


def _ignore_failure(error: Exception) -> None:
    pass
