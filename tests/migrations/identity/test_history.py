"""The history of the identity store, up and down, with data, on each engine."""

import asyncio
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Connection, insert, inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from app.identity import tables
from app.identity.ids import Identity
from app.kit.database import Database
from app.kit.migrations import current, downgrade, head, upgrade
from migrations import IDENTITY

ROWS: dict[str, dict[str, Any]] = {
    "house": {"instance": b"i" * 16, "roots": ["root"]},
    "staff": {
        "id": b"s" * 16,
        "name_mac": b"n" * 32,
        "auth_hash": b"a" * 32,
        "salt": b"x" * 16,
        "keys": b"k" * 1_105,
        "role": "peer",
        "pub": b"p" * 65,
        "kid": b"k" * 16,
        "room_limit": 3,
    },
    "second_factors": {
        "staff": b"s" * 16,
        "secret": b"x" * 20,
        "confirmed": True,
        "step": 2**33,
        "wrong": 1,
        "wrong_from": 2**33,
    },
    "audit": {
        "n": 1,
        "day": 20_000,
        "act": "renewed",
        "by_kid": b"k" * 16,
        "kid": None,
        "alias": "",
        "reason": "",
        "head": b"h" * 32,
    },
    "sign_ins": {
        "n": 2,
        "day": 20_000,
        "act": "sign-in",
        "by_kid": b"k" * 16,
        "kid": None,
        "alias": "",
        "reason": "",
        "head": b"h" * 32,
    },
    "sign_ins_cut": {"n": 1, "head": b"h" * 32},
    "invitations": {
        "staff": b"s" * 16,
        "role": "peer",
        "token_hash": b"t" * 32,
        "secret_box": b"b" * 97,
        "expires_at": 2**33,
        "submitted": True,
        "mac": b"m" * 32,
        "profile": {"alias": "Sol"},
        "replaces": b"r" * 16,
        "name_mac": b"w" * 32,
    },
    "proposals": {
        "kid": b"k" * 16,
        "reason": "safety",
        "by_kid": b"b" * 16,
        "day": 20_000,
        "agreed_kid": b"a" * 16,
    },
    "suspended": {
        "kid": b"o" * 16,
        "serial": 2**40,
        "reason": "asked",
        "by_kid": b"b" * 16,
        "second_kid": b"a" * 16,
        "day": 20_001,
    },
    "sessions": {"token_hash": b"t" * 32, "staff": b"s" * 16, "expires_at": 2**33, "used_at": 1},
    "directories": {"serial": 2**40, "payload": b"{}", "sigs": [], "hash": b"h" * 32, "replaced_day": None},
    "sealed_team_keys": {
        "team": "peer",
        "epoch": 2**32 - 1,
        "kid": b"k" * 16,
        "sealed": b"x" * 337,
        "replaced_day": 1,
    },
    "spent_salts": {"salt": b"s" * 16, "expires": 2**33},
    "vaults": {
        "id": b"v" * 16,
        "token_hash": b"t" * 32,
        "version": 2**32 - 1,
        "blob": b"b" * 4_177,
        "expires_quarter": 227,
    },
}

LATER = {"staff": {"room_limit"}, "invitations": {"replaces", "name_mac"}}
"""Columns that the first revision did not have."""


async def _fill(database: Database[Identity]) -> None:
    async with database.write() as tx:
        for name, row in ROWS.items():
            await tx.connection.execute(insert(tables.metadata.tables[name]).values(row))


async def _content(database: Database[Identity]) -> dict[str, dict[str, Any]]:
    async with database.read() as tx:
        return {
            table.name: dict((await tx.connection.execute(table.select())).one()._mapping)
            for table in tables.metadata.sorted_tables
        }


async def _tables(url: str) -> set[str]:
    database = Database[Identity](url)
    async with database.read() as tx:
        names = await tx.connection.run_sync(lambda connection: inspect(connection).get_table_names())
    await database.close()
    return set(names)


async def test_the_head_equals_the_tables(engine_url: str) -> None:
    await upgrade(engine_url, IDENTITY)

    def differences(connection: Connection) -> Any:
        settings = {"compare_type": True, "compare_server_default": True}
        return compare_metadata(MigrationContext.configure(connection, opts=settings), tables.metadata)

    database = Database[Identity](engine_url)
    async with database.read() as tx:
        assert await tx.connection.run_sync(differences) == []
    async with database.write() as tx:
        await tx.connection.execute(text("ALTER TABLE sessions ADD COLUMN address TEXT"))
    async with database.read() as tx:
        assert await tx.connection.run_sync(differences) != []
    await database.close()


