"""Proposals, the suspended, and the accounts of those who come and go."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, insert, not_, or_, select, update

from app.identity.directory.store import signed_directory
from app.identity.ids import Identity, Kid, Role, StaffId
from app.identity.members.rules import PROPOSAL_DAYS, PUBLISHING_DAYS, Joining, Proposal, Suspended
from app.identity.staff import store as accounts
from app.identity.tables import directories, invitations, proposals, second_factors, staff, suspended
from app.kit.database import ReadTx, WriteTx
from app.wire.directory import Member, SignedDirectory, parse_directory


@dataclass(frozen=True, slots=True)
class Seen:
    """What a coordinator sees of an account beside what the directory says."""

    kid: Kid = field(repr=False)
    role: Role
    second_factor: bool
    room_limit: int


async def joining(tx: ReadTx[Identity], now: int) -> dict[Kid, Joining]:
    """Who could be admitted now: everybody who answered an invitation that still runs."""
    rows = await tx.connection.execute(
        select(staff.c.kid, staff.c.role, invitations.c.replaces)
        .join(invitations, invitations.c.staff == staff.c.id)
        .where(invitations.c.submitted, invitations.c.expires_at > now)
    )
    return {Kid(row.kid): Joining(row.role, _kid(row.replaces)) for row in rows}


async def seen(tx: ReadTx[Identity]) -> list[Seen]:
    """Every account, listed or not."""
    confirmed = and_(second_factors.c.staff == staff.c.id, second_factors.c.confirmed)
    rows = await tx.connection.execute(
        select(staff.c.kid, staff.c.role, staff.c.room_limit, second_factors.c.staff).outerjoin(
            second_factors, confirmed
        )
    )
    return [Seen(Kid(row.kid), row.role, row.staff is not None, row.room_limit) for row in rows]


async def set_limit(tx: WriteTx[Identity], kid: Kid, limit: int) -> None:
    """How many rooms this person may sit in at once, 1 to 3."""
    await tx.connection.execute(update(staff).where(staff.c.kid == kid).values(room_limit=limit))


async def open_proposals(tx: ReadTx[Identity], today: int) -> dict[Kid, Proposal]:
    """The proposals that count on this day, by whom they are about."""
    return await _proposals(tx, proposals.c.day >= today - PROPOSAL_DAYS)


async def to_publish(tx: ReadTx[Identity], today: int) -> dict[Kid, Proposal]:
    """The same, and those agreed to that were over a moment ago."""
    return await _proposals(tx, _counts(today))


async def _proposals(tx: ReadTx[Identity], which: ColumnElement[bool]) -> dict[Kid, Proposal]:
    rows = await tx.connection.execute(
        select(proposals).where(which).order_by(proposals.c.day, proposals.c.kid)
    )
    return {
        Kid(row.kid): Proposal(Kid(row.kid), row.reason, Kid(row.by_kid), row.day, _kid(row.agreed_kid))
        for row in rows
    }


async def propose(tx: WriteTx[Identity], proposal: Proposal) -> None:
    """Keep a proposal in the place of one about the same person that is over."""
    await tx.connection.execute(delete(proposals).where(proposals.c.kid == proposal.kid))
    await tx.connection.execute(
        insert(proposals).values(
            kid=proposal.kid, reason=proposal.reason, by_kid=proposal.by, day=proposal.day
        )
    )


async def agree(tx: WriteTx[Identity], subject: Kid, second: Kid) -> None:
    await tx.connection.execute(update(proposals).where(proposals.c.kid == subject).values(agreed_kid=second))


async def drop_proposal(tx: WriteTx[Identity], subject: Kid) -> None:
    await tx.connection.execute(delete(proposals).where(proposals.c.kid == subject))


async def drop_proposals_with(tx: WriteTx[Identity], kids: Collection[Kid]) -> None:
    """Delete the proposals about these, and those that they stood behind: two present people must."""
    await tx.connection.execute(
        delete(proposals).where(
            or_(
                proposals.c.kid.in_(kids),
                proposals.c.by_kid.in_(kids),
                proposals.c.agreed_kid.in_(kids),
            )
        )
    )


async def forget_old_proposals(tx: WriteTx[Identity], today: int) -> int:
    """Delete the proposals that count no more; how many."""
    gone = await tx.connection.execute(delete(proposals).where(not_(_counts(today))))
    return gone.rowcount


def _counts(today: int) -> ColumnElement[bool]:
    """Whether a publication of this day goes by it."""
    agreed = proposals.c.agreed_kid.is_not(None)
    last = today - PROPOSAL_DAYS
    return or_(proposals.c.day >= last, and_(agreed, proposals.c.day >= last - PUBLISHING_DAYS))


async def suspend(tx: WriteTx[Identity], entry: Suspended) -> None:
    """Remember somebody who is not listed any more and may come back."""
    await tx.connection.execute(
        insert(suspended).values(
            kid=entry.member.kid,
            serial=entry.serial,
            reason=entry.reason,
            by_kid=entry.by,
            second_kid=entry.second,
            day=entry.day,
        )
    )


async def all_suspended(tx: ReadTx[Identity]) -> dict[Kid, Suspended]:
    """Everybody who is suspended, by key, the longest suspended first."""
    rows = (
        await tx.connection.execute(
            select(suspended, directories.c.payload)
            .join(directories, directories.c.serial == suspended.c.serial)
            .order_by(suspended.c.day, suspended.c.kid)
        )
    ).all()
    listings = {row.serial: row.payload for row in rows}
    parsed = {serial: parse_directory(payload) for serial, payload in listings.items()}
    found = [(row, parsed[row.serial].member(Kid(row.kid))) for row in rows]
    return {member.kid: _suspended(row, member) for row, member in found if member is not None}


async def last_listing(tx: ReadTx[Identity], kid: Kid) -> SignedDirectory | None:
    """The last directory that listed somebody who is suspended, as it was signed."""
    row = (
        await tx.connection.execute(
            select(directories.c.payload, directories.c.sigs)
            .join(suspended, suspended.c.serial == directories.c.serial)
            .where(suspended.c.kid == kid)
        )
    ).one_or_none()
    return None if row is None else signed_directory(row.payload, row.sigs)


async def drop_suspended(tx: WriteTx[Identity], kids: Collection[Kid]) -> None:
    """Forget that these were suspended."""
    await tx.connection.execute(delete(suspended).where(suspended.c.kid.in_(kids)))


async def take_over(tx: WriteTx[Identity], old: Kid, new: Kid) -> None:
    """Give a new key's account what its owner keeps: the room limit, and the sign-in name if asked for.

    The old account goes with it: two could not have one name.
    """
    limit = await tx.connection.scalar(select(staff.c.room_limit).where(staff.c.kid == old))
    name = await tx.connection.scalar(
        select(invitations.c.name_mac)
        .join(staff, staff.c.id == invitations.c.staff)
        .where(staff.c.kid == new)
    )
    await accounts.remove(tx, await ids_of(tx, [old]))
    kept = {"room_limit": limit, "name_mac": name}
    for column, value in kept.items():
        if value is not None:
            await tx.connection.execute(update(staff).where(staff.c.kid == new).values({column: value}))


async def ids_of(tx: ReadTx[Identity], kids: Collection[Kid]) -> tuple[StaffId, ...]:
    """The accounts of these keys."""
    rows = await tx.connection.scalars(select(staff.c.id).where(staff.c.kid.in_(kids)))
    return tuple(StaffId(row) for row in rows)


async def drop_replacing(tx: WriteTx[Identity], kids: Collection[Kid]) -> tuple[StaffId, ...]:
    """Delete the invitations that were to give these a new key; their staff ids."""
    rows = await tx.connection.scalars(
        delete(invitations).where(invitations.c.replaces.in_(kids)).returning(invitations.c.staff)
    )
    return tuple(StaffId(row) for row in rows)


def _suspended(row: Row[Any], member: Member) -> Suspended:
    return Suspended(member, row.serial, row.reason, Kid(row.by_kid), Kid(row.second_kid), row.day)


def _kid(stored: bytes | None) -> Kid | None:
    return None if stored is None else Kid(stored)
