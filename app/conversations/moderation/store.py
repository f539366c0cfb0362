"""Flags and evidence: the SQL of moderation. A query names the flag, the room or a key."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    true,
    tuple_,
    update,
)

from app.conversations.ids import Conversations, FlagId, Kid, RoomId, SeatId
from app.conversations.moderation.rules import (
    ANSWER_DAYS,
    KEPT_DAYS,
    MOST_LISTED,
    Act,
    Answer,
    Category,
    Decision,
    Flag,
    Lease,
    More,
    Report,
    Sealed,
)
from app.conversations.tables import (
    evidence,
    evidence_seats,
    flag_notes,
    flags,
    messages,
    proposals,
    rooms,
    seats,
    trail,
)
from app.kit.database import ReadTx, WriteTx
from app.wire.ids import CLIENT_SEAT

_RANK = case({category.value: rank for rank, category in enumerate(Category)}, value=flags.c.category)

_NEXT = (_RANK, flags.c.opened_day, flags.c.id)
"""The order in which flags are read."""

_UNDECIDED = 2**30
"""A day behind all others."""

_KEPT = (case((flags.c.held, 0), else_=1), -func.coalesce(flags.c.decided_day, _UNDECIDED), flags.c.id)
"""What is held first, then by the day of the decision."""


@dataclass(frozen=True, slots=True)
class Row:
    """A header of the room, as it was when the flag came."""

    seq: int
    ke: int
    seat: SeatId = field(repr=False)
    n: int
    com: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sitter:
    """A seat and whose it is; the client's has no kid."""

    seat: SeatId = field(repr=False)
    kid: Kid | None = field(repr=False)


async def find(tx: ReadTx[Conversations], flag: FlagId) -> Flag | None:
    """The flag with this id."""
    row = (await tx.connection.execute(select(flags).where(flags.c.id == flag))).one_or_none()
    return None if row is None else _flag(row)


async def undecided(tx: ReadTx[Conversations], room: RoomId, seat: SeatId) -> int:
    """How many flags of one reporter in one room wait for a decision."""
    count = await tx.connection.execute(
        select(func.count()).where(flags.c.room == room, flags.c.seat == seat, flags.c.decided_day.is_(None))
    )
    return count.scalar_one()


async def of_day(tx: ReadTx[Conversations], report: Report, day: int) -> int:
    """How many flags this reporter made on a day: a client in its room, a peer anywhere."""
    theirs = (
        and_(flags.c.room == report.room, flags.c.seat == report.seat)
        if report.kid is None
        else flags.c.kid == report.kid
    )
    count = await tx.connection.execute(
        select(func.count()).select_from(flags).where(theirs, flags.c.opened_day == day)
    )
    return count.scalar_one()


async def add(tx: WriteTx[Conversations], report: Report, epoch: int, today: int) -> None:
    """A new flag."""
    await tx.connection.execute(
        insert(flags).values(
            id=report.flag,
            room=report.room,
            seat=report.seat,
            kid=report.kid,
            category=report.category.value,
            opened_day=today,
            team_kid=report.team,
            team_epoch=epoch,
            sealed=report.sealed,
        )
    )


async def keep_evidence(tx: WriteTx[Conversations], room: RoomId) -> None:
    """Keep the headers and seats of a room that are not kept yet. The room must be locked."""
    known = select(func.coalesce(func.max(evidence.c.seq), 0)).where(evidence.c.room == room)
    headers = select(*(messages.c[column.name] for column in evidence.c)).where(
        messages.c.room == room, messages.c.seq > known.scalar_subquery()
    )
    await tx.connection.execute(insert(evidence).from_select(list(evidence.c), headers))
    named = select(evidence_seats.c.seat).where(evidence_seats.c.room == room)
    sitters = select(seats.c.room, seats.c.seat, seats.c.kid).where(
        seats.c.room == room, seats.c.seat.not_in(named)
    )
    await tx.connection.execute(insert(evidence_seats).from_select(["room", "seat", "kid"], sitters))


async def rows_of(tx: ReadTx[Conversations], room: RoomId) -> list[Row]:
    """The headers kept of a room, in their order."""
    found = await tx.connection.execute(
        select(evidence.c.seq, evidence.c.ke, evidence.c.seat, evidence.c.n, evidence.c.com)
        .where(evidence.c.room == room)
        .order_by(evidence.c.seq)
    )
    return [Row(*row) for row in found]


