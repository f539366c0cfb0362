"""Stores that are locked, away or full, as something outside the server makes them."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import asyncpg
import pytest
from sqlalchemy import make_url

from tests.engines import Postgres
from tests.faults.postgres import superuser
from tests.talkers import eventually

only_sqlite = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize(
    "engine_url", [pytest.param("postgresql", marks=pytest.mark.engines)], indirect=True
)

FULL = """
CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$
"""
WRITTEN = ("rooms", "seats", "messages", "meetings", "tickets", "spent_salts")


@asynccontextmanager
async def away(url: str, server: Postgres | None) -> AsyncIterator[None]:
    """Another program holds SQLite's file for itself; PostgreSQL ends all connections and takes none."""
    if server is None:
        with closing(sqlite3.connect(str(make_url(url).database), isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
            other.execute("ROLLBACK")
        return
    name = make_url(url).database
    async with server.administrator() as administrator:
        await administrator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        await administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name
        )
        try:
            yield
        finally:
            await administrator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@asynccontextmanager
async def row_locked(url: str, server: Postgres, room: bytes) -> AsyncIterator[None]:
    """An administrator holds the row of a room."""
    async with superuser(server, url) as administrator, administrator.transaction():
        assert await administrator.fetchval("SELECT 1 FROM rooms WHERE id = $1 FOR UPDATE", room) == 1
        yield


@asynccontextmanager
async def full(url: str, server: Postgres) -> AsyncIterator[None]:
    """No table of a PostgreSQL store takes a row, with the error of a full disk."""
    async with superuser(server, url) as administrator:
        async with administrator.transaction():
            await administrator.execute(FULL)
            for table in WRITTEN:
                await administrator.execute(
                    f"CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE ON {table}"
                    " FOR EACH ROW EXECUTE FUNCTION disk_full()"
                )
        yield
        await administrator.execute("DROP FUNCTION disk_full CASCADE")


async def end_waiting_backend(url: str, server: Postgres) -> None:
    """Wait until somebody waits for a lock, and end their connection in the middle of it."""
    async with superuser(server, url) as administrator:
        waiting: list[int] = []

        async def waits() -> bool:
            waiting[:] = [row["pid"] for row in await _waiting(administrator)]
            return bool(waiting)

        await eventually(waits)
        assert await administrator.fetchval("SELECT pg_terminate_backend($1)", waiting[0])


async def _waiting(administrator: "asyncpg.Connection[asyncpg.Record]") -> list[asyncpg.Record]:
    return await administrator.fetch(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
