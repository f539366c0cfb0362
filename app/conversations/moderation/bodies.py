"""Bodies and answers of `/api/flags/…`."""

from typing import Annotated, Self, TypeVar

from pydantic import Field, model_validator

from app.conversations.appeals.bodies import AnyNote
from app.conversations.ids import Kid
from app.conversations.moderation import rules
from app.conversations.moderation.keeping import MOST_LINES, Stale
from app.conversations.moderation.rules import (
    Act,
    Answer,
    Category,
    Flag,
    Line,
    More,
    Note,
    Outcome,
    Proposal,
    Reason,
    Wish,
)
from app.conversations.moderation.second import Questions
from app.conversations.moderation.service import Case, Taken
from app.conversations.rooms.rules import State
from app.conversations.trail.bodies import ReasonLine
from app.conversations.trail.rules import Entry
from app.wire.body import Base64Url, Body, Id, Key32
from app.wire.fields import MAX_INT, MAX_U32
from app.wire.sizes import FLAG_NOTE_SEALS, FLAG_SEALS, SHOWN_SEALS

Name = TypeVar("Name", Category, Act)
Named = Annotated[Name, Field(strict=False)]
"""A member of an enum by its value, as JSON has no other way to write one."""

AnyFlag = Annotated[bytes, Base64Url(1, max(FLAG_SEALS))]
"""Bytes where a sealed flag belongs: another length than a flag's is `flag_format`."""


ShownSeal = Annotated[bytes, Field(repr=False), Base64Url(min(SHOWN_SEALS), max(SHOWN_SEALS))]
FlagSeal = Annotated[bytes, Field(repr=False), Base64Url(min(FLAG_SEALS), max(FLAG_SEALS))]
NoteSeal = Annotated[bytes, Field(repr=False), Base64Url(min(FLAG_NOTE_SEALS), max(FLAG_NOTE_SEALS))]


class OpenFlagBody(Body):
    """A client shows its seat secret, staff their pass. `kid`: the moderation key that `sealed` is for."""

    room: Id
    secret: Key32 | None = None
    flag: Id
    category: Named[Category]
    kid: Id
    sealed: AnyFlag


class MineBody(Body):
    """A client's room and secret; nothing for staff, who show their pass."""

    room: Id | None = None
    secret: Key32 | None = None

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.room is None) is not (self.secret is None):
            raise ValueError("room and secret belong together")
        return self


class FlagBody(Body):
    flag: Id


class TakeBody(Body):
    """`skip`: categories that this moderator would rather not read today."""

    skip: list[Named[Category]] = Field(default_factory=list, max_length=len(Category))


class LineBody(Body):
    """`sealed`: one's own line, for the moderation key `kid`, under the number `note`."""

    flag: Id
    kid: Id
    note: Annotated[int, Field(ge=1, le=MAX_U32)]
    sealed: AnyNote

    @property
    def line(self) -> Line:
        return Line(Kid(self.kid), self.note, self.sealed)


class DecideBody(LineBody):
    """`subject`: whom a pause is about."""

    act: Named[Act]
    subject: Id | None = None
    reason: Reason

    @property
    def wish(self) -> Wish:
        return Wish(self.act, None if self.subject is None else Kid(self.subject), self.reason, self.line)


class MoreBody(Body):
    """A client shows its seat secret, staff their pass.

    `sealed`: more words as in a flag, for the moderation key `kid`; null for rather not.
    """

    room: Id
    secret: Key32 | None = None
    flag: Id
    kid: Id
    sealed: AnyFlag | None


class SecondBody(DecideBody):
    """`to`: who is asked; `shown`: the flag, sealed to that person's own key."""

    to: Id
    shown: Annotated[bytes, Base64Url(1, max(SHOWN_SEALS))]


class NoteBody(Body):
    n: Annotated[int, Field(ge=1, le=MAX_U32)]
    sealed: AnyNote


class ResealBody(Body):
    """`from`: the key it is sealed to; `kid`: the one that `sealed`, `more` and `notes` are for.

    `sealed` is null where only lines are sealed anew.
    """

    flag: Id
    old: Annotated[Id, Field(alias="from")]
    kid: Id
    sealed: AnyFlag | None = None
    more: AnyFlag | None = None
    notes: list[NoteBody] = Field(default_factory=list, max_length=MOST_LINES)


