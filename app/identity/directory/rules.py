"""Who the directory lists, and which sealed team keys it needs (docs/protocol.md, 5 and 7)."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from app.identity.errors import refusal_of
from app.identity.ids import Kid, Role
from app.kit.errors import Malformed
from app.wire.directory import Directory, Member, SignedDirectory, accept, check_holders
from app.wire.errors import WireError

SealId = tuple[str, int, Kid]
"""Team, epoch and member of a sealed team key."""


@dataclass(frozen=True, slots=True)
class Current:
    """The directory in force, as signed and as read."""

    directory: Directory
    signed: SignedDirectory
    hash: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class TeamSeal:
    """A team's private key of one epoch, sealed to one member (337 bytes)."""

    team: str
    epoch: int
    kid: Kid = field(repr=False)
    sealed: bytes = field(repr=False)

    @property
    def id(self) -> SealId:
        return self.team, self.epoch, self.kid


def listed(current: Current | None, kid: Kid, role: Role) -> Member | None:
    """The entry that lets this key act in this role now; None where it may not."""
    member = current.directory.member(kid) if current else None
    return member if member is not None and role in member.roles else None


def needed_seals(directory: Directory) -> set[SealId]:
    """The sealed key that every member of every team must have."""
    return {(name, team.epoch, kid) for name, team in directory.teams.items() for kid in team.members}


def check_seals(directory: Directory, held: AbstractSet[SealId], brought: Sequence[TeamSeal]) -> None:
    """Malformed unless each member's sealed key is held or brought, and none for anybody else.

    A member without the key could neither read waiting rooms nor notice why.
    """
    ids = {seal.id for seal in brought}
    needed = needed_seals(directory)
    if len(ids) != len(brought) or not ids <= needed or not needed <= ids | held:
        raise Malformed


def check_teams(old: Directory | None, new: Directory, roots: Mapping[Kid, bytes]) -> None:
    """Malformed where a team's epoch falls, its key changes within one, or the root team's is not pinned;
    and where a team is not exactly those whose work it is."""
    if new.teams["root"].pub not in roots.values():
        raise Malformed
    try:
        check_holders(new)
    except WireError:
        raise Malformed from None
    for name, team in new.teams.items():
        before = old.teams[name] if old else None
        if before and (team.epoch < before.epoch or (team.epoch == before.epoch and team.pub != before.pub)):
            raise Malformed


def accepted(
    signed: SignedDirectory, roots: Mapping[Kid, bytes], instance: bytes, last_serial: int, now: int
) -> Directory:
    """The directory, where this house may take it. DirSignature, DirExpired, DirRollback, Malformed."""
    try:
        return accept(signed, roots, instance, last_serial, now)
    except WireError as error:
        raise refusal_of(error) from None
