"""What a new directory does to the staff, and who may weigh a suspension (docs/protocol.md, 5 and 7)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from app.identity.ids import Kid, Role
from app.kit.errors import Malformed
from app.wire.directory import Directory, Member

PROPOSAL_DAYS: Final = 7
"""Days after which a suspension that was asked for is over, agreed to or not."""

PUBLISHING_DAYS: Final = 1
"""Days more in which one that was agreed to can be published: a page that still showed it must not find that
it made a leaver of somebody, and their account gone."""

Reason = Literal["safety", "conduct", "key-lost", "asked", "other"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """That somebody be suspended: asked for by one person on a day, `agreed` to by another."""

    kid: Kid = field(repr=False)
    reason: Reason
    by: Kid = field(repr=False)
    day: int
    agreed: Kid | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Suspended:
    """Somebody whom two people suspended, as the directory `serial`, the last that listed them, has them."""

    member: Member = field(repr=False)
    serial: int
    reason: Reason
    by: Kid = field(repr=False)
    second: Kid = field(repr=False)
    day: int

    @property
    def role(self) -> Role:
        return role_of(self.member)


@dataclass(frozen=True, slots=True)
class Joining:
    """Somebody who answered an invitation, to be admitted; `replaces`: whose new key this is."""

    role: Role
    replaces: Kid | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Change:
    """What a publication does to one person; `replaces` is the old key of a "new-key"."""

    act: Literal["admitted", "new-key", "suspended", "restored", "left", "profile"]
    member: Member = field(repr=False)
    replaces: Kid | None = field(default=None, repr=False)


def role_of(member: Member) -> Role:
    """What somebody does; a member has one role."""
    return next(role for role in get_args(Role) if role in member.roles)


def has_second(directory: Directory, by: Kid, subject: Kid) -> bool:
    """Whether anybody is there to agree: a coordinator or moderator who is neither of the two."""
    return any(
        member.kid not in (by, subject) and not {"coordinator", "moderator"}.isdisjoint(member.roles)
        for member in directory.staff
    )


def changes(
    old: Directory,
    new: Directory,
    joining: Mapping[Kid, Joining],
    suspended: Mapping[Kid, Role],
    proposals: Mapping[Kid, Proposal],
) -> tuple[Change, ...]:
    """What `new` does to the people of `old`, those who go first; nothing where it is a renewal.

    A "profile" is another face of somebody who stays.

    `joining` are those whose answered invitation still runs, `suspended` with their role, `proposals` open
    ones by subject. Malformed, so that nothing is applied, where: no coordinator would be left; somebody's
    role changes, since a role goes with a key; somebody comes who is neither invited nor suspended, or in
    another role; a new key comes while its old one stays; somebody goes whom one person alone proposed.
    """
    before, after = _by_kid(old), _by_kid(new)
    if not any("coordinator" in member.roles for member in new.staff):
        raise Malformed
    if any(after[kid].roles != before[kid].roles for kid in before.keys() & after.keys()):
        raise Malformed
    come = [
        _coming(member, joining, suspended, after, before.keys() | suspended.keys())
        for member in new.staff
        if member.kid not in before
    ]
    replaced = [change.replaces for change in come if change.replaces is not None]
    if len(set(replaced)) != len(replaced):
        raise Malformed
    gone = [
        _going(member, proposals.get(member.kid), replaced) for member in old.staff if member.kid not in after
    ]
    stay = [member for member in new.staff if member.kid in before]
    faces = [Change("profile", member) for member in stay if member.profile != before[member.kid].profile]
    return (*(change for change in gone if change is not None), *faces, *come)


def check_own_part(caller: Kid, new: Directory, proposals: Mapping[Kid, Proposal]) -> None:
    """Malformed where the caller would end an open proposal about themselves: by a directory without
    somebody who stands behind it."""
    own = proposals.get(caller)
    if own is not None and any(kid is not None and new.member(kid) is None for kid in (own.by, own.agreed)):
        raise Malformed


def _coming(
    member: Member,
    joining: Mapping[Kid, Joining],
    suspended: Mapping[Kid, Role],
    after: Mapping[Kid, Member],
    known: Collection[Kid],
) -> Change:
    if member.kid in suspended:
        if member.roles != (suspended[member.kid],):
            raise Malformed
        return Change("restored", member)
    entry = joining.get(member.kid)
    if entry is None or member.roles != (entry.role,):
        raise Malformed
    if entry.replaces is None:
        return Change("admitted", member)
    if entry.replaces in after or entry.replaces not in known:
        raise Malformed
    return Change("new-key", member, entry.replaces)


def _going(member: Member, proposal: Proposal | None, replaced: Collection[Kid]) -> Change | None:
    if proposal is not None and proposal.agreed is None:
        raise Malformed
    if member.kid in replaced:
        return None
    return Change("left" if proposal is None else "suspended", member)


def _by_kid(directory: Directory) -> dict[Kid, Member]:
    return {member.kid: member for member in directory.staff}
