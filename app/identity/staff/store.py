"""Accounts and sessions in the store."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, update

from app.identity.ids import Identity, Kid, StaffId
from app.identity.staff.rules import IDLE, SESSION, Account, OwnSession, Session
from app.identity.tables import invitations, second_factors, sessions, staff
from app.kit.database import ReadTx, WriteTx
from app.kit.once import insert_once


async def by_name(tx: ReadTx[Identity], name_mac: bytes) -> Account | None:
    """The account that signs in with this name."""
    row = (await tx.connection.execute(select(staff).where(staff.c.name_mac == name_mac))).one_or_none()
    return None if row is None else _account(row)


async def by_kid(tx: ReadTx[Identity], kid: Kid) -> Account | None:
    """The account that has this key."""
    row = (await tx.connection.execute(select(staff).where(staff.c.kid == kid))).one_or_none()
    return None if row is None else _account(row)


async def salt_of(tx: ReadTx[Identity], name_mac: bytes) -> bytes | None:
    """The salt of the account that signs in with this name."""
    salt: bytes | None = await tx.connection.scalar(select(staff.c.salt).where(staff.c.name_mac == name_mac))
    return salt


async def exists(tx: ReadTx[Identity], staff_id: StaffId) -> bool:
    """Whether this id belongs to an account."""
    return await tx.connection.scalar(select(staff.c.id).where(staff.c.id == staff_id)) is not None


async def add(tx: WriteTx[Identity], account: Account, name_mac: bytes) -> bool:
    """Store a new account; False, and nothing stored, where its id, name or key is taken."""
    row = {
        "id": account.id,
        "name_mac": name_mac,
        "auth_hash": account.auth_hash,
        "salt": account.salt,
        "keys": account.keys,
        "role": account.role,
        "pub": account.pub,
        "kid": account.kid,
    }
    return await insert_once(tx, staff, row)


async def remove(tx: WriteTx[Identity], ids: Iterable[StaffId]) -> None:
    """Delete accounts, and their second factors."""
    gone = list(ids)
    await tx.connection.execute(delete(second_factors).where(second_factors.c.staff.in_(gone)))
    await tx.connection.execute(delete(staff).where(staff.c.id.in_(gone)))


async def keep_only(tx: WriteTx[Identity], kids: Iterable[Kid]) -> int:
    """Delete accounts of other keys, unless their invitation still runs; how many."""
    waiting = select(invitations.c.staff)
    gone = await tx.connection.execute(
        delete(staff).where(staff.c.kid.not_in(list(kids)), staff.c.id.not_in(waiting))
    )
    return gone.rowcount


async def start_session(tx: WriteTx[Identity], token_hash: bytes, staff_id: StaffId, now: int) -> None:
    await tx.connection.execute(
        insert(sessions).values(token_hash=token_hash, staff=staff_id, expires_at=now + SESSION, used_at=now)
    )


async def session(tx: ReadTx[Identity], token_hash: bytes) -> Session | None:
    """The session of a token, alive or not."""
    found = await tx.connection.execute(
        select(staff, sessions.c.expires_at, sessions.c.used_at)
        .join(sessions, sessions.c.staff == staff.c.id)
        .where(sessions.c.token_hash == token_hash)
    )
    row = found.one_or_none()
    return None if row is None else Session(_account(row), row.expires_at, row.used_at)


async def note_use(tx: WriteTx[Identity], token_hash: bytes, now: int) -> None:
    await tx.connection.execute(
        update(sessions).where(sessions.c.token_hash == token_hash).values(used_at=now)
    )


async def end_session(tx: WriteTx[Identity], token_hash: bytes) -> None:
    """End a session; nothing happens where there is none."""
    await tx.connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))


async def sessions_of(tx: ReadTx[Identity], staff_id: StaffId, this: bytes, now: int) -> list[OwnSession]:
    """Somebody's sessions that still count, the last used first; `this` is the hash of a token."""
    found = await tx.connection.execute(
        select(sessions)
        .where(sessions.c.staff == staff_id, sessions.c.expires_at > now, sessions.c.used_at >= now - IDLE)
        .order_by(sessions.c.used_at.desc(), sessions.c.expires_at.desc())
    )
    return [OwnSession(row.expires_at - SESSION, row.used_at, row.token_hash == this) for row in found]


async def set_password(
    tx: WriteTx[Identity], staff_id: StaffId, salt: bytes, auth_hash: bytes, keys: bytes
) -> None:
    """Replace what a password gives."""
    await tx.connection.execute(
        update(staff).where(staff.c.id == staff_id).values(salt=salt, auth_hash=auth_hash, keys=keys)
    )


async def end_other_sessions(tx: WriteTx[Identity], staff_id: StaffId, this: bytes) -> None:
    """End somebody's sessions but the one of this token's hash."""
    await tx.connection.execute(
        delete(sessions).where(sessions.c.staff == staff_id, sessions.c.token_hash != this)
    )


async def signed_in_accounts(tx: ReadTx[Identity]) -> tuple[Account, ...]:
    """Everybody who has a session."""
    rows = await tx.connection.execute(select(staff).where(staff.c.id.in_(select(sessions.c.staff))))
    return tuple(map(_account, rows))


async def end_sessions_of(tx: WriteTx[Identity], ids: Iterable[StaffId]) -> None:
    await tx.connection.execute(delete(sessions).where(sessions.c.staff.in_(list(ids))))


async def forget_ended(tx: WriteTx[Identity], now: int) -> int:
    """Delete sessions that ended, by age or by rest; how many."""
    ended = or_(sessions.c.expires_at <= now, sessions.c.used_at < now - IDLE)
    return (await tx.connection.execute(delete(sessions).where(ended))).rowcount


def _account(row: Row[Any]) -> Account:
    return Account(
        id=StaffId(row.id),
        role=row.role,
        kid=Kid(row.kid),
        pub=row.pub,
        salt=row.salt,
        auth_hash=row.auth_hash,
        keys=row.keys,
        room_limit=row.room_limit,
    )
