"""One thing that was looked at: fine, worth a look, or bad, and then what to do."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "look", "bad"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`subject`: what was looked at; `words`: how it is and, unless "ok", what to do about it."""

    level: Level
    subject: str
    words: str

    def __str__(self) -> str:
        return f"{self.level:<5}{self.subject}: {self.words}"


def ok(subject: str, words: str) -> Finding:
    """As it should be."""
    return Finding("ok", subject, words)


def look(subject: str, words: str) -> Finding:
    """Worth a look: not yet, or not everywhere, a danger."""
    return Finding("look", subject, words)


def bad(subject: str, words: str) -> Finding:
    """People are in danger, or cannot use the service."""
    return Finding("bad", subject, words)
