"""A room's row, its seats and its seals; and what ends with a state, whoever made it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    BigInteger,
    LargeBinary,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    union,
    update,
)

from app.conversations.availability.pauses import is_on
from app.conversations.ids import CLIENT_SEAT, Conversations, Kid, RoomId, SeatId, seat_id
from app.conversations.rooms import asks
from app.conversations.rooms.rules import State, expires_day
from app.conversations.rooms.tips import Tip, tip_of
from app.conversations.tables import (
    lines,
    meetings,
    messages,
    notes,
    offers,
    passes,
    pauses,
    rooms,
    seals,
    seats,
    tickets,
)
from app.kit.database import Look, ReadTx, WriteTx
from app.kit.looks import Prepared
from app.kit.once import insert_once

TEAM_PEER = "team-peer"
SEAT_PEER = "seat-peer"


@dataclass(frozen=True, slots=True)
class Room:
    """A room's row."""

    id: RoomId = field(repr=False)
    secret_hash: bytes = field(repr=False)
    wrap: bytes | None = field(repr=False)
    state: State
    ke: int
    needs_rekey: bool
    opened_day: int
    closed_day: int | None


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat; the client's has no kid. `alone_since_n`: see tables.seats."""

    seat: SeatId = field(repr=False)
    kid: Kid | None = field(repr=False)
    open: bool
    alone_since_n: int | None


@dataclass(frozen=True, slots=True)
class Sealed:
    """The room's keys, sealed to a team or to one staff key."""

    kid: Kid = field(repr=False)
    purpose: str
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A reservation; moments in unix seconds."""

    room: RoomId = field(repr=False)
    kid: Kid = field(repr=False)
    claimed_at: int
    deadline: int
    accepted: bool
    resumable_until: int | None


NEWEST_SEQ = (
    select(func.coalesce(func.max(messages.c.seq), 0))
    .where(messages.c.room == rooms.c.id)
    .correlate(rooms)
    .scalar_subquery()
)
"""For statements over `rooms`: the number of a room's last message, 0 where nothing was said."""

# Built once: these are on the way of every page that enters, and building costs more than asking.
_ROOM_IS = bindparam("room", type_=LargeBinary)
_Columns = tuple[bytes, bytes, bytes | None, str, int, bool, int, int | None]


_ROOM: Select[*_Columns] = select(
    rooms.c.id,
    rooms.c.secret_hash,
    rooms.c.wrap,
    rooms.c.state,
    rooms.c.ke,
    rooms.c.needs_rekey,
    rooms.c.opened_day,
    rooms.c.closed_day,
)
_FIND = Prepared(_ROOM.where(rooms.c.id == _ROOM_IS))
_TIP = Prepared(
    select(messages.c.seq, messages.c.head, messages.c.counts)
    .where(messages.c.room == _ROOM_IS)
    .order_by(messages.c.seq.desc())
    .limit(1)
)
_ROOM_AT_TIP = (
    _ROOM.add_columns(messages.c.seq, messages.c.head, messages.c.counts)
    .outerjoin(messages, and_(messages.c.room == rooms.c.id, messages.c.seq == NEWEST_SEQ))
    .where(rooms.c.id == _ROOM_IS)
)
_AT_TIP = Prepared(_ROOM_AT_TIP)
_LOCK = _ROOM.where(rooms.c.id == _ROOM_IS).with_for_update()
_SEATS = Prepared(
    select(seats.c.seat, seats.c.kid, seats.c.open, seats.c.alone_since_n)
    .where(seats.c.room == _ROOM_IS)
    .order_by(seats.c.kid.is_not(None), seats.c.seat)
)
_SEALS = select(seals.c.kid, seals.c.purpose, seals.c.sealed).where(
    seals.c.room == _ROOM_IS, seals.c.purpose == bindparam("purpose")
)
_SEAL = Prepared(_SEALS)
_OWN_SEAL = Prepared(_SEALS.where(seals.c.kid == bindparam("kid", type_=LargeBinary)))
_MEETING_COLUMNS = (
    meetings.c.room,
    meetings.c.kid,
    meetings.c.claimed_at,
    meetings.c.deadline,
    meetings.c.accepted,
    meetings.c.resumable_until,
)
_MEETING = Prepared(select(*_MEETING_COLUMNS).where(meetings.c.room == _ROOM_IS))
_ENTERED = Prepared(
    _ROOM_AT_TIP.add_columns(*_MEETING_COLUMNS).outerjoin(meetings, meetings.c.room == rooms.c.id)
)
_SEATS_NOW = Prepared(
    select(
        seats.c.seat,
        seats.c.kid,
        seats.c.open,
        select(pauses.c.kid)
        .where(pauses.c.kid == seats.c.kid, is_on(bindparam("now", type_=BigInteger)))
        .exists(),
    )
    .where(seats.c.room == _ROOM_IS)
    .order_by(seats.c.kid.is_not(None), seats.c.seat)
)


