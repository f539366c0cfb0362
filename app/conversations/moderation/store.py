"""Flags, evidence and the trail: the SQL of moderation. A query names the flag, the room or a key."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, case, delete, func, insert, or_, select, update

from app.conversations.ids import Conversations, FlagId, Kid, RoomId, SeatId
from app.conversations.moderation.rules import (
    MOST_LISTED,
    TRAIL_START,
    Act,
    Category,
    Decision,
    Entry,
    Flag,
    Lease,
    Report,
    trail_head,
)
from app.conversations.tables import evidence, evidence_seats, flags, messages, rooms, seats, trail
from app.kit.database import ReadTx, WriteTx
from app.wire.ids import CLIENT_SEAT

_RANK = case({category.value: rank for rank, category in enumerate(Category)}, value=flags.c.category)


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


async def one_at_a_time(tx: WriteTx[Conversations]) -> None:
    """Let no other moderator act until this transaction ends: the trail has one end."""
    if tx.connection.dialect.name == "postgresql":
        await tx.connection.exec_driver_sql("LOCK TABLE trail IN EXCLUSIVE MODE")


async def renew(tx: WriteTx[Conversations], kid: Kid, until: int) -> Flag | None:
    """The flag that this moderator has, for longer."""
    renewed = await tx.connection.execute(
        update(flags).where(flags.c.lease_kid == kid).values(lease_until=until).returning(*flags.c)
    )
    row = renewed.one_or_none()
    return None if row is None else _flag(row)


async def lease_next(
    tx: WriteTx[Conversations], kid: Kid, moderators: Collection[Kid], now: int, until: int
) -> Flag | None:
    """Lease the next flag that nobody has, by category and day.

    A lease holds until its moment, and only while its holder is one of `moderators`.
    """
    free = or_(flags.c.lease_kid.is_(None), flags.c.lease_until <= now, flags.c.lease_kid.not_in(moderators))
    first = (
        select(flags.c.id)
        .where(flags.c.decided_day.is_(None), free)
        .order_by(_RANK, flags.c.opened_day, flags.c.id)
        .limit(1)
        .scalar_subquery()
    )
    leased = await tx.connection.execute(
        update(flags)
        .where(flags.c.id == first, flags.c.decided_day.is_(None), free)
        .values(lease_kid=kid, lease_until=until)
        .returning(*flags.c)
    )
    row = leased.one_or_none()
    return None if row is None else _flag(row)


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
        )
    )


async def has_read(tx: ReadTx[Conversations], flag: FlagId, kid: Kid, day: int) -> bool:
    """Whether the trail says already that this moderator read this flag on this day."""
    found = await tx.connection.execute(
        select(trail.c.n)
        .where(trail.c.flag == flag, trail.c.kid == kid, trail.c.day == day, trail.c.act == "read")
        .limit(1)
    )
    return found.one_or_none() is not None


async def note(tx: WriteTx[Conversations], day: int, kid: Kid, act: str, flag: FlagId, reason: str) -> None:
    """Add to the trail's end, which `one_at_a_time` keeps from everybody else."""
    last = (
        await tx.connection.execute(select(trail.c.n, trail.c.head).order_by(trail.c.n.desc()).limit(1))
    ).one_or_none()
    entry = Entry(1 if last is None else last.n + 1, day, kid, act, flag, reason)
    head = trail_head(TRAIL_START if last is None else last.head, entry)
    await tx.connection.execute(
        insert(trail).values(n=entry.n, day=day, kid=kid, act=act, flag=flag, reason=reason, head=head)
    )


async def rooms_due(tx: ReadTx[Conversations], day: int, most: int) -> list[RoomId]:
    """Rooms with a flag decided on this day or before, in the order of their ids."""
    found = await tx.connection.execute(
        select(flags.c.room).where(flags.c.decided_day <= day).distinct().order_by(flags.c.room).limit(most)
    )
    return [RoomId(row.room) for row in found]


async def forget(tx: WriteTx[Conversations], these: Sequence[RoomId], day: int) -> int:
    """Delete what was decided by this day, and the evidence that no other flag needs; how many rows went.

    The rooms must be locked, or a flag that comes now could lose its evidence.
    """
    done = await tx.connection.execute(
        delete(flags).where(flags.c.room.in_(these), flags.c.decided_day <= day)
    )
    gone = done.rowcount
    for table in (evidence, evidence_seats):
        still = select(flags.c.room).where(flags.c.room.in_(these))
        done = await tx.connection.execute(
            delete(table).where(table.c.room.in_(these), table.c.room.not_in(still))
        )
        gone += done.rowcount
    return gone


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
    )
