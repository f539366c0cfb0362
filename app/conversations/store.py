"""The store as a whole."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import func, select, update

from app.conversations.ids import Conversations, StoreId
from app.conversations.tables import house
from app.kit.database import Database

PURGING = 0x7075_7267
"""Advisory lock of PostgreSQL: of several nodes one purges."""


class Life:
    """Which life of the database this process works on: pages that know another one start anew
    (docs/protocol.md, 12). Behind the same address may lie a restored copy tomorrow."""

    def __init__(self, store: StoreId) -> None:
        self.store = store

    @classmethod
    async def of(cls, database: Database[Conversations]) -> "Life":
        """As the store says now."""
        return cls(await store_id(database))


async def store_id(database: Database[Conversations]) -> StoreId:
    """The id of this database's life."""
    async with database.read() as tx:
        return StoreId((await tx.connection.execute(select(house.c.store))).scalar_one())


@asynccontextmanager
async def purge_turn(database: Database[Conversations], today: int) -> AsyncIterator[bool]:
    """Whether today's purge is this node's to do; noted as done when the block ends well.

    Of several nodes one gets the turn, until its block ends. A purge that fails is due again.
    """
    done = update(house).where(house.c.purged_day < today).values(purged_day=today)
    if database.is_sqlite:
        yield await purged_day(database) < today
        async with database.write() as tx:
            await tx.connection.execute(done)
        return
    async with database.write() as turn:
        taken = select(func.pg_try_advisory_xact_lock(PURGING))
        if not (await turn.connection.execute(taken)).scalar_one():
            yield False
            return
        yield await purged_day(database) < today
        await turn.connection.execute(done)


async def purged_day(database: Database[Conversations]) -> int:
    """The day of the last purge, by whichever node."""
    async with database.read() as tx:
        day: int = (await tx.connection.execute(select(house.c.purged_day))).scalar_one()
    return day