async def sitters_of(tx: ReadTx[Conversations], room: RoomId) -> list[Sitter]:
    """The seats kept of a room, the client's first."""
    found = await tx.connection.execute(
        select(evidence_seats.c.seat, evidence_seats.c.kid)
        .where(evidence_seats.c.room == room)
        .order_by(evidence_seats.c.kid.is_not(None), evidence_seats.c.seat)
    )
    return [Sitter(*row) for row in found]


async def of_client(tx: ReadTx[Conversations], room: RoomId) -> list[Flag]:
    """The client's own flags in its room."""
    return await _listed(tx, select(flags).where(flags.c.room == room, flags.c.seat == CLIENT_SEAT))


async def of_staff(tx: ReadTx[Conversations], kid: Kid) -> list[Flag]:
    """The flags of one staff key, in rooms that still know who was in them."""
    known = func.length(rooms.c.secret_hash) > 0
    return await _listed(
        tx, select(flags).join(rooms, rooms.c.id == flags.c.room).where(flags.c.kid == kid, known)
    )


async def leased(tx: ReadTx[Conversations], kid: Kid) -> Flag | None:
    """The flag that this moderator has."""
    row = (await tx.connection.execute(select(flags).where(flags.c.lease_kid == kid))).one_or_none()
    return None if row is None else _flag(row)


async def renew(tx: WriteTx[Conversations], kid: Kid, until: int) -> Flag | None:
    """The flag that this moderator has, for longer."""
    renewed = await tx.connection.execute(
        update(flags).where(flags.c.lease_kid == kid).values(lease_until=until).returning(*flags.c)
    )
    row = renewed.one_or_none()
    return None if row is None else _flag(row)


@dataclass(frozen=True, slots=True)
class Taker:
    """Who takes, and among whom: moderators listed, and all whom a second answer may come from.

    `skips`: what they would rather not read today.
    """

    kid: Kid = field(repr=False)
    moderators: Collection[Kid] = field(repr=False)
    deciders: Collection[Kid] = field(repr=False)
    skips: Collection[Category]


async def lease_next(
    tx: WriteTx[Conversations], taker: Taker, now: int, today: int, until: int
) -> Flag | None:
    """Lease the next flag that is free for this moderator: one kept for them, then by category and day.

    A lease holds until its moment, and only while its holder is a moderator.
    """
    free = _free(taker, now, today)
    own = case((flags.c.kept_for == taker.kid, 0), else_=1)
    first = (
        select(flags.c.id)
        .where(free)
        .order_by(own, _RANK, flags.c.opened_day, flags.c.id)
        .limit(1)
        .scalar_subquery()
    )
    leased = await tx.connection.execute(
        update(flags)
        .where(flags.c.id == first)
        .values(lease_kid=taker.kid, lease_until=until, kept_for=None, kept_day=None)
        .returning(*flags.c)
    )
    row = leased.one_or_none()
    return None if row is None else _flag(row)


def _free(taker: Taker, now: int, today: int) -> ColumnElement[bool]:
    """Undecided; nobody else's, by a lease or by an answer they waited for; and not waiting itself."""
    others = [kid for kid in taker.moderators if kid != taker.kid]
    # Written in one list, so that a reader can check it against docs/protocol.md, 11.
    return and_(
        flags.c.decided_day.is_(None),
        flags.c.category.not_in([category.value for category in taker.skips]),
        or_(flags.c.lease_kid.is_(None), flags.c.lease_until <= now, flags.c.lease_kid.not_in(others)),
        or_(
            flags.c.kept_for.is_(None),
            flags.c.kept_day < today - KEPT_DAYS,
            flags.c.kept_for.not_in(others),
        ),
        or_(flags.c.more != More.ASKED.value, flags.c.asked_day < today - ANSWER_DAYS),
        not_(_waits_for_second(taker, today)),
        not_(_sat(taker.kid)),
        not_(_handed_on(taker)),
    )


def _waits_for_second(taker: Taker, today: int) -> ColumnElement[bool]:
    return (
        select(proposals.c.n)
        .where(
            proposals.c.flag == flags.c.id,
            proposals.c.state == Answer.ASKED.value,
            proposals.c.day >= today - ANSWER_DAYS,
            proposals.c.by_kid.in_(taker.moderators),
            proposals.c.to_kid.in_(taker.deciders),
        )
        .exists()
    )


def _sat(kid: Kid) -> ColumnElement[bool]:
    """Nobody judges a room where they sat."""
    return (
        select(evidence_seats.c.seat)
        .where(evidence_seats.c.room == flags.c.room, evidence_seats.c.kid == kid)
        .exists()
    )


