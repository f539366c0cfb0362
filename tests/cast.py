"""The standing cast: two peers, Mara and Sol, a moderator, a coordinator, and their signed directory."""

from dataclasses import dataclass, field, replace

from app.companion.keys import StaffKey, sign_directory
from app.wire.directory import (
    LIFETIME,
    SUITE,
    VERSION,
    Directory,
    Member,
    Profile,
    SignedDirectory,
    Team,
    holders,
)
from app.wire.ids import Kid

INSTANCE = bytes(range(16))


@dataclass(frozen=True)
class Cast:
    """Everybody's keys."""

    root: StaffKey = field(default_factory=StaffKey.generate)
    peer_team: StaffKey = field(default_factory=StaffKey.generate)
    moderation_team: StaffKey = field(default_factory=StaffKey.generate)
    mara: StaffKey = field(default_factory=StaffKey.generate)
    sol: StaffKey = field(default_factory=StaffKey.generate)
    moderator: StaffKey = field(default_factory=StaffKey.generate)
    coordinator: StaffKey = field(default_factory=StaffKey.generate)

    def directory(self, now: int, serial: int = 1) -> Directory:
        """All four, under the first epoch of each team."""
        return Directory(
            v=VERSION,
            instance=INSTANCE,
            serial=serial,
            issued=now,
            expires=now + LIFETIME,
            earlier=(),
            teams={
                "peer": team(self.peer_team, 1, self.mara, self.sol),
                "moderation": team(self.moderation_team, 1, self.moderator),
                "root": team(self.root, 1, self.coordinator),
            },
            staff=(
                member(self.mara, "peer", "Mara", "en", "es"),
                member(self.sol, "peer", "Sol", "es"),
                member(self.moderator, "moderator", "Ife", "en"),
                member(self.coordinator, "coordinator", "Noor", "en"),
            ),
        )

    def sign(self, directory: Directory) -> SignedDirectory:
        """The directory under the organisation's root."""
        return sign_directory(self.root, directory.to_payload())


def team(key: StaffKey, epoch: int, *members: StaffKey) -> Team:
    """A team's public half and who holds the private one."""
    return Team(SUITE, epoch, key.pub, tuple(each.kid for each in members))


def member(key: StaffKey, role: str, alias: str, *languages: str) -> Member:
    """Somebody in the directory."""
    return Member(key.kid, key.pub, (role,), Profile(alias, "1", "Here to listen.", languages, (), ()))


def without(directory: Directory, gone: Kid, new_team: StaffKey) -> Directory:
    """The next directory after somebody left: a new key for the peers who stay."""
    stay = tuple(each for each in directory.staff if each.kid != gone)
    after = Team(SUITE, directory.teams["peer"].epoch + 1, new_team.pub, holders("peer", stay))
    return replace(
        directory,
        serial=directory.serial + 1,
        teams={**directory.teams, "peer": after},
        staff=stay,
    )
