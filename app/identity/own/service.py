"""What people do about their own sign-in. `auth` is shown again where a session is not enough."""

import secrets
from dataclasses import dataclass, field

from app.identity.audit import store as audit
from app.identity.audit.rules import Act, Entry
from app.identity.codes import rules as codes
from app.identity.codes import service as codes_service
from app.identity.codes import store as factors
from app.identity.codes.rules import Factor
from app.identity.errors import Unknown
from app.identity.house import IdentityHouse
from app.identity.ids import Identity, Kid
from app.identity.staff import rules, store
from app.identity.staff.rules import Account, OwnSession
from app.identity.staff.service import digest_of, still_listed
from app.kit.clock import day_of
from app.kit.database import WriteTx


@dataclass(frozen=True, slots=True)
class Begun:
    """A second factor to put into an app: as text in base32, as a link, as a picture."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)
    rows: list[str] = field(repr=False)


async def sessions(house: IdentityHouse, account: Account, token: bytes) -> list[OwnSession]:
    """Where one is signed in, the last used first."""
    async with house.database.read() as tx:
        return await store.sessions_of(tx, account.id, digest_of(token), house.now)


async def sign_out_everywhere(house: IdentityHouse, account: Account) -> None:
    """End all one's sessions, this one too."""
    async with house.database.write() as tx:
        await audit.take_turn(tx)
        await store.end_sessions_of(tx, [account.id])
        await _note(house, tx, "signed-out-everywhere", account.kid)


async def change_password(
    house: IdentityHouse,
    account: Account,
    token: bytes,
    auth: bytes,
    code: str | None,
    salt: bytes,
    auth_hash: bytes,
    keys: bytes,
) -> None:
    """Take the sign-in of a new password: its salt (16), SHA-256 of its auth (32), its box of keys (1105).

    All other sessions end. Unknown for a wrong `auth`, CodeNeeded, CodeWrong, SlowDown.
    """
    house.limits.take("own", account.id)
    async with house.database.write() as tx:
        held = await _shown(tx, account, auth)
        refusal = await codes_service.refusal(tx, held.id, held.kid, code, house.now)
        if refusal is None:
            await store.set_password(tx, held.id, salt, auth_hash, keys)
            await store.end_other_sessions(tx, held.id, digest_of(token))
            await _note(house, tx, "password", held.kid)
    if refusal is not None:
        raise refusal


async def begin_second(house: IdentityHouse, account: Account, auth: bytes) -> Begun:
    """Make a second factor, which asks for nothing until it is confirmed.

    Unknown for a wrong `auth`, and where one is in use: that must be removed first. SlowDown.
    """
    house.limits.take("own", account.id)
    secret = secrets.token_bytes(codes.SECRET)
    async with house.database.write() as tx:
        held = await _shown(tx, account, auth)
        known = await factors.of(tx, held.id)
        if known is not None and known.confirmed:
            raise Unknown
        await factors.put(tx, Factor(held.id, secret))
        alias = await _alias(house, tx, held.kid)
    uri = codes.uri_of(secret, alias)
    return Begun(codes.text_of(secret), uri, codes.picture_of(uri))


async def confirm_second(house: IdentityHouse, account: Account, code: str) -> None:
    """Show that an app has it: from now on signing in asks for a code.

    Unknown where none was begun, or it is in use already; CodeWrong, SlowDown.
    """
    async with house.database.write() as tx:
        await audit.take_turn(tx)
        begun = await factors.of(tx, account.id)
        if begun is None or begun.confirmed:
            raise Unknown
        refusal = await codes_service.tried(tx, begun, account.kid, code, house.now, confirms=True)
        if refusal is None:
            await _note(house, tx, "second-on", account.kid)
    if refusal is not None:
        raise refusal


async def remove_second(house: IdentityHouse, account: Account, auth: bytes, code: str) -> None:
    """Sign in without a code again. Unknown for a wrong `auth`, or none in use; CodeWrong, SlowDown."""
    house.limits.take("own", account.id)
    async with house.database.write() as tx:
        held = await _shown(tx, account, auth)
        known = await factors.of(tx, held.id)
        if known is None or not known.confirmed:
            raise Unknown
        refusal = await codes_service.tried(tx, known, held.kid, code, house.now)
        if refusal is None:
            await factors.forget(tx, held.id)
            await _note(house, tx, "second-off", held.kid)
    if refusal is not None:
        raise refusal


async def reset_second(house: IdentityHouse, caller: Account, kid: Kid) -> None:
    """Take somebody else's second factor away, who lost their phone. Unknown for oneself, nobody, or none."""
    house.limits.take("member", caller.id)
    async with house.database.write() as tx:
        await audit.take_turn(tx)
        await still_listed(house, tx, caller)
        whose = await store.by_kid(tx, kid)
        known = None if whose is None else await factors.of(tx, whose.id)
        if whose is None or whose.id == caller.id or known is None or not known.confirmed:
            raise Unknown
        await factors.forget(tx, whose.id)
        await _note(house, tx, "second-reset", caller.kid, kid)


async def trail(house: IdentityHouse, account: Account, before: int | None) -> list[Entry]:
    """What the audit shows this person, at most 100 entries, newest first, below number `before`."""
    async with house.database.read() as tx:
        return await audit.newest(tx, account.kid, account.role, before)


async def _shown(tx: WriteTx[Identity], account: Account, auth: bytes) -> Account:
    """The account as it is now, whose `auth` this is; Unknown otherwise. Nobody changes it meanwhile."""
    await audit.take_turn(tx)
    held = await store.by_kid(tx, account.kid)
    if held is None or not rules.right_auth(held, auth):
        raise Unknown
    return held


async def _note(
    house: IdentityHouse, tx: WriteTx[Identity], act: Act, by: Kid, kid: Kid | None = None
) -> None:
    alias = "" if kid is None else await _alias(house, tx, kid)
    await audit.note(tx, day=day_of(house.now), act=act, by=by, kid=kid, alias=alias)


async def _alias(house: IdentityHouse, tx: WriteTx[Identity], kid: Kid) -> str:
    current = await house.current.of(tx)
    member = None if current is None else current.directory.member(kid)
    return "" if member is None else member.profile.alias
