"""Reading with statements that are compiled once and handed to the driver as they are.

A page that enters a room asks some ten questions of a row or two. Asked through SQLAlchemy's engine,
nine tenths of the time go into the way there and back; after a restart everybody asks at once
(docs/decisions/0029). So SQLAlchemy makes the statement, and the driver runs it.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import asyncpg
from sqlalchemy import LargeBinary, Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.engine import URL, Dialect

from app.kit.sqlite import connect_plain

_SQLITE: Dialect = sqlite.dialect(paramstyle="qmark")
_POSTGRESQL: Dialect = asyncpg_dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's dialects are

Row = Sequence[Any]

READERS = 4
"""Connections to SQLite that look."""
AT_ONCE = 10
"""Connections to PostgreSQL that look."""
SECONDS = 5.0
"""How long a look waits for a line, and for an answer."""
TURN_SECONDS = 30.0
"""How long it waits for its turn: after a restart thousands ask at once, and whoever were told to try again
would only ask once more."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    text: str
    names: tuple[str, ...]
    """The parameters in their order in the text."""
    constants: Mapping[str, Any]
    """Those of them that are always the same."""
    convert: tuple[tuple[int, Callable[[Any], Any]], ...]
    """What the driver's values of some columns still need."""

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        return [values[name] if name in values else self.constants[name] for name in self.names]


class Prepared:
    """A SELECT for `rows`; its parameters are bindparams, without lists."""

    __slots__ = ("_postgresql", "_sqlite", "statement")

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self.statement = statement
        self._sqlite: _Compiled | None = None
        self._postgresql: _Compiled | None = None

    def for_sqlite(self) -> _Compiled:
        if self._sqlite is None:
            self._sqlite = _compiled(self.statement, _SQLITE)
        return self._sqlite

    def for_postgresql(self) -> _Compiled:
        if self._postgresql is None:
            self._postgresql = _compiled(self.statement, _POSTGRESQL)
        return self._postgresql


class Runs(Protocol):
    """One consistent look, as a driver gives it."""

    async def rows(self, prepared: Prepared, values: dict[str, Any]) -> Sequence[Row]: ...


class SqliteLooks:
    """Read-only connections, taken in turn; statements run where they are called (app/kit/sqlite.py)."""

    def __init__(self, path: str, pragmas: Sequence[str]) -> None:
        self._path = path
        self._pragmas = pragmas
        self._free: list[sqlite3.Connection] = []
        # When everybody comes back at once, each would open a file of their own.
        self._places = asyncio.Semaphore(READERS)

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Runs]:
        async with self._places:
            connection = self._free.pop() if self._free else await connect_plain(self._path, self._pragmas)
            try:
                connection.execute("BEGIN")
                yield _SqliteLook(connection)
                connection.execute("COMMIT")
            except BaseException:
                connection.close()
                raise
            self._free.append(connection)

    async def close(self) -> None:
        while self._free:
            self._free.pop().close()


class _SqliteLook:
    __slots__ = ("_connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def rows(self, prepared: Prepared, values: dict[str, Any]) -> Sequence[Row]:
        compiled = prepared.for_sqlite()
        found = self._connection.execute(compiled.text, compiled.arguments(values)).fetchall()
        return _converted(found, compiled)


_DIED = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    ConnectionError,
)
"""How a connection answers that its server has left, by what was on the way just then."""


class PostgresqlLooks:
    """A pool of the driver's own, opened by the first look."""

    def __init__(self, url: URL) -> None:
        self._dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None
        self._opening = asyncio.Lock()

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Runs]:
        pool = self._pool or await self._opened()
        async with AsyncExitStack() as stack:
            try:
                connection = await _begun(pool, stack)
            except _DIED:
                # It died while it lay there. Its neighbours may have, too.
                await pool.expire_connections()
                connection = await _begun(pool, stack)
            yield _PostgresqlLook(connection)

    async def _opened(self) -> "asyncpg.Pool[asyncpg.Record]":
        # One at a time: the driver refuses a pool to whoever asks while it is being made.
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._dsn,
                    min_size=0,
                    max_size=AT_ONCE,
                    timeout=SECONDS,
                    command_timeout=SECONDS,
                    reset=_as_it_is,
                )
            return self._pool

    async def close(self) -> None:
        if self._pool is not None:
            self._pool.terminate()


async def _begun(pool: "asyncpg.Pool[asyncpg.Record]", stack: AsyncExitStack) -> Any:
    async with AsyncExitStack() as so_far:
        connection = await so_far.enter_async_context(pool.acquire(timeout=TURN_SECONDS))
        await so_far.enter_async_context(connection.transaction(isolation="repeatable_read", readonly=True))
        stack.push_async_exit(so_far.pop_all())
    return connection


async def _as_it_is(_: object) -> None:
    """A look leaves nothing behind on its connection, so nothing has to be asked to be reset."""


class _PostgresqlLook:
    __slots__ = ("_connection",)

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def rows(self, prepared: Prepared, values: dict[str, Any]) -> Sequence[Row]:
        compiled = prepared.for_postgresql()
        found = await self._connection.fetch(compiled.text, *compiled.arguments(values))
        return _converted([tuple(row) for row in found], compiled)


def _compiled(statement: Select[*tuple[Any, ...]], dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    convert = []
    for place, column in enumerate(statement.selected_columns):
        if isinstance(column.type, LargeBinary):
            continue  # Both drivers answer bytes.
        processor = column.type.dialect_impl(dialect).result_processor(dialect, None)
        if processor is not None:
            convert.append((place, processor))
    constants = {name: value for name, value in compiled.params.items() if value is not None}
    return _Compiled(compiled.string, tuple(compiled.positiontup or ()), constants, tuple(convert))


def _converted(rows: Sequence[Row], compiled: _Compiled) -> Sequence[Row]:
    if not compiled.convert:
        return rows
    changed = []
    for row in rows:
        values = list(row)
        for place, processor in compiled.convert:
            values[place] = processor(values[place])
        changed.append(values)
    return changed
