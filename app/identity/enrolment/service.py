"""From invitation to admission, departure, and how a service begins."""

import asyncio
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.identity.directory import store as directories
from app.identity.directory.rules import TeamSeal, check_seals, check_teams
from app.identity.enrolment import store
from app.identity.enrolment.rules import (
    INVITATION,
    Applicant,
    Invitation,
    NewAccount,
    check_first,
    check_point,
)
from app.identity.enrolment.setup_code import SetupCode
from app.identity.enrolment.site import write_site
from app.identity.errors import DirConflict, IdTaken, NameTaken, Unknown, refusal_of
from app.identity.house import IdentityHouse
from app.identity.ids import Identity, Kid, Role, StaffId
from app.identity.staff import store as accounts
from app.identity.staff.rules import Account, active, sign_in_name
from app.kit.clock import day_of
from app.kit.database import WriteTx
from app.wire.directory import Directory, SignedDirectory, accept
from app.wire.errors import WireError
from app.wire.ids import kid_of


@dataclass(frozen=True, slots=True)
class Opened:
    """An invitation as its newcomer sees it."""

    staff: StaffId
    role: Role
    instance: bytes
    expires: int


async def invite(
    house: IdentityHouse, caller: Account, staff: StaffId, role: Role, token_hash: bytes, secret_box: bytes
) -> int:
    """Keep an invitation; when it ends (unix seconds). The same one again gives the same answer.

    IdTaken where the staff id or the token is in use otherwise; SlowDown.
    """
    house.limits.take("invite", caller.id)
    offer = Invitation(staff, role, token_hash, secret_box, house.now + INVITATION)
    async with house.database.write() as tx:
        if await accounts.exists(tx, staff):
            raise IdTaken
        if await store.add(tx, offer):
            return offer.expires_at
        known = await store.by_staff(tx, staff)
        if known is None or not known.same_offer(offer):
            raise IdTaken
        return known.expires_at


async def open_invitation(house: IdentityHouse, token: bytes) -> Opened:
    """What an invitation is for. Unknown for a token that is wrong, used or too old."""
    async with house.database.read() as tx:
        invitation = await store.by_token(tx, _digest(token))
        founded = await store.founded(tx)
    if invitation is None or founded is None or invitation.submitted or not _good(invitation, house.now):
        raise Unknown
    return Opened(invitation.staff, invitation.role, founded.instance, invitation.expires_at)


async def submit(
    house: IdentityHouse, token: bytes, new: NewAccount, mac: bytes, profile: dict[str, Any]
) -> None:
    """Keep a newcomer's account, not able to sign in yet; the first with this token wins, and may repeat.

    Unknown (token), NameTaken, IdTaken (somebody else's key), Malformed (name, point).
    """
    name_mac = house.keys.name_mac(sign_in_name(new.name))
    check_point(new.pub)
    now = house.now
    async with house.database.write() as tx:
        invitation = await store.by_token(tx, _digest(token), lock=True)
        if invitation is None or not _good(invitation, now):
            raise Unknown
        if invitation.submitted:
            if not await _same_again(tx, invitation, new, mac, name_mac):
                raise Unknown
            return
        await _add_account(tx, invitation.staff, invitation.role, new, name_mac)
        await store.submit(tx, invitation.staff, mac, profile, now + INVITATION)


async def waiting(house: IdentityHouse) -> tuple[Applicant, ...]:
    """Everybody invited and not admitted yet."""
    async with house.database.read() as tx:
        return await store.applicants(tx, house.now)


