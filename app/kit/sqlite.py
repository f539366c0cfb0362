"""A SQLite connection without a thread of its own, in the shape that SQLAlchemy expects of aiosqlite.

A statement on a row that is in memory takes some ten microseconds; handing it to a thread and
getting the answer back takes ten times that. So statements run where they are called. What may
wait for the disk or for another process's lock (BEGIN IMMEDIATE, COMMIT, opening) goes to a
thread as before: the loop never waits for either.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

WAITS = ("BEGIN IMMEDIATE", "PRAGMA wal_checkpoint", "VACUUM")
"""Statements that may wait, by their beginning."""


async def connect(path: str, pragmas: Sequence[str], *, read_only: bool) -> "LoopConnection":
    """Open the file (made where it is not there) and set it up; `read_only`: it will never write."""

    return LoopConnection(await connect_plain(path, pragmas), read_only)


async def connect_plain(path: str, pragmas: Sequence[str]) -> sqlite3.Connection:
    """The same without a shape. To be used from one place at a time: the caller sees to it."""

    def opened() -> sqlite3.Connection:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        for pragma in pragmas:
            connection.execute(pragma)
        return connection

    return await asyncio.to_thread(opened)


class LoopConnection:
    """As much of aiosqlite's Connection as SQLAlchemy's dialect calls."""

    def __init__(self, connection: sqlite3.Connection, read_only: bool) -> None:
        self._connection: sqlite3.Connection | None = connection
        self._read_only = read_only

    def cursor(self) -> "LoopCursor":
        if self._connection is None:
            raise sqlite3.ProgrammingError("connection closed")
        return LoopCursor(self._connection.cursor())

    async def create_function(
        self, name: str, narg: int, function: Callable[..., Any], **options: Any
    ) -> None:
        if self._connection is not None:
            self._connection.create_function(name, narg, function, **options)

    async def commit(self) -> None:
        if self._connection is None or not self._connection.in_transaction:
            return
        if self._read_only:
            self._connection.commit()
        else:
            await asyncio.to_thread(self._connection.commit)

    async def rollback(self) -> None:
        if self._connection is not None:
            self._connection.rollback()

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await asyncio.to_thread(connection.close)

    def stop(self) -> None:
        """Close at once, outside of any loop."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


class LoopCursor:
    """As much of aiosqlite's Cursor as SQLAlchemy's dialect calls."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    async def __aenter__(self) -> "LoopCursor":
        return self

    @property
    def description(self) -> Any:
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._cursor.lastrowid

    async def execute(self, operation: str, parameters: Sequence[Any] = ()) -> None:
        if operation.startswith(WAITS):
            await asyncio.to_thread(self._cursor.execute, operation, parameters)
        else:
            self._cursor.execute(operation, parameters)

    async def executemany(self, operation: str, parameters: Sequence[Sequence[Any]]) -> None:
        self._cursor.executemany(operation, parameters)

    async def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()

    async def close(self) -> None:
        self._cursor.close()
