"""The composition root: settings → stores → houses → one ASGI application. No other file sees both."""

import asyncio
import gc
import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import structlog
import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fastapi import FastAPI

from app.conversations.admission.service import Admission
from app.conversations.house import House, Pinned
from app.conversations.ids import Conversations
from app.conversations.keys import KEY_FILE, open_proof_key
from app.conversations.messages.batches import Batches
from app.conversations.messages.postgresql import PostgresqlBatches
from app.conversations.messages.service import Messages
from app.conversations.messages.sqlite import SqliteBatches
from app.conversations.messages.writer import Writer
from app.conversations.purge import purge as conversations_purge
from app.conversations.queue.service import Queue
from app.conversations.service.hours import HoursUnusable, read_hours
from app.conversations.service.rules import ServiceRules
from app.conversations.service.service import Service
from app.conversations.store import is_purge_due, note_purge, store_id
from app.conversations.trail import rules as trail_rules
from app.conversations.trail import store as conversations_trail
from app.identity.audit import store as identity_audit
from app.identity.enrolment.site import site_file
from app.identity.ids import Identity
from app.identity.keys import KeysUnusable
from app.identity.opening import open_house
from app.identity.purge import purge as identity_purge
from app.kit import logs, migrations
from app.kit.asgi import App, Receive, Scope, Send
from app.kit.chain import first_break
from app.kit.clock import Clock, SystemClock, day_of
from app.kit.database import Database
from app.kit.errors import Refusal
from app.live.endpoint import LiveEndpoint
from app.live.frames import PROTOCOL
from app.live.hub import Hub
from app.live.node import Node
from app.live.protocol import LiveProtocol
from app.live.rooms import RoomReader
from app.settings import Settings
from app.web import errors
from app.web.api_docs import ApiDocs
from app.web.conversations_app import build_app as build_conversations
from app.web.frontend import Frontend, PagesUnusable
from app.web.identity_app import build_app as build_identity
from app.web.middleware import limited_body, logged, own_pages_only, private_headers
from app.wire.encoding import unb64u
from app.wire.errors import WireError
from app.wire.frames import MAX_FRAME
from app.wire.ids import kid_of
from app.wire.sizes import ID, PUB

HISTORIES = Path(__file__).parent.parent / "migrations"
IDENTITY_NOUNS = frozenset({"staff", "enrolment", "directory", "vault"})
"""The first parts of the paths under /api/ that belong to the identity house."""

HOUR = 3_600
SWEEP_SECONDS = 1.0
GRACE_SECONDS = 5

log = structlog.get_logger()


class NotReady(Exception):
    """The server cannot start; the text says what to do."""


class Server:
    """Both houses in one process, as an ASGI application."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self._identity_db = Database[Identity](settings.identity_store)
        self._conversations_db = Database[Conversations](settings.conversations_store)
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "websocket":
            await self.live(scope, receive, send)
        else:
            await self._http(scope, receive, send)

    async def open(self) -> None:
        """Bring up both houses. NotReady where a store or a key file is not as it must be."""
        settings = self.settings
        await _require_migrated(settings)
        try:
            identity = await open_house(settings, self._identity_db, self.clock)
            proof_key = await asyncio.to_thread(open_proof_key, settings.data / KEY_FILE)
        except (KeysUnusable, WireError) as error:
            raise NotReady(f"a key file cannot be used: {error}") from None
        site = site_file(settings.data)
        try:
            pages: App = await asyncio.to_thread(Frontend, site, settings)
        except PagesUnusable as error:
            raise NotReady(f"the pages cannot be used: {error}") from None
        try:
            hours = None if settings.hours is None else await asyncio.to_thread(read_hours, settings.hours)
        except HoursUnusable as error:
            raise NotReady(f"the opening hours cannot be used: {error}") from None
        pass_key = Ed25519PublicKey.from_public_bytes(identity.keys.pass_public)
        hub = Hub(RoomReader(self._conversations_db, self.clock))
        admission = Admission(self._conversations_db, self.clock, pass_key)
        by_operator = ServiceRules(settings.keep_days, hours)
        house = House(
            db=self._conversations_db,
            clock=self.clock,
            admission=admission,
            service=Service(self._conversations_db, self.clock, admission, by_operator),
            notices=hub,
            settings=settings,
            pinned=PinnedSite(site),
            proof_key=proof_key,
        )
        await house.admission.refresh()
        try:
            await house.service.refresh()
        except HoursUnusable as error:
            raise NotReady(f"the opening hours that a coordinator set cannot be used: {error}") from None
        queue = Queue(house)
        self._writer = Writer(
            _batches(self._conversations_db),
            self._conversations_db.exclusive,
            hub,
            keep_until=lambda: day_of(self.clock.now()) + house.rules.keep_days,
        )
        messages = Messages(self._writer, self.clock, per_minute=settings.messages_per_minute)
        store = await store_id(self._conversations_db)
        self.node = Node(house, queue, messages, hub, store)
        self.live = LiveEndpoint(self.node, origins=settings.origins, sockets_limit=settings.sockets_limit)
        houses = build_identity(identity), build_conversations(house, queue, messages, store)
        if settings.mode != "production":
            pages = ApiDocs([route for each in houses for route in each.routes], str(PROTOCOL), pages)
        self._http = _doors(settings, *houses, pages)
        self._tasks = [
            asyncio.create_task(rounds)
            for rounds in (
                self._writer.run(),
                self.node.run(),
                _every(SWEEP_SECONDS, "sweep", queue.sweep),
                _every(HOUR, "purge", self._purge_daily),
            )
        ]

    async def close(self) -> None:
        """Commit what waits, then end."""
        if self._tasks:
            writing, *rounds = self._tasks
            for task in rounds:
                task.cancel()
            await asyncio.gather(*rounds, return_exceptions=True)
            self._writer.stop()
            await writing
            await self._writer.close()
        await self._identity_db.close()
        await self._conversations_db.close()

    async def purge(self) -> int:
        """Remove what has served its time from both stores; how many rows went."""
        gone = await identity_purge(self._identity_db, self.clock)
        gone += await conversations_purge(self._conversations_db, self.clock, self.settings.flag_days)
        log.info("purged", count=gone)
        return gone

    async def _purge_daily(self) -> None:
        # The day is kept in the store: a restart must not purge again while everybody comes back.
        today = day_of(self.clock.now())
        if await is_purge_due(self._conversations_db, today):
            await self.purge()
            await note_purge(self._conversations_db, today)

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


class PinnedSite:
    """The instance and roots of site.json, read once it is there; it is never replaced."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pinned: Pinned | None = None

    def __call__(self) -> Pinned | None:
        if self._pinned is None and self._path.is_file():
            site = json.loads(self._path.read_bytes())
            roots = [unb64u(root, PUB) for root in site["roots"]]
            self._pinned = Pinned(unb64u(site["instance"], ID), {kid_of(root): root for root in roots})
        return self._pinned


