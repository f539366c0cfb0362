"""What a transaction promises, on both engines."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from app.kit.database import LOCK_MILLISECONDS, Database
from app.kit.errors import Unavailable


class House:
    """Marks transactions of this test."""


@pytest.fixture
async def database(engine_url: str) -> AsyncIterator[Database[House]]:
    database = Database[House](engine_url)
    async with database.write() as tx:
        await tx.connection.execute(text("CREATE TABLE things (n INTEGER NOT NULL)"))
    yield database
    await database.close()


async def count(database: Database[House]) -> int:
    async with database.read() as tx:
        return int((await tx.connection.execute(text("SELECT count(*) FROM things"))).scalar_one())


async def add(database: Database[House]) -> None:
    async with database.write() as tx:
        await tx.connection.execute(text("INSERT INTO things VALUES (1)"))


async def test_one_look_agrees_with_itself_and_the_next_sees_what_was_committed(
    database: Database[House],
) -> None:
    async with database.read() as tx:
        before = (await tx.connection.execute(text("SELECT count(*) FROM things"))).scalar_one()
        await add(database)
        assert (await tx.connection.execute(text("SELECT count(*) FROM things"))).scalar_one() == before
    assert await count(database) == before + 1


async def test_a_reader_cannot_write_and_a_writer_can(database: Database[House]) -> None:
    with pytest.raises(Unavailable):
        async with database.read() as tx:
            await tx.connection.execute(text("INSERT INTO things VALUES (1)"))
    await add(database)
    assert await count(database) == 1


async def add_and_stop(database: Database[House]) -> None:
    async with database.write() as tx:
        await tx.connection.execute(text("INSERT INTO things VALUES (1)"))
        raise ValueError("stop")


async def test_a_block_that_raises_leaves_nothing(database: Database[House]) -> None:
    with pytest.raises(ValueError, match="stop"):
        await add_and_stop(database)
    assert await count(database) == 0


@pytest.mark.parametrize("engine_url", ["postgresql"], indirect=True)
async def test_no_statement_waits_for_a_lock_without_end(database: Database[House]) -> None:
    async with database.write() as tx:
        waits = (await tx.connection.execute(text("SHOW lock_timeout"))).scalar_one()
    assert waits == f"{LOCK_MILLISECONDS // 1000}s"
