"""A store as one SQLite file of the same tables, whatever engine it came from or goes to."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, MetaData, NullPool, create_engine, insert, select

from app.kit import migrations
from app.kit.paging import key_of, pages


def copy_rows(source: Connection, target: Connection, metadata: MetaData) -> None:
    """Write every row of one store into the empty tables of another, table by table and page by page.

    Rows go in the order of their keys, so a copy does not tell in which order they were written.
    """
    for table in metadata.sorted_tables:
        for page in pages(source, select(table), key_of(table)):
            target.execute(insert(table), [dict(row._mapping) for row in page])


async def make_file(path: Path, history: Path) -> None:
    """A new file of mode 0600 with the tables of this program and no row but its revision."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    await migrations.upgrade(f"sqlite+aiosqlite:///{path}", history)


@contextmanager
def filling(path: Path) -> Iterator[Connection]:
    """Write into a file that nobody else uses; it is one file, and on the disk, when the block ends well.

    It keeps no journal: what breaks off half-way is thrown away by whoever made it.
    """

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(path)
        for pragma in ("journal_mode=DELETE", "journal_mode=OFF", "synchronous=OFF", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine("sqlite://", creator=opened, poolclass=NullPool, hide_parameters=True)
    with engine.begin() as connection:
        yield connection
    with path.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def reading(path: Path) -> Iterator[Connection]:
    """Read from a file as it lies there, and change nothing: no lock, no log, no file beside it."""

    def opened() -> sqlite3.Connection:
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)

    engine = create_engine("sqlite://", creator=opened, poolclass=NullPool, hide_parameters=True)
    with engine.connect() as connection:
        yield connection
