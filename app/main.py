"""The composition root: which houses this process is, and one ASGI application for them. No other file sees
both."""

import asyncio
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors.multiprocess import Multiprocess

from app.conversations.ids import Conversations
from app.conversations.trail import rules as trail_rules
from app.conversations.trail import store as conversations_trail
from app.identity.audit import store as identity_audit
from app.identity.ids import Identity
from app.kit import logs, migrations
from app.kit.asgi import App, Receive, Scope, Send
from app.kit.chain import first_break
from app.kit.clock import Clock, SystemClock
from app.kit.database import Database
from app.kit.errors import NotReady, Refusal
from app.live.frames import PROTOCOL
from app.live.node import Node
from app.live.protocol import LiveProtocol
from app.settings import Settings
from app.web import errors
from app.web.api_docs import ApiDocs
from app.web.conversations_side import ConversationsSide
from app.web.frontend import Frontend, PagesUnusable
from app.web.identity_side import IdentitySide
from app.web.middleware import limited_body, logged, own_pages_only, private_headers
from app.wire.frames import MAX_FRAME
from migrations import CONVERSATIONS, IDENTITY

IDENTITY_NOUNS = frozenset({"staff", "enrolment", "directory", "vault"})
"""The first parts of the paths under /api/ that belong to the identity house."""

HISTORIES = {"identity": IDENTITY, "conversations": CONVERSATIONS}
GRACE_SECONDS = 5
WORKER_SECONDS = 60
"""Within which a worker answers its supervisor, which kills it otherwise: starting counts too."""

log = structlog.get_logger()