class HoldBody(Body):
    """`reason` is read by whoever reads the trail: one line that names nobody."""

    flag: Id
    hold: bool
    reason: ReasonLine


class StaleBody(Body):
    """`after`: the last flag that one was given."""

    after: Id | None = None


class KeptBody(Body):
    """`before`: the last flag that one was given."""

    before: Id | None = None


class TrailBody(Body):
    """`before`: the number of the oldest entry that one has already."""

    before: Annotated[int, Field(ge=1, le=MAX_INT)] | None = None


class OutcomeAnswer(Body):
    outcome: Outcome


class ReportAnswer(Body):
    flag: Id
    room: Id
    outcome: Outcome

    @classmethod
    def of(cls, flag: Flag) -> "ReportAnswer":
        return cls(flag=flag.report.flag, room=flag.report.room, outcome=rules.outcome(flag))


class MineAnswer(Body):
    """Newest first, at most 200."""

    reports: list[ReportAnswer]


class TakenFlag(Body):
    """`day` in days since 1970, `until` in unix seconds. `handed_on`: a colleague wants another opinion."""

    flag: Id
    category: Category
    day: int
    until: int
    more: More
    held: bool
    handed_on: bool


class TakeAnswer(Body):
    flag: TakenFlag | None

    @classmethod
    def of(cls, taken: Taken | None) -> "TakeAnswer":
        if taken is None or taken.flag.lease is None:
            return cls(flag=None)
        flag = taken.flag
        return cls(
            flag=TakenFlag(
                flag=flag.report.flag,
                category=flag.report.category,
                day=flag.opened_day,
                until=taken.flag.lease.until,
                more=flag.more,
                held=flag.held,
                handed_on=taken.handed_on,
            )
        )


class RowAnswer(Body):
    """A header of the room."""

    seq: int
    ke: int
    seat: Id
    n: int
    com: Key32


class SitterAnswer(Body):
    seat: Id
    kid: Id | None


class NoteAnswer(Body):
    """A line of a colleague (`by`), sealed to the moderation key `kid` of this epoch as note number `n`."""

    n: int
    by: Id
    kid: Id
    epoch: int
    sealed: NoteSeal

    @classmethod
    def of(cls, note: Note) -> "NoteAnswer":
        line = note.line
        return cls(n=note.n, by=note.by, kid=line.kid, epoch=line.epoch, sealed=line.blob)


class SecondAnswer(Body):
    """The last question to a second person, as the first sees it."""

    to: Id
    act: Act
    subject: Id | None
    state: Answer

    @classmethod
    def of(cls, proposal: Proposal | None) -> "SecondAnswer | None":
        if proposal is None:
            return None
        return cls(to=proposal.to, act=proposal.act, subject=proposal.subject, state=proposal.state)


class CaseAnswer(Body):
    """`kid`, `epoch`: the key that opens it, the moderation team's, or with epoch 0 the reader's own.

    `reporter`: the seat that flagged. `rows` and `seats` are the room's as they were when its last words for
    a moderator came, rows in order. `more`: what the reporter gave later, for the key `more_kid`. `note`: the
    number under which one's own line is sealed.
    """

    flag: Id
    room: Id
    reporter: Id
    kid: Id
    epoch: int
    category: Category
    day: int
    sealed: ShownSeal
    more: FlagSeal | None
    more_kid: Id | None
    more_epoch: int | None
    state: State
    rows: list[RowAnswer]
    seats: list[SitterAnswer]
    notes: list[NoteAnswer]
    note: int
    second: SecondAnswer | None

    @classmethod
    def of(cls, case: Case) -> "CaseAnswer":
        report, words = case.flag.report, case.flag.words
        return cls(
            flag=report.flag,
            room=report.room,
            reporter=report.seat,
            kid=report.team,
            epoch=case.flag.epoch,
            category=report.category,
            day=case.flag.opened_day,
            sealed=report.sealed,
            more=None if words is None else words.blob,
            more_kid=None if words is None else words.kid,
            more_epoch=None if words is None else words.epoch,
            state=case.state,
            rows=[
                RowAnswer(seq=row.seq, ke=row.ke, seat=row.seat, n=row.n, com=row.com) for row in case.rows
            ],
            seats=[SitterAnswer(seat=each.seat, kid=each.kid) for each in case.seats],
            notes=[NoteAnswer.of(note) for note in case.notes],
            note=case.next_note,
            second=SecondAnswer.of(case.second),
        )


