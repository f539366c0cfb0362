"""A line that remembers: everything one person sends to a server and is sent, as it is on the wire."""

import asyncio
import re
from contextlib import suppress
from types import TracebackType
from typing import Self

_REQUEST = re.compile(rb"(?:GET|HEAD|POST|PUT|DELETE|OPTIONS) (\S+) HTTP/1\.[01]\r\n")


class Tap:
    """Stands between one person and the server on `port` of this machine; `url` is where it listens."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._sent: list[bytearray] = []
        self._received: list[bytearray] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def live_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/api/live"

    @property
    def received(self) -> bytes:
        """All that the server sent, connection by connection."""
        return b"\n".join(self._received)

    @property
    def targets(self) -> list[bytes]:
        """What was asked for: path and query of every request, the sockets' too."""
        return [target for sent in self._sent for target in _REQUEST.findall(bytes(sent))]

    @property
    def sent(self) -> bytes:
        """All that the person sent, connection by connection."""
        return b"\n".join(self._sent)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        sent, received = bytearray(), bytearray()
        self._sent.append(sent)
        self._received.append(received)
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self._port)
            try:
                await asyncio.gather(_carry(reader, back, sent), _carry(there, writer, received))
            finally:
                back.close()
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            self._tasks.discard(task)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kept: bytearray) -> None:
    while data := await reader.read(65_536):
        kept += data
        writer.write(data)
        await writer.drain()
    with suppress(OSError):
        writer.write_eof()
