"""Signing in and out. Every failure looks alike: unknown name, wrong password, wrong secret, gone."""

import hashlib
import secrets
from dataclasses import dataclass, field

from app.identity import proofs
from app.identity.audit import store as audit
from app.identity.codes import service as codes
from app.identity.codes import store as factors
from app.identity.directory.rules import Current, TeamSeal
from app.identity.directory.store import seals_of
from app.identity.errors import Unknown
from app.identity.house import IdentityHouse
from app.identity.ids import Identity
from app.identity.staff import rules, store
from app.identity.staff.rules import Account
from app.kit.clock import day_of
from app.kit.database import ReadTx, WriteTx
from app.kit.errors import Refusal
from app.wire.pow import Challenge

TOKEN = 32
"""Bytes of a session token."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a signed-in person's browser needs to begin: their account and the team keys sealed to them."""

    account: Account
    second_factor: bool
    """Whether their sign-in asks for a code."""
    team_keys: tuple[TeamSeal, ...] = field(repr=False)


async def salt(house: IdentityHouse, typed: str) -> bytes:
    """The salt (16 bytes) to a sign-in name; one that never changes for a name nobody has, too. Malformed."""
    name = rules.sign_in_name(typed)
    mac, nobodys = house.keys.name_mac(name), house.keys.no_salt(name)
    async with house.database.read() as tx:
        known = await store.salt_of(tx, mac)
    return nobodys if known is None else known


async def sign_in(
    house: IdentityHouse,
    typed: str,
    auth: bytes,
    challenge: Challenge,
    solution: list[int],
    code: str | None = None,
) -> tuple[bytes, Desk]:
    """A fresh session token (32 bytes) and the desk. `auth` is 32 bytes (docs/protocol.md, 6).

    Malformed (name), PowInvalid; Unknown for anything else that is not right, or who is not in the directory.
    Only where all of that is right: CodeNeeded, CodeWrong, SlowDown after too many wrong codes. So nobody who
    does not hold password and secret can keep a person out.
    """
    name = rules.sign_in_name(typed)
    await proofs.check(house, challenge, solution)
    token = secrets.token_bytes(TOKEN)
    desk: Desk | None = None
    refusal: Refusal | None = None
    async with house.database.write() as tx:
        await proofs.spend(tx, challenge)
        account = await _shown(tx, house.keys.name_mac(name), auth)
        if account is not None:
            desk = await _desk(house, tx, account)
        if desk is not None and account is not None:
            refusal = await codes.refusal(tx, account.id, account.kid, code, house.now)
            if refusal is None:
                await store.start_session(tx, digest_of(token), account.id, house.now)
                await audit.note(tx, day=day_of(house.now), act="sign-in", by=account.kid)
    if desk is None:
        raise Unknown
    if refusal is not None:
        raise refusal
    return token, desk


async def signed_in(house: IdentityHouse, token: bytes | None) -> Account:
    """Whose session this is. Unknown for none, one that ended, and one of somebody who left."""
    if token is None:
        raise Unknown
    digest, now = digest_of(token), house.now
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
        await store.end_session(tx, digest_of(token))


async def still_listed(house: IdentityHouse, tx: WriteTx[Identity], caller: Account) -> Current:
    """What is in force once it is this transaction's turn; Unknown where the caller left since they asked."""
    current = await house.current.of(tx)
    if current is None or not rules.active(current, caller):
        raise Unknown
    return current


async def _shown(tx: WriteTx[Identity], name_mac: bytes, auth: bytes) -> Account | None:
    """The account whose name and `auth` these are; nobody changes it until the transaction ends."""
    if not rules.right_auth(await store.by_name(tx, name_mac), auth):
        return None
    await audit.take_turn(tx)
    # Whoever had the turn before may have changed the password.
    account = await store.by_name(tx, name_mac)
    return account if rules.right_auth(account, auth) else None


async def _desk(house: IdentityHouse, tx: ReadTx[Identity], account: Account) -> Desk | None:
    if not rules.active(await house.current.of(tx), account):
        return None
    factor = await factors.of(tx, account.id)
    return Desk(account, factor is not None and factor.confirmed, await seals_of(tx, account.kid))


def digest_of(token: bytes) -> bytes:
    """What is kept of a session token."""
    return hashlib.sha256(token).digest()
