"""Shown lines: this noun's SQL. They go with the room's words: app/conversations/rooms/store.py."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select

from app.conversations.ids import Conversations, FlagId, Kid, RoomId, seat_id
from app.conversations.lines.rules import MOST_LISTED
from app.conversations.tables import lines, messages
from app.kit.database import ReadTx, WriteTx
from app.kit.once import insert_once


@dataclass(frozen=True, slots=True)
class Shown:
    """Own lines of `by`, sealed to the key of `to` alone. `day` counts from 1970."""

    id: FlagId = field(repr=False)
    room: RoomId = field(repr=False)
    by: Kid = field(repr=False)
    to: Kid = field(repr=False)
    day: int
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Row:
    """The header of one message of the seat that shows, by which its reader can check it."""

    seq: int
    ke: int
    n: int
    com: bytes = field(repr=False)


async def add(tx: WriteTx[Conversations], shown: Shown) -> bool:
    """Keep shown lines; False, and nothing kept, where the id is in use."""
    return await insert_once(tx, lines, _row(shown))


async def find(tx: ReadTx[Conversations], id_: FlagId) -> Shown | None:
    """The lines of this id."""
    row = (await tx.connection.execute(select(lines).where(lines.c.id == id_))).one_or_none()
    return None if row is None else _shown(row)


async def count_by(tx: ReadTx[Conversations], kid: Kid) -> int:
    """How many shown lines of this peer are kept."""
    found = await tx.connection.execute(select(func.count()).select_from(lines).where(lines.c.by_kid == kid))
    return found.scalar_one()


async def by(tx: ReadTx[Conversations], kid: Kid) -> list[Shown]:
    """What this peer shows, the newest day first."""
    return await _select(tx, lines.c.by_kid == kid)


async def to(tx: ReadTx[Conversations], kid: Kid) -> list[Shown]:
    """The newest of what is shown to this person, the newest day first."""
    return await _select(tx, lines.c.to_kid == kid)


async def rows_of(tx: ReadTx[Conversations], room: RoomId, kid: Kid) -> list[Row]:
    """The headers of everything that this peer said in the room."""
    found = await tx.connection.execute(
        select(messages.c.seq, messages.c.ke, messages.c.n, messages.c.com)
        .where(messages.c.room == room, messages.c.seat == seat_id(room, kid))
        .order_by(messages.c.seq)
    )
    return [Row(*row) for row in found]


async def drop(tx: WriteTx[Conversations], id_: FlagId) -> None:
    """These lines are shown no more."""
    await tx.connection.execute(delete(lines).where(lines.c.id == id_))


async def forget(tx: WriteTx[Conversations], kids: Sequence[Kid]) -> None:
    """Nobody is shown anything under these keys, which are not listed any more."""
    await tx.connection.execute(delete(lines).where(lines.c.to_kid.in_(kids)))


async def forget_old(tx: WriteTx[Conversations], day: int) -> int:
    """Take lines shown by this day; how many."""
    done = await tx.connection.execute(delete(lines).where(lines.c.day <= day))
    return done.rowcount


async def _select(tx: ReadTx[Conversations], whose: ColumnElement[bool]) -> list[Shown]:
    query = select(lines).where(whose).order_by(lines.c.day.desc(), lines.c.id).limit(MOST_LISTED)
    rows = await tx.connection.execute(query)
    return [_shown(row) for row in rows]


def _row(shown: Shown) -> dict[str, Any]:
    return {
        "id": shown.id,
        "room": shown.room,
        "by_kid": shown.by,
        "to_kid": shown.to,
        "day": shown.day,
        "sealed": shown.sealed,
    }


def _shown(row: Any) -> Shown:
    return Shown(FlagId(row.id), RoomId(row.room), Kid(row.by_kid), Kid(row.to_kid), row.day, row.sealed)