def serve(settings: Settings) -> None:
    """Run a server until it is told to end."""
    # The demo speaks to a person at a terminal, whom a line for each request would drown out.
    logs.configure("WARNING" if settings.mode == "demo" else "INFO")
    # Everything the server makes is its own user's alone: keys, stores, their write-ahead logs.
    os.umask(0o077)
    asyncio.run(migrate_embedded(settings))
    uvicorn.run(
        Server(settings),
        host=settings.host,
        port=settings.port,
        ws=LiveProtocol,
        ws_max_size=MAX_FRAME,
        ws_per_message_deflate=False,
        loop="uvloop",
        http="httptools",
        lifespan="on",
        access_log=False,
        # uvicorn's own set-up would print an exception with its message, which may hold anything.
        log_config=None,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


async def migrate(settings: Settings) -> None:
    """Bring both stores to the revision of this program."""
    for name, url in _stores(settings):
        await migrations.upgrade(url, HISTORIES / name)


async def migrate_embedded(settings: Settings) -> None:
    """The same for SQLite, whose only user is this server; a shared store has a step of its own."""
    for name, url in _stores(settings):
        if url.startswith("sqlite"):
            await migrations.upgrade(url, HISTORIES / name)


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


def _stores(settings: Settings) -> tuple[tuple[str, str], ...]:
    return ("identity", settings.identity_store), ("conversations", settings.conversations_store)


async def _require_migrated(settings: Settings) -> None:
    for name, url in _stores(settings):
        if await migrations.current(url) != migrations.head(HISTORIES / name):
            raise NotReady(f"the {name} store is not at this program's revision: run `beside migrate`")


def _batches(database: Database[Conversations]) -> Batches:
    if database.is_sqlite:
        return SqliteBatches(str(database.url.database))
    return PostgresqlBatches(database.url)


def _doors(settings: Settings, identity: FastAPI, conversations: FastAPI, frontend: App) -> App:
    """Each request to the house that has its path, behind the same middleware."""
    for app in (identity, conversations):
        errors.install(app)

    async def chosen(scope: Scope, receive: Receive, send: Send) -> None:
        house = _house_of(scope["path"])
        app = frontend if house is None else identity if house == "identity" else conversations
        await app(scope, receive, send)

    return logged(private_headers(own_pages_only(limited_body(chosen), settings.origins)))


def _house_of(path: str) -> str | None:
    _, api, noun, *_ = f"{path}//".split("/")
    if api != "api":
        return None
    return "identity" if noun in IDENTITY_NOUNS else "conversations"


async def _every(seconds: float, name: str, round_: Callable[[], Awaitable[object]]) -> None:
    while True:
        try:
            await round_()
        except Refusal:
            log.warning("store away", where=name)
        except Exception as error:
            log.error("round failed", where=name, error=type(error).__name__)
        await asyncio.sleep(seconds)
