"""What a room looks like now, of many rooms at once and in few statements: so that whoever shows rooms can
find out which of them are not as they were shown."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, groupby, repeat
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import BigInteger, LargeBinary, bindparam, null, or_, select

from app.conversations.ids import Conversations, Kid, RoomId, SeatId
from app.conversations.rooms.asks import REFUSED, WILLING
from app.conversations.rooms.rules import State
from app.conversations.rooms.service import RoomView
from app.conversations.rooms.store import NEWEST_SEQ
from app.conversations.tables import asks, flags, meetings, pauses, rooms, seats
from app.kit.database import Look
from app.kit.looks import Prepared

MOST = 200
"""Rooms in one look: the loop is not held for long."""


Report = tuple[SeatId, bytes, bool, str]
"""Who flagged, the flag, whether it is decided, and whether more is asked."""

NO_REPORTS: frozenset[Report] = frozenset()


class Mark(NamedTuple):
    """A room's newest number, and what is shown of it, as figures that are equal where views are.

    `reports`: what became of its flags, by the seat that flagged.
    """

    seq: int
    to_client: int
    to_peer: int
    to_asking: int
    reports: frozenset[Report]


def shown(view: RoomView, *, to_client: bool) -> int:
    """The figure of a view; compare it with the one of the same kind in a Mark of the same process."""
    meet = None if view.meet is None else (view.meet.kid, view.meet.accepted)
    if not view.is_shown:
        return hash((view.state.value, meet))
    room = (view.state.value, view.ke, view.needs_rekey, tuple((s.seat, s.open) for s in view.seats), meet)
    asked = tuple((a.kid, a.by, a.purpose.value, a.willing) for a in view.asks)
    return hash((room, asked, tuple(s.kid for s in view.seats if s.paused)) if to_client else (room, asked))


# One width for all looks, so that each statement is made once; a shorter list is filled up.
_NAMES = [f"room{n}" for n in range(MOST)]
_THESE = [bindparam(name, type_=LargeBinary) for name in _NAMES]

_ROOMS = Prepared(
    select(
        rooms.c.id,
        NEWEST_SEQ,
        rooms.c.state,
        rooms.c.ke,
        rooms.c.needs_rekey,
        meetings.c.kid,
        meetings.c.accepted,
        seats.c.seat,
        seats.c.open,
        seats.c.kid,
    )
    .select_from(
        rooms.outerjoin(meetings, meetings.c.room == rooms.c.id).join(seats, seats.c.room == rooms.c.id)
    )
    .where(rooms.c.id.in_(_THESE))
    .order_by(rooms.c.id, seats.c.seat)
)
_NEWEST = Prepared(select(rooms.c.id, NEWEST_SEQ).where(rooms.c.id.in_(_THESE)))
_ASKS = Prepared(
    select(asks.c.room, asks.c.kid, asks.c.by_kid, asks.c.purpose, asks.c.answer)
    .where(
        asks.c.room.in_(_THESE),
        or_(asks.c.answer.is_(null()), asks.c.answer != REFUSED),
        asks.c.until > bindparam("now", type_=BigInteger),
    )
    .order_by(asks.c.room, asks.c.kid)
)
_PAUSED = Prepared(
    select(pauses.c.kid).where(
        or_(pauses.c.until.is_(null()), pauses.c.until > bindparam("now", type_=BigInteger))
    )
)
_REPORTS = Prepared(
    select(flags.c.room, flags.c.seat, flags.c.id, flags.c.decided_day, flags.c.more).where(
        flags.c.room.in_(_THESE), or_(flags.c.decided_day.is_not(None), flags.c.more != "none")
    )
)


async def newest(at: Look[Conversations], these: Sequence[RoomId]) -> dict[RoomId, int]:
    """The newest number of each room that exists, of one to MOST."""
    return {RoomId(room): seq for room, seq in await at.rows(_NEWEST, **_named(these))}


async def marks(at: Look[Conversations], these: Sequence[RoomId], now: int) -> dict[RoomId, Mark]:
    """A mark of each room that exists, of one to MOST."""
    named = _named(these)
    asked: defaultdict[RoomId, list[tuple[Kid, Kid, str, bool]]] = defaultdict(list)
    for room, kid, by, purpose, answer in await at.rows(_ASKS, **named, now=now):
        asked[room].append((kid, by, purpose, answer == WILLING))
    reports: defaultdict[RoomId, list[Report]] = defaultdict(list)
    for room, seat, flag, decided, more in await at.rows(_REPORTS, **named):
        reports[room].append((seat, flag, decided is not None, more))
    paused = {kid for (kid,) in await at.rows(_PAUSED, now=now)}
    found: dict[RoomId, Mark] = {}
    for room, group in groupby(await at.rows(_ROOMS, **named), itemgetter(0)):
        rows = list(group)
        _, seq, state, ke, needs_rekey, kid, accepted, *_ = rows[0]
        talks = asked[room] if room in asked and state == State.TALKING.value else []
        seated = [(row[7], row[8], row[9]) for row in rows]
        figures = _figures(state, ke, needs_rekey, seated, (kid, accepted) if kid else None, talks, paused)
        found[room] = Mark(seq, *figures, frozenset(reports[room]) if room in reports else NO_REPORTS)
    return found


def _named(these: Sequence[RoomId]) -> dict[str, RoomId]:
    return dict(zip(_NAMES, chain(these, repeat(these[-1])), strict=False))


def _figures(
    state: str,
    ke: int,
    needs_rekey: bool,
    seated: list[tuple[SeatId, bool, Kid | None]],
    meet: tuple[Kid, bool] | None,
    asked: list[tuple[Kid, Kid, str, bool]],
    paused: set[Kid],
) -> tuple[int, int, int]:
    """To the client, to a peer who sits there, and to one whose meeting is not accepted."""
    room = (state, ke, needs_rekey, tuple((seat, is_open) for seat, is_open, _ in seated), meet)
    every = tuple(asked)
    willing = tuple(each for each in every if each[-1])
    resting = tuple(kid for _, _, kid in seated if kid in paused) if paused else ()
    return hash((room, willing, resting)), hash((room, every)), hash((state, meet))