class AskedFlag(Body):
    """`day`: when the flag came; `by`: who asks."""

    flag: Id
    category: Category
    day: int
    by: Id


class AskingFlag(Body):
    """`day`: when the flag came; `to`: who is asked."""

    flag: Id
    category: Category
    day: int
    to: Id


class ReportedFlag(Body):
    """`day`: when the flag came; `other`: who agreed; `last_day` for its pack, in days since 1970."""

    flag: Id
    category: Category
    day: int
    other: Id
    last_day: int


class AskedAnswer(Body):
    """What others ask, what one asks others, and what one agreed with another to report; oldest first."""

    asked: list[AskedFlag]
    mine: list[AskingFlag]
    reported: list[ReportedFlag]

    @classmethod
    def of(cls, found: Questions) -> "AskedAnswer":
        return cls(
            asked=[
                AskedFlag(flag=each.flag, category=each.category, day=each.day, by=each.kid)
                for each in found.asked
            ],
            mine=[
                AskingFlag(flag=each.flag, category=each.category, day=each.day, to=each.kid)
                for each in found.mine
            ],
            reported=[
                ReportedFlag(
                    flag=each.flag,
                    category=each.category,
                    day=each.day,
                    other=each.other,
                    last_day=each.last_day,
                )
                for each in found.reported
            ],
        )


class AgreedAnswer(Body):
    agreed: bool


class StaleFlag(Body):
    """`sealed`, `more` (the words given later) and `notes`: what of it is under an older key."""

    flag: Id
    room: Id
    reporter: Id
    kid: Id
    epoch: int
    sealed: FlagSeal | None
    more: FlagSeal | None
    more_kid: Id | None
    more_epoch: int | None
    notes: list[NoteAnswer]

    @classmethod
    def of(cls, stale: Stale) -> "StaleFlag":
        report, words = stale.flag.report, stale.words
        return cls(
            flag=report.flag,
            room=report.room,
            reporter=report.seat,
            kid=report.team,
            epoch=stale.flag.epoch,
            sealed=report.sealed if stale.whole else None,
            more=None if words is None else words.blob,
            more_kid=None if words is None else words.kid,
            more_epoch=None if words is None else words.epoch,
            notes=[NoteAnswer.of(note) for note in stale.notes],
        )


class StaleAnswer(Body):
    """At most 20."""

    flags: list[StaleFlag]


class KeptFlag(Body):
    """`day`: of the decision, since 1970; `day` and `act` are null where there is none yet."""

    flag: Id
    category: Category
    day: int | None
    act: Act | None
    held: bool
    reported: bool

    @classmethod
    def of(cls, flag: Flag, day: int | None) -> "KeptFlag":
        return cls(
            flag=flag.report.flag,
            category=flag.report.category,
            day=day,
            act=None if flag.decision is None else flag.decision.act,
            held=flag.held,
            reported=flag.reported_day is not None,
        )


class KeptAnswer(Body):
    """What is held first, then the newest; at most 200."""

    flags: list[KeptFlag]


class EntryAnswer(Body):
    """`flag` is 16 zero bytes where the entry is about none."""

    n: int
    day: int
    kid: Id
    act: str
    flag: Id
    reason: str


class TrailAnswer(Body):
    """Newest first, at most 100."""

    entries: list[EntryAnswer]

    @classmethod
    def of(cls, found: list[Entry]) -> "TrailAnswer":
        return cls(
            entries=[
                EntryAnswer(n=e.n, day=e.day, kid=e.kid, act=e.act, flag=e.flag, reason=e.reason)
                for e in found
            ]
        )
