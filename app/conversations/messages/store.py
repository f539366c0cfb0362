"""Messages in transactions of other use cases, and pages of a room's messages."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, bindparam, select, update

from app.conversations.ids import Conversations
from app.conversations.messages.rules import (
    Envelope,
    Ledger,
    Placed,
    RoomHead,
    SeatCount,
)
from app.conversations.tables import messages, rooms, seats
from app.kit.database import Look, WriteTx
from app.kit.errors import Refusal
from app.kit.looks import Prepared
from app.wire.frames import Item
from app.wire.ids import RoomId

PAGE = 200
"""Items in one answer, at most (docs/protocol.md, 12)."""

PAGE_BYTES = 512 * 1024
"""Ciphertext in one answer, but for its first item: a page fits into a socket's outbox."""


async def append(tx: WriteTx[Conversations], envelope: Envelope) -> Item:
    """Commit one message with the rest of a transaction: the first of a room, or a rekey.

    Judged by the same rules as a batch; a repeat returns the stored item. Raises the Refusal.
    """
    ledger = await _ledger(tx, envelope)
    outcome = ledger.place(envelope)
    if isinstance(outcome, Refusal):
        raise outcome
    if not isinstance(outcome, Placed):
        return ledger.rows[envelope.room, outcome.seq]
    item, room = outcome.item, ledger.rooms[envelope.room]
    await tx.connection.execute(
        messages.insert().values(
            room=item.room, seq=item.seq, seat=item.seat, ke=item.ke, n=item.n, com=item.com, ct=item.ct
        )
    )
    await tx.connection.execute(
        update(rooms).where(rooms.c.id == item.room).values(seq=room.seq, head=room.head)
    )
    await tx.connection.execute(
        update(seats).where(seats.c.room == item.room, seats.c.seat == item.seat).values(n=item.n)
    )
    return item


# Built once: it is on the way of every page that enters. `after` may be any u32, which a column of
# 32 signed bits is too narrow to be compared with.
_PAGE = Prepared(
    select(messages)
    .where(
        messages.c.room == bindparam("room", type_=LargeBinary),
        messages.c.seq > bindparam("after", type_=BigInteger),
    )
    .order_by(messages.c.seq)
    .limit(PAGE)
)
_NEWEST = Prepared(select(rooms.c.seq).where(rooms.c.id == bindparam("room", type_=LargeBinary)))


async def page(look: Look[Conversations], room: RoomId, after: int) -> list[Item]:
    """At most PAGE items of a room behind number `after`, in order, and at least one if there is any."""
    items: list[Item] = []
    size = 0
    for row in await look.rows(_PAGE, room=room, after=after):
        item = _item(row)
        size += len(item.ct)
        if items and size > PAGE_BYTES:
            break
        items.append(item)
    return items


async def newest(look: Look[Conversations], room: RoomId) -> int:
    """The newest number of a room, 0 where there is no such room."""
    rows = await look.rows(_NEWEST, room=room)
    return int(rows[0][0]) if rows else 0


async def _ledger(tx: WriteTx[Conversations], envelope: Envelope) -> Ledger:
    room = (
        await tx.connection.execute(
            select(rooms.c.state, rooms.c.ke, rooms.c.seq, rooms.c.head)
            .where(rooms.c.id == envelope.room)
            .with_for_update()
        )
    ).one_or_none()
    seat = (
        await tx.connection.execute(
            select(seats.c.open, seats.c.n).where(
                seats.c.room == envelope.room, seats.c.seat == envelope.seat
            )
        )
    ).one_or_none()
    ledger = Ledger(
        {} if room is None else {envelope.room: RoomHead(*room)},
        {} if seat is None else {(envelope.room, envelope.seat): SeatCount(*seat)},
    )
    if seat is not None and envelope.n <= seat.n:
        stored = (
            await tx.connection.execute(
                select(messages)
                .where(
                    messages.c.room == envelope.room,
                    messages.c.seat == envelope.seat,
                    messages.c.n == envelope.n,
                )
                .order_by(messages.c.seq.desc())
                .limit(1)
            )
        ).one_or_none()
        if stored is not None:
            item = _item(stored)
            ledger.sent[item.room, item.seat, item.n] = item
            ledger.rows[item.room, item.seq] = item
    return ledger


def _item(row: Sequence[Any]) -> Item:
    room, seq, seat, ke, n, com, ct = row
    return Item(room, seq, seat, ke, n, com, ct or b"")
