"""The history of the conversations store: up, down, with data, on both engines."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Connection, MetaData, Table, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

from app.conversations import tables
from app.conversations.ids import Conversations, RoomId
from app.conversations.rooms.store import tip
from app.kit import migrations
from app.kit.database import Database
from app.wire.transcript import chain_start
from tests.builders import make_tables

HISTORY = Path(__file__).parents[3] / "migrations" / "conversations"

TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": (
        "SELECT t.tgname, pg_get_triggerdef(t.oid) || pg_get_functiondef(t.tgfoid) FROM pg_trigger t"
        " WHERE NOT t.tgisinternal ORDER BY t.tgname"
    ),
}


async def look(url: str, question: Any) -> Any:
    database = Database[Conversations](url)
    try:
        async with database.read() as tx:
            return await tx.connection.run_sync(question)
    finally:
        await database.close()


async def run(url: str, statement: Any) -> None:
    database = Database[Conversations](url)
    try:
        async with database.write() as tx:
            await tx.connection.execute(statement)
    finally:
        await database.close()


def triggers(connection: Connection) -> list[tuple[str, str]]:
    return [tuple(row) for row in connection.execute(text(TRIGGERS[connection.dialect.name]))]


def rowids(connection: Connection) -> set[str]:
    """Tables whose rows lie in the order of writing."""
    return {
        row.name
        for row in connection.execute(
            text(
                "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%'"
            )
        )
    }


async def test_the_head_of_the_history_equals_the_tables(engine_url: str) -> None:
    await migrations.upgrade(engine_url, HISTORY)
    differences = await look(
        engine_url,
        lambda connection: compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), tables.metadata
        ),
    )
    assert differences == []
    assert await migrations.current(engine_url) == migrations.head(HISTORY)


async def test_the_history_makes_the_triggers_that_the_tables_make(engine_url: str) -> None:
    await migrations.upgrade(engine_url, HISTORY)
    made = await look(engine_url, triggers)
    assert len(made) == (12 if engine_url.startswith("sqlite") else 8)
    await migrations.downgrade(engine_url, HISTORY, "base")
    await make_tables(engine_url)
    assert await look(engine_url, triggers) == made


async def test_only_messages_lie_in_the_order_of_writing(tmp_path: Path) -> None:
    for name in ("history", "tables"):
        url = f"sqlite+aiosqlite:///{tmp_path / name}.sqlite"
        await (migrations.upgrade(url, HISTORY) if name == "history" else make_tables(url))
        assert await look(url, rowids) - {"alembic_version"} == {"messages", "directories", "house"}


async def test_every_store_gets_a_random_life_of_its_own(engine_url: str) -> None:
    lives = set()
    for _ in range(2):
        await migrations.upgrade(engine_url, HISTORY)
        [life] = await look(engine_url, lambda c: c.execute(select(tables.house.c.store)).scalars().all())
        lives.add(life)
        await migrations.downgrade(engine_url, HISTORY, "base")
    assert {len(life) for life in lives} == {16}
    assert len(lives) == 2


MESSAGE = {
    "room": b"r", "seq": 1, "seat": bytes(16), "ke": 1, "n": 1, "com": bytes(32), "ct": b"c",
    "head": None, "counts": None,
}  # fmt: skip


def of_old(name: str, *columns: str) -> Table:
    """A table with columns that it had once."""
    return Table(name, MetaData(), *map(Column, columns))


OLD_MESSAGES = of_old("messages", "room", "seq", "seat", "ke", "n", "com", "ct")
OLD_SEATS = of_old("seats", "room", "seat", "kid", "n", "open", "alone_since_n")
OLD_ROOMS = of_old(
    "rooms", "id", "secret_hash", "state", "ke", "needs_rekey", "seq", "head", "opened_day", "expires_day"
)


async def test_upgrading_a_store_with_data_again_changes_nothing(engine_url: str) -> None:
    await migrations.upgrade(engine_url, HISTORY)
    await run(engine_url, tables.messages.insert().values(**MESSAGE))
    await migrations.upgrade(engine_url, HISTORY)
    [kept] = await look(engine_url, lambda c: c.execute(select(tables.messages)).all())
    assert kept._asdict() == MESSAGE
    with pytest.raises(IntegrityError):
        await run(engine_url, tables.messages.update().values(n=2))


FLAG = {
    "id": b"f", "room": b"r", "seat": bytes(16), "kid": None, "category": "other", "opened_day": 1,
    "team_kid": b"t", "team_epoch": 1, "lease_kid": None, "lease_until": None, "decided_day": None,
    "act": None, "reason": None, "note": None, "sealed": b"s", "more": "none", "asked_day": None,
    "more_kid": None, "more_epoch": None, "more_sealed": None, "kept_for": None, "kept_day": None,
    "held": False, "reported_day": None,
}  # fmt: skip
EVIDENCE = {"room": b"r", "seq": 1, "seat": bytes(16), "ke": 1, "n": 1, "com": bytes(32)}
SEAT = {"room": b"r", "seat": bytes(16), "kid": None}
ENTRY = {"n": 1, "day": 1, "kid": b"k", "act": "read", "flag": b"f", "reason": "", "head": bytes(32)}
NOTE = {
    "flag": b"f", "n": 1, "by_kid": b"k", "kind": "asked", "team_kid": b"t", "team_epoch": 1, "sealed": b"s",
}  # fmt: skip
PROPOSAL = {
    "flag": b"f", "n": 1, "by_kid": b"k", "to_kid": b"l", "act": "close", "subject": None, "reason": "abuse",
    "state": "asked", "day": 1, "shown": b"s",
}  # fmt: skip
REVIEW: dict[Table, dict[str, Any]] = {
    tables.flags: FLAG,
    tables.evidence: EVIDENCE,
    tables.evidence_seats: SEAT,
    tables.trail: ENTRY,
    tables.flag_notes: NOTE,
    tables.proposals: PROPOSAL,
}


async def test_a_store_from_before_flags_keeps_its_rooms_on_the_way_up_and_down(engine_url: str) -> None:
    await migrations.upgrade(engine_url, HISTORY, "0001")
    row = {"room": b"r", "seq": 1, "seat": bytes(16), "ke": 1, "n": 1, "com": bytes(32), "ct": b"c"}
    await run(engine_url, OLD_MESSAGES.insert().values(**row))
    await migrations.upgrade(engine_url, HISTORY)
    for table, values in REVIEW.items():
        await run(engine_url, table.insert().values(**values))
        [kept] = await look(engine_url, lambda c, t=table: c.execute(select(t)).all())
        assert kept._asdict() == values
    for table in (tables.evidence, tables.evidence_seats, tables.trail):
        with pytest.raises(IntegrityError):
            await run(engine_url, table.delete())
    await migrations.downgrade(engine_url, HISTORY, "0001")
    [kept] = await look(engine_url, lambda c: c.execute(select(OLD_MESSAGES)).all())
    assert kept._asdict() == row
    names = await look(engine_url, lambda c: inspect(c).get_table_names())
    assert not {table.name for table in REVIEW} & set(names)
    with pytest.raises(IntegrityError):
        await run(engine_url, tables.messages.update().values(n=2))
    await migrations.upgrade(engine_url, HISTORY)
    for table, values in REVIEW.items():
        await run(engine_url, table.insert().values(**values))


async def test_the_way_down_leaves_nothing_although_there_is_data(engine_url: str) -> None:
    await migrations.upgrade(engine_url, HISTORY)
    row = {"room": b"r", "seq": 1, "seat": bytes(16), "ke": 1, "n": 1, "com": bytes(32), "ct": b"c"}
    await run(engine_url, OLD_MESSAGES.insert().values(**row))
    await migrations.downgrade(engine_url, HISTORY, "base")
    assert await look(engine_url, lambda c: inspect(c).get_table_names()) == ["alembic_version"]
    assert await look(engine_url, triggers) == []
    await migrations.upgrade(engine_url, HISTORY)

    def reflected(connection: Connection) -> MetaData:
        found = MetaData()
        found.reflect(connection)
        return found

    assert set((await look(engine_url, reflected)).tables) == {*tables.metadata.tables, "alembic_version"}


async def test_a_store_from_before_notes_keeps_its_rooms_on_the_way_up_and_down(engine_url: str) -> None:
    seat = {"room": b"r", "seat": bytes(16), "kid": b"k", "n": 0, "open": True, "alone_since_n": None}
    note = {"room": b"r", "kid": b"k", "version": 2**32 - 1, "blob": b"b"}
    await migrations.upgrade(engine_url, HISTORY, "0003")
    await run(engine_url, OLD_SEATS.insert().values(**seat))
    for _ in range(2):
        await migrations.upgrade(engine_url, HISTORY)
        await run(engine_url, tables.notes.insert().values(**note))
        [kept] = await look(engine_url, lambda c: c.execute(select(tables.notes)).all())
        assert kept._asdict() == note
        await migrations.downgrade(engine_url, HISTORY, "0003")
        assert "notes" not in await look(engine_url, lambda c: inspect(c).get_table_names())
        [kept] = await look(engine_url, lambda c: c.execute(select(OLD_SEATS)).all())
        assert kept._asdict() == seat


async def test_flags_from_before_second_persons_stay_as_they_were(engine_url: str) -> None:
    await migrations.upgrade(engine_url, HISTORY, "0006")
    old = {name: FLAG[name] for name in list(FLAG)[:15]}
    await run(engine_url, insert(Table("flags", MetaData(), *(Column(name) for name in old))).values(**old))
    for _ in range(2):
        await migrations.upgrade(engine_url, HISTORY)
        [kept] = await look(engine_url, lambda c: c.execute(select(tables.flags)).all())
        assert kept._asdict() == FLAG
        await run(engine_url, tables.proposals.insert().values(**PROPOSAL))
        await migrations.downgrade(engine_url, HISTORY, "0006")
        assert not {"flag_notes", "proposals"} & set(
            await look(engine_url, lambda c: inspect(c).get_table_names())
        )


async def test_what_rooms_had_come_to_is_kept_on_the_way_up_and_down(engine_url: str) -> None:
    peer = b"p" * 16

    def room(name: bytes, seq: int, head: bytes, **changes: Any) -> dict[str, Any]:
        usual = {"secret_hash": bytes(32), "state": "talking", "ke": 1, "needs_rekey": False}
        return (
            usual | {"id": name * 16, "seq": seq, "head": head, "opened_day": 1, "expires_day": 31} | changes
        )

    def seat(name: bytes, seat: bytes, n: int) -> dict[str, Any]:
        return {"room": name * 16, "seat": seat, "n": n, "open": True}

    old_rooms = [
        room(b"a", 3, b"h" * 32),
        room(b"b", 0, chain_start(RoomId(b"b" * 16))),
        room(b"c", 0, b"", secret_hash=b"", state="deleted", ke=0),
    ]
    old_seats = [seat(b"a", bytes(16), 2), seat(b"a", peer, 1), seat(b"b", bytes(16), 0)]
    said = [
        {"room": b"a" * 16, "seq": seq, "seat": of, "ke": 1, "n": n, "com": bytes(32), "ct": b"c"}
        for seq, of, n in ((1, bytes(16), 1), (2, peer, 1), (3, bytes(16), 2))
    ]
    await migrations.upgrade(engine_url, HISTORY, "0007")
    for table, values in ((OLD_ROOMS, old_rooms), (OLD_SEATS, old_seats), (OLD_MESSAGES, said)):
        await run(engine_url, insert(table).values(values))

    for _ in range(2):
        await migrations.upgrade(engine_url, HISTORY)
        database = Database[Conversations](engine_url)
        try:
            async with database.read() as tx:
                assert await tip(tx, RoomId(b"a" * 16)) == (3, b"h" * 32, {bytes(16): 2, peer: 1})
                assert await tip(tx, RoomId(b"b" * 16)) == (0, chain_start(RoomId(b"b" * 16)), {})
        finally:
            await database.close()
        await migrations.downgrade(engine_url, HISTORY, "0007")
        kept = await look(engine_url, lambda c: c.execute(select(OLD_ROOMS).order_by(text("id"))).all())
        assert [row._asdict() for row in kept] == old_rooms
        kept = await look(
            engine_url, lambda c: c.execute(select(OLD_SEATS).order_by(text("room, seat"))).all()
        )
        assert [row.n for row in kept] == [2, 1, 0]
        with pytest.raises(IntegrityError):
            await run(engine_url, OLD_MESSAGES.update().values(n=2))
