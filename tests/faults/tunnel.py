"""A line through which nothing comes for a while, as in a tunnel: nobody is told, nothing is refused."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace

from tests.serving import Served

BLOCK = 65_536


@dataclass(eq=False)
class _Way:
    """One direction of one connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    upwards: bool
    held: list[bytes] = field(default_factory=list)


class Tunnel:
    """Stands before a server on this machine."""

    def __init__(self, served: Served) -> None:
        self._port = int(served.url.rpartition(":")[2])
        self._ways: list[_Way] = []
        self._dark = False
        self._more = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._held = asyncio.Event()

    def enter(self, *, still_up: int = 0) -> None:
        """From now on nothing comes through, but for so many bytes upwards."""
        self._dark = True
        self._more = still_up
        self._held.clear()

    async def swallowed(self) -> None:
        """Wait until the tunnel holds something back."""
        async with asyncio.timeout(10):
            await self._held.wait()

    def leave(self, *, late: bool) -> None:
        """The line works again. What was held back comes late, or never: then the old lines are dead."""
        self._dark = False
        for way in self._ways:
            held, way.held = way.held, []
            if late:
                way.writer.writelines(held)
            else:
                way.writer.transport.abort()

    def end(self) -> None:
        for way in self._ways:
            way.writer.transport.abort()

    async def through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._port)
        up, down = _Way(reader, far_writer, True), _Way(far_reader, writer, False)
        self._ways += [up, down]
        await asyncio.gather(self._pump(up), self._pump(down))

    async def _pump(self, way: _Way) -> None:
        with suppress(OSError):
            while data := await way.reader.read(BLOCK):
                passes = self._passing(way, data)
                way.writer.write(data[:passes])
                if passes < len(data):
                    way.held.append(data[passes:])
                    self._held.set()
        if not self._dark:
            way.writer.close()

    def _passing(self, way: _Way, data: bytes) -> int:
        if not self._dark:
            return len(data)
        passes = min(self._more, len(data)) if way.upwards else 0
        self._more -= passes
        return passes


@asynccontextmanager
async def tunnelled(served: Served) -> AsyncIterator[tuple[Tunnel, Served]]:
    """A tunnel, and the server as it is reached through it."""
    tunnel = Tunnel(served)
    entrance = await asyncio.start_server(tunnel.through, "127.0.0.1", 0)
    try:
        port = entrance.sockets[0].getsockname()[1]
        yield tunnel, replace(served, url=f"http://127.0.0.1:{port}")
    finally:
        tunnel.end()
        entrance.close()
