"""Putting a directory into force, and the suspensions that go before it. Each is one transaction, audited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.identity.audit.store import note, take_turn
from app.identity.directory import store as directories
from app.identity.directory.rules import TeamSeal, accepted, check_seals, check_teams
from app.identity.enrolment import store as invitations
from app.identity.errors import DirConflict, IdTaken, Unknown
from app.identity.house import IdentityHouse
from app.identity.ids import Identity, Kid
from app.identity.members import store
from app.identity.members.rules import (
    Change,
    Proposal,
    Reason,
    Suspended,
    changes,
    check_own_part,
    has_second,
)
from app.identity.members.store import Seen
from app.identity.staff import store as accounts
from app.identity.staff.rules import Account, active
from app.identity.staff.service import still_listed
from app.kit.clock import day_of
from app.kit.database import ReadTx, WriteTx
from app.wire.directory import Directory, SignedDirectory


@dataclass(frozen=True, slots=True)
class People:
    """The staff as a coordinator sees it: those listed, the suspended, and the proposals to suspend."""

    listed: tuple[Seen, ...] = field(repr=False)
    suspended: tuple[Suspended, ...] = field(repr=False)
    proposals: tuple[Proposal, ...] = field(repr=False)


async def publish(
    house: IdentityHouse, caller: Account, signed: SignedDirectory, seals: Sequence[TeamSeal]
) -> None:
    """Put a directory into force, with the team keys of its new epochs and members: all of it or nothing.

    What it does to people follows from it and from what was asked and agreed before (`rules.changes`).
    Whoever comes is admitted, and their invitation forgotten; whoever goes is signed out, the team keys
    sealed to them are deleted, and their account too, unless they are suspended. The same directory again
    changes nothing.
    DirSignature, DirExpired, DirRollback, DirConflict (another one has this serial), Malformed, SlowDown;
    Unknown where the caller was let go in the meantime.
    """
    house.limits.take("publish", caller.id)
    async with house.database.write() as tx:
        founded = await invitations.founded(tx, lock=True)
        current = await house.current.of(tx)
        if founded is None or current is None or not active(current, caller):
            raise Unknown
        directory = accepted(signed, founded.roots, founded.instance, current.directory.serial, house.now)
        if directory.serial == current.directory.serial:
            if signed.payload != current.signed.payload:
                raise DirConflict
            return
        proposals = await store.to_publish(tx, day_of(house.now))
        check_own_part(caller.kid, directory, proposals)
        away = {kid: entry.role for kid, entry in (await store.all_suspended(tx)).items()}
        joining = await store.joining(tx, house.now)
        changed = changes(current.directory, directory, joining, away, proposals)
        check_teams(current.directory, directory, founded.roots)
        check_seals(directory, await directories.held_seals(tx, directory), seals)
        if not await directories.add(tx, directory, signed, day_of(house.now)):
            raise DirConflict
        await directories.put_seals(tx, seals)
        await directories.drop_seals_of_leavers(tx, directory)
        await _sign_out_leavers(house, tx)
        await _apply(house, tx, changed, proposals, current.directory.serial)
        await _note_all(house, tx, caller, changed, proposals)


async def people(house: IdentityHouse, caller: Account) -> People:
    """Everybody a coordinator looks after; of proposals never what is about the caller."""
    async with house.database.read() as tx:
        current = await house.current.of(tx)
        known = await store.seen(tx)
        suspended = await store.all_suspended(tx)
        proposals = await _open_to(house, tx, caller)
    kids = set() if current is None else {member.kid for member in current.directory.staff}
    listed = tuple(entry for entry in known if entry.kid in kids)
    return People(listed, tuple(suspended.values()), proposals)


async def proposals_for(house: IdentityHouse, caller: Account) -> tuple[Proposal, ...]:
    """What the caller could agree to or has: never what is about them."""
    async with house.database.read() as tx:
        return await _open_to(house, tx, caller)


async def propose(house: IdentityHouse, caller: Account, subject: Kid, reason: Reason) -> None:
    """Ask that somebody be suspended; nothing happens to them yet. The same again changes nothing.

    Unknown where they are not listed or are the caller, or nobody is there to agree; IdTaken where another
    proposal about them is open; SlowDown.
    """
    house.limits.take("member", caller.id)
    today = day_of(house.now)
    async with house.database.write() as tx:
        await take_turn(tx)
        directory = (await still_listed(house, tx, caller)).directory
        alias = _alias(directory, subject)
        if alias is None or subject == caller.kid or not has_second(directory, caller.kid, subject):
            raise Unknown
        if (known := (await store.open_proposals(tx, today)).get(subject)) is not None:
            if (known.by, known.reason) != (caller.kid, reason):
                raise IdTaken
            return
        await store.propose(tx, Proposal(subject, reason, caller.kid, today))
        await note(tx, day=today, act="suspend-asked", by=caller.kid, kid=subject, alias=alias, reason=reason)


async def agree(house: IdentityHouse, caller: Account, subject: Kid) -> None:
    """Be the second person: the next directory may leave them out. Again changes nothing.

    Unknown where nothing is open, or the caller asked for it, or is the one it is about.
    """
    house.limits.take("member", caller.id)
    async with house.database.write() as tx:
        proposal, alias = await _weighed(house, tx, caller, subject)
        if proposal.by == caller.kid:
            raise Unknown
        if proposal.agreed is not None:
            return
        await store.agree(tx, subject, caller.kid)
        await _note_weighed(house, tx, "suspend-agreed", caller, proposal, alias)


async def refuse(house: IdentityHouse, caller: Account, subject: Kid) -> None:
    """End a proposal that nobody agreed to yet; whoever made it may take it back.

    Unknown where there is none, or the caller is the one it is about.
    """
    house.limits.take("member", caller.id)
    async with house.database.write() as tx:
        proposal, alias = await _weighed(house, tx, caller, subject)
        if proposal.agreed is not None:
            raise Unknown
        await store.drop_proposal(tx, subject)
        await _note_weighed(house, tx, "suspend-refused", caller, proposal, alias)


async def last_listing(house: IdentityHouse, kid: Kid) -> SignedDirectory:
    """The last directory that listed somebody suspended. Unknown where nobody with this key is."""
    async with house.database.read() as tx:
        signed = await store.last_listing(tx, kid)
    if signed is None:
        raise Unknown
    return signed


async def forget(house: IdentityHouse, caller: Account, kid: Kid) -> None:
    """Let somebody go who is suspended. Unknown where nobody with this key is."""
    house.limits.take("member", caller.id)
    async with house.database.write() as tx:
        await take_turn(tx)
        await still_listed(house, tx, caller)
        away = (await store.all_suspended(tx)).get(kid)
        if away is None:
            raise Unknown
        await _forget(tx, [kid])
        await note(
            tx, day=day_of(house.now), act="left", by=caller.kid, kid=kid, alias=away.member.profile.alias
        )


async def set_limit(house: IdentityHouse, caller: Account, kid: Kid, limit: int) -> None:
    """How many rooms somebody may sit in at once, 1 to 3; their next pass says it. Unknown if not listed."""
    house.limits.take("member", caller.id)
    async with house.database.write() as tx:
        await take_turn(tx)
        alias = _alias((await still_listed(house, tx, caller)).directory, kid)
        if alias is None:
            raise Unknown
        await store.set_limit(tx, kid, limit)
        await note(
            tx,
            day=day_of(house.now),
            act="limit",
            by=caller.kid,
            kid=kid,
            alias=alias,
            reason=str(limit),
        )


async def _apply(
    house: IdentityHouse,
    tx: WriteTx[Identity],
    changed: Sequence[Change],
    proposals: Mapping[Kid, Proposal],
    serial: int,
) -> None:
    over: list[Kid] = []
    for change in changed:
        kid = change.member.kid
        match change.act:
            case "suspended" if (second := proposals[kid].agreed) is not None:
                asked = proposals[kid]
                entry = Suspended(change.member, serial, asked.reason, asked.by, second, day_of(house.now))
                await store.suspend(tx, entry)
            case "restored":
                await store.drop_suspended(tx, [kid])
            case "left":
                over.append(kid)
            case "new-key" if change.replaces is not None:
                await store.take_over(tx, change.replaces, kid)
                over.append(change.replaces)
            case _:
                pass
    away = [change.member.kid for change in changed if change.act == "suspended"]
    await store.drop_proposals_with(tx, [*over, *away])
    await invitations.drop_admitted(tx, [change.member.kid for change in changed])
    await _forget(tx, over)


async def _forget(tx: WriteTx[Identity], kids: Sequence[Kid]) -> None:
    """Delete all that is left of these people, except what the audit says."""
    await store.drop_suspended(tx, kids)
    await store.drop_proposals_with(tx, kids)
    replacing = await store.drop_replacing(tx, kids)
    await accounts.remove(tx, [*await store.ids_of(tx, kids), *replacing])


async def _note_all(
    house: IdentityHouse,
    tx: WriteTx[Identity],
    caller: Account,
    changed: Sequence[Change],
    proposals: Mapping[Kid, Proposal],
) -> None:
    today = day_of(house.now)
    if not changed:
        await note(tx, day=today, act="renewed", by=caller.kid)
    for change in changed:
        kid, alias = change.member.kid, change.member.profile.alias
        reason = proposals[kid].reason if change.act == "suspended" else ""
        await note(tx, day=today, act=change.act, by=caller.kid, kid=kid, alias=alias, reason=reason)


async def _weighed(
    house: IdentityHouse, tx: WriteTx[Identity], caller: Account, subject: Kid
) -> tuple[Proposal, str]:
    await take_turn(tx)
    alias = _alias((await still_listed(house, tx, caller)).directory, subject)
    proposal = (await store.open_proposals(tx, day_of(house.now))).get(subject)
    if alias is None or proposal is None or subject == caller.kid:
        raise Unknown
    return proposal, alias


async def _note_weighed(
    house: IdentityHouse,
    tx: WriteTx[Identity],
    act: Literal["suspend-agreed", "suspend-refused"],
    caller: Account,
    proposal: Proposal,
    alias: str,
) -> None:
    day = day_of(house.now)
    await note(tx, day=day, act=act, by=caller.kid, kid=proposal.kid, alias=alias, reason=proposal.reason)


async def _open_to(house: IdentityHouse, tx: ReadTx[Identity], caller: Account) -> tuple[Proposal, ...]:
    proposals = await store.open_proposals(tx, day_of(house.now))
    return tuple(entry for entry in proposals.values() if entry.kid != caller.kid)


def _alias(directory: Directory, kid: Kid) -> str | None:
    member = directory.member(kid)
    return None if member is None else member.profile.alias


async def _sign_out_leavers(house: IdentityHouse, tx: WriteTx[Identity]) -> None:
    current = await house.current.of(tx)
    leavers = [
        account.id for account in await accounts.signed_in_accounts(tx) if not active(current, account)
    ]
    await accounts.end_sessions_of(tx, leavers)