async def find(look: Look[Conversations], room: RoomId) -> Room | None:
    """The room, tombstones included."""
    rows = await look.rows(_FIND, room=room)
    return _room(rows[0]) if rows else None


async def at_tip(look: Look[Conversations], room: RoomId) -> tuple[Room, Tip] | None:
    """The room, tombstones included, and what it has come to."""
    rows = await look.rows(_AT_TIP, room=room)
    return (_room(rows[0][:-3]), tip_of(room, rows[0][-3:])) if rows else None


async def entered(look: Look[Conversations], room: RoomId) -> tuple[Room, Tip, Meeting | None] | None:
    """As `at_tip`, and its meeting, if one is on: what everybody asks who enters, at once."""
    rows = await look.rows(_ENTERED, room=room)
    if not rows:
        return None
    found, last, meeting = rows[0][:8], rows[0][8:11], rows[0][11:]
    return _room(found), tip_of(room, last), None if meeting[0] is None else Meeting(*meeting)


async def tip(look: Look[Conversations], room: RoomId) -> Tip:
    """The room as its last message left it; as it began, where nothing was said."""
    rows = await look.rows(_TIP, room=room)
    return tip_of(room, rows[0] if rows else (None, None, None))


async def lock(tx: WriteTx[Conversations], room: RoomId) -> Room | None:
    """The room, unchanged by others until this transaction ends."""
    row = (await tx.connection.execute(_LOCK, {"room": room})).one_or_none()
    return None if row is None else _room(row)


async def add(tx: WriteTx[Conversations], room: Room, keep_days: int) -> bool:
    """A new room with its client's seat; False, and nothing added, where the id exists."""
    row = {
        "id": room.id,
        "secret_hash": room.secret_hash,
        "wrap": room.wrap,
        "state": room.state.value,
        "ke": room.ke,
        "needs_rekey": room.needs_rekey,
        "opened_day": room.opened_day,
        "closed_day": None,
        "expires_day": expires_day(room.opened_day, room.opened_day, keep_days),
    }
    if not await insert_once(tx, rooms, row):
        return False
    await tx.connection.execute(
        insert(seats).values(room=room.id, seat=CLIENT_SEAT, kid=None, open=True, alone_since_n=None)
    )
    return True


async def enter_state(
    tx: WriteTx[Conversations], room: Room, state: State, today: int, keep_days: int
) -> None:
    """Move a room and its days on; out of a talk, who was asked into it is so no more."""
    if room.state is State.TALKING and state is not State.TALKING:
        await asks.end(tx, room.id)
    ends = {"closed_day": today} if state in (State.CLOSED, State.DELETED) else {}
    await tx.connection.execute(
        update(rooms)
        .where(rooms.c.id == room.id)
        .values(
            state=state.value,
            expires_day=expires_day(room.opened_day, today, keep_days),
            **ends,
        )
    )


async def set_needs_rekey(tx: WriteTx[Conversations], room: RoomId) -> None:
    """Somebody who must not read on holds the key: the client is to make another."""
    await tx.connection.execute(update(rooms).where(rooms.c.id == room).values(needs_rekey=True))


