"""Which flag is taken, who may decide it, what the trail says: pure decisions (docs/protocol.md, 11)."""

import hashlib
import hmac
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from app.conversations.errors import Closed, FlagFormat, SlotTaken, SlowDown, StaleEpoch, Unknown
from app.conversations.ids import FlagId, Kid, RoomId, SeatId
from app.wire.encoding import ctx, u32
from app.wire.sizes import FLAG_NOTE_SEALS, FLAG_SEALS, HEAD

LEASE = 1_800
"""Seconds for which a flag is one moderator's alone."""

MOST_OPEN = 3
"""Undecided flags of one reporter in one room."""

MOST_LISTED = 200
"""The most reports in one answer, newest first."""

TRAIL_START = bytes(HEAD)
"""What stands for the head before the first entry of the trail."""


class Category(StrEnum):
    """What a flag is about, in the order in which flags are read."""

    DANGER = "danger"
    CONTACT = "contact"
    """Sexual, contact details or money."""
    ABUSE = "abuse"
    MISTAKE = "mistake"
    OTHER = "other"


class Act(StrEnum):
    """What a moderator may do about a flag."""

    NONE = "none"
    CLOSE = "close"
    """The room ends for good."""


class Outcome(StrEnum):
    """What a reporter is told."""

    OPEN = "open"
    NONE = "none"
    CLOSED = "closed"


Reason = Literal[
    "nothing-wrong",
    "not-clear",
    "kept-as-note",
    "asked-contact",
    "sexual",
    "money",
    "abuse",
    "danger",
    "other",
]


@dataclass(frozen=True, slots=True)
class Report:
    """A flag as it came: who flagged (a client has no kid), and what is sealed to the team key `team`."""

    flag: FlagId = field(repr=False)
    room: RoomId = field(repr=False)
    seat: SeatId = field(repr=False)
    kid: Kid | None = field(repr=False)
    category: Category
    team: Kid = field(repr=False)
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Lease:
    """Who has the flag, until when (unix seconds)."""

    kid: Kid = field(repr=False)
    until: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided; `note` is the moderator's own line, sealed to the moderation team."""

    act: Act
    reason: Reason
    note: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag that is held: the report, its day, the epoch of the team key, and what became of it."""

    report: Report
    epoch: int
    opened_day: int
    lease: Lease | None
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Entry:
    """Something a moderator did. `reason` is empty for a reading."""

    n: int
    day: int
    kid: Kid = field(repr=False)
    act: str
    flag: FlagId = field(repr=False)
    reason: str


def check_flag(sealed: bytes) -> None:
    """`FlagFormat` for another length than a sealed flag's."""
    if len(sealed) not in FLAG_SEALS:
        raise FlagFormat


def check_note(sealed: bytes) -> None:
    """`FlagFormat` for another length than a sealed note's."""
    if len(sealed) not in FLAG_NOTE_SEALS:
        raise FlagFormat


def check_report(report: Report, team: Kid, undecided: int) -> None:
    """Whether a new flag may come, beside `undecided` ones of the same reporter in the room.

    `StaleEpoch` for one that is not sealed to the present moderation key, `SlowDown` for one too many.
    """
    if report.team != team:
        raise StaleEpoch
    if undecided >= MOST_OPEN:
        raise SlowDown


def repeated(flag: Flag, report: Report) -> Outcome:
    """The answer to a flag that is held already. `SlotTaken` where it is not the identical one."""
    if flag.report != report:
        raise SlotTaken
    return outcome(flag.decision)


def outcome(decision: Decision | None) -> Outcome:
    """What the reporter is told of this decision, or of none yet."""
    if decision is None:
        return Outcome.OPEN
    return Outcome.CLOSED if decision.act is Act.CLOSE else Outcome.NONE


def require_held(flag: Flag | None, kid: Kid) -> Flag:
    """The flag, undecided and leased to this moderator. `Unknown`, or `Closed` once it is decided.

    A lease that ran out is its holder's until somebody else takes the flag: a moderator who thought
    for long loses nothing, as long as nobody else read on.
    """
    if flag is None:
        raise Unknown
    if flag.decision is not None:
        raise Closed
    if flag.lease is None or flag.lease.kid != kid:
        raise Unknown
    return flag


def is_repeat(flag: Flag | None, decision: Decision) -> bool:
    """Whether this is what was decided already, sent again."""
    if flag is None or flag.decision is None:
        return False
    held = flag.decision
    return (held.act, held.reason) == (decision.act, decision.reason) and hmac.compare_digest(
        held.note, decision.note
    )


def trail_head(previous: bytes, entry: Entry) -> bytes:
    """The head (32 bytes) after an entry: a hash over it and the head before."""
    said = (entry.kid, entry.act.encode(), entry.flag, entry.reason.encode())
    return hashlib.sha256(ctx("trail", previous, u32(entry.n), u32(entry.day), *said)).digest()
