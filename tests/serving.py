"""A whole server inside a test: real stores, real sockets on loopback, a clock the test may turn."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from sqlalchemy import make_url

from app.kit.clock import Clock
from app.live.protocol import LiveProtocol
from app.main import Server
from app.settings import Settings
from app.upkeep.stores import migrate
from app.wire.frames import MAX_FRAME
from migrations import CONVERSATIONS, IDENTITY
from tests.engines import migrated_sqlite

EASY_PROOF = {"proof_cost": 1, "proof_bits": 0, "proof_puzzles": 1}
"""Proof of work that costs nothing: its rules are tested elsewhere."""


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers at `url` (http://127.0.0.1:PORT)."""

    server: Server
    url: str

    @property
    def live_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/api/live"


def settings_for(data: Path, **changes: object) -> Settings:
    """Settings of a test's server: embedded stores in `data`, unless changed."""
    return Settings.model_validate({"data": data, "mode": "development", **EASY_PROOF, **changes})


@asynccontextmanager
async def serving(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Served]:
    """Migrate, serve on a free port, and end as a signal would end it."""
    await _new_stores(settings)
    await migrate(settings)
    server = Server(settings, clock)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        running = uvicorn.Server(
            uvicorn.Config(
                server,
                ws=LiveProtocol,
                ws_max_size=MAX_FRAME,
                ws_per_message_deflate=False,
                lifespan="on",
                access_log=False,
                log_level="critical",
                timeout_graceful_shutdown=2,
            )
        )
        # The test runner keeps its own signal handlers.
        task = asyncio.create_task(running.serve(sockets=[listener]))
        async with asyncio.timeout(20):
            while not (running.started or task.done()):  # noqa: ASYNC110 - uvicorn has a flag for it, no event
                await asyncio.sleep(0.01)
        if task.done():
            await task
            raise RuntimeError("the server did not start")
        try:
            yield Served(server, f"http://127.0.0.1:{port}")
        finally:
            running.should_exit = True
            await task


async def _new_stores(settings: Settings) -> None:
    """Put migrated stores where SQLite has none yet."""
    for history, url in (
        (IDENTITY, settings.identity_store),
        (CONVERSATIONS, settings.conversations_store),
    ):
        if url.startswith("sqlite"):
            await migrated_sqlite(history, Path(str(make_url(url).database)))
