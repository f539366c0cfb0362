"""Whom a peer would bring into a talk, as the room shows it (docs/protocol.md, 8)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    LargeBinary,
    bindparam,
    delete,
    insert,
    null,
    or_,
    select,
    update,
)

from app.conversations.ids import Conversations, Kid, RoomId
from app.conversations.tables import asks
from app.kit.database import Look, ReadTx, WriteTx
from app.kit.looks import Prepared

WILLING = "willing"
REFUSED = "refused"


_OF_ROOM = Prepared(
    select(asks)
    .where(
        asks.c.room == bindparam("room", type_=LargeBinary),
        or_(asks.c.answer.is_(null()), asks.c.answer != REFUSED),
        asks.c.until > bindparam("now", type_=BigInteger),
    )
    .order_by(asks.c.kid)
)
"""Built once: it is on the way of every page that enters a talk."""


class Purpose(StrEnum):
    """Why somebody is asked in."""

    HANDOVER = "handover"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Ask:
    """`by`, who sits in the room, would bring `kid` in; `willing`: that person would come."""

    room: RoomId = field(repr=False)
    kid: Kid = field(repr=False)
    by: Kid = field(repr=False)
    purpose: Purpose
    willing: bool = False


async def of_room(look: Look[Conversations], room: RoomId, now: int) -> list[Ask]:
    """The asks of a room that are neither over nor refused, in the order of their kids."""
    return [_ask(row) for row in await look.rows(_OF_ROOM, room=room, now=now)]


async def of_kids(tx: ReadTx[Conversations], kids: Sequence[Kid], now: int) -> list[Ask]:
    """What these people are asked into."""
    return await _select(tx, asks.c.kid.in_(kids), now) if kids else []


async def running(tx: ReadTx[Conversations], room: RoomId | None = None) -> list[tuple[Ask, int]]:
    """Every ask, or those of one room, that was not refused, and until when it stands; also overdue ones."""
    query = select(asks).where(_is_open()).order_by(asks.c.room, asks.c.kid)
    rows = await tx.connection.execute(query if room is None else query.where(asks.c.room == room))
    return [(_ask(row), row.until) for row in rows]


async def refused(tx: ReadTx[Conversations], room: RoomId) -> set[Kid]:
    """Whom the client of this talk did not let in."""
    found = await tx.connection.execute(
        select(asks.c.kid).where(asks.c.room == room, asks.c.answer == REFUSED)
    )
    return {Kid(row.kid) for row in found}


async def put(tx: WriteTx[Conversations], ask: Ask, until: int) -> None:
    """Ask this person, in place of an ask whose time is over; its caller holds the room."""
    await drop(tx, ask.room, [ask.kid])
    await tx.connection.execute(
        insert(asks).values(
            room=ask.room, kid=ask.kid, by_kid=ask.by, purpose=ask.purpose.value, answer=None, until=until
        )
    )


async def set_answer(tx: WriteTx[Conversations], room: RoomId, kid: Kid, answer: str) -> None:
    """Keep what the asked person, or the client, said."""
    await tx.connection.execute(
        update(asks).where(asks.c.room == room, asks.c.kid == kid).values(answer=answer)
    )


async def drop(tx: WriteTx[Conversations], room: RoomId, kids: Sequence[Kid]) -> None:
    """These people are asked in no more."""
    await tx.connection.execute(delete(asks).where(asks.c.room == room, asks.c.kid.in_(kids)))


async def drop_by_others(tx: WriteTx[Conversations], room: RoomId, stay: Sequence[Kid]) -> None:
    """What was asked by anybody who sits here no more is over; a client's no is remembered."""
    await tx.connection.execute(
        delete(asks).where(asks.c.room == room, asks.c.by_kid.not_in(stay), _is_open())
    )


async def drop_by(tx: WriteTx[Conversations], room: RoomId, kid: Kid) -> None:
    """This person, who sits here no more, asks nobody in."""
    await tx.connection.execute(delete(asks).where(asks.c.room == room, asks.c.by_kid == kid, _is_open()))


async def end(tx: WriteTx[Conversations], room: RoomId) -> None:
    """The talk is over, and every ask with it."""
    await tx.connection.execute(delete(asks).where(asks.c.room == room))


async def forget(tx: WriteTx[Conversations], kids: Sequence[Kid]) -> list[RoomId]:
    """Nobody asks these people in any more; the rooms in which somebody did."""
    found = await tx.connection.execute(
        select(asks.c.room).where(asks.c.kid.in_(kids), _is_open()).distinct().order_by(asks.c.room)
    )
    changed = [RoomId(row.room) for row in found]
    await tx.connection.execute(delete(asks).where(asks.c.kid.in_(kids), _is_open()))
    return changed


async def _select(tx: ReadTx[Conversations], whose: ColumnElement[bool], now: int) -> list[Ask]:
    rows = await tx.connection.execute(
        select(asks).where(whose, _is_open(), asks.c.until > now).order_by(asks.c.room, asks.c.kid)
    )
    return [_ask(row) for row in rows]


def _is_open() -> ColumnElement[bool]:
    return or_(asks.c.answer.is_(null()), asks.c.answer != REFUSED)


def _ask(row: Sequence[Any]) -> Ask:
    room, kid, by, purpose, answer, _ = row
    return Ask(room, kid, by, Purpose(purpose), answer == WILLING)
