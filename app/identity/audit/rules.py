"""What the audit holds, and how its entries hang together (docs/protocol.md, 11)."""

import hashlib
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Literal, get_args

from app.identity.ids import Kid
from app.kit.chain import first_break
from app.wire.encoding import ctx, u32

START: Final = bytes(32)
"""What stands for the head before the first entry."""

MOST_LISTED: Final = 100
"""Entries in one answer, newest first."""

SIGN_IN_DAYS: Final = 90
"""Days that it is kept who signed in, and what else each did about their own sign-in."""

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
    "withdrawn",
    "profile",
]
Act = SignInAct | TeamAct

SIGN_IN: Final[frozenset[str]] = frozenset(get_args(SignInAct))
"""What is between one person and the service: shown to them and to coordinators."""

WEIGHING: Final[frozenset[str]] = frozenset({"suspend-asked", "suspend-agreed", "suspend-refused"})
"""What two others weigh about somebody: not shown to that person until it is done."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, on a day since 1970; `by` did it, `kid` is whom it was done to.

    `n` counts both lists, so each has gaps where the other goes on.

    `alias` is the public name that `kid` had, since nobody else remembers it once they left.
    """

    n: int
    day: int
    act: str
    by: Kid | None = field(repr=False)
    kid: Kid | None = field(repr=False)
    alias: str = field(repr=False)
    reason: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A list with the head after each entry; what came up to entry `cut` is gone, and `start` its last head.

    `label` tells the hashes of one list from those of the other.
    """

    label: Literal["audit", "sign-ins"]
    cut: int
    start: bytes = field(repr=False)
    entries: list[tuple[Entry, bytes]] = field(repr=False)

    @property
    def heads(self) -> dict[int, bytes]:
        """The head after each entry, by its number; also after the last that was cut."""
        kept = {entry.n: head for entry, head in self.entries}
        return kept if self.cut == 0 else {self.cut: self.start, **kept}

    @property
    def broken(self) -> int | None:
        """The first entry that is not as it was written."""
        return first_break(self.entries, self.start, partial(head_after, self.label))


def head_after(label: str, previous: bytes, entry: Entry) -> bytes:
    """The head (32 bytes) after an entry of a list: a hash over it and the head before."""
    said = (
        entry.act.encode(),
        entry.by or b"",
        entry.kid or b"",
        entry.alias.encode(),
        entry.reason.encode(),
    )
    return hashlib.sha256(ctx(label, previous, u32(entry.n), u32(entry.day), *said)).digest()
