"""A look asks the driver what a transaction asks through the engine, and hears the same."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    bindparam,
    insert,
    select,
    text,
)

from app.kit.database import Database
from app.kit.errors import Unavailable
from app.kit.looks import AT_ONCE, READERS, Prepared
from tests.engines import Postgres

metadata = MetaData()


class Words(TypeDecorator[list[str]]):
    """A value that needs more than the driver does."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: list[str] | None, dialect: Any) -> str | None:
        return None if value is None else json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Any) -> list[str] | None:
        return None if value is None else json.loads(value)


things = Table(
    "things",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("yes", Boolean, nullable=False),
    Column("words", Words),
    Column("size", Integer, nullable=False),
)
ABOVE = Prepared(
    select(things)
    .where(things.c.size > bindparam("size"), things.c.size != 99)
    .order_by(things.c.id)
    .limit(2)
)
ROWS = [
    {"id": b"\x00\xff", "yes": True, "words": ["a", "ñ"], "size": 5},
    {"id": b"b", "yes": False, "words": None, "size": 6},
    {"id": b"c", "yes": True, "words": [], "size": 7},
    {"id": b"d", "yes": True, "words": [], "size": 99},
]
FOUND = [[b"\x00\xff", True, ["a", "ñ"], 5], [b"b", False, None, 6]]


@pytest.fixture
async def database(engine_url: str) -> AsyncIterator[Database[object]]:
    database = Database[object](engine_url)
    async with database.write() as tx:
        await tx.connection.run_sync(metadata.create_all)
        await tx.connection.execute(insert(things), ROWS)
    yield database
    await database.close()


async def test_a_look_and_a_transaction_read_the_same_of_the_same_types(database: Database[object]) -> None:
    async with database.look() as look, database.read() as tx:
        for asked in (look, tx):
            rows = [list(row) for row in await asked.rows(ABOVE, size=4)]
            assert rows == FOUND
            assert [type(value) for value in rows[0]] == [bytes, bool, list, int]
            assert not list(await asked.rows(ABOVE, size=100))


async def test_a_look_sees_one_state_whatever_others_commit_meanwhile(database: Database[object]) -> None:
    async with database.look() as look:
        assert len(await look.rows(ABOVE, size=5)) == 2
        async with database.write() as tx:
            await tx.connection.execute(text("DELETE FROM things"))
        assert len(await look.rows(ABOVE, size=5)) == 2
    async with database.look() as look:
        assert not await look.rows(ABOVE, size=5)


async def test_a_look_that_fails_is_unavailable_and_the_next_one_answers(database: Database[object]) -> None:
    nothing = Prepared(select(Table("nothing", MetaData(), Column("id", Integer))))
    with pytest.raises(Unavailable):
        async with database.look() as look:
            await look.rows(nothing)
    async with database.look() as look:
        assert len(await look.rows(ABOVE, size=4)) == 2


async def test_a_crowd_of_first_looks_all_answer_over_a_few_connections(database: Database[object]) -> None:
    async def found() -> int:
        async with database.look() as look:
            return len(await look.rows(ABOVE, size=4))

    before = len(os.listdir("/proc/self/fd"))
    assert await asyncio.gather(*(found() for _ in range(200))) == [2] * 200
    # A file each of SQLite's three, or a line each.
    assert len(os.listdir("/proc/self/fd")) - before <= 3 * max(READERS, AT_ONCE)


@pytest.mark.parametrize("engine_url", ["postgresql"], indirect=True)
async def test_a_connection_that_died_while_it_lay_there_is_replaced_within_the_look(
    database: Database[object], postgres_server: Postgres
) -> None:
    async with database.look() as look:
        await look.rows(ABOVE, size=4)
    async with postgres_server.administrator() as administrator:
        await administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", database.url.database
        )
    async with database.look() as look:
        assert len(await look.rows(ABOVE, size=4)) == 2
