"""From invitation to what a newcomer submits, and how a service begins."""

import asyncio
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.identity.audit.store import note, take_turn
from app.identity.directory import store as directories
from app.identity.directory.rules import Current, TeamSeal, accepted, listed
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
from app.identity.errors import IdTaken, NameTaken, Unknown
from app.identity.house import IdentityHouse
from app.identity.ids import Identity, Kid, Role, StaffId
from app.identity.members import store as members
from app.identity.staff import store as accounts
from app.identity.staff.rules import Account, sign_in_name
from app.identity.staff.service import still_listed
from app.kit.clock import day_of
from app.kit.database import WriteTx
from app.wire.directory import SignedDirectory
from app.wire.ids import kid_of


@dataclass(frozen=True, slots=True)
class Opened:
    """An invitation as its newcomer sees it."""

    staff: StaffId
    role: Role
    instance: bytes
    expires: int


async def invite(house: IdentityHouse, caller: Account, offer: Invitation) -> int:
    """Keep an invitation; when it ends (unix seconds). The same one again gives the same answer.

    IdTaken where the staff id or the token is in use otherwise; Unknown where nobody else of that role,
    listed or suspended, has the key it replaces; SlowDown.
    """
    house.limits.take("invite", caller.id)
    async with house.database.write() as tx:
        await take_turn(tx)
        current = await still_listed(house, tx, caller)
        alias = await _alias_to_replace(tx, current, caller, offer)
        if await accounts.exists(tx, offer.staff):
            raise IdTaken
        if not await store.add(tx, offer):
            known = await store.by_staff(tx, offer.staff)
            if known is None or not known.same_offer(offer):
                raise IdTaken
            return known.expires_at
        await note(
            tx,
            day=day_of(house.now),
            act="invited",
            by=caller.kid,
            kid=offer.replaces,
            alias=alias,
            reason=offer.role,
        )
        return offer.expires_at


async def withdraw(house: IdentityHouse, caller: Account, staff: StaffId) -> None:
    """Take back an invitation and the account that came of it. Unknown where there is none; SlowDown."""
    house.limits.take("invite", caller.id)
    async with house.database.write() as tx:
        await take_turn(tx)  # or a publication at this moment could list whose account goes
        current = await still_listed(house, tx, caller)
        offer = await store.by_staff(tx, staff)
        if offer is None:
            raise Unknown
        await store.withdraw(tx, staff)
        await accounts.remove(tx, [staff])
        await note(
            tx,
            day=day_of(house.now),
            act="withdrawn",
            by=caller.kid,
            kid=offer.replaces,
            alias=await _alias_of(tx, current, offer.replaces),
            reason=offer.role,
        )


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

    Whoever gets a new key may go on under their old sign-in name.
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
        later = await _has_name(tx, invitation.replaces, name_mac)
        # Until the new key is admitted the name stays with the old account; nobody can type this one.
        own = invitation.token_hash if later else name_mac
        await _add_account(tx, invitation.staff, invitation.role, new, own)
        wanted = name_mac if later else None
        await store.submit(tx, invitation.staff, mac, profile, now + INVITATION, wanted)


async def waiting(house: IdentityHouse) -> tuple[Applicant, ...]:
    """Everybody invited and not admitted yet."""
    async with house.database.read() as tx:
        return await store.applicants(tx, house.now)


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
    directory = accepted(signed, {kid_of(root): root}, instance, 0, house.now)
    check_first(directory, new.pub, root, seals)
    today = day_of(house.now)
    async with house.database.write() as tx:
        # Serial 1 exists once: of two founders at once the second is turned away here.
        if await store.founded(tx) is not None or not await directories.add(tx, directory, signed, today):
            raise Unknown
        await store.found(tx, instance, root)
        await _add_account(tx, staff, "coordinator", new, name_mac)
        await directories.put_seals(tx, seals)
        founder = directory.staff[0]
        kid, alias = founder.kid, founder.profile.alias
        await note(tx, day=today, act="founded", by=kid, kid=kid, alias=alias)
    # After the commit: no page may pin a root that the store then forgot. A start mends what is missing.
    await asyncio.to_thread(write_site, house.settings.public_folder, instance, [root])
    await asyncio.to_thread(setup_code.forget)


async def _add_account(
    tx: WriteTx[Identity], staff: StaffId, role: Role, new: NewAccount, name_mac: bytes
) -> None:
    account = Account(staff, role, kid_of(new.pub), new.pub, new.salt, new.auth_hash, new.keys)
    if not await accounts.add(tx, account, name_mac):
        raise NameTaken if await accounts.by_name(tx, name_mac) else IdTaken


async def _same_again(
    tx: WriteTx[Identity], invitation: Invitation, new: NewAccount, mac: bytes, name_mac: bytes
) -> bool:
    first = await store.submitted_as(tx, invitation.staff, name_mac)
    return (
        first is not None
        and first[0] == new.pub
        and hmac.compare_digest(first[1], new.auth_hash)
        and hmac.compare_digest(invitation.mac or b"", mac)
    )


async def _has_name(tx: WriteTx[Identity], replaced: Kid | None, name_mac: bytes) -> bool:
    account = None if replaced is None else await accounts.by_name(tx, name_mac)
    return account is not None and account.kid == replaced


async def _alias_to_replace(
    tx: WriteTx[Identity], current: Current, caller: Account, offer: Invitation
) -> str:
    kid = offer.replaces
    if kid is None:
        return ""
    if kid == caller.kid:
        raise Unknown
    if (member := listed(current, kid, offer.role)) is not None:
        return member.profile.alias
    away = (await members.all_suspended(tx)).get(kid)
    if away is None or away.role != offer.role:
        raise Unknown
    return away.member.profile.alias


async def _alias_of(tx: WriteTx[Identity], current: Current, kid: Kid | None) -> str:
    """The public name of somebody listed or suspended; none where they left meanwhile."""
    if kid is None:
        return ""
    away = (await members.all_suspended(tx)).get(kid)
    member = current.directory.member(kid) or (None if away is None else away.member)
    return "" if member is None else member.profile.alias


def _good(invitation: Invitation, now: int) -> bool:
    return now < invitation.expires_at


def _digest(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()
