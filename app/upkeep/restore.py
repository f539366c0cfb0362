"""Filling empty stores from a backup: after a loss, or to go from one engine to the other."""

import asyncio
import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Table, func, inspect, make_url, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.conversations.tables import directories as conversations_directories
from app.conversations.tables import house as conversations_house
from app.identity.tables import directories as identity_directories
from app.kit import migrations
from app.kit.database import Database
from app.kit.errors import NotReady
from app.kit.files import write_once
from app.settings import Settings
from app.upkeep.copies import copy_rows, reading
from app.upkeep.label import KEYS, MOST, SITE, Label, NoBackup
from app.upkeep.stores import Store, migrate_embedded, require_migrated, stores
from app.wire.sizes import ID

PATIENCE = 20
"""Times that a PostgreSQL is asked, a tenth of a second apart, whether a connection just closed is gone."""


_OTHERS = {"conversations": {"staff", "vaults"}, "identity": {"rooms", "messages"}}
"""Tables by which the other house's store is known."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was filled, from a backup of which day (since 1970).

    `lists_the_gone`: whether identity lists people whom conversations knows to be gone; None where only the
    people of the service know whether its team changed since the backup.
    """

    day: int
    stores: tuple[str, ...]
    lists_the_gone: bool | None


async def restore(settings: Settings, folder: Path) -> Restored:
    """Fill the empty stores of the settings' side from a backup, each in one transaction.

    Conversations starts a new life with a new store id: every page reads its rooms from the beginning and
    compares. Everything else is as it was, the audits included, which go on from there. Key files and
    site.json come back where they are missing.

    NotReady, with nothing changed: the folder is no whole backup or lacks a store, a newer program wrote it,
    a store is in use or not empty, or a key file of another service lies in the data folder. If the second
    store fails, the first stays filled; the same again with the other side alone makes up for it.
    """
    label = await asyncio.to_thread(_read, folder)
    wanted = stores(settings)
    for store in wanted:
        _require_known(store, label)
        _require_revision(store, folder, label)
        if store.is_embedded:
            _require_unused(Path(str(make_url(store.url).database)))
    await migrate_embedded(settings)
    await require_migrated(settings)
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    small = _small_files(settings, folder, label)
    for store in wanted:
        await _require_empty(store)
    for place, (data, mode) in small.items():
        write_once(place, data, mode=mode)
    for store in wanted:
        with _at_head(store, folder, label, settings.data) as copy:
            if copy.is_older:
                await migrations.upgrade(f"sqlite+aiosqlite:///{copy.path}", store.history)
                copy.settle()
            await _fill(store, copy.path)
    return Restored(label.day, tuple(store.name for store in wanted), await _lists_the_gone(settings))


def _read(folder: Path) -> Label:
    try:
        return Label.read(folder)
    except NoBackup as error:
        raise NotReady(f"{folder} cannot be restored: {error}") from None


def _require_known(store: Store, label: Label) -> None:
    head = label.heads.get(store.name)
    if head is None:
        raise NotReady(f"the backup has no {store.name} store: say which side it is of (--side)")
    if not migrations.knows(store.history, head):
        raise NotReady(
            f"a newer version wrote the backup of {store.name}: bring this program up to date first"
        )


def _require_revision(store: Store, folder: Path, label: Label) -> None:
    """NotReady where the file is not the store that the label says."""
    try:
        with reading(folder / f"{store.name}.sqlite") as copy:
            revision = MigrationContext.configure(copy).get_current_revision()
            tables = set(inspect(copy).get_table_names())
    except DBAPIError:
        revision, tables = None, set()
    is_this_house = tables & set(store.metadata.tables) and not tables & _OTHERS[store.name]
    if revision != label.heads[store.name] or not is_this_house:
        raise NotReady(f"{store.name}.sqlite of the backup is not a store of {store.name}")


def _require_unused(path: Path) -> None:
    """NotReady where another process has the file open: it could not leave the write-ahead log then."""
    if not path.exists():
        return
    with closing(sqlite3.connect(path, timeout=0)) as connection:
        try:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.DatabaseError:
            mode = None
    if mode != ("delete",):
        raise NotReady(f"{path.name} is in use, or not a store: stop the server first")


