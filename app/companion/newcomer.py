"""Someone invited to join: opens the invitation, makes keys, submits (docs/protocol.md, 5)."""

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.companion.answers import Answer, Opened, Role
from app.companion.api import Api, ApiError
from app.companion.keyring import Keyring
from app.companion.staff import enrol_mac, invite_keys, make_secret, read_secret, secret_words, staff_keys
from app.companion.trust import Trust
from app.wire.directory import Profile
from app.wire.encoding import b64u, unb64u
from app.wire.fields import array, line, mapping, whole
from app.wire.ids import StaffId

_FRAGMENT = "invite="


@dataclass(frozen=True, slots=True, repr=False)
class Account:
    """What a new staff member's machine makes: the keys, and the secret (16 bytes) that only they keep."""

    keyring: Keyring
    secret: bytes

    @classmethod
    def make(cls) -> "Account":
        """A fresh one."""
        return cls(Keyring.make(), make_secret())

    async def credentials(self, staff: StaffId, name: str, password: str) -> dict[str, object]:
        """What the server is given to let this person in later: never the password or the secret."""
        salt = secrets.token_bytes(16)
        derived = await asyncio.to_thread(staff_keys, password, salt, self.secret)
        return {
            "pub": self.keyring.key.pub,
            "name": name,
            "salt": salt,
            "auth_hash": hashlib.sha256(derived.auth).digest(),
            "keys": self.keyring.seal(derived.wrap, staff),
        }

    def __repr__(self) -> str:
        return "<Account>"


@dataclass(frozen=True, slots=True, repr=False)
class Invitation:
    """An invite secret (16 bytes), to be handed over as a link or as twelve words."""

    secret: bytes

    @classmethod
    def read(cls, text: str) -> "Invitation":
        """The invitation in a link or in twelve words. WireError("malformed") where it is none."""
        fragment = urlsplit(text.strip()).fragment
        if fragment.startswith(_FRAGMENT):
            return cls(unb64u(fragment.removeprefix(_FRAGMENT), 16))
        return cls(read_secret(text))

    def link(self, url: str, role: Role) -> str:
        """A link to the page of `role` at `url`; its fragment never reaches a server."""
        return f"{url}/{role}.html#{_FRAGMENT}{b64u(self.secret)}"

    @property
    def words(self) -> str:
        """Twelve words, for another channel."""
        return " ".join(secret_words(self.secret))

    def __repr__(self) -> str:
        return "<Invitation>"


class Newcomer:
    """An opened invitation: who one would be, and at which service."""

    def __init__(self, api: Api, invitation: Invitation, opened: Opened) -> None:
        self._api = api
        self._keys = invite_keys(invitation.secret)
        self._staff = StaffId(opened.staff)
        self._instance = opened.instance
        self.role: Role = opened.role
        self.expires = opened.expires

    @classmethod
    async def open(cls, api: Api, invitation: Invitation) -> "Newcomer":
        """Open an invitation. ApiError("unknown") where it was used, is over, or never was."""
        trust = await Trust.pin(api)
        token = invite_keys(invitation.secret).token
        opened = await api.post("enrolment/open", {"token": token}, Opened)
        if opened.instance != trust.instance:
            raise ApiError("dir_signature")
        return cls(api, invitation, opened)

    async def submit(self, account: Account, name: str, password: str, profile: Profile) -> None:
        """Give in one's public key, vouched for by the invite secret, and wait to be admitted.

        ApiError: `unknown` where somebody else was first, `name_taken`, `malformed` where a profile or name
        does not fit. Keep `account.secret` before calling: without it nobody can sign in.
        """
        pub = account.keyring.key.pub
        body = await account.credentials(self._staff, name, password)
        mac = enrol_mac(self._keys.mac_key, self._instance, self._staff, self.role, pub)
        body |= {"token": self._keys.token, "mac": mac, "profile": profile_json(profile)}
        await self._api.post("enrolment/submit", body, Answer)


def profile_json(profile: Profile) -> dict[str, object]:
    """A profile as the identity house takes it; the stone is its number."""
    return {
        "alias": profile.alias,
        "stone": int(profile.stone),
        "line": profile.line,
        "languages": list(profile.languages),
        "topics": list(profile.topics),
        "lived": list(profile.lived),
    }


def read_profile(body: object) -> Profile:
    """The profile in the house's JSON. WireError("malformed") for any other value."""
    fields = mapping(body)
    alias, languages, topics, lived = (fields.get(name) for name in ("alias", "languages", "topics", "lived"))
    return Profile(
        alias=line(alias, 24),
        stone=str(whole(fields.get("stone"), 0, 7)),
        line=line(fields.get("line"), 140),
        languages=tuple(line(entry, 16) for entry in array(languages, 5)),
        topics=tuple(line(entry, 32) for entry in array(topics, 15)),
        lived=tuple(line(entry, 32) for entry in array(lived, 15)),
    )
