"""The composition root: which houses this process is, and one ASGI application for them. No other file sees
both."""

import asyncio
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors.multiprocess import Multiprocess

from app.kit import logs
from app.kit.asgi import App, Receive, Scope, Send
from app.kit.clock import Clock, SystemClock
from app.kit.errors import NotReady, Refusal
from app.kit.metrics import Numbers, Published, shared_folder, sharing
from app.live.endpoint import LiveEndpoint
from app.live.frames import PROTOCOL
from app.live.node import Node
from app.live.protocol import LiveProtocol
from app.settings import Settings
from app.upkeep.stores import migrate_embedded
from app.web import errors, health, metrics
from app.web.api_docs import ApiDocs
from app.web.conversations_side import ConversationsSide
from app.web.conversations_watch import SERIES
from app.web.frontend import Frontend, PagesUnusable
from app.web.identity_side import IdentitySide
from app.web.middleware import limited_body, logged, own_pages_only, private_headers
from app.wire.frames import MAX_FRAME

IDENTITY_NOUNS = frozenset({"staff", "enrolment", "directory", "vault"})
"""The first parts of the paths under /api/ that belong to the identity house."""

PROBES = frozenset({"/health/live", "/health/ready", metrics.PATH})
GRACE_SECONDS = 5
COLLECTED = (50_000, 2, 10)
"""After how many objects more, and how many rounds of the younger ones, the collector looks for circles."""
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
        self.published: Published | None = None
        self._publishing: asyncio.Task[None] | None = None

    @property
    def node(self) -> Node:
        """The live side of this process."""
        if self._conversations is None:
            raise LookupError("this process has no conversations")
        return self._conversations.node

    @property
    def live(self) -> LiveEndpoint:
        """The door of its sockets."""
        if self._conversations is None:
            raise LookupError("this process has no conversations")
        return self._conversations.live

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
        self.health = health.Health(self._checks())
        apps["health"] = health.build_app(self.health)
        for app in apps.values():
            errors.install(app)
        pages = await self._pages(apps)
        page = self._metrics() if self.settings.metrics else None
        self._http = _doors(self.settings, apps, pages if page is None else _with_metrics(page, pages))

    async def close(self) -> None:
        """Commit what waits, then end."""
        if self._publishing is not None:
            self._publishing.cancel()
            await asyncio.gather(self._publishing, return_exceptions=True)
        for side in (self._conversations, self._identity):
            if side is not None:
                await side.close()

    async def purge(self) -> int:
        """Remove what has served its time from the stores; how many rows went."""
        return sum([await side.purge() for side in (self._identity, self._conversations) if side is not None])

    def _checks(self) -> list[health.Check]:
        checks: list[health.Check] = []
        if self._identity is not None:
            checks.append(self._identity.problems)
        if self._conversations is not None:
            checks.append(self._conversations.watch.problems)
        return checks

    def _metrics(self) -> metrics.MetricsPage:
        """The page of numbers, and its own round."""
        series = metrics.PROCESS if self._conversations is None else (*metrics.PROCESS, *SERIES)
        folder = shared_folder(os.getppid()) if self.settings.workers > 1 else None
        self.published = Published(series, self._numbers, self.clock, folder)
        self._publishing = asyncio.create_task(self.published.run())
        return metrics.MetricsPage(self.published)

    async def _numbers(self) -> Numbers:
        own = await asyncio.to_thread(metrics.own_numbers)
        return own if self._conversations is None else {**own, **await self._conversations.watch.numbers()}

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
        # What exists now lives as long as the process: the collector need not look at it again. Sockets and
        # messages are freed by counting; looking for circles at every turn costs a third of a join. The last
        # two numbers are not for saving: what outlives a round (a line of HTTP, a statement) would pile up.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*COLLECTED)
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
    supervisor = _Supervisor(config, [config.bind_socket()])
    with sharing() if settings.metrics else nullcontext():
        supervisor.run()
    if any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes):
        sys.exit(STARTUP_FAILURE)


class _Supervisor(Multiprocess):
    """uvicorn's, which also sees at once that a worker died while it was asked whether it lives."""

    def keep_subprocess_alive(self) -> None:
        for process in self.processes:
            # The worker has its own copy: with ours open, the line would not end when the worker does.
            process.child_conn.close()
        super().keep_subprocess_alive()


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


def _doors(settings: Settings, apps: Mapping[str, App], pages: App) -> App:
    """Each request to the house that has its path, behind the same middleware."""

    async def chosen(scope: Scope, receive: Receive, send: Send) -> None:
        house = _house_of(scope["path"])
        app = pages if house is None else apps.get(house, _nothing)
        await app(scope, receive, send)

    return logged(private_headers(own_pages_only(limited_body(chosen), settings.origins)), quiet=PROBES)


def _with_metrics(page: App, others: App) -> App:
    async def chosen(scope: Scope, receive: Receive, send: Send) -> None:
        await (page if scope["path"] == metrics.PATH else others)(scope, receive, send)

    return chosen


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def _house_of(path: str) -> str | None:
    _, api, noun, *_ = f"{path}//".split("/")
    if api == "health":
        return api
    if api != "api":
        return None
    return "identity" if noun in IDENTITY_NOUNS else "conversations"