async def enter_epoch(tx: WriteTx[Conversations], room: RoomId, ke: int, wrap: bytes) -> None:
    """Put another key epoch in force; the seals of the one before go."""
    await tx.connection.execute(
        update(rooms).where(rooms.c.id == room).values(ke=ke, wrap=wrap, needs_rekey=False)
    )
    await tx.connection.execute(delete(seals).where(seals.c.room == room))


async def seats_of(look: Look[Conversations], room: RoomId) -> list[Seat]:
    """All seats that ever were, the client's first."""
    return [Seat(*row) for row in await look.rows(_SEATS, room=room)]


async def seats_now(look: Look[Conversations], room: RoomId, now: int) -> Sequence[Sequence[Any]]:
    """As `seats_of`: of each its id, its kid, whether it is open, and whether that peer is paused."""
    return await look.rows(_SEATS_NOW, room=room, now=now)


async def open_seat(tx: WriteTx[Conversations], room: RoomId, kid: Kid, alone_since_n: int | None) -> None:
    """Seat a staff key; who sat here before keeps the count of their messages."""
    seat = seat_id(room, kid)
    again = await tx.connection.execute(
        update(seats)
        .where(seats.c.room == room, seats.c.seat == seat)
        .values(open=True, alone_since_n=alone_since_n)
    )
    if not again.rowcount:
        await tx.connection.execute(
            insert(seats).values(room=room, seat=seat, kid=kid, open=True, alone_since_n=alone_since_n)
        )


async def close_seats(tx: WriteTx[Conversations], room: RoomId, *, but: tuple[Kid, ...] = ()) -> None:
    """Nobody of the staff sits here any more, except those named; their seals and private notes go."""
    await tx.connection.execute(
        update(seats)
        .where(seats.c.room == room, seats.c.kid.is_not(None), seats.c.kid.not_in(but))
        .values(open=False, alone_since_n=None)
    )
    await tx.connection.execute(
        delete(seals).where(seals.c.room == room, seals.c.purpose == SEAT_PEER, seals.c.kid.not_in(but))
    )
    await tx.connection.execute(delete(notes).where(notes.c.room == room, notes.c.kid.not_in(but)))
    await asks.drop_by_others(tx, room, but)


async def close_seat(tx: WriteTx[Conversations], room: RoomId, kid: Kid) -> None:
    """This staff key sits here no more; its seal, notes and asks go, its row stays: it was once held."""
    await tx.connection.execute(
        update(seats).where(seats.c.room == room, seats.c.kid == kid).values(open=False, alone_since_n=None)
    )
    await tx.connection.execute(
        delete(seals).where(seals.c.room == room, seals.c.kid == kid, seals.c.purpose == SEAT_PEER)
    )
    await tx.connection.execute(delete(notes).where(notes.c.room == room, notes.c.kid == kid))
    await asks.drop_by(tx, room, kid)


async def seal(
    look: Look[Conversations], room: RoomId, purpose: str, kid: Kid | None = None
) -> Sealed | None:
    """The room's seal of this purpose; for a seat, to this key."""
    if kid is None:
        rows = await look.rows(_SEAL, room=room, purpose=purpose)
    else:
        rows = await look.rows(_OWN_SEAL, room=room, purpose=purpose, kid=kid)
    return Sealed(*rows[0]) if rows else None


async def put_seal(tx: WriteTx[Conversations], room: RoomId, ke: int, sealed: Sealed) -> None:
    """Store a seal, in place of an earlier one to the same key."""
    await tx.connection.execute(delete(seals).where(seals.c.room == room, seals.c.kid == sealed.kid))
    await tx.connection.execute(
        insert(seals).values(room=room, kid=sealed.kid, purpose=sealed.purpose, ke=ke, sealed=sealed.sealed)
    )


async def drop_team_seal(tx: WriteTx[Conversations], room: RoomId) -> None:
    """The team cannot open this room any more."""
    await tx.connection.execute(delete(seals).where(seals.c.room == room, seals.c.purpose == TEAM_PEER))


async def meeting(look: Look[Conversations], room: RoomId) -> Meeting | None:
    """The room's meeting, if one is on."""
    rows = await look.rows(_MEETING, room=room)
    return Meeting(*rows[0]) if rows else None