def _handed_on(taker: Taker) -> ColumnElement[bool]:
    """Handed on by this moderator, while there is another who did not."""
    by = select(func.count(flag_notes.c.by_kid.distinct())).where(
        flag_notes.c.flag == flags.c.id, flag_notes.c.kind == "hand-on"
    )
    mine = by.where(flag_notes.c.by_kid == taker.kid).scalar_subquery()
    all_of_them = by.where(flag_notes.c.by_kid.in_(taker.moderators)).scalar_subquery()
    seated = (
        select(func.count())
        .select_from(evidence_seats)
        .where(evidence_seats.c.room == flags.c.room, evidence_seats.c.kid.in_(taker.moderators))
        .scalar_subquery()
    )
    return and_(mine > 0, all_of_them + seated < len(taker.moderators))


async def give_back(tx: WriteTx[Conversations], flag: FlagId, *, keep_for: Kid | None, today: int) -> None:
    """Nobody has the flag; with `keep_for`, it is kept for them."""
    await tx.connection.execute(
        update(flags)
        .where(flags.c.id == flag)
        .values(
            lease_kid=None,
            lease_until=None,
            kept_for=keep_for,
            kept_day=None if keep_for is None else today,
        )
    )


async def is_kept_for(tx: ReadTx[Conversations], flag: FlagId, kid: Kid) -> bool:
    """Whether the flag waits for this moderator."""
    found = await tx.connection.execute(select(flags.c.kept_for).where(flags.c.id == flag))
    return found.scalar_one_or_none() == kid


async def ask_more(tx: WriteTx[Conversations], flag: FlagId, today: int) -> None:
    """The reporter is asked for more words."""
    await tx.connection.execute(
        update(flags).where(flags.c.id == flag).values(more=More.ASKED.value, asked_day=today)
    )


async def take_more(tx: WriteTx[Conversations], flag: FlagId, words: Sealed | None, today: int) -> bool:
    """What the reporter answers, None for a refusal; False where nobody asks any more."""
    answer: dict[str, object] = {"more": More.REFUSED.value}
    if words is not None:
        answer = {
            "more": More.GIVEN.value,
            "more_kid": words.kid,
            "more_epoch": words.epoch,
            "more_sealed": words.blob,
        }
    kept_day = case((flags.c.kept_for.is_not(None), today))
    done = await tx.connection.execute(
        update(flags)
        .where(flags.c.id == flag, flags.c.more == More.ASKED.value, flags.c.decided_day.is_(None))
        .values(**answer, kept_day=kept_day)
    )
    return done.rowcount == 1


async def report(tx: WriteTx[Conversations], flag: FlagId, today: int) -> None:
    """Two agreed to report it; no purge takes it from now on."""
    await tx.connection.execute(update(flags).where(flags.c.id == flag).values(held=True, reported_day=today))


async def hold(tx: WriteTx[Conversations], flag: FlagId, held: bool) -> bool:
    """Whether a purge lets this flag be; False where one took it meanwhile."""
    done = await tx.connection.execute(update(flags).where(flags.c.id == flag).values(held=held))
    return done.rowcount == 1


async def kept(tx: ReadTx[Conversations], before: FlagId | None) -> list[tuple[Flag, int | None]]:
    """What is held, undecided ones first, then what else was decided, the newest first; from `before` on.

    Each with the day of its decision.
    """
    rest = await _behind(tx, _KEPT, before)
    found = await tx.connection.execute(
        select(flags)
        .where(or_(flags.c.held, flags.c.decided_day.is_not(None)), rest)
        .order_by(*_KEPT)
        .limit(MOST_LISTED)
    )
    return [(_flag(row), row.decided_day) for row in found]


async def stale(
    tx: ReadTx[Conversations],
    kid: Kid,
    epoch: int,
    among: Collection[int] | None,
    after: FlagId | None,
    most: int,
) -> list[Flag]:
    """Undecided flags under an older moderation key, or with lines that are; but those of rooms where this
    person sat. `among`: only what is under keys of these epochs, None for all. `after`: from this one on.
    """

    def older(column: ColumnElement[int]) -> ColumnElement[bool]:
        return column < epoch if among is None else and_(column < epoch, column.in_(among))

    lines = select(flag_notes.c.n).where(flag_notes.c.flag == flags.c.id, older(flag_notes.c.team_epoch))
    old = or_(older(flags.c.team_epoch), lines.exists())
    rest = await _behind(tx, _NEXT, after)
    found = await tx.connection.execute(
        select(flags)
        .where(flags.c.decided_day.is_(None), old, rest, not_(_sat(kid)))
        .order_by(*_NEXT)
        .limit(most)
    )
    return [_flag(row) for row in found]


