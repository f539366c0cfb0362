"""Accounts and sessions, without the store (docs/protocol.md, 6)."""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from app.identity.directory.rules import Current, listed
from app.identity.ids import Kid, Role, StaffId
from app.kit.errors import Malformed

NAME_LENGTHS: Final = range(3, 65)
"""Characters of a normalised sign-in name."""

SESSION = 12 * 3600
"""Seconds until a session ends, used or not."""

IDLE = 30 * 60
"""Seconds without a request after which a session is gone."""

NOTED_EVERY = 60
"""A session's use is written down at most this often, in seconds; so an idle one may end this much early."""

NOBODY: Final = bytes(32)
"""Compared with where no account has the name; the digest of nothing anyone can find."""


@dataclass(frozen=True, slots=True)
class Account:
    """A staff account. Every field that could lead to a person or open anything stays out of the repr."""

    id: StaffId = field(repr=False)
    role: Role
    kid: Kid = field(repr=False)
    pub: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    auth_hash: bytes = field(repr=False)
    keys: bytes = field(repr=False)
    room_limit: int = 2
    """Rooms that a peer may sit in at once, 1 to 3."""


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser; both moments in unix seconds."""

    account: Account
    expires_at: int
    used_at: int


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One of somebody's sessions as they see it; moments in unix seconds, `this` is the one that asks."""

    begun: int
    used: int
    this: bool


def sign_in_name(typed: str) -> str:
    """The one form of a sign-in name, however it was typed. Malformed unless 3 to 64 characters are left."""
    name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", typed).casefold()).strip()
    if len(name) not in NAME_LENGTHS:
        raise Malformed
    return name


def right_auth(account: Account | None, auth: bytes) -> bool:
    """Whether `auth` (32 bytes) is the account's; the same work where there is no account."""
    known = NOBODY if account is None else account.auth_hash
    return hmac.compare_digest(hashlib.sha256(auth).digest(), known)


def active(current: Current | None, account: Account) -> bool:
    """Whether the account may act: its kid stands in the current directory with its role."""
    return listed(current, account.kid, account.role) is not None


def alive(session: Session, now: int) -> bool:
    """Whether a session still counts at `now`."""
    return now < session.expires_at and now - session.used_at <= IDLE


def to_be_noted(session: Session, now: int) -> bool:
    """Whether this use is worth a write."""
    return now - session.used_at >= NOTED_EVERY
