"""Whether the queue is as it was, in one look: so that whoever shows it finds out what nobody told of."""

from sqlalchemy import func, select

from app.conversations.ids import Conversations
from app.conversations.tables import meetings, tickets
from app.kit.database import ReadTx

Mark = tuple[int, ...]

_MARK = select(
    select(func.count()).select_from(tickets).scalar_subquery(),
    select(func.coalesce(func.sum(tickets.c.waiting_since), 0)).scalar_subquery(),
    select(func.count()).select_from(meetings).scalar_subquery(),
    select(func.coalesce(func.sum(meetings.c.claimed_at), 0)).scalar_subquery(),
)


async def mark(tx: ReadTx[Conversations]) -> Mark:
    """Figures that move when somebody comes, goes, or is claimed; a changed wish alone they may miss."""
    return tuple(int(each) for each in (await tx.connection.execute(_MARK)).one())
