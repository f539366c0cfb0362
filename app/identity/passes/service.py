"""Issuing passes (docs/protocol.md, 6)."""

from dataclasses import dataclass, field
from typing import Final

import jwt

from app.identity.directory.rules import listed
from app.identity.errors import Unknown
from app.identity.house import IdentityHouse
from app.identity.staff.rules import Account
from app.wire.encoding import b64u

ALGORITHM: Final = "EdDSA"
AUDIENCE: Final = "conversations"
LIFETIME = 600
"""Seconds that a pass is good for."""


@dataclass(frozen=True, slots=True)
class Pass:
    """A signed JWT and when it ends (unix seconds)."""

    token: str = field(repr=False)
    expires: int


async def issue(house: IdentityHouse, account: Account) -> Pass:
    """A pass for somebody signed in. SlowDown above the account's rate; Unknown if they left meanwhile.

    It names the key and the role, never the account: the other house cannot even learn the staff id.
    """
    house.limits.take("pass", account.id)
    async with house.database.read() as tx:
        current = await house.current.of(tx)
    member = listed(current, account.kid, account.role)
    if current is None or member is None:
        raise Unknown
    expires = house.now + LIFETIME
    claims = {
        "aud": AUDIENCE,
        "instance": b64u(current.directory.instance),
        "kid": b64u(account.kid),
        "role": account.role,
        "limit": account.room_limit,
        "languages": list(member.profile.languages),
        "exp": expires,
    }
    return Pass(jwt.encode(claims, house.keys.signing, algorithm=ALGORITHM), expires)
