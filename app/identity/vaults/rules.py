"""What a vault's owner may write next, and how long it is kept, without the store (docs/protocol.md, 3)."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.identity.errors import VConflict
from app.kit.clock import DAY
from app.wire.sizes import VAULT_BOXES

KEPT_DAYS = 365
"""Days that a vault stays after it was written, and on to the end of that quarter: as long as any talk of the
same code can live."""


@dataclass(frozen=True, slots=True)
class Vault:
    """A journal as the house holds it: nothing of it can be read here."""

    version: int
    blob: bytes = field(repr=False)
    token_hash: bytes = field(repr=False)


def digest(token: bytes) -> bytes:
    """What is kept of a vault's token."""
    return hashlib.sha256(token).digest()


def is_box(blob: bytes) -> bool:
    """Whether the blob has one of the seven lengths of a journal."""
    return len(blob) in VAULT_BOXES


def is_repeat(held: Vault | None, version: int, blob: bytes) -> bool:
    """Whether exactly this was written last: its answer may have been lost.

    VConflict unless it is that, or the next version; without a vault of one's own, unless it is 1.
    """
    if held is not None and (held.version, held.blob) == (version, blob):
        return True
    if version != (0 if held is None else held.version) + 1:
        raise VConflict
    return False


def quarter_of(now: int) -> int:
    """Quarters since 1970: the finest time that is kept about a vault."""
    moment = datetime.fromtimestamp(now, UTC)
    return (moment.year - 1970) * 4 + (moment.month - 1) // 3


def expiry_quarter(now: int) -> int:
    """The last quarter of a vault that is written `now` (unix seconds)."""
    return quarter_of(now + KEPT_DAYS * DAY)
