"""Signing in and out. Every failure looks alike: unknown name, wrong password, wrong secret, gone."""

import hashlib
import secrets
from dataclasses import dataclass, field

from app.identity import proofs
from app.identity.directory.rules import TeamSeal
from app.identity.directory.store import seals_of
from app.identity.errors import Unknown
from app.identity.house import IdentityHouse
from app.identity.ids import Identity
from app.identity.staff import rules, store
from app.identity.staff.rules import Account
from app.kit.database import ReadTx
from app.wire.pow import Challenge

TOKEN = 32
"""Bytes of a session token."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a signed-in person's browser needs to begin: their account and the team keys sealed to them."""

    account: Account
    team_keys: tuple[TeamSeal, ...] = field(repr=False)


async def salt(house: IdentityHouse, typed: str) -> bytes:
    """The salt (16 bytes) to a sign-in name; one that never changes for a name nobody has, too. Malformed."""
    name = rules.sign_in_name(typed)
    mac, nobodys = house.keys.name_mac(name), house.keys.no_salt(name)
    async with house.database.read() as tx:
        known = await store.salt_of(tx, mac)
    return nobodys if known is None else known


async def sign_in(
    house: IdentityHouse, typed: str, auth: bytes, challenge: Challenge, solution: list[int]
) -> tuple[bytes, Desk]:
    """A fresh session token (32 bytes) and the desk. `auth` is 32 bytes (docs/protocol.md, 6).

    Malformed (name), PowInvalid; Unknown for anything else that is not right, or who is not in the directory.
    """
    name = rules.sign_in_name(typed)
    await proofs.check(house, challenge, solution)
    token = secrets.token_bytes(TOKEN)
    desk: Desk | None = None
    async with house.database.write() as tx:
        await proofs.spend(tx, challenge)
        account = await store.by_name(tx, house.keys.name_mac(name))
        if rules.right_auth(account, auth) and account is not None:
            desk = await _desk(house, tx, account)
        if desk is not None:
            await store.start_session(tx, _digest(token), desk.account.id, house.now)
    if desk is None:
        raise Unknown
    return token, desk


async def signed_in(house: IdentityHouse, token: bytes | None) -> Account:
    """Whose session this is. Unknown for none, one that ended, and one of somebody who left."""
    if token is None:
        raise Unknown
    digest, now = _digest(token), house.now
    async with house.database.read() as tx:
        session = await store.session(tx, digest)
        current = await house.current.of(tx)
    if session is None or not rules.alive(session, now) or not rules.active(current, session.account):
        raise Unknown
    if rules.to_be_noted(session, now):
        async with house.database.write() as tx:
            await store.note_use(tx, digest, now)
    return session.account


async def desk(house: IdentityHouse, account: Account) -> Desk:
    """The desk of somebody signed in. Unknown if they left in this very moment."""
    async with house.database.read() as tx:
        found = await _desk(house, tx, account)
    if found is None:
        raise Unknown
    return found


async def sign_out(house: IdentityHouse, token: bytes) -> None:
    """End this session."""
    async with house.database.write() as tx:
        await store.end_session(tx, _digest(token))


async def _desk(house: IdentityHouse, tx: ReadTx[Identity], account: Account) -> Desk | None:
    if not rules.active(await house.current.of(tx), account):
        return None
    return Desk(account, await seals_of(tx, account.kid))


def _digest(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()