async def _behind(
    tx: ReadTx[Conversations], order: Sequence[ColumnElement[Any]], flag: FlagId | None
) -> ColumnElement[bool]:
    """What comes after this flag in an order; all for None, and for one that is gone."""
    row = (await tx.connection.execute(select(*order).where(flags.c.id == flag))).one_or_none()
    return true() if row is None else tuple_(*order) > tuple_(*(literal(value) for value in row))


async def reseal(
    tx: WriteTx[Conversations], flag: FlagId, old: Kid, sealed: Sealed, words: bytes | None
) -> bool:
    """Put the same under another key; False where that is done, or the flag decided."""
    more = {} if words is None else {"more_kid": sealed.kid, "more_epoch": sealed.epoch, "more_sealed": words}
    done = await tx.connection.execute(
        update(flags)
        .where(flags.c.id == flag, flags.c.team_kid == old, flags.c.decided_day.is_(None))
        .values(team_kid=sealed.kid, team_epoch=sealed.epoch, sealed=sealed.blob, **more)
    )
    return done.rowcount == 1


async def decide(tx: WriteTx[Conversations], flag: FlagId, decision: Decision, today: int) -> None:
    """Write a decision down; the lease and its moment go."""
    await tx.connection.execute(
        update(flags)
        .where(flags.c.id == flag)
        .values(
            act=decision.act.value,
            reason=decision.reason,
            note=decision.note,
            decided_day=today,
            lease_kid=None,
            lease_until=None,
            kept_for=None,
            kept_day=None,
        )
    )


async def times(tx: ReadTx[Conversations], flag: FlagId, kid: Kid, day: int, *acts: str) -> int:
    """How often the trail says that this person did one of these to this flag on this day."""
    found = await tx.connection.execute(
        select(func.count())
        .select_from(trail)
        .where(trail.c.flag == flag, trail.c.kid == kid, trail.c.day == day, trail.c.act.in_(acts))
    )
    return found.scalar_one()


async def rooms_due(tx: ReadTx[Conversations], day: int, most: int) -> list[RoomId]:
    """Rooms with a flag decided on this day or before that nobody holds, in the order of their ids."""
    found = await tx.connection.execute(
        select(flags.c.room).where(_due(day)).distinct().order_by(flags.c.room).limit(most)
    )
    return [RoomId(row.room) for row in found]


async def forget(tx: WriteTx[Conversations], these: Sequence[RoomId], day: int) -> int:
    """Delete what was decided by this day, and the evidence that no other flag needs; how many rows went.

    The rooms must be locked, or a flag that comes now could lose its evidence.
    """
    done = await tx.connection.execute(
        delete(flags).where(flags.c.room.in_(these), _due(day)).returning(flags.c.id)
    )
    ids = [row.id for row in done]
    gone = len(ids)
    for about in (flag_notes, proposals):
        left = await tx.connection.execute(delete(about).where(about.c.flag.in_(ids)))
        gone += left.rowcount
    for table in (evidence, evidence_seats):
        still = select(flags.c.room).where(flags.c.room.in_(these))
        done = await tx.connection.execute(
            delete(table).where(table.c.room.in_(these), table.c.room.not_in(still))
        )
        gone += done.rowcount
    return gone


def _due(day: int) -> ColumnElement[bool]:
    return and_(flags.c.decided_day <= day, not_(flags.c.held))


async def _listed(tx: ReadTx[Conversations], query: Select[Any]) -> list[Flag]:
    newest = query.order_by(flags.c.opened_day.desc(), flags.c.id).limit(MOST_LISTED)
    return [_flag(row) for row in await tx.connection.execute(newest)]


def _flag(row: Any) -> Flag:
    report = Report(
        FlagId(row.id),
        RoomId(row.room),
        SeatId(row.seat),
        None if row.kid is None else Kid(row.kid),
        Category(row.category),
        Kid(row.team_kid),
        row.sealed,
    )
    return Flag(
        report,
        row.team_epoch,
        row.opened_day,
        None if row.lease_kid is None else Lease(Kid(row.lease_kid), row.lease_until),
        None if row.decided_day is None else Decision(Act(row.act), row.reason, row.note),
        More(row.more),
        None if row.more_sealed is None else Sealed(Kid(row.more_kid), row.more_epoch, row.more_sealed),
        row.held,
        row.reported_day,
    )
