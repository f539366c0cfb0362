"""The least that a durable relay must do: what piled up during one commit is the next batch.

SQLite (WAL, synchronous=FULL) on a thread of its own; PostgreSQL by one held asyncpg connection and one
statement a batch (arrays, unnest), which commits by itself.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, Protocol, TypeVar

import asyncpg

Row = tuple[bytes, int, bytes, int, int, bytes, bytes]
"""room, seq, seat, ke, n, com, ct"""

M = TypeVar("M")
M_in = TypeVar("M_in", contravariant=True)

_SQLITE = (
    "CREATE TABLE messages (room BLOB, seq INTEGER, seat BLOB, ke INTEGER, n INTEGER,"
    " com BLOB, ct BLOB, UNIQUE (room, seq))"
)
_POSTGRESQL = (
    "CREATE TABLE messages (room bytea, seq int, seat bytea, ke int, n int, com bytea, ct bytea,"
    " UNIQUE (room, seq))"
)
_UNNEST = (
    "INSERT INTO messages SELECT * FROM unnest($1::bytea[], $2::int[], $3::bytea[], $4::int[], $5::int[],"
    " $6::bytea[], $7::bytea[])"
)


class GroupCommit(Protocol[M_in]):
    """Commits what it takes, in groups, and then delivers it in order."""

    def take(self, message: M_in) -> None:
        """Queue one message; never waits."""


def group_commit(
    store: str, row: Callable[[M], Row], deliver: Callable[[list[M]], Awaitable[None]]
) -> GroupCommit[M]:
    """For a store named by a path (SQLite) or a `postgresql://` URL; new and empty."""
    if store.startswith("postgresql://"):
        return PostgresqlGroupCommit(store, row, deliver)
    return SqliteGroupCommit(store, row, deliver)


class SqliteGroupCommit(Generic[M]):
    """A thread that inserts all that waits in one transaction."""

    def __init__(
        self, file: str, row: Callable[[M], Row], deliver: Callable[[list[M]], Awaitable[None]]
    ) -> None:
        self._file, self._row = file, row
        self._waiting: SimpleQueue[M] = SimpleQueue()
        self._committed: asyncio.Queue[list[M]] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._thread = Thread(target=self._write, daemon=True)
        self._thread.start()
        self._delivery = asyncio.create_task(self._deliver(deliver))

    def take(self, message: M) -> None:
        self._waiting.put(message)

    def _write(self) -> None:
        database = sqlite3.connect(self._file, isolation_level=None)
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute(_SQLITE)
        while True:
            batch = [self._waiting.get()]
            try:
                while True:
                    batch.append(self._waiting.get_nowait())
            except Empty:
                pass
            database.execute("BEGIN IMMEDIATE")
            database.executemany("INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?)", map(self._row, batch))
            database.execute("COMMIT")
            self._loop.call_soon_threadsafe(self._committed.put_nowait, batch)

    async def _deliver(self, deliver: Callable[[list[M]], Awaitable[None]]) -> None:
        while True:
            await deliver(await self._committed.get())


class PostgresqlGroupCommit(Generic[M]):
    """A task that inserts all that waits in one statement."""

    def __init__(
        self, url: str, row: Callable[[M], Row], deliver: Callable[[list[M]], Awaitable[None]]
    ) -> None:
        self._waiting: list[M] = []
        self._something = asyncio.Event()
        self._writing = asyncio.create_task(self._write(url, row, deliver))

    def take(self, message: M) -> None:
        self._waiting.append(message)
        self._something.set()

    async def _write(
        self, url: str, row: Callable[[M], Row], deliver: Callable[[list[M]], Awaitable[None]]
    ) -> None:
        connection = await asyncpg.connect(url)
        await connection.execute(_POSTGRESQL)
        insert = await connection.prepare(_UNNEST)
        while True:
            await self._something.wait()
            self._something.clear()
            batch, self._waiting = self._waiting, []
            columns: Sequence[Sequence[object]] = list(zip(*map(row, batch), strict=True))
            await insert.fetch(*columns)
            await deliver(batch)
