"""What the audit holds, and how its entries hang together (docs/protocol.md, 11)."""

import hashlib
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from app.identity.ids import Kid
from app.wire.encoding import ctx, u32

START: Final = bytes(32)
"""What stands for the head before the first entry."""

MOST_LISTED: Final = 100
"""Entries in one answer, newest first."""

SignInAct = Literal[
    "sign-in",
    "code-refused",
    "signed-out-everywhere",
    "password",
    "second-on",
    "second-off",
    "second-reset",
]
TeamAct = Literal[
    "founded",
    "invited",
    "admitted",
    "new-key",
    "suspend-asked",
    "suspend-agreed",
    "suspend-refused",
    "suspended",
    "restored",
    "left",
    "renewed",
    "limit",
]
Act = SignInAct | TeamAct

SIGN_IN: Final[frozenset[str]] = frozenset(get_args(SignInAct))
"""What is between one person and the service: shown to them and to coordinators."""

WEIGHING: Final[frozenset[str]] = frozenset({"suspend-asked", "suspend-agreed", "suspend-refused"})
"""What two others weigh about somebody: not shown to that person until it is done."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, on a day since 1970; `by` did it, `kid` is whom it was done to.

    `alias` is the public name that `kid` had, since nobody else remembers it once they left.
    """

    n: int
    day: int
    act: str
    by: Kid | None = field(repr=False)
    kid: Kid | None = field(repr=False)
    alias: str = field(repr=False)
    reason: str


def head_after(previous: bytes, entry: Entry) -> bytes:
    """The head (32 bytes) after an entry: a hash over it and the head before."""
    said = (
        entry.act.encode(),
        entry.by or b"",
        entry.kid or b"",
        entry.alias.encode(),
        entry.reason.encode(),
    )
    return hashlib.sha256(ctx("audit", previous, u32(entry.n), u32(entry.day), *said)).digest()
