"""The store as a whole."""

from sqlalchemy import select

from app.conversations.ids import Conversations, StoreId
from app.conversations.tables import house
from app.kit.database import Database


async def store_id(database: Database[Conversations]) -> StoreId:
    """The id of this database's life: pages that know another one start anew (docs/protocol.md, 12)."""
    async with database.read() as tx:
        return StoreId((await tx.connection.execute(select(house.c.store))).scalar_one())
