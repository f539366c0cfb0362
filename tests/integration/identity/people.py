"""People of a made-up organisation: keys, accounts and signed directories, as their browsers make them."""

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any

from app.companion.keys import StaffKey, sign_directory
from app.companion.seals import TeamName, seal_team_key
from app.identity.directory.rules import TeamSeal
from app.identity.enrolment.rules import NewAccount
from app.identity.ids import Role, StaffId
from app.wire.directory import Directory, Member, Profile, SignedDirectory, Team, directory_hash, holders
from app.wire.encoding import b64u
from app.wire.ids import Kid
from app.wire.sizes import BOX_OVERHEAD, ID, KEY, STAFF_KEYS_BOX

NOW = 1_795_000_000
"""When the tests' clocks start."""

DAY = 86_400
TEAM_NAMES: tuple[TeamName, ...] = ("peer", "moderation", "root")

PROFILE: dict[str, Any] = {
    "alias": "Mara",
    "stone": 3,
    "line": "I like rain.",
    "languages": ["en", "es"],
    "topics": ["worry", "family"],
    "lived": ["grief"],
}


@dataclass(frozen=True)
class Person:
    """Somebody on the staff, or about to be."""

    name: str
    role: Role
    key: StaffKey = field(default_factory=StaffKey.generate)
    staff: StaffId = field(default_factory=lambda: StaffId(secrets.token_bytes(ID)))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(KEY))
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(ID))
    keys: bytes = field(default_factory=lambda: secrets.token_bytes(STAFF_KEYS_BOX))
    token: bytes = field(default_factory=lambda: secrets.token_bytes(KEY))
    secret_box: bytes = field(default_factory=lambda: secrets.token_bytes(ID + BOX_OVERHEAD))

    @property
    def kid(self) -> Kid:
        return self.key.kid

    @property
    def token_hash(self) -> bytes:
        return hashlib.sha256(self.token).digest()

    def account(self) -> NewAccount:
        digest = hashlib.sha256(self.auth).digest()
        return NewAccount(self.name, self.key.pub, self.salt, digest, self.keys)

    def entry(self, *, role: Role | None = None) -> Member:
        profile = Profile(self.name.title(), "3", "", ("en",), (), ())
        return Member(self.kid, self.key.pub, (role or self.role,), profile)


class Organisation:
    """A coordinator's desk: the root, the teams' keys, and the directory as it grows."""

    def __init__(self, founder: Person) -> None:
        self.instance = secrets.token_bytes(ID)
        self.root = StaffKey.generate()
        self.founder = founder
        self.team_keys: dict[TeamName, StaffKey] = {
            "peer": StaffKey.generate(),
            "moderation": StaffKey.generate(),
            "root": self.root,
        }
        self.epochs: dict[TeamName, int] = dict.fromkeys(TEAM_NAMES, 1)
        self.last = self.directory([founder], serial=1)

    def new_epoch(self, *names: TeamName) -> None:
        """Fresh keys for these teams."""
        for name in names:
            self.team_keys[name] = StaffKey.generate()
            self.epochs[name] += 1

    def directory(
        self, people: list[Person], *, serial: int, issued: int = NOW, lifetime: int = 30 * DAY
    ) -> Directory:
        """A directory that lists these people, unsigned."""
        return Directory(
            v=1,
            instance=self.instance,
            serial=serial,
            issued=issued,
            expires=issued + lifetime,
            earlier=(directory_hash(self.last.to_payload()),) if serial > 1 else (),
            teams={
                name: Team(
                    1,
                    self.epochs[name],
                    self.team_keys[name].pub,
                    holders(name, [person.entry() for person in people]),
                )
                for name in TEAM_NAMES
            },
            staff=tuple(person.entry() for person in people),
        )

    def sign(self, directory: Directory, by: StaffKey | None = None) -> SignedDirectory:
        """The directory as `by` (the root unless told) signs it."""
        return sign_directory(by or self.root, directory.to_payload())

    def seals(self, people: list[Person], *, only: tuple[TeamName, ...] = TEAM_NAMES) -> list[TeamSeal]:
        """Each team's key of its present epoch, sealed to each of these who is in it."""
        return [
            TeamSeal(
                name,
                self.epochs[name],
                person.kid,
                seal_team_key(person.key.pub, name, self.epochs[name], self.team_keys[name]),
            )
            for name in only
            for person in people
            if person.kid in holders(name, [each.entry() for each in people])
        ]


def account_json(person: Person) -> dict[str, Any]:
    """The part of a body that both founding and submitting have."""
    account = person.account()
    return {
        "name": account.name,
        "pub": b64u(account.pub),
        "salt": b64u(account.salt),
        "auth_hash": b64u(account.auth_hash),
        "keys": b64u(account.keys),
    }


def seals_json(seals: list[TeamSeal]) -> list[dict[str, Any]]:
    return [
        {"team": seal.team, "epoch": seal.epoch, "kid": b64u(seal.kid), "sealed": b64u(seal.sealed)}
        for seal in seals
    ]
