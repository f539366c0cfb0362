"""Tickets, meetings, waits, counters and spent salts: the queue's SQL."""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    case,
    delete,
    false,
    func,
    insert,
    not_,
    or_,
    select,
    true,
    type_coerce,
    update,
)

from app.conversations.ids import Conversations, Kid, RoomId
from app.conversations.queue.rules import (
    HERE,
    LISTED,
    LONG_NOTE,
    QUARTER,
    SAMPLE_LIFE,
    Load,
    Ticket,
    Waiter,
    is_here,
    spoken,
    turn_of,
    week_of,
)
from app.conversations.rooms.rules import State, expires_day
from app.conversations.rooms.store import Meeting, Room
from app.conversations.tables import (
    counters,
    meetings,
    passes,
    peer_epochs,
    rooms,
    samples,
    seats,
    spent_salts,
    tickets,
)
from app.kit.clock import day_of
from app.kit.database import ReadTx, WriteTx
from app.kit.once import insert_once
from app.wire.encoding import b64u, unb64u


@dataclass(frozen=True, slots=True)
class Place:
    """A ticket in the queue. `later`: kids whose meeting ran out; moments in unix seconds."""

    ticket: Ticket
    later: tuple[str, ...] = field(repr=False)
    peer_epoch: int
    waiting_since: int
    seen_at: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a peer's queue."""

    room: RoomId = field(repr=False)
    place: Place


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody in line as one peer sees them: tags only. `back`: asked for this peer; `minutes`: so far."""

    room: RoomId = field(repr=False)
    language: str = field(repr=False)
    urgent: bool = field(repr=False)
    topics: tuple[str, ...] = field(repr=False)
    lived: tuple[str, ...] = field(repr=False)
    back: bool = field(repr=False)
    note: bool
    here: bool
    minutes: int

    @classmethod
    def of(cls, listed: Listed, kid: Kid, now: int) -> "Waiting":
        place, wish = listed.place, listed.place.ticket
        return cls(
            listed.room,
            wish.language,
            wish.urgent,
            wish.topics,
            wish.lived,
            wish.back == kid,
            wish.note,
            is_here(place.seen_at, now),
            max(0, now - place.waiting_since) // 60,
        )


async def put(tx: WriteTx[Conversations], room: RoomId, place: Place) -> None:
    """A ticket for a room that has none."""
    await tx.connection.execute(
        insert(tickets).values(
            room=room,
            **_columns(place.ticket),
            later=place.later,
            peer_epoch=place.peer_epoch,
            waiting_since=place.waiting_since,
            seen_at=place.seen_at,
        )
    )


async def change(tx: WriteTx[Conversations], room: RoomId, ticket: Ticket, seen_at: int) -> None:
    """Another wish at the same place in line."""
    await tx.connection.execute(
        update(tickets).where(tickets.c.room == room).values(**_columns(ticket), seen_at=seen_at)
    )


async def place(tx: ReadTx[Conversations], room: RoomId) -> Place | None:
    """The room's ticket."""
    row = (await tx.connection.execute(select(tickets).where(tickets.c.room == room))).one_or_none()
    return None if row is None else place_of(row)


async def set_epoch(tx: WriteTx[Conversations], room: RoomId, peer_epoch: int) -> None:
    """The ticket's seal is for this epoch of the peer team now."""
    await tx.connection.execute(update(tickets).where(tickets.c.room == room).values(peer_epoch=peer_epoch))


async def set_refused(tx: WriteTx[Conversations], room: RoomId, kids: tuple[str, ...]) -> None:
    """Whom the client has refused, by now."""
    await tx.connection.execute(update(tickets).where(tickets.c.room == room).values(refused=kids))


async def set_later(tx: WriteTx[Conversations], room: RoomId, kids: tuple[str, ...]) -> None:
    """Who is to see this room behind the others in their list, by now."""
    await tx.connection.execute(update(tickets).where(tickets.c.room == room).values(later=kids))


async def load(tx: ReadTx[Conversations], now: int) -> Load:
    """How full the queue is."""
    row = (
        await tx.connection.execute(
            select(
                func.coalesce(
                    func.sum(case((tickets.c.note, 0), (tickets.c.seen_at >= now - HERE, 1), else_=0)), 0
                ),
                func.coalesce(func.sum(case((tickets.c.note, 1), else_=0)), 0),
            )
        )
    ).one()
    return Load(row[0], row[1])


