"""Bodies and answers of `/api/flags/…`."""

from typing import Annotated, Self, TypeVar

from pydantic import Field, model_validator

from app.conversations.moderation import rules
from app.conversations.moderation.rules import Act, Category, Flag, Outcome, Reason
from app.conversations.moderation.service import Case
from app.conversations.rooms.rules import State
from app.wire.body import Base64Url, Body, Id, Key32
from app.wire.sizes import FLAG_NOTE_SEALS, FLAG_SEALS

Name = TypeVar("Name", Category, Act)
Named = Annotated[Name, Field(strict=False)]
"""A member of an enum by its value, as JSON has no other way to write one."""

AnyFlag = Annotated[bytes, Base64Url(1, max(FLAG_SEALS))]
"""Bytes where a sealed flag belongs: another length than a flag's is `flag_format`."""

AnyNote = Annotated[bytes, Base64Url(1, max(FLAG_NOTE_SEALS))]


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


class DecideBody(Body):
    """`sealed`: the moderator's own line, for the moderation team alone."""

    flag: Id
    act: Named[Act]
    reason: Reason
    sealed: AnyNote


class OutcomeAnswer(Body):
    outcome: Outcome


class ReportAnswer(Body):
    flag: Id
    room: Id
    outcome: Outcome

    @classmethod
    def of(cls, flag: Flag) -> "ReportAnswer":
        return cls(flag=flag.report.flag, room=flag.report.room, outcome=rules.outcome(flag.decision))


class MineAnswer(Body):
    """Newest first, at most 200."""

    reports: list[ReportAnswer]


class TakenFlag(Body):
    """`day` in days since 1970, `until` in unix seconds."""

    flag: Id
    category: Category
    day: int
    until: int


class TakeAnswer(Body):
    flag: TakenFlag | None

    @classmethod
    def of(cls, flag: Flag | None) -> "TakeAnswer":
        if flag is None or flag.lease is None:
            return cls(flag=None)
        return cls(
            flag=TakenFlag(
                flag=flag.report.flag,
                category=flag.report.category,
                day=flag.opened_day,
                until=flag.lease.until,
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


class CaseAnswer(Body):
    """`kid`, `epoch`: the moderation key that opens it; `reporter`: the seat that flagged.

    `rows` and `seats` are the room's as they were when its last flag came, rows in order.
    """

    flag: Id
    room: Id
    reporter: Id
    kid: Id
    epoch: int
    category: Category
    day: int
    sealed: Annotated[bytes, Field(repr=False), Base64Url(min(FLAG_SEALS), max(FLAG_SEALS))]
    state: State
    rows: list[RowAnswer]
    seats: list[SitterAnswer]

    @classmethod
    def of(cls, case: Case) -> "CaseAnswer":
        report = case.flag.report
        return cls(
            flag=report.flag,
            room=report.room,
            reporter=report.seat,
            kid=report.team,
            epoch=case.flag.epoch,
            category=report.category,
            day=case.flag.opened_day,
            sealed=report.sealed,
            state=case.state,
            rows=[
                RowAnswer(seq=row.seq, ke=row.ke, seat=row.seat, n=row.n, com=row.com) for row in case.rows
            ],
            seats=[SitterAnswer(seat=each.seat, kid=each.kid) for each in case.seats],
        )
