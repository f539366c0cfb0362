"""Which flag is whose, who may decide what: pure decisions (docs/protocol.md, 11)."""

import hmac
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from app.conversations.errors import (
    Closed,
    FlagFormat,
    Malformed,
    NConflict,
    SecondNeeded,
    SlotTaken,
    SlowDown,
    StaleEpoch,
    Unknown,
)
from app.conversations.ids import FlagId, Kid, RoomId, SeatId
from app.kit.clock import DAY
from app.wire.sizes import FLAG_NOTE_SEALS, FLAG_SEALS, SHOWN_SEALS

LEASE = 1_800
"""Seconds for which a flag is one moderator's alone."""

MOST_OPEN = 3
"""Undecided flags of one reporter in one room."""

MOST_A_DAY = 10
"""Flags of one reporter in one day: a client's in its room, a peer's in all rooms."""

MOST_LISTED = 200
"""The most reports in one answer, newest first."""

ANSWER_DAYS = 7
"""Days that a flag waits for more words, or for the answer of a second person; then anybody takes it."""

KEPT_DAYS = 1
"""Days after the one of an answer for which a flag is kept for whoever waited for that answer."""

PACK_DAYS = 7
"""Days in which the two who agreed to report a flag may take its pack."""

MOST_REPEATED = 10
"""Times in one day that somebody may fetch the pack of one flag, ask a second person about it, or turn its
hold: the trail stays readable."""

ALONE = 3 * DAY
"""Seconds for which a peer can be paused by one person, where there is no second."""


class Category(StrEnum):
    """What a flag is about, in the order in which flags are read."""

    DANGER = "danger"
    CONTACT = "contact"
    """Sexual, contact details or money."""
    ABUSE = "abuse"
    MISTAKE = "mistake"
    OTHER = "other"


class Act(StrEnum):
    """What can be done about a flag."""

    NONE = "none"
    TALK = "talk"
    """A moderator talks with the peer, outside Beside."""
    PAUSE = "pause"
    """The peer takes no new talks."""
    REOFFER = "reoffer"
    """The talk ends, and the client may meet somebody else."""
    CLOSE = "close"
    """The room ends for good."""
    REPORT = "report"
    """Those whom the law names are told; the flag stays to be decided."""


BY_TWO = (Act.PAUSE, Act.CLOSE, Act.REPORT)
"""What a second person can be asked about."""


class Outcome(StrEnum):
    """What a reporter is told."""

    OPEN = "open"
    ASKED = "asked"
    """They are asked for more words, which they may refuse."""
    NONE = "none"
    TALKED = "talked"
    PAUSED = "paused"
    REOFFERED = "reoffered"
    CLOSED = "closed"
    REPORTED = "reported"


class More(StrEnum):
    """Whether the reporter was asked for more words, and what came of it."""

    NONE = "none"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"


class Answer(StrEnum):
    """Where a question to a second person stands."""

    ASKED = "asked"
    AGREED = "agreed"
    DIFFERS = "differs"
    OVER = "over"
    """Nobody waits for it any more."""


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

_OUTCOMES = {
    Act.NONE: Outcome.NONE,
    Act.TALK: Outcome.TALKED,
    Act.PAUSE: Outcome.PAUSED,
    Act.REOFFER: Outcome.REOFFERED,
    Act.CLOSE: Outcome.CLOSED,
}


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
class Line:
    """Somebody's own words about a flag, sealed to the moderation key `team` as its note number `n`."""

    team: Kid = field(repr=False)
    n: int
    blob: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would do about a flag; `subject`: whom a pause is about, `line`: why."""

    act: Act
    subject: Kid | None = field(repr=False)
    reason: Reason
    line: Line

    @property
    def decision(self) -> Decision:
        """The same, decided."""
        return Decision(self.act, self.reason, self.line.blob)


@dataclass(frozen=True, slots=True)
class Sealed:
    """Something sealed to the moderation key `kid` of this epoch."""

    kid: Kid = field(repr=False)
    epoch: int
    blob: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag that is held: the report, its day, the epoch of the team key, and what became of it.

    `words` are those that the reporter gave later; `held`: no purge takes it.
    """

    report: Report
    epoch: int
    opened_day: int
    lease: Lease | None
    decision: Decision | None
    more: More = More.NONE
    words: Sealed | None = None
    held: bool = False
    reported_day: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A line on an undecided flag, for the moderation team; `n` counts from 1."""

    n: int
    by: Kid = field(repr=False)
    kind: Literal["hand-on", "asked", "answered"]
    line: Sealed


@dataclass(frozen=True, slots=True)
class Proposal:
    """What `by` would do, for `to` to agree or not. `shown`: the flag, sealed to `to` alone.

    `subject`: the peer that a pause is about. `day`: of the present state. `n`: the number of its line.
    """

    flag: FlagId = field(repr=False)
    n: int
    by: Kid = field(repr=False)
    to: Kid = field(repr=False)
    act: Act
    subject: Kid | None = field(repr=False)
    reason: Reason
    state: Answer
    day: int
    shown: bytes | None = field(repr=False)

    def waits(self, today: int, moderators: Collection[Kid], deciders: Collection[Kid]) -> bool:
        """Whether an answer may still come: both are listed, and it is not too long ago."""
        recent = self.day >= today - ANSWER_DAYS
        return self.state is Answer.ASKED and recent and self.by in moderators and self.to in deciders


def check_flag(sealed: bytes) -> None:
    """`FlagFormat` for another length than a sealed flag's."""
    if len(sealed) not in FLAG_SEALS:
        raise FlagFormat


