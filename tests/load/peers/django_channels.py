"""Django Channels with Redis between consumers and one ORM insert a message."""

import json
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

from sqlalchemy import make_url

from tests.load.peers.database import database_on
from tests.load.peers.installed import not_installed, program, said, venv_python, version_of
from tests.load.peers.loop import BODY, Broken, Line, Loop, What, seat_all
from tests.load.peers.texts import TextLine, connected
from tests.load.processes import free_port, running

_MODULES = ("django", "channels", "channels_redis", "psycopg", "uvicorn")
_SERVERS = Path(__file__).parent / "servers"


class ChannelsLine(TextLine):
    """JSON objects of our own making (`servers/channels_server.py`)."""

    def __init__(self, sender: str) -> None:
        super().__init__()
        self._sender = sender

    def say(self, n: int) -> None:
        self.write(f'{{"n":{n},"body":"{BODY}"}}')

    def read(self, text: bytes) -> None:
        heard = json.loads(text)
        if "stored" in heard:
            self.heard(What.STORED, heard["stored"])
        elif heard["sender"] != self._sender:
            # The room is told, its sender too: their own copy is no news.
            self.heard(What.SAID, heard["said"])


class Channels:
    """A `tests.load.peer.Peer`."""

    name = "Django Channels + Redis + ORM insert"
    goal = 25.0

    def why_not_here(self) -> str | None:
        missing = [] if program("redis-server") else ["redis-server"]
        missing += [] if venv_python(*_MODULES) else [f"a venv with {', '.join(_MODULES)}"]
        return not_installed(missing)

    @asynccontextmanager
    async def running(self, scratch: Path, core: int | None, rooms: int) -> AsyncIterator[Loop]:
        redis, python = program("redis-server"), venv_python(*_MODULES)
        if redis is None or python is None:
            raise Broken("not installed")
        port, redis_port = free_port(), free_port()
        with ExitStack() as stack:
            database = stack.enter_context(database_on(core))
            url = make_url(await database.engine.create("peer"))
            # It only carries: what is kept is in PostgreSQL.
            command = [redis, "--port", str(redis_port), "--bind", "127.0.0.1", "--save", "", "--dir"]
            log = scratch / "redis.log"
            carrier = stack.enter_context(running([*command, str(scratch)], redis_port, core, log))
            environment = {
                "PEER_DATABASE_SOCKET": str(database.engine.socket),
                "PEER_DATABASE": str(url.database),
                "PEER_DATABASE_ROLE": str(url.username),
                "PEER_REDIS": f"redis://127.0.0.1:{redis_port}",
            }
            log = scratch / "channels.log"
            server = stack.enter_context(running(_command(python, port), port, core, log, environment))
            sentence = _sentence(python, redis, database.version)
            loop = Loop(sentence, (server, carrier, database.server))
            stack.callback(loop.close)

            async def join(room: int, sender: str) -> Line:
                return await connected(lambda: ChannelsLine(sender), port, f"/room-{room}/{sender}")

            await seat_all(loop, rooms, join)
            yield loop


def _command(python: Path, port: int) -> list[str]:
    server = [str(python), "-m", "uvicorn", "channels_server:application", "--app-dir", str(_SERVERS)]
    return [*server, "--port", str(port), "--lifespan", "off", "--no-access-log", "--log-level", "warning"]


def _sentence(python: Path, redis: str, database: str) -> str:
    # "Redis server v=7.0.15 sha=…"
    carrier = said(redis, "--version").partition("v=")[2].split()[0]
    django, channels, layer, server = (
        version_of(python, package) for package in ("django", "channels", "channels_redis", "uvicorn")
    )
    return (
        f"Django {django}, Channels {channels}, channels_redis {layer} on Redis {carrier} (nothing saved), "
        f"uvicorn {server}, connections kept open; {database}"
    )
