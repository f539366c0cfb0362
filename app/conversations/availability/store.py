"""Shifts: this noun's SQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    bindparam,
    delete,
    func,
    not_,
    null,
    or_,
    select,
    update,
)

from app.conversations.availability.pauses import is_on
from app.conversations.availability.rules import (
    FORGOTTEN,
    HERE,
    QUARTER,
    OnPeer,
    Shift,
    ShiftState,
    after_room,
)
from app.conversations.ids import Conversations, Kid
from app.conversations.tables import availability, meetings, pauses, seats
from app.kit.database import Look, ReadTx, WriteTx
from app.kit.looks import Prepared
from app.kit.once import insert_once

_SITS = (
    select(func.count())
    .select_from(seats)
    .where(seats.c.kid == availability.c.kid, seats.c.open)
    .scalar_subquery()
)
_ASKS = (
    select(func.count())
    .select_from(meetings)
    .where(meetings.c.kid == availability.c.kid, not_(meetings.c.accepted))
    .scalar_subquery()
)


async def of(tx: ReadTx[Conversations], kids: Sequence[Kid]) -> dict[Kid, Shift]:
    """The shifts of these keys; those without one are left out."""
    if not kids:
        return {}
    rows = await tx.connection.execute(select(availability).where(availability.c.kid.in_(kids)))
    return {Kid(row.kid): _shift(row) for row in rows}


async def lock(tx: WriteTx[Conversations], kid: Kid) -> Shift | None:
    """This peer's shift, unchanged by others until the transaction ends."""
    rows = await tx.connection.execute(
        select(availability).where(availability.c.kid == kid).with_for_update()
    )
    row = rows.one_or_none()
    return None if row is None else _shift(row)


async def put(tx: WriteTx[Conversations], shift: Shift) -> None:
    """Store a shift, in place of what was said before."""
    values = {
        "state": shift.state.value,
        "room_limit": shift.room_limit,
        "buffer_until": shift.buffer_until,
        "seen_at": shift.seen_at,
        "met_quarter": shift.met_quarter,
    }
    if not await insert_once(tx, availability, {"kid": shift.kid, **values}):
        await tx.connection.execute(
            update(availability).where(availability.c.kid == shift.kid).values(**values)
        )


_ON_NOW = Prepared(
    select(availability, _SITS.label("sits"), _ASKS.label("asks"))
    .where(
        availability.c.state == ShiftState.ON.value,
        availability.c.seen_at >= bindparam("since", type_=BigInteger),
        # A shift may be said to be on in the very moment in which the pause begins.
        availability.c.kid.not_in(select(pauses.c.kid).where(is_on(bindparam("now", type_=BigInteger)))),
    )
    .order_by(availability.c.kid)
)


async def on_now(look: Look[Conversations], now: int) -> list[OnPeer]:
    """Everybody who is on with their page open and not paused, also in their quiet minutes."""
    rows = await look.rows(_ON_NOW, since=now - HERE, now=now)
    return [OnPeer(_shift(shift), sits + asks, asks > 0) for *shift, sits, asks in rows]


async def rooms_held(tx: ReadTx[Conversations], kid: Kid) -> int:
    """Rooms that count against this peer's limit: open seats, and meetings not accepted yet."""
    sits = await tx.connection.execute(
        select(func.count()).select_from(seats).where(seats.c.kid == kid, seats.c.open)
    )
    asks = await tx.connection.execute(
        select(func.count()).select_from(meetings).where(meetings.c.kid == kid, not_(meetings.c.accepted))
    )
    return sits.scalar_one() + asks.scalar_one()


async def lower_limit(tx: WriteTx[Conversations], kid: Kid, most: int) -> None:
    """This peer takes no more rooms at once than their pass allows now."""
    await tx.connection.execute(
        update(availability)
        .where(availability.c.kid == kid, availability.c.room_limit > most)
        .values(room_limit=most)
    )