async def test_up_from_nothing_down_to_nothing_and_up_again(engine_url: str) -> None:
    assert await current(engine_url) is None
    names = {table.name for table in tables.metadata.sorted_tables}
    assert set(ROWS) == names
    for _ in range(2):
        await upgrade(engine_url, IDENTITY)
        assert await current(engine_url) == head(IDENTITY)
        assert await _tables(engine_url) == names | {"alembic_version"}
        database = Database[Identity](engine_url)
        await _fill(database)
        assert await _content(database) == ROWS
        await database.close()
        await downgrade(engine_url, IDENTITY, "base")
        assert await current(engine_url) is None
        assert await _tables(engine_url) == {"alembic_version"}


async def test_every_start_migrates_and_keeps_what_is_there(engine_url: str) -> None:
    await upgrade(engine_url, IDENTITY)
    database = Database[Identity](engine_url)
    await _fill(database)
    await upgrade(engine_url, IDENTITY)
    assert await _content(database) == ROWS
    await database.close()


async def test_nodes_that_start_at_once_migrate_once(engine_url: str) -> None:
    await asyncio.gather(*(upgrade(engine_url, IDENTITY) for _ in range(3)))
    assert await current(engine_url) == head(IDENTITY)


async def test_a_store_of_a_newer_program_is_left_alone(engine_url: str) -> None:
    await upgrade(engine_url, IDENTITY)
    database = Database[Identity](engine_url)
    await _fill(database)
    async with database.write() as tx:
        await tx.connection.execute(text("UPDATE alembic_version SET version_num = 'later'"))
    with pytest.raises(CommandError, match="later"):
        await upgrade(engine_url, IDENTITY)
    assert await _content(database) == ROWS
    await database.close()


async def test_the_store_itself_refuses_an_unknown_role(engine_url: str) -> None:
    await upgrade(engine_url, IDENTITY)
    database = Database[Identity](engine_url)
    await _fill(database)

    async def add(role: str, fill: bytes) -> None:
        row = {**ROWS["staff"], "id": fill * 16, "name_mac": fill * 32, "kid": fill * 16, "role": role}
        async with database.write() as tx:
            await tx.connection.execute(insert(tables.staff).values(row))

    await add("moderator", b"o")
    with pytest.raises(IntegrityError):
        await add("admin", b"z")
    await database.close()


async def test_a_store_from_before_journals_and_the_audit_keeps_its_rows_up_and_down(
    engine_url: str,
) -> None:
    await upgrade(engine_url, IDENTITY, "0001")
    first = await _tables(engine_url) - {"alembic_version"}
    database = Database[Identity](engine_url)
    async with database.write() as tx:
        for name in first:
            later = LATER.get(name, set())
            row = {column: value for column, value in ROWS[name].items() if column not in later}
            await tx.connection.execute(insert(tables.metadata.tables[name]).values(row))
    await upgrade(engine_url, IDENTITY)
    async with database.write() as tx:
        assert await tx.connection.scalar(select(tables.staff.c.room_limit)) == 2
        await tx.connection.execute(update(tables.staff).values(room_limit=3))
        await tx.connection.execute(update(tables.invitations).values(replaces=b"r" * 16, name_mac=b"w" * 32))
        for name in ROWS.keys() - first:
            await tx.connection.execute(insert(tables.metadata.tables[name]).values(ROWS[name]))
    assert await _content(database) == ROWS
    await downgrade(engine_url, IDENTITY, "0001")
    assert await _tables(engine_url) == {*first, "alembic_version"}
    await upgrade(engine_url, IDENTITY)
    async with database.read() as tx:
        assert (await tx.connection.execute(tables.vaults.select())).all() == []
        [kept] = (await tx.connection.execute(tables.spent_salts.select())).all()
        [account] = (await tx.connection.execute(tables.staff.select())).all()
    assert dict(kept._mapping) == ROWS["spent_salts"]
    assert dict(account._mapping) == {**ROWS["staff"], "room_limit": 2}
    await database.close()


async def test_the_store_itself_refuses_to_change_the_audit_or_a_limit_of_its_own(engine_url: str) -> None:
    await upgrade(engine_url, IDENTITY)
    database = Database[Identity](engine_url)
    await _fill(database)
    for refused in (
        "UPDATE audit SET act = 'left'",
        "DELETE FROM audit",
        "UPDATE sign_ins SET day = 1",
        "UPDATE staff SET room_limit = 4",
        "UPDATE staff SET room_limit = 0",
    ):
        with pytest.raises(IntegrityError):
            async with database.write() as tx:
                await tx.connection.execute(text(refused))
    async with database.write() as tx:
        await tx.connection.execute(insert(tables.audit).values({**ROWS["audit"], "n": 2}))
        await tx.connection.execute(text("DELETE FROM sign_ins"))
        await tx.connection.execute(text("UPDATE staff SET room_limit = 1"))
    await database.close()
