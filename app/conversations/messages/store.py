"""Messages in transactions of other use cases, and pages of a room's messages."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, bindparam, select

from app.conversations.ids import Conversations
from app.conversations.messages.rules import Envelope, Ledger, Placed, room_head
from app.conversations.rooms.store import NEWEST_SEQ
from app.conversations.rooms.store import tip as tip_of_room
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
    row = {**outcome.item._asdict(), "head": outcome.head, "counts": outcome.counts}
    await tx.connection.execute(messages.insert().values(row))
    return outcome.item


_ITEM = [messages.c[name] for name in Item._fields]

# Built once: it is on the way of every page that enters. `after` may be any u32, which a column of
# 32 signed bits is too narrow to be compared with.
_PAGE = Prepared(
    select(*_ITEM)
    .where(
        messages.c.room == bindparam("room", type_=LargeBinary),
        messages.c.seq > bindparam("after", type_=BigInteger),
    )
    .order_by(messages.c.seq)
    .limit(PAGE)
)
_NEWEST = Prepared(select(NEWEST_SEQ).where(rooms.c.id == bindparam("room", type_=LargeBinary)))


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
            select(rooms.c.state, rooms.c.ke, rooms.c.expires_day, rooms.c.opened_day)
            .where(rooms.c.id == envelope.room)
            .with_for_update()
        )
    ).one_or_none()
    is_open = await tx.connection.scalar(
        select(seats.c.open).where(seats.c.room == envelope.room, seats.c.seat == envelope.seat)
    )
    # Once the room is locked: what is read now is what the last committed message left.
    tip = await tip_of_room(tx, envelope.room)
    ledger = Ledger(
        {} if room is None else {envelope.room: room_head(*room, tip)},
        {(envelope.room, envelope.seat): bool(is_open)},
    )
    if envelope.n <= tip.counts.get(envelope.seat, 0):
        stored = (
            await tx.connection.execute(
                select(*_ITEM)
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
