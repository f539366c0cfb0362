"""Invitations and what a newcomer submits, without the store (docs/protocol.md, 5)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from app.identity.directory.rules import TeamSeal, check_seals, check_teams
from app.identity.ids import Kid, Role, StaffId
from app.kit.clock import DAY
from app.kit.errors import Malformed
from app.wire.directory import Directory
from app.wire.ids import kid_of

INVITATION: Final = 7 * DAY
"""Seconds that an invitation waits for its newcomer, and then for its coordinator."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """`secret_box` is the coordinator's own (97 bytes); `mac` and `profile` are there once submitted.

    `replaces`: the key of the same person, who gets a new one.
    """

    staff: StaffId = field(repr=False)
    role: Role
    token_hash: bytes = field(repr=False)
    secret_box: bytes = field(repr=False)
    expires_at: int
    submitted: bool = False
    mac: bytes | None = field(default=None, repr=False)
    profile: dict[str, Any] | None = field(default=None, repr=False)
    replaces: Kid | None = field(default=None, repr=False)

    def same_offer(self, other: "Invitation") -> bool:
        """Whether the other is this one, sent again."""
        return (self.staff, self.role, self.token_hash, self.secret_box, self.replaces) == (
            other.staff,
            other.role,
            other.token_hash,
            other.secret_box,
            other.replaces,
        )


@dataclass(frozen=True, slots=True)
class Applicant:
    """An invitation and, once submitted, the newcomer's public key (65 bytes)."""

    invitation: Invitation
    pub: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What a newcomer's browser (at founding the coordinator's) makes of name, password and secret."""

    name: str = field(repr=False)
    pub: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    auth_hash: bytes = field(repr=False)
    keys: bytes = field(repr=False)


def check_point(pub: bytes) -> None:
    """Malformed unless `pub` is an uncompressed point of P-256: nobody could seal anything to another."""
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), pub)
    except ValueError:
        raise Malformed from None


def check_first(directory: Directory, founder: bytes, root: bytes, seals: Sequence[TeamSeal]) -> None:
    """Malformed unless this is how a service begins: serial 1, one coordinator, alone in all three teams."""
    kid = kid_of(founder)
    alone = len(directory.staff) == 1 and directory.staff[0].kid == kid
    if (
        directory.serial != 1
        or not alone
        or "coordinator" not in directory.staff[0].roles
        or any(team.members != (kid,) for team in directory.teams.values())
    ):
        raise Malformed
    check_teams(None, directory, {kid_of(root): root})
    check_seals(directory, frozenset(), seals)
