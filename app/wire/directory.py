"""The signed directory: team keys by epoch and staff by key, and when to believe it (docs/protocol.md, 5)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from app.wire.encoding import b64u, unb64u
from app.wire.errors import WireError
from app.wire.fields import MAX_INT, MAX_U32, array, dump, line, load, mapping, text, whole
from app.wire.ids import Kid, kid_of
from app.wire.sizes import HASH, ID, PUB, SIGNATURE

VERSION = 1
SUITE = 1
TEAMS = ("peer", "moderation", "root")
ROLES = ("peer", "moderator", "coordinator")
LIFETIME = 35 * 86400
"""The longest a directory may be good for, in seconds."""
SLACK = 86400
"""How long after `expires` a directory is still taken, in seconds."""
MAX_PAYLOAD = 1 << 20
MAX_SIGNATURES = 16
MAX_STAFF = 1000
MAX_EARLIER = 1000

_MAX_TEXT = 200
_MAX_TAGS = 32


@dataclass(frozen=True, slots=True)
class Profile:
    """What clients see of a staff member: never a real name or an address."""

    alias: str
    stone: str
    line: str
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    lived: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A staff member: the key, what it may do, its public face. `pub` is an uncompressed point (65 bytes)."""

    kid: Kid = field(repr=False)
    pub: bytes = field(repr=False)
    roles: tuple[str, ...]
    profile: Profile = field(repr=False)