async def mark_seen(tx: WriteTx[Conversations], kids: Sequence[Kid], now: int) -> None:
    """The pages of these peers are open."""
    # Rows that somebody else is changing are passed over, in place of a chain of waits; the next
    # sign of the page comes soon.
    found = await tx.connection.execute(
        select(availability.c.kid).where(availability.c.kid.in_(kids)).with_for_update(skip_locked=True)
    )
    if marked := [row.kid for row in found]:
        await tx.connection.execute(
            update(availability).where(availability.c.kid.in_(marked)).values(seen_at=now)
        )


async def met(tx: WriteTx[Conversations], kid: Kid, now: int) -> None:
    """A talk of this peer has begun."""
    await tx.connection.execute(
        update(availability).where(availability.c.kid == kid).values(met_quarter=now // QUARTER)
    )


async def room_ended(tx: WriteTx[Conversations], kids: Sequence[Kid], now: int) -> None:
    """A talk of these peers has ended, and their seats in it are closed already."""
    if not kids:
        return
    rows = await tx.connection.execute(
        select(availability)
        .where(availability.c.kid.in_(kids))
        .order_by(availability.c.kid)
        .with_for_update()
    )
    for shift in [_shift(row) for row in rows]:
        was_last = not await rooms_held(tx, shift.kid)
        await put(tx, after_room(shift, now, was_last=was_last))


async def has_over(tx: ReadTx[Conversations], now: int) -> bool:
    """Whether there is something of a shift to forget."""
    found = await tx.connection.execute(select(select(availability.c.kid).where(_stale(now)).exists()))
    return bool(found.scalar_one())


async def forget_over(tx: WriteTx[Conversations], now: int) -> None:
    """End the shifts that are over; forget what was kept for them, and quiet minutes that are past.

    Who still has a room keeps the row, off: quiet minutes come after that room too.
    """
    # As in `mark_seen`; whoever sweeps next finds the others.
    found = await tx.connection.execute(
        select(availability.c.kid).where(_stale(now)).with_for_update(skip_locked=True)
    )
    kids = [row.kid for row in found]
    if not kids:
        return
    theirs = availability.c.kid.in_(kids)
    for over, values in (
        (_quiet_is_past(now), {"buffer_until": null()}),
        (_ends(now), {"state": ShiftState.OFF.value}),
        (_is_unseen(now), {"seen_at": 0, "met_quarter": null()}),
    ):
        await tx.connection.execute(update(availability).where(theirs, over).values(**values))
    await tx.connection.execute(delete(availability).where(theirs, _serves_no_more()))


async def forget(tx: WriteTx[Conversations], kids: Sequence[Kid]) -> None:
    """These keys have no shift: they are peers no more."""
    await tx.connection.execute(delete(availability).where(availability.c.kid.in_(kids)))


def _stale(now: int) -> ColumnElement[bool]:
    return or_(_quiet_is_past(now), _ends(now), _is_unseen(now), _serves_no_more())


def _quiet_is_past(now: int) -> ColumnElement[bool]:
    return and_(availability.c.buffer_until.is_not(None), availability.c.buffer_until <= now)


def _ends(now: int) -> ColumnElement[bool]:
    """Not off yet, but nobody came to the page for long, or whoever is finishing has no room left."""
    finished = and_(availability.c.state == ShiftState.FINISHING.value, _has_no_room())
    unseen = availability.c.seen_at < now - FORGOTTEN
    return and_(availability.c.state != ShiftState.OFF.value, or_(finished, unseen))


def _is_unseen(now: int) -> ColumnElement[bool]:
    return and_(availability.c.seen_at > 0, availability.c.seen_at < now - FORGOTTEN)


def _serves_no_more() -> ColumnElement[bool]:
    return and_(
        availability.c.state == ShiftState.OFF.value, availability.c.buffer_until.is_(None), _has_no_room()
    )


def _has_no_room() -> ColumnElement[bool]:
    return and_(_SITS == 0, _ASKS == 0)


def _shift(row: Sequence[Any]) -> Shift:
    kid, state, *others = row
    return Shift(kid, ShiftState(state), *others)