async def end_meeting(tx: WriteTx[Conversations], room: RoomId) -> None:
    """Nobody has the room reserved."""
    await tx.connection.execute(delete(meetings).where(meetings.c.room == room))


async def end_wait(tx: WriteTx[Conversations], room: RoomId) -> None:
    """The room is out of the queue: ticket, offer, meeting and the team's seal go."""
    for table in (tickets, offers, passes):
        await tx.connection.execute(delete(table).where(table.c.room == room))
    await end_meeting(tx, room)
    await drop_team_seal(tx, room)


async def empty(tx: WriteTx[Conversations], room: RoomId) -> None:
    """Drop every ciphertext, wrap and seal of a room that was just moved to "deleted" (invariant 13)."""
    await tx.connection.execute(delete(lines).where(lines.c.room == room))
    await close_seats(tx, room)
    await end_wait(tx, room)
    await tx.connection.execute(delete(seals).where(seals.c.room == room))
    await tx.connection.execute(update(rooms).where(rooms.c.id == room).values(wrap=None, needs_rekey=False))
    await tx.connection.execute(
        update(messages).where(messages.c.room == room, messages.c.ct.is_not(None)).values(ct=None)
    )


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A peer's place in a room: `met`, whether their meeting is accepted, None without one; the key sealed to
    them (`own`) and to the team."""

    room: RoomId = field(repr=False)
    state: State
    ke: int
    met: bool | None
    own: bytes | None = field(repr=False)
    team: bytes | None = field(repr=False)


_KID_IS = bindparam("kid", type_=LargeBinary)
_MINE = union(
    select(seats.c.room).where(seats.c.kid == _KID_IS, seats.c.open),
    select(meetings.c.room).where(meetings.c.kid == _KID_IS),
).subquery()
_OWN, _TEAM = seals.alias(), seals.alias()
_DESK = Prepared(
    select(rooms.c.id, rooms.c.state, rooms.c.ke, meetings.c.accepted, _OWN.c.sealed, _TEAM.c.sealed)
    .select_from(_MINE)
    .join(rooms, rooms.c.id == _MINE.c.room)
    .outerjoin(meetings, and_(meetings.c.room == rooms.c.id, meetings.c.kid == _KID_IS))
    .outerjoin(_OWN, and_(_OWN.c.room == rooms.c.id, _OWN.c.kid == _KID_IS, _OWN.c.purpose == SEAT_PEER))
    .outerjoin(_TEAM, and_(_TEAM.c.room == rooms.c.id, _TEAM.c.purpose == TEAM_PEER))
    .where(rooms.c.state != State.DELETED.value)
    .order_by(rooms.c.id)
)


async def desk(look: Look[Conversations], kid: Kid) -> list[OnDesk]:
    """Where this key sits or has a meeting, in the order of the rooms' ids."""
    rows = await look.rows(_DESK, kid=kid)
    return [OnDesk(room, State(state), *others) for room, state, *others in rows]


async def rooms_with(tx: ReadTx[Conversations], kids: Sequence[Kid]) -> list[RoomId]:
    """Rooms in which one of these keys sits or has a meeting, in the order of their ids."""
    rows = await tx.connection.execute(
        union(
            select(seats.c.room).where(seats.c.kid.in_(kids), seats.c.open),
            select(meetings.c.room).where(meetings.c.kid.in_(kids)),
        )
    )
    return sorted(RoomId(row.room) for row in rows)


async def lock_all(tx: WriteTx[Conversations], these: Sequence[RoomId]) -> list[Room]:
    """These rooms, living ones alone, locked in the order of their ids: whoever locks several does it so."""
    query = _ROOM.where(rooms.c.id.in_(these), rooms.c.state != State.DELETED.value)
    rows = await tx.connection.execute(query.order_by(rooms.c.id).with_for_update())
    return [_room(row) for row in rows]


def _room(row: Sequence[Any]) -> Room:
    room, secret_hash, wrap, state, *others = row
    return Room(room, secret_hash, wrap, State(state), *others)
