"""Invitations, and the one row that says whose house this is."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from app.identity.enrolment.rules import Applicant, Invitation
from app.identity.ids import Identity, Kid, StaffId
from app.identity.tables import house, invitations, staff
from app.kit.database import ReadTx, WriteTx
from app.kit.once import insert_once
from app.wire.encoding import b64u, unb64u
from app.wire.ids import kid_of
from app.wire.sizes import PUB


@dataclass(frozen=True, slots=True)
class Founded:
    """The instance (16 bytes) and its pinned roots: point by kid."""

    instance: bytes
    roots: dict[Kid, bytes]


async def founded(tx: ReadTx[Identity], *, lock: bool = False) -> Founded | None:
    """Whose house this is; None before founding. With `lock` publications take turns until the commit."""
    row = (
        await tx.connection.execute(select(house).with_for_update() if lock else select(house))
    ).one_or_none()
    if row is None:
        return None
    points = [unb64u(point, PUB) for point in row.roots]
    return Founded(row.instance, {kid_of(point): point for point in points})


async def found(tx: WriteTx[Identity], instance: bytes, root: bytes) -> None:
    await tx.connection.execute(insert(house).values(instance=instance, roots=[b64u(root)]))


async def add(tx: WriteTx[Identity], invitation: Invitation) -> bool:
    """Store a new invitation; False, and nothing stored, where its staff id or token is taken."""
    row = {
        "staff": invitation.staff,
        "role": invitation.role,
        "token_hash": invitation.token_hash,
        "secret_box": invitation.secret_box,
        "expires_at": invitation.expires_at,
        "submitted": False,
        "replaces": invitation.replaces,
    }
    return await insert_once(tx, invitations, row)


async def by_staff(tx: ReadTx[Identity], staff_id: StaffId) -> Invitation | None:
    """The invitation for this staff id."""
    row = (
        await tx.connection.execute(select(invitations).where(invitations.c.staff == staff_id))
    ).one_or_none()
    return None if row is None else _invitation(row)


async def by_token(tx: ReadTx[Identity], token_hash: bytes, *, lock: bool = False) -> Invitation | None:
    """The invitation of a token. With `lock` submissions with one token take turns until the commit."""
    query = select(invitations).where(invitations.c.token_hash == token_hash)
    row = (await tx.connection.execute(query.with_for_update() if lock else query)).one_or_none()
    return None if row is None else _invitation(row)


async def submit(
    tx: WriteTx[Identity],
    staff_id: StaffId,
    mac: bytes,
    profile: dict[str, Any],
    expires_at: int,
    name_mac: bytes | None = None,
) -> None:
    """Note what the newcomer submitted; `name_mac` is the name they have once the old account is gone."""
    await tx.connection.execute(
        update(invitations)
        .where(invitations.c.staff == staff_id)
        .values(submitted=True, mac=mac, profile=profile, expires_at=expires_at, name_mac=name_mac)
    )


async def submitted_as(
    tx: ReadTx[Identity], staff_id: StaffId, name_mac: bytes
) -> tuple[bytes, bytes] | None:
    """Public key and auth hash that were submitted with this name; None where it was another name."""
    row = (
        await tx.connection.execute(
            select(staff.c.pub, staff.c.auth_hash)
            .join(invitations, invitations.c.staff == staff.c.id)
            .where(
                staff.c.id == staff_id,
                func.coalesce(invitations.c.name_mac, staff.c.name_mac) == name_mac,
            )
        )
    ).one_or_none()
    return None if row is None else (row.pub, row.auth_hash)


async def withdraw(tx: WriteTx[Identity], staff_id: StaffId) -> None:
    """Delete an invitation."""
    await tx.connection.execute(delete(invitations).where(invitations.c.staff == staff_id))


async def applicants(tx: ReadTx[Identity], now: int) -> tuple[Applicant, ...]:
    """Everybody invited and not admitted yet whose invitation is still good, the soonest to end first."""
    rows = await tx.connection.execute(
        select(invitations, staff.c.pub)
        .outerjoin(staff, staff.c.id == invitations.c.staff)
        .where(invitations.c.expires_at > now)
        .order_by(invitations.c.expires_at, invitations.c.staff)
    )
    return tuple(Applicant(_invitation(row), row.pub) for row in rows)


async def drop_admitted(tx: WriteTx[Identity], listed: list[Kid]) -> None:
    """Delete the invitations, secret boxes and all, of those whose key the directory now lists."""
    admitted = select(staff.c.id).where(staff.c.kid.in_(listed))
    await tx.connection.execute(delete(invitations).where(invitations.c.staff.in_(admitted)))


async def take_expired(tx: WriteTx[Identity], now: int) -> tuple[StaffId, ...]:
    """Delete invitations that ran out; their staff ids."""
    rows = await tx.connection.scalars(
        delete(invitations).where(invitations.c.expires_at <= now).returning(invitations.c.staff)
    )
    return tuple(StaffId(row) for row in rows)


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        staff=StaffId(row.staff),
        role=row.role,
        token_hash=row.token_hash,
        secret_box=row.secret_box,
        expires_at=row.expires_at,
        submitted=row.submitted,
        mac=row.mac,
        profile=row.profile,
        replaces=None if row.replaces is None else Kid(row.replaces),
    )
