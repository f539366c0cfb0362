"""What the coordinator set: this noun's SQL."""

from dataclasses import asdict

from sqlalchemy import select, update

from app.conversations.ids import Conversations
from app.conversations.service.rules import Set
from app.conversations.tables import service
from app.kit.database import ReadTx, WriteTx
from app.kit.once import insert_once


async def read(tx: ReadTx[Conversations]) -> Set:
    """What is set, nothing before the first time."""
    row = (await tx.connection.execute(select(service))).one_or_none()
    return Set() if row is None else Set(row.hours, row.keep_days, row.hold)


async def is_held(tx: WriteTx[Conversations]) -> bool:
    """Whether the hold is on. It begins and ends behind this transaction alone."""
    # A row that is not there could not be locked.
    await insert_once(tx, service, {"one": 1, **asdict(Set())})
    found = await tx.connection.execute(select(service.c.hold).with_for_update(read=True))
    return bool(found.scalar_one())


async def write(tx: WriteTx[Conversations], now_set: Set) -> None:
    """Keep what is set now."""
    values = asdict(now_set)
    if not await insert_once(tx, service, {"one": 1, **values}):
        await tx.connection.execute(update(service).values(**values))
