"""How long the line is, for whoever keeps the service: nothing of anybody in it."""

from dataclasses import dataclass

from sqlalchemy import case, func, select

from app.conversations.ids import Conversations
from app.conversations.queue.rules import HERE
from app.conversations.queue.store import can_be_met
from app.conversations.rooms.rules import State
from app.conversations.tables import rooms, tickets
from app.kit.database import ReadTx


@dataclass(frozen=True, slots=True)
class Length:
    """People who wait with their page open, and those with a note.

    `oldest`: seconds of the longest wait among those who can be met now, 0 for nobody.
    """

    here: int
    notes: int
    oldest: int


async def length(tx: ReadTx[Conversations], now: int) -> Length:
    """The line as it is now."""
    row = (
        await tx.connection.execute(
            select(
                func.count(case((tickets.c.seen_at >= now - HERE, 1))),
                func.count(case((tickets.c.note, 1))),
                func.min(case((can_be_met(now), tickets.c.waiting_since))),
            )
            .join(rooms, rooms.c.id == tickets.c.room)
            .where(rooms.c.state == State.WAITING.value)
        )
    ).one()
    return Length(row[0], row[1], 0 if row[2] is None else max(0, now - row[2]))
