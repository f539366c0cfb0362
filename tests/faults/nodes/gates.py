"""One address before one or several servers, which a test cuts, holds up, or turns to somewhere else.

Before nodes it is the balancer of a grown service: no sticky sessions, and whoever comes is let through to
the next node that answers. Before NATS it is the line of one node to the bus.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

BLOCK = 65_536


class Gate:
    """Hands each connection to the first of `ports` that answers; `in_turn` begins with the next."""

    def __init__(self, ports: list[int], *, in_turn: bool = False) -> None:
        self.ports = ports
        self.port = 0
        self._in_turn = in_turn
        self._turn = 0
        self._open = True
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """End all connections at once and take none."""
        self._open = False
        for writer in list(self._writers):
            writer.transport.abort()

    def hold(self) -> None:
        """Nothing comes through any more, and nobody is told."""
        self._flowing.clear()

    def mend(self) -> None:
        """All goes through again, what was held up too."""
        self._open = True
        self._flowing.set()

    async def through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection until either side ends it."""
        far = await self._reached() if self._open else None
        if far is None:
            writer.transport.abort()
            return
        far_reader, far_writer = far
        own = {writer, far_writer}
        self._writers |= own
        try:
            await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))
        finally:
            self._writers -= own
            for each in own:
                each.transport.abort()

    async def _reached(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        start = self._turn if self._in_turn else 0
        self._turn += 1
        for place in range(len(self.ports)):
            with suppress(OSError):
                return await asyncio.open_connection(
                    "127.0.0.1", self.ports[(start + place) % len(self.ports)]
                )
        return None

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(BLOCK):
                await self._flowing.wait()
                writer.write(data)
                await writer.drain()
        if not writer.transport.is_closing():
            writer.close()


@asynccontextmanager
async def gate(*ports: int, in_turn: bool = False) -> AsyncIterator[Gate]:
    """A gate before servers on this machine, at an address of its own."""
    before = Gate(list(ports), in_turn=in_turn)
    entrance = await asyncio.start_server(before.through, "127.0.0.1", 0)
    before.port = entrance.sockets[0].getsockname()[1]
    try:
        yield before
    finally:
        entrance.close()
        before.mend()
        before.cut()


def port_of(url: str) -> int:
    """The port in a URL of this machine."""
    return int(url.rpartition(":")[2])
