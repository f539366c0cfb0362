"""A server that answers with what it was asked: who forwards to it shows what it forwards."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Echo:
    """Remembers each request's head, and answers with its own name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.asked: list[tuple[str, dict[str, str]]] = []
        """Paths and headers, whose names are in small letters."""
        self.hangs_up = False

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request of a connection, and its end."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            request, *lines = head.rstrip().split("\r\n")
            pairs = (line.partition(":") for line in lines)
            self.asked.append((request.split()[1], {name.lower(): value.strip() for name, _, value in pairs}))
            if not self.hangs_up:
                body = json.dumps(self.name).encode()
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                    % (len(body), body)
                )
        finally:
            writer.close()


@asynccontextmanager
async def echo(name: str, host: str, port: int) -> AsyncIterator[Echo]:
    """An echo that listens."""
    one = Echo(name)
    async with await asyncio.start_server(one.answer, host, port):
        yield one