def _small_files(settings: Settings, folder: Path, label: Label) -> dict[Path, tuple[bytes, int]]:
    """What is to be written where, and with which mode. NotReady where another such file lies there."""
    names = {KEYS[store.name]: (settings.data / KEYS[store.name], 0o600) for store in stores(settings)}
    names[SITE] = settings.site_file, 0o644
    wanted = {}
    for name, (place, mode) in names.items():
        if name not in label.digests:
            continue
        data = (folder / name).read_bytes()[: MOST + 1]
        if len(data) > MOST:
            raise NotReady(f"{name} of the backup is longer than any such file")
        if place.exists() and place.read_bytes() != data:
            raise NotReady(f"{place} is there and is another: move it away, if this is the right service")
        wanted[place] = data, mode
    return wanted


async def _require_empty(store: Store) -> None:
    database = Database[object](store.url)
    try:
        async with database.read() as tx:
            await tx.connection.run_sync(_no_rows, store)
        if not store.is_embedded and await _is_shared(database):
            raise NotReady(f"the {store.name} store is in use: stop every server first")
    finally:
        await database.close()


async def _is_shared(database: Database[object]) -> bool:
    """Whether this role has other connections to the PostgreSQL database, and keeps them."""
    others = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
    )
    for _ in range(PATIENCE):
        # Each time another look: within one, PostgreSQL answers the same.
        async with database.read() as tx:
            if not (await tx.connection.execute(others)).scalar_one():
                return False
        await asyncio.sleep(0.1)
    return True


def _no_rows(connection: Connection, store: Store) -> None:
    for table in store.metadata.sorted_tables:
        most = 1 if table is conversations_house else 0  # its own id, which migrating gave it
        if connection.execute(select(func.count()).select_from(table)).scalar_one() > most:
            raise NotReady(f"the {store.name} store is not empty: a backup is restored into a new one")


@dataclass(frozen=True, slots=True)
class _Copy:
    path: Path
    is_older: bool

    def settle(self) -> None:
        """One file again, after it was brought up to date."""
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _at_head(store: Store, folder: Path, label: Label, beside: Path) -> Iterator[_Copy]:
    """The store's file in the backup; of an older program's a copy, which may be brought up to date."""
    path = folder / f"{store.name}.sqlite"
    if label.heads[store.name] == migrations.head(store.history):
        yield _Copy(path, is_older=False)
        return
    # In the data folder: what lies there is private and leaves no disk that it was not on.
    with tempfile.TemporaryDirectory(prefix="restoring-", dir=beside) as name:
        copy = Path(name) / path.name
        shutil.copyfile(path, copy)
        yield _Copy(copy, is_older=True)


async def _fill(store: Store, path: Path) -> None:
    database = Database[object](store.url)
    try:
        with reading(path) as source:
            async with database.write() as tx:
                if not database.is_sqlite:
                    # Two who restore at once: the second finds the rows of the first.
                    await tx.connection.exec_driver_sql("LOCK TABLE house IN ACCESS EXCLUSIVE MODE")
                await tx.connection.run_sync(_no_rows, store)
                await tx.connection.execute(store.metadata.tables["house"].delete())
                await tx.connection.run_sync(lambda target: copy_rows(source, target, store.metadata))
                if store.name == "conversations":
                    await tx.connection.execute(
                        update(conversations_house).values(store=secrets.token_bytes(ID))
                    )
    except IntegrityError:
        raise NotReady(f"{store.name}.sqlite of the backup holds rows that no store takes") from None
    finally:
        await database.close()


async def _lists_the_gone(settings: Settings) -> bool | None:
    if settings.side == "conversations":
        return False
    theirs = await _newest(settings.identity_store, identity_directories)
    if theirs is None:
        return False
    # A house apart has its store elsewhere: asking for a file would make it.
    if _is_file(settings.conversations_store):
        ours = await _newest(settings.conversations_store, conversations_directories)
        if ours is not None and ours > theirs:
            return True
    return None


def _is_file(url: str) -> bool:
    store = make_url(url)
    return store.get_backend_name() == "sqlite" and Path(str(store.database)).exists()


async def _newest(url: str, directories: Table) -> int | None:
    """The serial of the newest directory in a store."""
    database = Database[object](url)
    try:
        async with database.read() as tx:
            newest: int | None = await tx.connection.scalar(select(func.max(directories.c.serial)))
            return newest
    finally:
        await database.close()
