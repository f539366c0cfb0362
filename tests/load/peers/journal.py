"""An SQLite file that keeps its journal as ours does: the kindest durable one."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path


def empty_wal_file(path: Path, schema: Iterable[str] = ()) -> None:
    """A new file in WAL mode, which lasts; synchronous is FULL wherever nobody changes it."""
    with closing(sqlite3.connect(path)) as store:
        store.execute("PRAGMA journal_mode=WAL")
        for statements in schema:
            store.executescript(statements)
