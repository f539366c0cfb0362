"""The trail's SQL: entries come at its end, and nothing else ever happens to it."""

from sqlalchemy import insert, select

from app.conversations.ids import Conversations, FlagId, Kid
from app.conversations.tables import trail
from app.conversations.trail.rules import TRAIL_START, Entry, trail_head
from app.kit.database import ReadTx, WriteTx


async def one_at_a_time(tx: WriteTx[Conversations]) -> None:
    """Let nobody else add to the trail until this transaction ends: it has one end.

    Taken behind the directory and before any room.
    """
    if tx.connection.dialect.name == "postgresql":
        await tx.connection.exec_driver_sql("LOCK TABLE trail IN EXCLUSIVE MODE")


async def note(tx: WriteTx[Conversations], day: int, kid: Kid, act: str, flag: FlagId, reason: str) -> None:
    """Add to the trail's end, which `one_at_a_time` keeps from everybody else."""
    last = (
        await tx.connection.execute(select(trail.c.n, trail.c.head).order_by(trail.c.n.desc()).limit(1))
    ).one_or_none()
    entry = Entry(1 if last is None else last.n + 1, day, kid, act, flag, reason)
    head = trail_head(TRAIL_START if last is None else last.head, entry)
    await tx.connection.execute(
        insert(trail).values(n=entry.n, day=day, kid=kid, act=act, flag=flag, reason=reason, head=head)
    )


async def chain(tx: ReadTx[Conversations]) -> list[tuple[Entry, bytes]]:
    """Every entry with its head, from the first on."""
    rows = await tx.connection.execute(select(trail).order_by(trail.c.n))
    return [
        (Entry(row.n, row.day, Kid(row.kid), row.act, FlagId(row.flag), row.reason), row.head) for row in rows
    ]


async def newest(tx: ReadTx[Conversations], before: int | None, most: int) -> list[Entry]:
    """Entries, newest first; with `before`, those that came before this one."""
    query = select(trail).order_by(trail.c.n.desc()).limit(most)
    if before is not None:
        query = query.where(trail.c.n < before)
    return [
        Entry(row.n, row.day, Kid(row.kid), row.act, FlagId(row.flag), row.reason)
        for row in await tx.connection.execute(query)
    ]
