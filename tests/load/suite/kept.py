"""What lies in a store after a load."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import create_async_engine

from app.conversations.tables import messages
from app.wire.ids import RoomId
from tests.load.house import Folder


async def check(folder: Folder, said: Mapping[RoomId, int]) -> None:
    """Each of these rooms holds what was said in it, numbered without a gap, each count of a seat once."""
    engine = create_async_engine(folder.store)
    by_room = select(messages.c.room, func.count(), func.max(messages.c.seq)).group_by(messages.c.room)
    by_seat = select(messages.c.seat).group_by(messages.c.room, messages.c.seat)
    try:
        async with engine.connect() as store:
            there = {room: numbers for room, *numbers in await store.execute(by_room)}
            odd = (await store.execute(by_seat.having(func.count() != func.max(messages.c.n)))).all()
    finally:
        await engine.dispose()
    assert {room: there.get(room) or [0, None] for room in said} == {
        room: [count, count or None] for room, count in said.items()
    }
    assert not odd
