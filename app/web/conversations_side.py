"""The conversations service: store → house → writer → hub → sockets, and the rounds of one process."""

import asyncio
import json
from pathlib import Path

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fastapi import FastAPI

from app.bus import opened_by
from app.conversations.admission.service import Admission
from app.conversations.house import House, Pinned
from app.conversations.ids import Conversations
from app.conversations.keys import KEY_FILE, open_proof_key, read_pass_key
from app.conversations.messages.batches import Batches
from app.conversations.messages.postgresql import PostgresqlBatches
from app.conversations.messages.service import Messages
from app.conversations.messages.sqlite import SqliteBatches
from app.conversations.messages.writer import Writer
from app.conversations.notices import Notices
from app.conversations.purge import purge
from app.conversations.queue.service import Queue
from app.conversations.service.hours import HoursUnusable, read_hours
from app.conversations.service.rules import ServiceRules
from app.conversations.service.service import Service
from app.conversations.store import Life, purge_turn
from app.kit.clock import Clock, day_of
from app.kit.database import Database
from app.kit.errors import NotReady
from app.kit.migrations import require_head
from app.kit.rounds import every
from app.live.endpoint import LiveEndpoint
from app.live.hub import Hub
from app.live.neighbours import Neighbours
from app.live.node import Node
from app.live.rooms import RoomReader
from app.settings import Settings
from app.web.conversations_app import build_app
from app.web.conversations_watch import ConversationsWatch
from app.wire.encoding import unb64u
from app.wire.errors import WireError
from app.wire.ids import kid_of
from app.wire.sizes import ID, PUB
from migrations import CONVERSATIONS

HOUR = 3_600
SWEEP_SECONDS = 1.0

log = structlog.get_logger()


class ConversationsSide:
    """One process of the conversations house; `node`, `live` and `watch` are there once it is open."""

    node: Node
    live: LiveEndpoint
    watch: ConversationsWatch

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._database = Database[Conversations](settings.conversations_store)
        self._writer: Writer | None = None
        self._writing: asyncio.Task[None] | None = None
        self._neighbours: Neighbours | None = None
        self._rounds: list[asyncio.Task[None]] = []

    async def open(self) -> FastAPI:
        """Bring it up. NotReady where its store, a key file or its opening hours are not as they must be."""
        settings = self._settings
        await require_head(settings.conversations_store, CONVERSATIONS)
        try:
            proof_key = await asyncio.to_thread(open_proof_key, settings.data / KEY_FILE)
            pass_key = await asyncio.to_thread(read_pass_key, settings.pass_file)
        except (OSError, WireError) as error:
            raise NotReady(f"a key file cannot be used: {_said(error)}") from None
        life = await Life.of(self._database)
        hub = Hub(RoomReader(self._database, self._clock))
        neighbours = Neighbours(hub, opened_by(settings.bus_url), lambda: life.store)
        house = await self._house(life, neighbours, pass_key, proof_key)
        queue = Queue(house)
        self._writer = Writer(
            _batches(self._database, house.life),
            self._database.exclusive,
            neighbours,
            keep_until=lambda: day_of(self._clock.now()) + house.rules.keep_days,
        )
        messages = Messages(self._writer, self._clock, per_minute=settings.messages_per_minute)
        self.node = Node(house, queue, messages, hub, neighbours)
        self.live = LiveEndpoint(self.node, origins=settings.origins, sockets_limit=settings.sockets_limit)
        self.watch = ConversationsWatch(house, self.node, self._writer.tally, settings.sockets_limit)
        await neighbours.open()
        self._neighbours = neighbours
        self._writing = asyncio.create_task(self._writer.run())
        self._rounds = [
            asyncio.create_task(rounds)
            for rounds in (
                self.node.run(),
                every(SWEEP_SECONDS, "sweep", queue.sweep),
                every(HOUR, "purge", self._purge_daily),
            )
        ]
        return build_app(house, queue, messages)

    async def close(self) -> None:
        """Commit what waits, then let go of the store."""
        for task in self._rounds:
            task.cancel()
        await asyncio.gather(*self._rounds, return_exceptions=True)
        if self._writer is not None and self._writing is not None:
            self._writer.stop()
            await self._writing
            await self._writer.close()
        if self._neighbours is not None:
            await self._neighbours.close()
        await self._database.close()

    async def purge(self) -> int:
        """Remove what has served its time; how many rows went."""
        gone = await purge(self._database, self._clock, self._settings.flag_days)
        log.info("purged", house="conversations", count=gone)
        return gone

    async def _house(self, life: Life, notices: Notices, pass_key: bytes, proof_key: bytes) -> House:
        settings = self._settings
        try:
            hours = None if settings.hours is None else await asyncio.to_thread(read_hours, settings.hours)
        except HoursUnusable as error:
            raise NotReady(f"the opening hours cannot be used: {error}") from None
        admission = Admission(self._database, self._clock, Ed25519PublicKey.from_public_bytes(pass_key))
        by_operator = ServiceRules(settings.keep_days, hours)
        house = House(
            db=self._database,
            clock=self._clock,
            admission=admission,
            service=Service(self._database, self._clock, admission, by_operator),
            life=life,
            notices=notices,
            settings=settings,
            pinned=PinnedSite(settings.site_file),
            proof_key=proof_key,
        )
        await admission.refresh()
        try:
            await house.service.refresh()
        except HoursUnusable as error:
            raise NotReady(f"the opening hours that a coordinator set cannot be used: {error}") from None
        return house

    async def _purge_daily(self) -> None:
        # The day is kept in the store: a restart must not purge again while everybody comes back.
        async with purge_turn(self._database, day_of(self._clock.now())) as due:
            if due:
                await self.purge()


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


def _batches(database: Database[Conversations], life: Life) -> Batches:
    if database.is_sqlite:
        return SqliteBatches(str(database.url.database))
    return PostgresqlBatches(database.url, life)


def _said(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "pass.pub, which the identity service writes when it starts, is not in BESIDE_PUBLIC"
    return str(error) if isinstance(error, WireError) else type(error).__name__
