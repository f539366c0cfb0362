"""What `beside backup` and `beside restore` do not take, each with nothing changed.

The twins that they take are in test_restoring.py."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.kit.database import Database
from app.kit.errors import NotReady
from app.kit.migrations import downgrade
from app.settings import Settings
from app.upkeep.backup import backup
from app.upkeep.label import Label, digest
from app.upkeep.restore import restore
from app.upkeep.stores import Side, migrate
from migrations import CONVERSATIONS
from tests.integration.upkeep.conftest import NewStores, embedded
from tests.integration.upkeep.test_restoring import but_for_its_life
from tests.integration.upkeep.village import Village, both


def on_side(settings: Settings, side: Side) -> Settings:
    return settings.model_copy(update={"side": side})


def relabel(folder: Path, **changes: object) -> None:
    """Write another label, with the hashes of what lies there now."""
    label = json.loads((folder / "backup.json").read_bytes())
    label["files"] = {name: digest(folder / name) for name in label["files"] if (folder / name).exists()}
    (folder / "backup.json").write_text(json.dumps({**label, **changes}))


def spoilt_byte(folder: Path) -> None:
    with (folder / "conversations.sqlite").open("r+b") as file:
        file.seek(5_000)
        byte = file.read(1)
        file.seek(5_000)
        file.write(bytes([byte[0] ^ 1]))


def swapped(folder: Path) -> None:
    (folder / "conversations.sqlite").rename(folder / "other")
    (folder / "identity.sqlite").rename(folder / "conversations.sqlite")
    (folder / "other").rename(folder / "identity.sqlite")
    heads = json.loads((folder / "backup.json").read_bytes())["stores"]
    relabel(folder, stores=heads)


def no_store(folder: Path) -> None:
    (folder / "identity.sqlite").write_bytes(b"hello")
    relabel(folder)


def label_of_anything(folder: Path) -> None:
    (folder / "backup.json").write_text('{"v": 1, "files": {"../../etc/passwd": "00"}}')


def newer(folder: Path) -> None:
    heads = json.loads((folder / "backup.json").read_bytes())["stores"]
    relabel(folder, stores={**heads, "conversations": "9999_later"})


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "one that broke off": (lambda folder: (folder / "backup.json").unlink(), "broke off"),
    "a file missing": (lambda folder: (folder / "identity.sqlite").unlink(), "missing"),
    "a flipped bit": (spoilt_byte, "not as it was written"),
    "a short file": (lambda folder: (folder / "identity.keys").write_bytes(b""), "not as it was written"),
    "a label that is none": (lambda folder: (folder / "backup.json").write_bytes(b"\xff"), "not of the form"),
    "a label that names a path": (label_of_anything, "not of the form"),
    "a huge label": (lambda folder: (folder / "backup.json").write_bytes(b" " * 100_000), "not of the form"),
    "a newer label": (lambda folder: relabel(folder, v=2), "not of the form"),
    "a newer program's": (newer, "newer version"),
    "another store": (swapped, "is not a store of"),
    "no store": (no_store, "is not a store of"),
}


@pytest.mark.parametrize("spoilt", SPOILT)
async def test_a_backup_that_is_not_whole_is_not_restored(
    embedded_backup: Path, spoilt: str, tmp_path: Path
) -> None:
    folder, new = tmp_path / "backup", embedded(tmp_path / "data")
    shutil.copytree(embedded_backup, folder)
    spoil, said = SPOILT[spoilt]
    spoil(folder)
    with pytest.raises(NotReady, match=said):
        await restore(new, folder)
    assert not new.site_file.exists()
    assert not (new.data / "identity.keys").exists()
    assert not (new.data / "conversations.sqlite").exists()


async def test_a_store_in_use_is_not_restored_into(
    embedded_backup: Path, tmp_path: Path, empty: NewStores
) -> None:
    for engine in ("sqlite", "postgresql"):
        new = await empty(engine)
        await migrate(new)
        user = Database[object](new.conversations_store)
        async with user.read() as tx:
            await tx.connection.exec_driver_sql("SELECT 1 FROM house")
        with pytest.raises(NotReady, match="in use"):
            await restore(new, embedded_backup)
        await user.close()
        assert (await restore(new, embedded_backup)).stores == ("conversations", "identity")
        shutil.rmtree(new.data)


async def test_another_services_key_is_not_overwritten(embedded_backup: Path, tmp_path: Path) -> None:
    new = embedded(tmp_path / "data")
    new.data.mkdir()
    (new.data / "identity.keys").write_text("another")
    with pytest.raises(NotReady, match="is another"):
        await restore(new, embedded_backup)
    assert (new.data / "identity.keys").read_text() == "another"
    (new.data / "identity.keys").unlink()
    await restore(new, embedded_backup)


async def test_one_side_is_kept_and_restored_alone(embedded_village: Village, tmp_path: Path) -> None:
    side, folder = on_side(embedded_village.settings, "conversations"), tmp_path / "backup"
    await backup(side, folder)
    assert sorted(file.name for file in folder.iterdir()) == [
        "backup.json",
        "conversations.keys",
        "conversations.sqlite",
        "site.json",
    ]
    new = embedded(tmp_path / "data")
    with pytest.raises(NotReady, match="no identity store"):
        await restore(new, folder)
    done = await restore(on_side(new, "conversations"), folder)
    assert (done.stores, done.lists_the_gone) == (("conversations",), False)
    assert not (new.data / "identity.keys").exists()


async def test_an_older_programs_backup_is_brought_up_to_date(
    embedded_village: Village, embedded_backup: Path, tmp_path: Path
) -> None:
    folder, new = tmp_path / "backup", embedded(tmp_path / "data")
    shutil.copytree(embedded_backup, folder)
    copy = folder / "conversations.sqlite"
    await downgrade(f"sqlite+aiosqlite:///{copy}", CONVERSATIONS, "-1")
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        [head] = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    label = json.loads((folder / "backup.json").read_bytes())
    assert label["stores"]["conversations"] != head
    relabel(folder, stores={**label["stores"], "conversations": head})
    before = digest(copy)
    await restore(new, folder)
    assert digest(copy) == before
    assert [file.name for file in new.data.glob("restoring-*")] == []
    found, expected = await both(new), but_for_its_life(await both(embedded_village.settings))
    # What a room had come to is told by its last message alone, where the backup is from before messages did.
    said = [row[:7] for row in but_for_its_life(found)["messages"]]
    assert said == [row[:7] for row in expected["messages"]]
    assert found["rooms"] == expected["rooms"]


async def test_a_backup_has_a_folder_of_its_own(embedded_village: Village, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(NotReady, match="not empty"):
        await backup(embedded_village.settings, tmp_path)
    assert (tmp_path / "mine").read_text() == "mine"
    with pytest.raises(NotReady, match="cannot be a folder"):
        await backup(embedded_village.settings, tmp_path / "mine")


async def test_a_backup_without_the_keys_of_sign_in_is_refused(
    embedded_village: Village, tmp_path: Path
) -> None:
    elsewhere = {"data": tmp_path / "elsewhere", "identity_url": embedded_village.settings.identity_store}
    settings = embedded_village.settings.model_copy(update={**elsewhere, "side": "identity"})
    with pytest.raises(NotReady, match=r"identity\.keys is not in the data folder"):
        await backup(settings, tmp_path / "backup")
    assert list((tmp_path / "backup").iterdir()) == []


FULL = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)); "


def test_a_backup_without_room_leaves_nothing(embedded_village: Village, tmp_path: Path) -> None:
    own = {
        "BESIDE_DATA": str(embedded_village.settings.data),
        "BESIDE_IDENTITY_URL": embedded_village.settings.identity_store,
        "BESIDE_CONVERSATIONS_URL": embedded_village.settings.conversations_store,
        "PATH": "/usr/bin:/bin",
        # Python would cut its own files off at the limit, too, and every later program would read them.
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    program = "from app.cli import main; main()"
    folder = str(tmp_path / "backup")
    for limit, code in ((FULL, 1), ("", 0)):
        done = subprocess.run(
            [sys.executable, "-c", limit + program, "backup", folder], env=own, capture_output=True, text=True
        )
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        assert [*Path(folder).iterdir()] == [] if code else Label.read(Path(folder))
