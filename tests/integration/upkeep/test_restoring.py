"""`beside backup` and `beside restore`: what comes back, and on which engine."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from app.cli.verbs import app
from app.kit.database import Database
from app.kit.errors import NotReady
from app.upkeep.checking import check
from app.upkeep.copies import reading
from app.upkeep.restore import restore
from app.upkeep.stores import stores
from tests.integration.upkeep.conftest import ENGINES, NewStores
from tests.integration.upkeep.village import Contents, Village, both

FILES = {
    "backup.json",
    "conversations.keys",
    "conversations.sqlite",
    "identity.keys",
    "identity.sqlite",
    "site.json",
}


def but_for_its_life(found: Contents) -> Contents:
    """Without the id of the store's life."""
    return {**found, "house": [row[1:] for row in found["house"]]}


async def test_the_village_has_something_in_every_table(village: Village) -> None:
    found = await both(village.settings)
    assert [name for name, rows in found.items() if not rows] == ["identity.sign_ins_cut"]
    assert (await check(village.settings)).faults == {"identity": {}, "conversations": {}}


@pytest.mark.parametrize("target", ENGINES)
async def test_what_is_restored_is_equal_but_for_the_id_of_its_life(
    village: Village, kept: Path, target: str, empty: NewStores
) -> None:
    before = await both(village.settings)
    new = await empty(target)
    done = await restore(new, kept)
    assert done.stores == ("conversations", "identity")
    after = await both(new)
    assert but_for_its_life(after) == but_for_its_life(before)
    assert after["house"] != before["house"]
    assert await both(village.settings) == before

    checked = await check(new)
    assert checked.faults == {"identity": {}, "conversations": {}}
    assert [trail.broken for trail in checked.trails] == [None, None, None]
    for name in ("identity.keys", "conversations.keys"):
        assert (new.data / name).read_bytes() == (village.settings.data / name).read_bytes()
        assert stat.S_IMODE((new.data / name).stat().st_mode) == 0o600
    assert new.site_file.read_bytes() == village.settings.site_file.read_bytes()
    for store, change in zip(
        stores(new), ("UPDATE messages SET n = n + 1", "UPDATE audit SET reason = 'other'"), strict=True
    ):
        with pytest.raises(DBAPIError, match="append-only"):
            await _done(store.url, change)
    with pytest.raises(NotReady, match="not empty"):
        await restore(new, kept)


async def _done(url: str, statement: str) -> None:
    database = Database[object](url)
    try:
        async with database.write() as tx:
            await tx.connection.execute(text(statement))
    finally:
        await database.close()


def test_a_backup_is_private_and_holds_no_deleted_word(village: Village, kept: Path) -> None:
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert {file.name for file in kept.iterdir()} == FILES
    assert {stat.S_IMODE(file.stat().st_mode) for file in kept.iterdir()} == {0o600}
    copied = (kept / "conversations.sqlite").read_bytes()
    assert village.kept
    assert all(words[:200] in copied for words in village.kept)
    assert village.deleted
    assert not any(words[:200] in copied for words in village.deleted)


def test_a_backup_lies_in_the_order_of_keys_not_in_that_of_writing(kept: Path) -> None:
    with reading(kept / "conversations.sqlite") as copy:
        lie = copy.execute(text("SELECT room, seq FROM messages ORDER BY rowid")).all()
    assert len({room for room, _ in lie}) > 3
    assert lie == sorted(lie)


def test_whom_a_restored_directory_lists_again_is_said(
    embedded_village: Village, embedded_backup: Path, tmp_path: Path
) -> None:
    def restored(side: str) -> str:
        own = {"BESIDE_DATA": str(tmp_path / "data")}
        done = CliRunner().invoke(app, ["restore", str(embedded_backup), "--side", side], env=own)
        assert done.exit_code == 0, done.output
        assert done.output.startswith(f"Restored {side} as of ")
        return done.output

    assert "recover" not in restored("conversations")
    # Conversations heard of a change to the team that this backup of identity lacks.
    with closing(sqlite3.connect(tmp_path / "data" / "conversations.sqlite")) as store, store:
        store.execute("UPDATE directories SET serial = serial + 1")
    assert "is older than what conversations knows" in restored("identity")

    for name in ("identity.sqlite", "conversations.sqlite"):
        (tmp_path / "data" / name).unlink()
    assert "If anybody left the team" in restored("identity")


def test_the_verbs_say_what_stands_in_the_way(embedded_backup: Path, tmp_path: Path) -> None:
    own = {"BESIDE_DATA": str(tmp_path / "data")}
    for verb, said in (("backup", "beside migrate"), ("restore", "not a backup")):
        done = CliRunner().invoke(app, [verb, str(tmp_path / "none")], env=own)
        assert (done.exit_code, said in done.output) == (1, True), done.output
    assert not (tmp_path / "none").exists()
