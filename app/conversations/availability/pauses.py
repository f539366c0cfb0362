"""Peers who take no new talks for a while: the SQL of pauses (docs/protocol.md, 11)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    delete,
    not_,
    null,
    or_,
    select,
    update,
)

from app.conversations.availability.rules import Appeal, Pause
from app.conversations.ids import Conversations, FlagId, Kid
from app.conversations.tables import pauses
from app.kit.database import ReadTx, WriteTx
from app.kit.once import insert_once

UPHELD = "upheld"


def is_on(now: int | ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a pause is not over yet."""
    return or_(pauses.c.until.is_(null()), pauses.c.until > now)


async def put(tx: WriteTx[Conversations], pause: Pause) -> Pause | None:
    """Pause a peer; of two pauses the one that lasts longer stays. The shorter one that this one ended."""
    row = {
        "kid": pause.kid,
        "id": pause.id,
        "flag": pause.flag,
        "by_kid": pause.by,
        "second_kid": pause.second,
        "reason": pause.reason,
        "since_day": pause.since_day,
        "until": pause.until,
    }
    ended = None
    while not await insert_once(tx, pauses, row):
        found = await tx.connection.execute(select(pauses).where(pauses.c.kid == pause.kid).with_for_update())
        held = found.one_or_none()
        if held is None:
            continue  # It came to its end in this very moment.
        if not pause.outlasts(_pause(held)):
            return None
        ended = _pause(held)
        await lift(tx, pause.kid)
    return ended


async def of(tx: ReadTx[Conversations], kid: Kid, now: int) -> Pause | None:
    """The pause this peer is in."""
    found = await tx.connection.execute(select(pauses).where(pauses.c.kid == kid, is_on(now)))
    row = found.one_or_none()
    return None if row is None else _pause(row)


async def paused(tx: ReadTx[Conversations], kids: Sequence[Kid], now: int) -> set[Kid]:
    """Which of these are paused."""
    if not kids:
        return set()
    found = await tx.connection.execute(select(pauses.c.kid).where(pauses.c.kid.in_(kids), is_on(now)))
    return {Kid(row.kid) for row in found}


async def running(tx: ReadTx[Conversations], now: int) -> list[Pause]:
    """All pauses, the newest day first."""
    found = await tx.connection.execute(
        select(pauses).where(is_on(now)).order_by(pauses.c.since_day.desc(), pauses.c.kid)
    )
    return [_pause(row) for row in found]


async def lift(tx: WriteTx[Conversations], kid: Kid) -> bool:
    """End a pause; whether there was one."""
    done = await tx.connection.execute(delete(pauses).where(pauses.c.kid == kid))
    return done.rowcount == 1


async def appeal(tx: WriteTx[Conversations], kid: Kid, word: Appeal) -> None:
    """Keep the peer's word about their pause, in place of one that nobody can answer any more."""
    await tx.connection.execute(
        update(pauses)
        .where(pauses.c.kid == kid)
        .values(appeal_to=word.to, appeal_sealed=word.sealed, appeal_day=word.day)
    )


async def uphold(tx: WriteTx[Conversations], kid: Kid) -> None:
    """Whoever was asked lets the pause stand; what was written to them goes."""
    await tx.connection.execute(
        update(pauses).where(pauses.c.kid == kid).values(appeal_answer=UPHELD, appeal_sealed=b"")
    )


async def has_over(tx: ReadTx[Conversations], now: int) -> bool:
    """Whether a pause has come to its end."""
    found = await tx.connection.execute(select(select(pauses.c.kid).where(not_(is_on(now))).exists()))
    return bool(found.scalar_one())


async def end_over(tx: WriteTx[Conversations], now: int) -> list[Pause]:
    """End the pauses whose time has come, and no other that took their place; those that ended."""
    return await _end(tx, not_(is_on(now)))


async def forget(tx: WriteTx[Conversations], kids: Sequence[Kid]) -> list[Pause]:
    """No pause of these keys stays; those that there were."""
    return await _end(tx, pauses.c.kid.in_(kids))


async def _end(tx: WriteTx[Conversations], which: ColumnElement[bool]) -> list[Pause]:
    rows = await tx.connection.execute(delete(pauses).where(which).returning(pauses))
    return sorted(map(_pause, rows), key=lambda pause: pause.kid)


def _pause(row: Any) -> Pause:
    return Pause(
        Kid(row.kid),
        FlagId(row.flag),
        Kid(row.by_kid),
        None if row.second_kid is None else Kid(row.second_kid),
        row.reason,
        row.since_day,
        row.until,
        FlagId(row.id),
        None
        if row.appeal_to is None
        else Appeal(Kid(row.appeal_to), row.appeal_sealed, row.appeal_day, row.appeal_answer == UPHELD),
    )