async def publish(
    house: IdentityHouse, caller: Account, signed: SignedDirectory, seals: Sequence[TeamSeal]
) -> None:
    """Put a directory into force, with the team keys of its new epochs and members: all of it or nothing.

    Whoever is listed now is admitted and their invitation forgotten; whoever is not listed any more is signed
    out, and the team keys sealed to them are deleted. The same directory again changes nothing.
    DirSignature, DirExpired, DirRollback, DirConflict (another one has this serial), Malformed, SlowDown;
    Unknown where the caller was let go in the meantime.
    """
    house.limits.take("publish", caller.id)
    async with house.database.write() as tx:
        founded = await store.founded(tx, lock=True)
        current = await house.current.of(tx)
        if founded is None or current is None or not active(current, caller):
            raise Unknown
        directory = _accept(signed, founded.roots, founded.instance, current.directory.serial, house.now)
        if directory.serial == current.directory.serial:
            if signed.payload != current.signed.payload:
                raise DirConflict
            return
        check_teams(current.directory, directory, founded.roots)
        check_seals(directory, await directories.held_seals(tx, directory), seals)
        if not await directories.add(tx, directory, signed, day_of(house.now)):
            raise DirConflict
        await directories.put_seals(tx, seals)
        await directories.drop_seals_of_leavers(tx, directory)
        await store.drop_admitted(tx, [member.kid for member in directory.staff])
        await _sign_out_leavers(house, tx)


async def found(
    house: IdentityHouse,
    code: bytes,
    staff: StaffId,
    new: NewAccount,
    root: bytes,
    instance: bytes,
    signed: SignedDirectory,
    seals: Sequence[TeamSeal],
) -> None:
    """Begin the service: its instance, its root, its first coordinator, its first directory. Once.

    Unknown for a wrong or used code; DirSignature, DirExpired, Malformed.
    """
    setup_code = SetupCode(house.settings.data)
    if not await asyncio.to_thread(setup_code.matches, code):
        raise Unknown
    name_mac = house.keys.name_mac(sign_in_name(new.name))
    check_point(new.pub)
    check_point(root)
    directory = _accept(signed, {kid_of(root): root}, instance, 0, house.now)
    check_first(directory, new.pub, root, seals)
    today = day_of(house.now)
    async with house.database.write() as tx:
        # Serial 1 exists once: of two founders at once the second is turned away here.
        if await store.founded(tx) is not None or not await directories.add(tx, directory, signed, today):
            raise Unknown
        await store.found(tx, instance, root)
        await _add_account(tx, staff, "coordinator", new, name_mac)
        await directories.put_seals(tx, seals)
    # After the commit: no page may pin a root that the store then forgot. A start mends what is missing.
    await asyncio.to_thread(write_site, house.settings.data, instance, [root])
    await asyncio.to_thread(setup_code.forget)


def _accept(
    signed: SignedDirectory, roots: dict[Kid, bytes], instance: bytes, last_serial: int, now: int
) -> Directory:
    try:
        return accept(signed, roots, instance, last_serial, now)
    except WireError as error:
        raise refusal_of(error) from None


async def _add_account(
    tx: WriteTx[Identity], staff: StaffId, role: Role, new: NewAccount, name_mac: bytes
) -> None:
    account = Account(staff, role, kid_of(new.pub), new.pub, new.salt, new.auth_hash, new.keys)
    if not await accounts.add(tx, account, name_mac):
        raise NameTaken if await accounts.by_name(tx, name_mac) else IdTaken


async def _same_again(
    tx: WriteTx[Identity], invitation: Invitation, new: NewAccount, mac: bytes, name_mac: bytes
) -> bool:
    account = await accounts.by_name(tx, name_mac)
    return (
        account is not None
        and account.id == invitation.staff
        and account.pub == new.pub
        and hmac.compare_digest(account.auth_hash, new.auth_hash)
        and hmac.compare_digest(invitation.mac or b"", mac)
    )


async def _sign_out_leavers(house: IdentityHouse, tx: WriteTx[Identity]) -> None:
    current = await house.current.of(tx)
    leavers = [
        account.id for account in await accounts.signed_in_accounts(tx) if not active(current, account)
    ]
    await accounts.end_sessions_of(tx, leavers)


def _good(invitation: Invitation, now: int) -> bool:
    return now < invitation.expires_at


def _digest(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()
