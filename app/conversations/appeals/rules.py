"""To whom a paused peer may appeal, and who may answer: pure decisions (docs/protocol.md, 11)."""

from collections.abc import Collection
from typing import Literal

from app.conversations.availability.rules import Appeal, Pause
from app.conversations.errors import Closed, FlagFormat, Unknown
from app.conversations.ids import Kid
from app.wire.directory import Directory
from app.wire.sizes import FLAG_NOTE_SEALS

REVIEWING = ("moderator", "coordinator")
"""Roles that hear appeals, and judge flags."""

ANSWER_DAYS = 7
"""Days after which a peer need not wait for an answer any more."""

Standing = Literal["open", "upheld"]
Answer = Literal["lift", "uphold"]


def check_word(sealed: bytes) -> None:
    """`FlagFormat` for another length than a sealed note's."""
    if len(sealed) not in FLAG_NOTE_SEALS:
        raise FlagFormat


def reviewers(directory: Directory) -> set[Kid]:
    """Everybody who hears appeals, and judges flags."""
    return {member.kid for member in directory.staff if set(REVIEWING) & set(member.roles)}


def heard(pause: Pause, listed: Collection[Kid], today: int) -> Appeal | None:
    """The peer's appeal, unless whoever was to answer it has left, or did not for a week."""
    appeal = pause.appeal
    if appeal is None or appeal.upheld:
        return appeal
    return appeal if appeal.to in listed and today < appeal.day + ANSWER_DAYS else None


def whom(pause: Pause, listed: Collection[Kid], today: int) -> list[Kid]:
    """Whom the peer may appeal to: people who neither asked for the pause nor agreed to it; once a pause."""
    if heard(pause, listed, today) is not None:
        return []
    return sorted(set(listed) - {pause.by, pause.second, pause.kid})


def standing(appeal: Appeal | None) -> Standing | None:
    """Where an appeal stands, None for none."""
    return None if appeal is None else "upheld" if appeal.upheld else "open"


def require_new(pause: Pause | None, word: Appeal, listed: Collection[Kid]) -> Pause | None:
    """The pause this word is about; None where it is held already.

    `Closed` without a pause, and after another appeal; `Unknown` for somebody who cannot be appealed to.
    """
    if pause is None:
        raise Closed
    held = heard(pause, listed, word.day)
    if held is not None:
        if (held.to, held.sealed) != (word.to, word.sealed):
            raise Closed
        return None
    if word.to not in whom(pause, listed, word.day):
        raise Unknown
    return pause


def require_named(pause: Pause | None, kid: Kid) -> Pause:
    """The pause whose appeal names this person. `Unknown` for everybody else, `Closed` once it stands."""
    if pause is None or pause.appeal is None or pause.appeal.to != kid:
        raise Unknown
    if pause.appeal.upheld:
        raise Closed
    return pause
