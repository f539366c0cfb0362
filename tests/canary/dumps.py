"""What whoever copies a store gets: its rows in the order they lie in, and the bytes of its files."""

import re
from pathlib import Path
from typing import Any

from sqlalchemy import make_url, text

from app.kit.database import Database
from tests.engines import Postgres

Row = dict[str, Any]
Dump = dict[str, list[Row]]
"""By table, its rows; on both engines as a plain SELECT gives them."""

PAGE = 8_192
"""Bytes of PostgreSQL's pages."""

_TABLES = {
    True: "SELECT name FROM sqlite_master WHERE type = 'table'",
    False: "SELECT tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
}


async def dump(url: str) -> Dump:
    """Every row of every table of a store."""
    database = Database[object](url)
    try:
        async with database.read() as tx:
            names = sorted((await tx.connection.execute(text(_TABLES[database.is_sqlite]))).scalars())
            return {
                name: [
                    dict(row)
                    for row in (await tx.connection.execute(text(f'SELECT * FROM "{name}"'))).mappings()
                ]
                for name in names
            }
    finally:
        await database.close()


def as_bytes(store: Dump) -> bytes:
    """A dump as one text, with the bytes of its values as they are."""
    return b"\n".join(
        b"|".join([name.encode(), *map(_plain, row.values())]) for name, rows in store.items() for row in rows
    )


def of_room(store: Dump, room: bytes) -> Dump:
    """The rows that belong to one room."""
    return {
        name: [row for row in rows if row.get("id" if name == "rooms" else "room") == room]
        for name, rows in store.items()
    }


def files_of(url: str) -> dict[str, bytes]:
    """A SQLite store's files as they are now: the database, its log and the log's index."""
    store = Path(str(make_url(url).database))
    return {file.name: file.read_bytes() for file in sorted(store.parent.glob(f"{store.name}*"))}


async def log_position(server: Postgres) -> tuple[str, int]:
    """Where PostgreSQL's write-ahead log has got to: a file, and a place in it."""
    async with server.administrator() as administrator:
        query = "SELECT file_name, file_offset FROM pg_walfile_name_offset(pg_current_wal_insert_lsn())"
        row = await administrator.fetchrow(query)
    assert row is not None
    return str(row["file_name"]), int(row["file_offset"])


async def postgres_files(server: Postgres, since: tuple[str, int], *urls: str) -> dict[str, bytes]:
    """The bytes that a PostgreSQL server keeps of these databases: pages, write-ahead log, its own log.

    Left out: the log before `since`, pages that the empty template has too, and long runs of zeros.
    """
    began, offset = since
    found = {}
    async with server.administrator() as administrator:
        # Before the checkpoint, which lets go of older files.
        for file in [server.socket / "log", *(server.socket / "pg_wal").glob("[0-9A-F]*")]:
            if file.is_file() and (file.name == "log" or file.name >= began):
                found[file.name] = _squeezed(file.read_bytes()[offset if file.name == began else 0 :])
        await administrator.execute("CHECKPOINT")
        oids = {
            row["datname"]: str(row["oid"])
            for row in await administrator.fetch("SELECT datname, oid FROM pg_database")
        }
    base = server.socket / "base"
    empty = {page for name in ("template0", "template1") for page in _pages(base / oids[name])}
    for url in urls:
        name = str(make_url(url).database)
        found[name] = _squeezed(b"".join(page for page in _pages(base / oids[name]) if page not in empty))
    return found


def _pages(folder: Path) -> list[bytes]:
    pages = []
    for file in folder.iterdir():
        data = file.read_bytes()
        pages += [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    return pages


def _squeezed(data: bytes) -> bytes:
    return re.sub(rb"\x00{64,}", bytes(64), data)


def _plain(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return value.encode() if isinstance(value, str) else repr(value).encode()
