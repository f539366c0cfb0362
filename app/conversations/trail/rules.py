"""What the trail says, and how its entries hold together (docs/protocol.md, 11)."""

import hashlib
from dataclasses import dataclass, field

from app.conversations.ids import FlagId, Kid
from app.wire.encoding import ctx, u32
from app.wire.sizes import HEAD, ID

TRAIL_START = bytes(HEAD)
"""What stands for the head before the first entry of the trail."""

NO_FLAG = FlagId(bytes(ID))
"""What stands for the flag of an entry that is about none."""

MOST_REASON = 100
"""Characters of a reason in one's own words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something a member of the staff did. `reason` is empty for a reading."""

    n: int
    day: int
    kid: Kid = field(repr=False)
    act: str
    flag: FlagId = field(repr=False)
    reason: str


def trail_head(previous: bytes, entry: Entry) -> bytes:
    """The head (32 bytes) after an entry: a hash over it and the head before."""
    said = (entry.kid, entry.act.encode(), entry.flag, entry.reason.encode())
    return hashlib.sha256(ctx("trail", previous, u32(entry.n), u32(entry.day), *said)).digest()
