"""The store as a whole."""

from sqlalchemy import select, update

from app.conversations.ids import Conversations, StoreId
from app.conversations.tables import house
from app.kit.database import Database


async def store_id(database: Database[Conversations]) -> StoreId:
    """The id of this database's life: pages that know another one start anew (docs/protocol.md, 12)."""
    async with database.read() as tx:
        return StoreId((await tx.connection.execute(select(house.c.store))).scalar_one())


async def is_purge_due(database: Database[Conversations], today: int) -> bool:
    """Whether the daily purge has not been done today, by any node."""
    async with database.read() as tx:
        day: int = (await tx.connection.execute(select(house.c.purged_day))).scalar_one()
    return day < today


async def note_purge(database: Database[Conversations], today: int) -> None:
    """The daily purge is done."""
    async with database.write() as tx:
        await tx.connection.execute(update(house).values(purged_day=today))