async def reserve(tx: WriteTx[Conversations], room: Room, today: int, keep_days: int) -> bool:
    """Move a waiting room to its meeting: one statement, so that of two peers one wins."""
    done = await tx.connection.execute(
        update(rooms)
        .where(rooms.c.id == room.id, rooms.c.state == State.WAITING.value)
        .values(
            state=State.MEETING.value,
            expires_day=expires_day(room.opened_day, today, keep_days),
        )
    )
    return done.rowcount == 1


async def add_meeting(tx: WriteTx[Conversations], meeting: Meeting) -> None:
    """Note who reserved the room, and until when."""
    await tx.connection.execute(
        insert(meetings).values(
            room=meeting.room,
            kid=meeting.kid,
            claimed_at=meeting.claimed_at,
            deadline=meeting.deadline,
            accepted=meeting.accepted,
            resumable_until=meeting.resumable_until,
        )
    )


async def set_deadline(tx: WriteTx[Conversations], meeting: Meeting) -> None:
    """Store a meeting's acceptance and deadlines as they are now."""
    await tx.connection.execute(
        update(meetings)
        .where(meetings.c.room == meeting.room)
        .values(
            deadline=meeting.deadline,
            accepted=meeting.accepted,
            resumable_until=meeting.resumable_until,
        )
    )


async def overdue(tx: ReadTx[Conversations], now: int) -> list[RoomId]:
    """Rooms whose meeting has run out, in the order of their ids."""
    rows = await tx.connection.execute(
        select(meetings.c.room)
        .where(
            meetings.c.deadline < now,
            or_(not_(meetings.c.accepted), meetings.c.resumable_until < now),
        )
        .order_by(meetings.c.room)
    )
    return [RoomId(row.room) for row in rows]


async def listing(tx: ReadTx[Conversations], kid: Kid, languages: tuple[str, ...], now: int) -> list[Listed]:
    """The line as one peer sees it, best first: not more than LISTED rows.

    First those the peer's key can open and who did not refuse them. In order: meetings that ran
    out with this peer last, sleepers behind those who can be met, a language the peer speaks
    first, then the client's own word of urgency, then the longest wait.
    """
    me = b64u(kid)
    epochs = select(peer_epochs.c.epoch).where(peer_epochs.c.kid == kid)
    understood = [case((or_(*map(speaks, languages)), 0), else_=1)] if languages else []
    rows = await tx.connection.execute(
        select(tickets)
        .join(rooms, rooms.c.id == tickets.c.room)
        .where(
            rooms.c.state == State.WAITING.value,
            tickets.c.peer_epoch.in_(epochs),
            not_(_names(tickets.c.refused, me)),
        )
        .order_by(
            case((_names(tickets.c.later, me), 1), else_=0),
            case((can_be_met(now), 0), else_=1),
            *understood,
            tickets.c.urgent.desc(),
            tickets.c.waiting_since,
            tickets.c.room,
        )
        .limit(LISTED)
    )
    return [Listed(RoomId(row.room), place_of(row)) for row in rows]


async def ahead(tx: ReadTx[Conversations], room: RoomId, mine: Place, now: int) -> int:
    """How many who can be met come before this ticket in its language."""
    count = await tx.connection.execute(
        select(func.count())
        .select_from(tickets.join(rooms, rooms.c.id == tickets.c.room))
        .where(
            rooms.c.state == State.WAITING.value,
            speaks(spoken(mine.ticket.language)),
            can_be_met(now),
            _beside(Listed(room, mine), now, behind=False),
        )
    )
    return count.scalar_one()


async def all_ahead(tx: ReadTx[Conversations], now: int) -> dict[RoomId, int]:
    """The same for everybody who can be met, at once."""
    before = Counter[str]()
    places = {}
    for row in await tx.connection.execute(
        select(tickets.c.room, tickets.c.language)
        .join(rooms, rooms.c.id == tickets.c.room)
        .where(rooms.c.state == State.WAITING.value, can_be_met(now))
        .order_by(*turn(now))
    ):
        language = spoken(row.language)
        places[RoomId(row.room)] = before[language]
        before[language] += 1
    return places


