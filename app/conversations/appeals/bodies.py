"""Bodies and answers of `/api/pauses/…`."""

from typing import Annotated, Literal

from app.conversations.appeals.rules import Standing
from app.conversations.appeals.service import OwnPause
from app.conversations.availability.rules import Pause
from app.conversations.trail.bodies import ReasonLine
from app.wire.body import Base64Url, Body, Id
from app.wire.sizes import FLAG_NOTE_SEALS

AnyNote = Annotated[bytes, Base64Url(1, max(FLAG_NOTE_SEALS))]
"""Bytes where a sealed note belongs: another length than a note's is `flag_format`."""


class AppealBody(Body):
    """`sealed`: as a flag's note, under the pause's id and number 0, to the key of `to` alone."""

    to: Id
    sealed: AnyNote


class AnswerBody(Body):
    kid: Id
    act: Literal["lift", "uphold"]
    reason: ReasonLine


class LiftBody(Body):
    kid: Id
    reason: ReasonLine


class OwnPauseBody(Body):
    """`id` goes into what is sealed about it; `until` in unix seconds, null where only somebody ends it.

    `whom`: to whom the peer may appeal, nobody once they did.
    """

    id: Id
    reason: str
    until: int | None
    appeal: Standing | None
    whom: list[Id]


class MineAnswer(Body):
    pause: OwnPauseBody | None

    @classmethod
    def of(cls, own: OwnPause | None) -> "MineAnswer":
        if own is None:
            return cls(pause=None)
        pause = own.pause
        return cls(
            pause=OwnPauseBody(
                id=pause.id, reason=pause.reason, until=pause.until, appeal=own.appeal, whom=list(own.whom)
            )
        )


class PauseBody(Body):
    """`by` asked for it, `second` agreed; days since 1970-01-01 UTC, `until` in unix seconds."""

    kid: Id
    id: Id
    since_day: int
    until: int | None
    reason: str
    by: Id
    second: Id | None
    appeal: Standing | None

    @classmethod
    def of(cls, pause: Pause, appeal: Standing | None) -> "PauseBody":
        return cls(
            kid=pause.kid,
            id=pause.id,
            since_day=pause.since_day,
            until=pause.until,
            reason=pause.reason,
            by=pause.by,
            second=pause.second,
            appeal=appeal,
        )


class PausesAnswer(Body):
    pauses: list[PauseBody]


class NamedAppeal(Body):
    """An appeal for the caller: whose, about which pause, and the word sealed to the caller."""

    kid: Id
    id: Id
    since_day: int
    until: int | None
    reason: str
    day: int
    sealed: AnyNote


class AppealsAnswer(Body):
    appeals: list[NamedAppeal]

    @classmethod
    def of(cls, found: list[Pause]) -> "AppealsAnswer":
        return cls(
            appeals=[
                NamedAppeal(
                    kid=pause.kid,
                    id=pause.id,
                    since_day=pause.since_day,
                    until=pause.until,
                    reason=pause.reason,
                    day=pause.appeal.day,
                    sealed=pause.appeal.sealed,
                )
                for pause in found
                if pause.appeal is not None
            ]
        )
