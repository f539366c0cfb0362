"""`beside check` on the machine that serves: it finds changed trails and stores that do not hold together."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.verbs import app
from app.conversations.ids import Conversations, FlagId
from app.conversations.ids import Kid as TalkKid
from app.conversations.trail import store as trail
from app.identity.audit import store as audit
from app.identity.audit.rules import SIGN_IN_DAYS
from app.identity.ids import Identity, Kid
from app.kit.database import Database
from app.kit.migrations import upgrade
from migrations import CONVERSATIONS, IDENTITY

CORA, SOL = b"c" * 16, b"s" * 16


async def _write(folder: Path, days: int = 0) -> None:
    """One more thing that happened, in both houses, and a sign-in."""
    people = Database[Identity](f"sqlite+aiosqlite:///{folder / 'identity.sqlite'}")
    async with people.write() as tx:
        await audit.note(tx, day=20_000, act="suspended", by=Kid(CORA), kid=Kid(SOL), alias="Sol")
        await audit.note(tx, day=20_000 + days, act="sign-in", by=Kid(CORA))
    await people.close()
    talks = Database[Conversations](f"sqlite+aiosqlite:///{folder / 'conversations.sqlite'}")
    async with talks.write() as tx2:
        await trail.one_at_a_time(tx2)
        await trail.note(tx2, 20_000, TalkKid(CORA), "read", FlagId(b"f" * 16), "")
    await talks.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    async def make() -> None:
        await upgrade(f"sqlite+aiosqlite:///{tmp_path / 'identity.sqlite'}", IDENTITY)
        await upgrade(f"sqlite+aiosqlite:///{tmp_path / 'conversations.sqlite'}", CONVERSATIONS)

    asyncio.run(make())
    return tmp_path


def _check(folder: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["check", *options], env={"BESIDE_DATA": str(folder)})
    return done.exit_code, done.output


def _forge(store: Path, *statements: str) -> None:
    """What somebody does who has the file: triggers do not stop them."""
    connection = sqlite3.connect(store)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_trails_as_they_were_written_pass_and_go_on_from_what_was_kept(folder: Path) -> None:
    assert _check(folder) == (0, "identity 0 -\nsign-ins 0 -\nconversations 0 -\n")
    kept = folder / "kept"
    for _ in range(3):
        kept.write_text(_check(folder)[1])
        asyncio.run(_write(folder))
        assert _check(folder, "--kept", str(kept))[0] == 0
    assert [line.split()[:2] for line in _check(folder)[1].splitlines()] == [
        ["identity", "5"],
        ["sign-ins", "6"],
        ["conversations", "3"],
    ]


@pytest.mark.parametrize(
    ("house", "trail", "table", "column", "second", "third"),
    [
        ("identity", "identity", "audit", "reason", 3, 5),
        ("identity", "sign-ins", "sign_ins", "day", 4, 6),
        ("conversations", "conversations", "trail", "day", 2, 3),
    ],
)
def test_a_changed_entry_a_missing_one_and_a_cut_end_are_found(
    folder: Path, house: str, trail: str, table: str, column: str, second: int, third: int
) -> None:
    for _ in range(3):
        asyncio.run(_write(folder))
    kept, store = folder / "kept", folder / f"{house}.sqlite"
    kept.write_text(_check(folder)[1])

    _forge(store, f"DELETE FROM {table} WHERE n = {third}")
    assert _check(folder)[0] == 0
    assert _check(folder, "--kept", str(kept)) == (
        1,
        f"The {trail} trail does not go on from the one that was kept.\n",
    )
    _forge(store, f"UPDATE {table} SET {column} = 1 WHERE n = {second}")
    assert _check(folder) == (1, f"The {trail} trail is not as it was written, from entry {second} on.\n")
    _forge(store, f"DELETE FROM {table} WHERE n < {second}")
    assert _check(folder) == (1, f"The {trail} trail is not as it was written, from entry {second} on.\n")


def test_sign_ins_that_served_their_time_are_missed_by_nobody(folder: Path) -> None:
    async def cut(today: int) -> None:
        people = Database[Identity](f"sqlite+aiosqlite:///{folder / 'identity.sqlite'}")
        async with people.write() as tx:
            await audit.cut_sign_ins(tx, today)
        await people.close()

    asyncio.run(_write(folder))
    early, late = folder / "early", folder / "late"
    early.write_text(_check(folder)[1])
    asyncio.run(_write(folder, days=1))
    late.write_text(_check(folder)[1])
    asyncio.run(_write(folder, days=2))
    asyncio.run(cut(20_001 + SIGN_IN_DAYS + 1))
    for kept in (early, late):
        assert _check(folder, "--kept", str(kept))[0] == 0
    _forge(folder / "identity.sqlite", "UPDATE sign_ins_cut SET head = zeroblob(32)")
    assert _check(folder) == (1, "The sign-ins trail is not as it was written, from entry 6 on.\n")


def test_a_file_of_anything_else_is_refused(folder: Path) -> None:
    (folder / "kept").write_text("hello")
    assert _check(folder, "--kept", str(folder / "kept"))[0] == 2
    assert _check(folder, "https://beside.example", "--kept", str(folder / "kept"))[0] == 2


def test_what_does_not_hold_together_is_counted_by_kind_and_nobody_is_named(folder: Path) -> None:
    room, kid = b"r" * 16, b"k" * 16
    for n in (b"1", b"2"):
        row = f"x'{(room[1:] + n).hex()}', x'{kid.hex()}', 1, x'{(b'b' * 4177).hex()}'"
        _forge(folder / "conversations.sqlite", f"INSERT INTO notes VALUES ({row})")
    found = 1, "conversations: 2 rows of notes without a room\n"
    assert _check(folder) == found
    assert _check(folder, "--side", "conversations") == found
    assert _check(folder, "--side", "identity") == (0, "identity 0 -\nsign-ins 0 -\n")
    assert _check(folder, "https://beside.example", "--side", "identity")[0] == 2