async def minutes_lately(tx: ReadTx[Conversations], now: int) -> dict[str, list[int]]:
    """The waits of the last two hours, in whole minutes, by language."""
    minutes: dict[str, list[int]] = {}
    for row in await tx.connection.execute(
        select(samples.c.language, samples.c.minutes).where(samples.c.expires_at > now)
    ):
        minutes.setdefault(row.language, []).append(row.minutes)
    return minutes


async def in_line(tx: ReadTx[Conversations], now: int) -> dict[str, int]:
    """How many wait whose page is here, by language without region."""
    here = Counter[str]()
    for row in await tx.connection.execute(
        select(tickets.c.language, func.count().label("many"))
        .join(rooms, rooms.c.id == tickets.c.room)
        .where(rooms.c.state == State.WAITING.value, tickets.c.seen_at >= now - HERE)
        .group_by(tickets.c.language)
    ):
        here[spoken(row.language)] += row.many
    return dict(here)


async def add_sample(tx: WriteTx[Conversations], language: str, minutes: int, now: int) -> None:
    """One wait that ended well, without a trace of the room."""
    quarter = now // QUARTER
    await tx.connection.execute(
        insert(samples).values(
            id=secrets.token_bytes(16),
            language=language,
            quarter=quarter,
            minutes=minutes,
            expires_at=quarter * QUARTER + SAMPLE_LIFE,
        )
    )


async def count(tx: WriteTx[Conversations], language: str, kind: str, bucket: int, now: int) -> None:
    """Add one to a weekly counter. At most one counter a transaction: two could wait for each other."""
    key = {"week": week_of(day_of(now)), "language": language, "kind": kind, "bucket": bucket}
    await insert_once(tx, counters, {**key, "count": 0})
    await tx.connection.execute(
        update(counters)
        .where(*(counters.c[name] == value for name, value in key.items()))
        .values(count=counters.c.count + 1)
    )


async def spend_salt(tx: WriteTx[Conversations], salt: bytes, expires: int) -> bool:
    """Whether this salt had not been spent before; it is now."""
    return await insert_once(tx, spent_salts, {"salt": salt, "expires": expires})


async def has_expired(tx: ReadTx[Conversations], now: int) -> bool:
    """Whether a sample, a salt or a pass is past its time."""
    found = await tx.connection.execute(
        select(
            or_(
                select(samples.c.id).where(samples.c.expires_at <= now).exists(),
                select(spent_salts.c.salt).where(spent_salts.c.expires <= now).exists(),
                select(passes.c.room).where(passes.c.until <= now).exists(),
            )
        )
    )
    return bool(found.scalar_one())


async def drop_expired(tx: WriteTx[Conversations], now: int) -> None:
    """Forget samples, salts and passes past their time."""
    await tx.connection.execute(delete(samples).where(samples.c.expires_at <= now))
    await tx.connection.execute(delete(spent_salts).where(spent_salts.c.expires <= now))
    await tx.connection.execute(delete(passes).where(passes.c.until <= now))


async def mark_seen(tx: WriteTx[Conversations], these: Sequence[RoomId], now: int) -> bool:
    """The clients of these rooms are here: on their tickets, and by ending a peer's leave to seal back.

    Whether somebody had counted as away before.
    """
    # Rows that somebody else is changing are passed over, in place of a chain of waits across
    # rooms; the next sign of the page comes soon.
    waiting = (
        select(tickets.c.room, tickets.c.seen_at)
        .where(tickets.c.room.in_(these))
        .with_for_update(skip_locked=True)
    )
    found = (await tx.connection.execute(waiting)).all()
    if found:
        marked = tickets.c.room.in_([row.room for row in found])
        await tx.connection.execute(update(tickets).where(marked).values(seen_at=now))
    alone = (
        select(seats.c.room)
        .where(seats.c.room.in_(these), seats.c.alone_since_n.is_not(None))
        .with_for_update(skip_locked=True)
    )
    if met := [row.room for row in await tx.connection.execute(alone)]:
        await tx.connection.execute(update(seats).where(seats.c.room.in_(met)).values(alone_since_n=None))
    return any(not is_here(row.seen_at, now) for row in found)


