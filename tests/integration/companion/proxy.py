"""A proxy as schools and hospitals have them: plain requests pass, sockets only where they are let."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

_NO = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
_BLOCK = 65_536


class Proxy:
    """Stands before a server on this machine; `sockets` says whether upgrades pass."""

    def __init__(self, port: int) -> None:
        self.url = ""
        self.sockets = False
        self._port = port
        self._open: set[asyncio.StreamWriter] = set()

    def cut(self) -> None:
        """Break every connection that passes through now."""
        for writer in self._open:
            writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.read(_BLOCK)
        if first.startswith(b"GET /api/live") and not self.sockets:
            writer.write(_NO)
            writer.close()
            return
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._port)
        far_writer.write(first)
        self._open |= {writer, far_writer}
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(_pump(reader, far_writer))
                both.create_task(_pump(far_reader, writer))
        finally:
            self._open -= {writer, far_writer}

    @classmethod
    @asynccontextmanager
    async def before(cls, port: int) -> "AsyncIterator[Proxy]":
        """A running proxy before the server on `port`."""
        proxy = cls(port)
        server = await asyncio.start_server(proxy._pass, "127.0.0.1", 0)
        proxy.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield proxy
        finally:
            proxy.cut()
            server.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(_BLOCK):
            writer.write(data)
            await writer.drain()
        writer.close()
