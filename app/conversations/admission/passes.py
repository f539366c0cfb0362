"""Reading a pass: a JWT, one fixed algorithm, the identity house's public key (docs/protocol.md, 6)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.conversations.admission.callers import Role, StaffCaller
from app.conversations.errors import PassExpired, Unknown
from app.conversations.ids import Kid
from app.wire.encoding import unb64u
from app.wire.errors import WireError
from app.wire.sizes import ID

AUDIENCE = "conversations"
ALGORITHM = "EdDSA"
LIFETIME = 600
"""The longest a pass may be good for, in seconds."""
SLACK = 60
"""How far the two houses' clocks may be apart, in seconds."""
MAX_TOKEN = 2_048
MAX_ROOMS = 20
MAX_LANGUAGES = 8

_ROLES: dict[str, Role] = {"peer": "peer", "moderator": "moderator", "coordinator": "coordinator"}
_language = re.compile(r"[a-z]{2,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pass:
    """A pass whose signature, audience and time are good; whether its bearer is listed is asked elsewhere."""

    instance: bytes = field(repr=False)
    caller: StaffCaller


def read_pass(token: str, key: Ed25519PublicKey, now: float) -> Pass:
    """The pass in a token.

    `Unknown` for whatever the key did not sign for us, `PassExpired` when its time is over.
    """
    if len(token) > MAX_TOKEN:
        raise Unknown
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            # The library asks the machine's clock; ours is asked below.
            options={
                "require": ["aud", "exp"],
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
        found = _pass(claims)
    except (jwt.PyJWTError, WireError, ValueError):
        raise Unknown from None
    if found.caller.expires > now + LIFETIME + SLACK:
        raise Unknown
    if found.caller.expires <= now:
        raise PassExpired
    return found


def _pass(claims: Mapping[str, Any]) -> Pass:
    role, limit, languages, expires = (claims.get(name) for name in ("role", "limit", "languages", "exp"))
    if (
        not isinstance(role, str)
        or role not in _ROLES
        or type(limit) is not int
        or not 0 <= limit <= MAX_ROOMS
        or type(expires) is not int
        or not isinstance(languages, list)
        or len(languages) > MAX_LANGUAGES
        or not all(isinstance(each, str) and _language.fullmatch(each) for each in languages)
    ):
        raise ValueError
    return Pass(
        unb64u(claims.get("instance"), ID),
        StaffCaller(Kid(unb64u(claims.get("kid"), ID)), _ROLES[role], limit, tuple(languages), expires),
    )