async def put_epoch(tx: WriteTx[Conversations], epoch: int, members: Sequence[Kid]) -> None:
    """Who holds this epoch of the peer team's key."""
    for kid in members:
        await insert_once(tx, peer_epochs, {"epoch": epoch, "kid": kid})


async def epochs_of(tx: ReadTx[Conversations], kids: Sequence[Kid]) -> list[int]:
    """The peer-team epochs that any of these keys holds."""
    rows = await tx.connection.execute(
        select(peer_epochs.c.epoch).where(peer_epochs.c.kid.in_(kids)).distinct()
    )
    return [row.epoch for row in rows]


async def drop_holders(tx: WriteTx[Conversations], kids: Sequence[Kid]) -> None:
    """These keys are offered nothing any more, whatever private keys they still hold."""
    await tx.connection.execute(delete(peer_epochs).where(peer_epochs.c.kid.in_(kids)))


async def rooms_under(tx: ReadTx[Conversations], epochs: Sequence[int]) -> list[RoomId]:
    """Rooms whose ticket is sealed to one of these epochs."""
    rows = await tx.connection.execute(select(tickets.c.room).where(tickets.c.peer_epoch.in_(epochs)))
    return [RoomId(row.room) for row in rows]


def can_be_met(now: int) -> ColumnElement[bool]:
    """Here, or with a note: everybody else sleeps."""
    return or_(tickets.c.note == true(), tickets.c.seen_at >= now - HERE)


def turn(now: int) -> tuple[ColumnElement[Any], ...]:
    """Whose turn comes first: the order of `rules.turn_of`."""
    long_note = and_(tickets.c.note, tickets.c.waiting_since <= now - LONG_NOTE)
    return (
        case((or_(tickets.c.seen_at >= now - HERE, long_note), 0), else_=1),
        case((tickets.c.urgent, 0), else_=1),
        tickets.c.waiting_since,
        tickets.c.room,
    )


def comes_behind(this: Listed, now: int) -> ColumnElement[bool]:
    """Whose turn comes after this one's."""
    return _beside(this, now, behind=True)


def _beside(this: Listed, now: int, *, behind: bool) -> ColumnElement[bool]:
    is_away, is_calm, since, room = turn_of(waiter_of(this, now), now)
    own = (int(is_away), int(is_calm), since, room)
    found: ColumnElement[bool] = false()
    for column, value in zip(reversed(turn(now)), reversed(own), strict=True):
        found = or_(column > value if behind else column < value, and_(column == value, found))
    return found


def speaks(language: str) -> ColumnElement[bool]:
    """Whether a ticket is in this language, of whatever region."""
    return or_(tickets.c.language == language, tickets.c.language.startswith(f"{language}-", autoescape=True))


def _names(column: ColumnElement[Any], kid: str) -> ColumnElement[bool]:
    return type_coerce(column, Text).contains(f'"{kid}"', autoescape=True)


def _columns(ticket: Ticket) -> dict[str, Any]:
    return {
        "language": ticket.language,
        "urgent": ticket.urgent,
        "back": ticket.back,
        "note": ticket.note,
        "topics": ticket.topics,
        "lived": ticket.lived,
        "refused": tuple(b64u(kid) for kid in ticket.refused),
    }


def waiter_of(listed: Listed, now: int) -> Waiter:
    """Somebody in line, as matching sees them."""
    place, wish = listed.place, listed.place.ticket
    return Waiter(
        listed.room,
        wish.language,
        wish.urgent,
        wish.topics,
        wish.lived,
        wish.back,
        wish.refused,
        is_here(place.seen_at, now),
        wish.note,
        place.waiting_since,
        place.peer_epoch,
    )


def place_of(row: Any) -> Place:
    """The ticket in a row of its table."""
    return Place(
        Ticket(
            row.language,
            row.urgent,
            None if row.back is None else Kid(row.back),
            row.note,
            row.topics,
            row.lived,
            tuple(Kid(unb64u(kid)) for kid in row.refused),
        ),
        row.later,
        row.peer_epoch,
        row.waiting_since,
        row.seen_at,
    )
