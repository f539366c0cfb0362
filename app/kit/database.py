"""One store: transactions whose type says which house they belong to and whether they may write.

SQLite runs embedded: WAL, synchronous=FULL (an acknowledged write survives a power cut),
secure_delete, one writer at a time, readers that cannot write. PostgreSQL runs by URL.
"""

import asyncio
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Generic, TypeVar

import asyncpg
from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from app.kit.errors import Unavailable
from app.kit.looks import PostgresqlLooks, Prepared, Row, Runs, SqliteLooks
from app.kit.sqlite import LoopConnection, connect

House = TypeVar("House")
"""A marker class of the house a transaction belongs to; mypy refuses to mix them."""

BUSY_MILLISECONDS = 5_000
"""How long a writer waits for SQLite's lock."""

LOCK_MILLISECONDS = 15_000
"""How long a statement waits for a lock of PostgreSQL; two nodes that migrate at once wait for each other."""

READERS = 4


class Look(ABC, Generic[House]):
    """One consistent look at a store, by prepared statements alone."""

    __slots__ = ()

    @abstractmethod
    async def rows(self, prepared: Prepared, /, **values: Any) -> Sequence[Row]:
        """The rows, each in the order of its columns."""


class QuickLook(Look[House]):
    """By the driver itself (app/kit/looks.py)."""

    __slots__ = ("_runs",)

    def __init__(self, runs: Runs) -> None:
        self._runs = runs

    async def rows(self, prepared: Prepared, /, **values: Any) -> Sequence[Row]:
        return await self._runs.rows(prepared, values)


class ReadTx(Look[House]):
    """One consistent look at a store, by any statement."""

    __slots__ = ("connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def rows(self, prepared: Prepared, /, **values: Any) -> Sequence[Row]:
        found: Sequence[Row] = (await self.connection.execute(prepared.statement, values)).all()
        return found


class WriteTx(ReadTx[House]):
    """One transaction: committed when its block ends, rolled back when the block raises."""

    __slots__ = ()


class Database(Generic[House]):
    """The store of one house.

    `read()` and `write()` raise `Unavailable` when the engine is locked, full, read-only or
    away; what they were doing is then rolled back as a whole.
    """

    def __init__(self, url: str) -> None:
        self.url: URL = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._writer = _sqlite_engine(self.url, size=1, read_only=False)
            self._reader = _sqlite_engine(self.url, size=READERS, read_only=True)
            self._looks: SqliteLooks | PostgresqlLooks = SqliteLooks(
                str(self.url.database), sqlite_pragmas(read_only=True)
            )
        else:
            self._writer = create_async_engine(
                self.url,
                pool_size=10,
                max_overflow=10,
                pool_timeout=5,
                pool_pre_ping=True,
                hide_parameters=True,
                connect_args={"server_settings": {"lock_timeout": f"{LOCK_MILLISECONDS}"}},
            )
            self._looks = PostgresqlLooks(self.url)
            # Several statements of one look must agree, as they do in SQLite by themselves.
            self._reader = self._writer.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._one_writer = asyncio.Lock()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[ReadTx[House]]:
        with engine_errors():
            async with self._reader.begin() as connection:
                yield ReadTx(connection)

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Look[House]]:
        """The quick way, for what every page that comes back asks."""
        with engine_errors():
            async with self._looks.look() as runs:
                yield QuickLook(runs)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[WriteTx[House]]:
        async with self.exclusive():
            with engine_errors():
                async with self._writer.begin() as connection:
                    yield WriteTx(connection)

    @asynccontextmanager
    async def exclusive(self) -> AsyncIterator[None]:
        """SQLite's single place for a writer; PostgreSQL needs none.

        Taking turns here, instead of in the file's lock, keeps writers of this process from
        failing each other with "database is locked".
        """
        if not self.is_sqlite:
            yield
            return
        async with self._one_writer:
            yield

    async def answers(self) -> None:
        """Return if the engine answers; Unavailable if not."""
        async with self.read() as tx:
            await tx.connection.exec_driver_sql("SELECT 1")

    async def close(self) -> None:
        await self._looks.close()
        await self._writer.dispose()
        if self.is_sqlite:
            await self._reader.dispose()


@contextmanager
def engine_errors() -> Iterator[None]:
    """Turn an engine's failure into `Unavailable`, without the driver's text.

    The text of a driver error can hold values of the statement, so it is cut off. A broken
    constraint is a mistake of ours, not of the engine: it passes, and shows in tests.
    """
    try:
        yield
    except (IntegrityError, sqlite3.IntegrityError):
        raise
    except (DBAPIError, PoolTimeout, sqlite3.DatabaseError, OSError):
        raise Unavailable from None
    except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
        raise Unavailable from None


def sqlite_pragmas(read_only: bool) -> tuple[str, ...]:
    """What every SQLite connection of ours sets before its first statement."""
    return (
        f"PRAGMA busy_timeout={BUSY_MILLISECONDS}",
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "PRAGMA secure_delete=ON",
        "PRAGMA foreign_keys=ON",
        "PRAGMA temp_store=MEMORY",
        f"PRAGMA query_only={'ON' if read_only else 'OFF'}",
    )


def _sqlite_engine(url: URL, *, size: int, read_only: bool) -> AsyncEngine:
    async def opened() -> LoopConnection:
        return await connect(str(url.database), sqlite_pragmas(read_only), read_only=read_only)

    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=30,
        hide_parameters=True,
        async_creator=opened,
    )

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        # A writer takes the lock at once, so that no transaction fails half-way for it.
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine
