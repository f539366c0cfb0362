"""A backup: each store as a SQLite file, key files, `site.json`, and last the label that makes it whole."""

from pathlib import Path

from app.kit import migrations
from app.kit.clock import Clock, SystemClock, day_of
from app.kit.database import Database
from app.kit.errors import NotReady
from app.kit.files import sync_folder, write_once
from app.settings import Settings
from app.upkeep.copies import copy_rows, filling, make_file
from app.upkeep.label import KEYS, Label
from app.upkeep.stores import Store, require_migrated, stores


async def backup(settings: Settings, folder: Path, clock: Clock | None = None) -> None:
    """Copy the stores of the settings' side into a new or empty folder, while servers go on.

    Each store is copied in one look, which sees everything that was acknowledged before it began. Rows are
    copied, not files: what somebody deleted is not in it, not even as a page that is free again. Rows whose
    time is over and which no purge has taken yet are in it as they are.

    Conversations come first and identity second, so that the copy of identity is never the older one. The
    other way round a journal could lack a talk that is in the copy, and nobody would find that talk again; a
    seat could belong to somebody whom the copied directory does not list. As it is, the copy of identity may
    know a newer directory, and conversations takes that up at a coordinator's next sign-in.

    NotReady where the folder is not empty, a store is not at this program's revision, or sign-in's keys are
    missing; `Unavailable` where a store is away; OSError where the disk is full. Then nothing is left behind.
    """
    await require_migrated(settings)
    _prepare(folder)
    try:
        for store in stores(settings):
            await _copy_store(store, folder / f"{store.name}.sqlite")
            _copy_small(settings.data / KEYS[store.name], folder, is_needed=store.name == "identity")
        _copy_small(settings.site_file, folder, is_needed=False)
        heads = {store.name: migrations.head(store.history) for store in stores(settings)}
        sync_folder(folder)
        Label.of(folder, day_of((clock or SystemClock()).now()), heads).write(folder)
    except BaseException:
        _clear(folder)
        raise


async def _copy_store(store: Store, path: Path) -> None:
    await make_file(path, store.history)
    database = Database[object](store.url)
    try:
        with filling(path) as target:
            for table in store.metadata.sorted_tables:
                target.execute(table.delete())  # what migrating put there, as the id of a life
            async with database.read() as tx:
                await tx.connection.run_sync(copy_rows, target, store.metadata)
    finally:
        await database.close()


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise NotReady(f"{folder} is not empty: a backup has a folder of its own")
    except OSError as error:
        raise NotReady(f"{folder} cannot be a folder for a backup: {error.strerror}") from None


def _clear(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


def _copy_small(file: Path, folder: Path, *, is_needed: bool) -> None:
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        if is_needed:
            raise NotReady(
                f"{file.name} is not in the data folder: without it nobody could sign in after restoring"
            ) from None
        return
    write_once(folder / file.name, data, mode=0o600)