def check_note(sealed: bytes) -> None:
    """`FlagFormat` for another length than a sealed note's."""
    if len(sealed) not in FLAG_NOTE_SEALS:
        raise FlagFormat


def check_shown(sealed: bytes) -> None:
    """`FlagFormat` for another length than that of a flag as one person is shown it."""
    if len(sealed) not in SHOWN_SEALS:
        raise FlagFormat


def check_place(line: Line, team: Kid, n: int) -> None:
    """Whether a line can be opened where it is put, by who holds the present moderation key.

    `StaleEpoch` for one under another key, `NConflict` for one under another number than the next.
    """
    if line.team != team:
        raise StaleEpoch
    if line.n != n:
        raise NConflict


def check_often(times: int) -> None:
    """`SlowDown` for what somebody did about one flag often enough for one day."""
    if times >= MOST_REPEATED:
        raise SlowDown


def check_report(report: Report, team: Kid, undecided: int, of_today: int) -> None:
    """Whether a new flag may come, beside `undecided` ones of the same reporter in the room, `of_today`
    of this day.

    `StaleEpoch` for one that is not sealed to the present moderation key, `SlowDown` for one too many.
    """
    if report.team != team:
        raise StaleEpoch
    if undecided >= MOST_OPEN or of_today >= MOST_A_DAY:
        raise SlowDown


def repeated(flag: Flag, report: Report) -> Outcome:
    """The answer to a flag that is held already. `SlotTaken` where it is not the identical one."""
    if flag.report != report:
        raise SlotTaken
    return outcome(flag)


def outcome(flag: Flag) -> Outcome:
    """What the reporter is told: what was done, and not why."""
    if flag.decision is not None:
        return outcome_of(flag.decision.act)
    if flag.more is More.ASKED:
        return Outcome.ASKED
    return Outcome.OPEN if flag.reported_day is None else Outcome.REPORTED


def outcome_of(act: Act) -> Outcome:
    """What the reporter is told of an act that decides."""
    return _OUTCOMES[act]


def require_held(flag: Flag | None, kid: Kid, waiting: Proposal | None = None) -> Flag:
    """The flag, undecided and this moderator's: leased, or with a question of theirs that waits.

    `Unknown`, or `Closed` once it is decided. A lease that ran out is its holder's until somebody else
    takes the flag: a moderator who thought for long loses nothing, as long as nobody else read on.
    """
    if flag is None:
        raise Unknown
    if flag.decision is not None:
        raise Closed
    leased = flag.lease is not None and flag.lease.kid == kid
    if not leased and (waiting is None or waiting.by != kid):
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


def check_subject(act: Act, subject: Kid | None) -> None:
    """A pause is about one peer, and nothing else is about anybody: `Malformed`."""
    if (act is Act.PAUSE) is not (subject is not None):
        raise Malformed


def check_alone(act: Act, category: Category, seconds: Collection[Kid]) -> None:
    """Whether one person alone may do this; `seconds`: who could be asked. `SecondNeeded` where not."""
    if act is Act.REPORT or (act is Act.CLOSE and category is Category.DANGER):
        raise SecondNeeded
    if act is Act.PAUSE and seconds:
        raise SecondNeeded


def check_paused(subject: Kid | None, sat: Collection[Kid], peers: Collection[Kid]) -> None:
    """Whether a peer to be paused had a seat in the room and is listed. `Unknown`."""
    if subject is not None and (subject not in sat or subject not in peers):
        raise Unknown


def same_wish(one: Proposal, act: Act, subject: Kid | None) -> bool:
    """Whether two people would do the same."""
    return (one.act, one.subject) == (act, subject)