@dataclass(frozen=True, slots=True)
class Team:
    """A team's public key in its present epoch and the kids that hold the private half."""

    suite: int
    epoch: int
    pub: bytes
    members: tuple[Kid, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """A parsed payload. `issued`, `expires`: unix seconds; `earlier`: hashes of the payloads it replaced."""

    v: int
    instance: bytes
    serial: int
    issued: int
    expires: int
    earlier: tuple[bytes, ...]
    teams: dict[str, Team]
    staff: tuple[Member, ...]

    def member(self, kid: Kid) -> Member | None:
        """The staff member with this key, None where nobody has it."""
        return next((member for member in self.staff if member.kid == kid), None)

    def to_payload(self) -> bytes:
        """The payload to sign: compact JSON. `parse_directory` gives the same directory back."""
        body = {
            "v": self.v,
            "instance": b64u(self.instance),
            "serial": self.serial,
            "issued": self.issued,
            "expires": self.expires,
            "earlier": [b64u(digest) for digest in self.earlier],
            "teams": {name: _team_json(team) for name, team in self.teams.items()},
            "staff": [_member_json(member) for member in self.staff],
        }
        return dump(body)


def holders(team: str, staff: Sequence[Member]) -> tuple[Kid, ...]:
    """Who must hold a team's key: those of its role; coordinators stand in for a team without anybody."""
    role = {"peer": "peer", "moderation": "moderator", "root": "coordinator"}[team]
    kids = tuple(member.kid for member in staff if role in member.roles)
    return kids or tuple(member.kid for member in staff if "coordinator" in member.roles)


def check_holders(directory: Directory) -> None:
    """WireError("malformed") unless each team is exactly those who must hold its key.

    Servers ask it of a new directory: nobody reads what is sealed to a team whose work is not theirs.
    """
    for name, team in directory.teams.items():
        if set(team.members) != set(holders(name, directory.staff)):
            raise WireError("malformed")


@dataclass(frozen=True, slots=True)
class SignedDirectory:
    """A payload, signed as it is, and its signatures by the key that made each."""

    payload: bytes = field(repr=False)
    sigs: tuple[tuple[Kid, bytes], ...] = field(repr=False)

    def to_json(self) -> dict[str, Any]:
        """`{payload, sigs:[{kid, sig}]}`, bytes in base64url."""
        return {
            "payload": b64u(self.payload),
            "sigs": [{"kid": b64u(kid), "sig": b64u(sig)} for kid, sig in self.sigs],
        }

    @classmethod
    def from_json(cls, obj: object) -> "SignedDirectory":
        """The signed directory in any JSON value. WireError("malformed") unless it has exactly that shape."""
        fields = mapping(obj)
        if fields.keys() != {"payload", "sigs"}:
            raise WireError("malformed")
        payload = unb64u(text(fields["payload"], MAX_PAYLOAD * 4 // 3 + 4))
        return cls(payload, tuple(_signature(entry) for entry in array(fields["sigs"], MAX_SIGNATURES)))


def signed_bytes(payload: bytes) -> bytes:
    """What a root key signs for this payload."""
    return b"beside/1 directory\x00" + payload


def directory_hash(payload: bytes) -> bytes:
    """The hash (32 bytes) that rides inside every room seal."""
    return hashlib.sha256(payload).digest()


def verify_signature(pub: bytes, payload: bytes, sig: bytes) -> bool:
    """Whether the key of `pub` (65 bytes) made `sig` (ES256, raw r‖s, 64 bytes) over a payload."""
    if len(sig) != SIGNATURE or len(pub) != PUB:
        return False
    der = encode_dss_signature(int.from_bytes(sig[:32], "big"), int.from_bytes(sig[32:], "big"))
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), pub)
        key.verify(der, signed_bytes(payload), ec.ECDSA(SHA256()))
    except (ValueError, InvalidSignature):
        return False
    return True


def accept(
    signed: SignedDirectory, roots: Mapping[Kid, bytes], instance: bytes | None, last_serial: int, now: int
) -> Directory:
    """The directory, where it may be believed at `now` (unix seconds by the server's clock).

    `roots` are the pinned root keys, point by kid. `instance` is the one known so far, None before the first;
    `last_serial` the highest seen, 0 before the first. WireError, in this order: `dir_signature` where no
    pinned root signed; `malformed` where the payload does not parse; `dir_expired` from 24 hours after its
    end; `dir_signature` for another instance; `dir_rollback` for a serial below the last seen.
    """
    if not any(
        kid in roots and verify_signature(roots[kid], signed.payload, sig) for kid, sig in signed.sigs
    ):
        raise WireError("dir_signature")
    directory = parse_directory(signed.payload)
    if now > directory.expires + SLACK:
        raise WireError("dir_expired")
    if instance is not None and directory.instance != instance:
        raise WireError("dir_signature")
    if directory.serial < last_serial:
        raise WireError("dir_rollback")
    return directory


def parse_directory(payload: bytes) -> Directory:
    """The directory in a payload, without asking who signed it.

    WireError("malformed") for an unknown version or suite, a missing or ill-typed field, a size over its
    limit, a key whose kid is not its own, a kid twice, a team member who is not staff, or a life over 35
    days. Fields this version does not know are passed over: a root signed them.
    """
    if len(payload) > MAX_PAYLOAD:
        raise WireError("malformed")
    body = mapping(load(payload))
    teams = mapping(body.get("teams"))
    directory = Directory(
        v=whole(body.get("v"), VERSION, VERSION),
        instance=unb64u(body.get("instance"), ID),
        serial=whole(body.get("serial"), 1, MAX_INT),
        issued=whole(body.get("issued"), 0, MAX_INT),
        expires=whole(body.get("expires"), 0, MAX_INT),
        earlier=tuple(unb64u(digest, HASH) for digest in array(body.get("earlier"), MAX_EARLIER)),
        teams={name: _team(teams.get(name)) for name in TEAMS},
        staff=tuple(_member(entry) for entry in array(body.get("staff"), MAX_STAFF)),
    )
    kids = {member.kid for member in directory.staff}
    if (
        not 0 < directory.expires - directory.issued <= LIFETIME
        or len(kids) != len(directory.staff)
        or any(not kids.issuperset(team.members) for team in directory.teams.values())
    ):
        raise WireError("malformed")
    return directory


def _team(value: object) -> Team:
    team = mapping(value)
    members = tuple(Kid(unb64u(kid, ID)) for kid in array(team.get("members"), MAX_STAFF))
    if len(set(members)) != len(members):
        raise WireError("malformed")
    return Team(
        suite=whole(team.get("suite"), SUITE, SUITE),
        epoch=whole(team.get("epoch"), 1, MAX_U32),
        pub=_point(team.get("pub")),
        members=members,
    )


def _member(value: object) -> Member:
    entry = mapping(value)
    kid, pub, roles = Kid(unb64u(entry.get("kid"), ID)), _point(entry.get("pub")), _texts(entry.get("roles"))
    if kid != kid_of(pub) or not roles or not set(ROLES).issuperset(roles) or len(set(roles)) != len(roles):
        raise WireError("malformed")
    profile = mapping(entry.get("profile"))
    return Member(
        kid,
        pub,
        roles,
        Profile(
            alias=_text(profile.get("alias")),
            stone=_text(profile.get("stone")),
            line=_text(profile.get("line")),
            languages=_texts(profile.get("languages")),
            topics=_texts(profile.get("topics")),
            lived=_texts(profile.get("lived")),
        ),
    )


def _team_json(team: Team) -> dict[str, Any]:
    return {
        "suite": team.suite,
        "epoch": team.epoch,
        "pub": b64u(team.pub),
        "members": [b64u(kid) for kid in team.members],
    }


def _member_json(member: Member) -> dict[str, Any]:
    face = member.profile
    return {
        "kid": b64u(member.kid),
        "pub": b64u(member.pub),
        "roles": list(member.roles),
        "profile": {
            "alias": face.alias,
            "stone": face.stone,
            "line": face.line,
            "languages": list(face.languages),
            "topics": list(face.topics),
            "lived": list(face.lived),
        },
    }


def _signature(value: object) -> tuple[Kid, bytes]:
    entry = mapping(value)
    if entry.keys() != {"kid", "sig"}:
        raise WireError("malformed")
    return Kid(unb64u(entry["kid"], ID)), unb64u(entry["sig"], SIGNATURE)


def _point(value: object) -> bytes:
    pub = unb64u(value, PUB)
    if pub[0] != 4:
        raise WireError("malformed")
    return pub


def _text(value: object) -> str:
    return line(value, _MAX_TEXT)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(entry) for entry in array(value, _MAX_TAGS))
