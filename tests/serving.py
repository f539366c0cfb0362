"""A whole server inside a test: real stores, real sockets on loopback, a clock the test may turn."""

import asyncio
import secrets
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import uvicorn
from sqlalchemy import make_url

from app.kit import migrations
from app.kit.clock import Clock
from app.live.protocol import LiveProtocol
from app.main import Server, migrate
from app.settings import Settings
from app.wire.frames import MAX_FRAME
from app.wire.sizes import ID
from migrations import CONVERSATIONS, IDENTITY

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


_migrated: dict[Path, Path] = {}


@cache
def _shelf() -> TemporaryDirectory[str]:
    """Where the originals lie, until this process ends."""
    return TemporaryDirectory(prefix="beside-migrated-")


async def _new_stores(settings: Settings) -> None:
    """Put migrated stores where SQLite has none yet, as copies: migrating takes ten times as long."""
    for history, url in (
        (IDENTITY, settings.identity_store),
        (CONVERSATIONS, settings.conversations_store),
    ):
        if url.startswith("sqlite"):
            _copy(await _original(history), Path(str(make_url(url).database)))


def _copy(original: Path, store: Path) -> None:
    if store.exists():
        return
    store.parent.mkdir(parents=True, exist_ok=True)
    copyfile(original, store)
    with closing(sqlite3.connect(store)) as connection, connection:
        if connection.execute("SELECT 1 FROM pragma_table_info('house') WHERE name = 'store'").fetchone():
            connection.execute("UPDATE house SET store = ?", (secrets.token_bytes(ID),))


async def _original(history: Path) -> Path:
    if history not in _migrated:
        path = Path(_shelf().name) / f"{history.name}.sqlite"
        await migrations.upgrade(f"sqlite+aiosqlite:///{path}", history)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _migrated[history] = path
    return _migrated[history]
