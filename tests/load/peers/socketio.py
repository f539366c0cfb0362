"""Socket.IO on Node with one PostgreSQL insert a message: what many chat products are built of."""

import json
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

from sqlalchemy import make_url

from tests.load.peers.database import database_on
from tests.load.peers.installed import node_modules, not_installed, program, said
from tests.load.peers.loop import BODY, Broken, Line, Loop, What, seat_all
from tests.load.peers.texts import TextLine, connected
from tests.load.processes import free_port, running

_PACKAGES = ("socket.io", "pg")
_SERVER = Path(__file__).parent / "servers" / "socketio_server.mjs"


class SocketIoLine(TextLine):
    """Engine.IO 4 over a WebSocket: `42` is an event; a number behind it asks for a `43`."""

    sender = ""

    async def join(self, room: int, sender: str) -> None:
        """Say who one is, and wait for the answer."""
        self.sender = sender
        if not (await self.told()).startswith(b"0"):
            raise Broken("not Engine.IO")
        self.write("40")
        if not (await self.told()).startswith(b"40"):
            raise Broken("no namespace")
        self.write(f'420["join","room-{room}","{sender}"]')
        if not (await self.told()).startswith(b"430"):
            raise Broken("not joined")

    def say(self, n: int) -> None:
        self.write(f'42{n}["say",{n},"{BODY}"]')

    def read(self, text: bytes) -> None:
        if text == b"2":
            self.write("3")
        elif text.startswith(b"43") and not text.startswith(b"430["):
            self.heard(What.STORED, int(text[2 : text.index(b"[")]))
        elif text.startswith(b'42["said",'):
            # The room is told, its sender too: their own copy is no news.
            n, sender, _ = text[10:].split(b",", 2)
            if sender.strip(b'"') != self.sender.encode():
                self.heard(What.SAID, int(n))
        else:
            self.tell(text)


class SocketIo:
    """A `tests.load.peer.Peer`."""

    name = "Socket.IO + PostgreSQL insert a message"
    goal = 4.0

    def why_not_here(self) -> str | None:
        missing = [] if program("node") else ["node"]
        missing += [] if node_modules(*_PACKAGES) else ["the Node packages socket.io and pg"]
        return not_installed(missing)

    @asynccontextmanager
    async def running(self, scratch: Path, core: int | None, rooms: int) -> AsyncIterator[Loop]:
        node, modules = program("node"), node_modules(*_PACKAGES)
        if node is None or modules is None:
            raise Broken("not installed")
        port = free_port()
        with ExitStack() as stack:
            database = stack.enter_context(database_on(core))
            url = make_url(await database.engine.create("peer"))
            command = [node, str(_SERVER), str(port), str(database.engine.socket)]
            command += [str(url.database), str(url.username)]
            environment = {"PEER_MODULES": str(modules), "NODE_ENV": "production"}
            server = stack.enter_context(running(command, port, core, scratch / "socketio.log", environment))
            loop = Loop(_configuration(node, modules, database.version), (server, database.server))
            stack.callback(loop.close)

            async def join(room: int, sender: str) -> Line:
                line = await connected(SocketIoLine, port, "/socket.io/?EIO=4&transport=websocket")
                await line.join(room, sender)
                return line

            await seat_all(loop, rooms, join)
            yield loop


def _configuration(node: str, modules: Path, database: str) -> str:
    version, driver = (
        json.loads((modules / package / "package.json").read_text())["version"] for package in _PACKAGES
    )
    native = " with bufferutil" if (modules / "bufferutil").exists() else ""
    return (
        f"Socket.IO {version}{native} on Node {said(node, '--version').lstrip('v')}, WebSocket only; "
        f"pg {driver}, 10 connections, a prepared statement; {database}"
    )