class Server:
    """One process as an ASGI application: both houses, or one of them."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        # Identity first: conversations needs the key that it shows.
        self._identity = None if settings.side == "conversations" else IdentitySide(settings, self.clock)
        self._conversations = None if settings.side == "identity" else ConversationsSide(settings, self.clock)

    @property
    def node(self) -> Node:
        """The live side of this process."""
        if self._conversations is None:
            raise LookupError("this process has no conversations")
        return self._conversations.node

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        elif self._conversations is not None:
            await self._conversations.live(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.http.response.start", "status": 404, "headers": []})
            await send({"type": "websocket.http.response.body", "body": b""})

    async def open(self) -> None:
        """Bring up the houses. NotReady where a store or a file is not as it must be."""
        apps: dict[str, FastAPI] = {}
        for name, side in (("identity", self._identity), ("conversations", self._conversations)):
            if side is not None:
                apps[name] = await side.open()
                errors.install(apps[name])
        self._http = _doors(self.settings, apps, await self._pages(apps))

    async def close(self) -> None:
        """Commit what waits, then end."""
        for side in (self._conversations, self._identity):
            if side is not None:
                await side.close()

    async def purge(self) -> int:
        """Remove what has served its time from the stores; how many rows went."""
        return sum([await side.purge() for side in (self._identity, self._conversations) if side is not None])

    async def _pages(self, apps: dict[str, FastAPI]) -> App:
        """The pages, which the identity service serves where the houses are apart."""
        settings = self.settings
        if settings.side == "conversations":
            return _nothing
        try:
            pages: App = await asyncio.to_thread(Frontend, settings.site_file, settings)
        except PagesUnusable as error:
            raise NotReady(f"the pages cannot be used: {error}") from None
        if settings.mode == "production":
            return pages
        return ApiDocs([route for app in apps.values() for route in app.routes], str(PROTOCOL), pages)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            await self.open()
        except (NotReady, Refusal) as error:
            await self.close()
            # Said here, since of a library's own line only the name is kept.
            log.error("cannot start", error=str(error))
            await send({"type": "lifespan.startup.failed", "message": ""})
            return
        # What exists now lives as long as the process: the collector need not look at it again.
        gc.collect()
        gc.freeze()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.close()
        await send({"type": "lifespan.shutdown.complete"})


def serve(settings: Settings) -> None:
    """Run a server until it is told to end. SystemExit where it cannot start."""
    _configure_logs(settings)
    # Everything the server makes is its own user's alone: keys, stores, their write-ahead logs.
    os.umask(0o077)
    asyncio.run(migrate_embedded(settings))
    if settings.workers == 1:
        uvicorn.run(Server(settings), **_options(settings))
        return
    config = uvicorn.Config(
        "app.main:worker",
        factory=True,
        workers=settings.workers,
        timeout_worker_healthcheck=WORKER_SECONDS,
        **_options(settings),
    )
    # One socket for all: what waits in it when a worker dies is taken by another.
    supervisor = Multiprocess(config, [config.bind_socket()])
    supervisor.run()
    if any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes):
        sys.exit(STARTUP_FAILURE)


def worker() -> Server:
    """One of several processes at one port, made in each of them by uvicorn, whose supervisor starts it again
    when it dies. Its settings are those of the environment."""
    settings = Settings()
    _configure_logs(settings)
    _end_with_the_supervisor()
    return Server(settings)


def _end_with_the_supervisor() -> None:
    """A supervisor that was killed told nobody: without this its workers would hold the port for ever."""
    supervisor = multiprocessing.parent_process()
    if supervisor is None:
        raise LookupError("a worker is started by a supervisor alone")
    loop = asyncio.get_running_loop()

    def end() -> None:
        loop.remove_reader(supervisor.sentinel)
        os.kill(os.getpid(), signal.SIGTERM)

    loop.add_reader(supervisor.sentinel, end)


def _configure_logs(settings: Settings) -> None:
    # The demo speaks to a person at a terminal, whom a line for each request would drown out.
    logs.configure("WARNING" if settings.mode == "demo" else "INFO")


def _options(settings: Settings) -> dict[str, Any]:
    """How uvicorn serves, in one process or in several."""
    return {
        "host": settings.host,
        "port": settings.port,
        "ws": LiveProtocol,
        "ws_max_size": MAX_FRAME,
        "ws_per_message_deflate": False,
        "loop": "uvloop",
        "http": "httptools",
        "lifespan": "on",
        "access_log": False,
        # uvicorn's own set-up would print an exception with its message, which may hold anything.
        "log_config": None,
        "log_level": "warning",
        "server_header": False,
        "proxy_headers": False,
        "timeout_graceful_shutdown": GRACE_SECONDS,
    }


async def migrate(settings: Settings) -> None:
    """Bring both stores to the revision of this program."""
    for name, url in _stores(settings):
        await migrations.upgrade(url, HISTORIES[name])


async def migrate_embedded(settings: Settings) -> None:
    """The same for SQLite, whose only user is this server; a shared store has a step of its own."""
    for name, url in _stores(settings):
        if url.startswith("sqlite"):
            await migrations.upgrade(url, HISTORIES[name])


@dataclass(frozen=True, slots=True)
class Trail:
    """A list of what staff did: its heads by number, and the first entry that is not as it was written.

    `cut`: the last entry that served its time and went; the head after it is still there.
    """

    name: str
    heads: dict[int, bytes] = field(repr=False)
    broken: int | None
    cut: int = 0


async def check(settings: Settings) -> list[Trail]:
    """Read all trails through. NotReady where a store is not at this program's revision."""
    await _require_migrated(settings)
    people = Database[Identity](settings.identity_store)
    talks = Database[Conversations](settings.conversations_store)
    try:
        async with people.read() as people_tx, talks.read() as talks_tx:
            team, sign_ins = await identity_audit.chains(people_tx)
            trail = await conversations_trail.chain(talks_tx)
    finally:
        await people.close()
        await talks.close()
    return [
        Trail("identity", team.heads, team.broken),
        Trail("sign-ins", sign_ins.heads, sign_ins.broken, sign_ins.cut),
        Trail(
            "conversations",
            {entry.n: head for entry, head in trail},
            first_break(trail, trail_rules.TRAIL_START, trail_rules.trail_head),
        ),
    ]


async def purge(settings: Settings) -> int:
    """What the daily purge does, now; how many rows went."""
    server = Server(settings)
    try:
        await _require_migrated(settings)
        return await server.purge()
    finally:
        await server.close()


def _stores(settings: Settings) -> list[tuple[str, str]]:
    """The stores of this side."""
    stores = [("identity", settings.identity_store), ("conversations", settings.conversations_store)]
    return [(name, url) for name, url in stores if settings.side in ("both", name)]


async def _require_migrated(settings: Settings) -> None:
    for name, url in _stores(settings):
        await migrations.require_head(url, HISTORIES[name])


def _doors(settings: Settings, apps: Mapping[str, App], pages: App) -> App:
    """Each request to the house that has its path, behind the same middleware."""

    async def chosen(scope: Scope, receive: Receive, send: Send) -> None:
        house = _house_of(scope["path"])
        app = pages if house is None else apps.get(house, _nothing)
        await app(scope, receive, send)

    return logged(private_headers(own_pages_only(limited_body(chosen), settings.origins)))


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def _house_of(path: str) -> str | None:
    _, api, noun, *_ = f"{path}//".split("/")
    if api != "api":
        return None
    return "identity" if noun in IDENTITY_NOUNS else "conversations"
