"""The identity service: its store, its keys, its application, its rounds."""

import asyncio

import structlog
from fastapi import FastAPI

from app.identity.ids import Identity
from app.identity.keys import KeysUnusable
from app.identity.opening import open_house
from app.identity.purge import purge
from app.kit.clock import Clock, day_of
from app.kit.database import Database
from app.kit.errors import NotReady
from app.kit.migrations import require_head
from app.kit.rounds import every
from app.settings import Settings
from app.web.health import Problem, asked
from app.web.identity_app import build_app
from app.wire.errors import WireError
from migrations import IDENTITY

HOUR = 3_600

log = structlog.get_logger()


class IdentitySide:
    """One process of the identity house."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._database = Database[Identity](settings.identity_store)
        self._purged_day: int | None = None
        self._rounds: asyncio.Task[None] | None = None

    async def open(self) -> FastAPI:
        """Bring it up. NotReady where its store or its key file is not as it must be."""
        await require_head(self._settings.identity_store, IDENTITY)
        try:
            house = await open_house(self._settings, self._database, self._clock)
        except (KeysUnusable, WireError) as error:
            raise NotReady(f"a key file cannot be used: {error}") from None
        # Not at once: after a restart everybody comes back, and needs the disk.
        self._rounds = asyncio.create_task(every(HOUR, "identity purge", self._purge_daily, at_once=False))
        return build_app(house)

    async def close(self) -> None:
        """Let go of the store."""
        if self._rounds is not None:
            self._rounds.cancel()
            await asyncio.gather(self._rounds, return_exceptions=True)
        await self._database.close()

    async def problems(self) -> list[Problem]:
        """What is wrong with this side now."""
        return await asked(self._database.answers)

    async def purge(self) -> int:
        """Remove what has served its time; how many rows went."""
        gone = await purge(self._database, self._clock)
        log.info("purged", house="identity", count=gone)
        return gone

    async def _purge_daily(self) -> None:
        # The day is kept in memory: this purge is short, and may as well come once more after a restart.
        today = day_of(self._clock.now())
        if self._purged_day != today:
            await self.purge()
            self._purged_day = today
