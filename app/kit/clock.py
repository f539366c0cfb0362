"""Time as a dependency: tests turn a hand-driven clock instead of waiting."""

import time
from typing import Protocol

DAY = 86_400
"""Seconds in a day."""


class Clock(Protocol):
    """Wall-clock time in unix seconds, UTC."""

    def now(self) -> float: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> float:
        return time.time()


class ManualClock:
    """A clock that moves only when told to."""

    def __init__(self, start: float) -> None:
        self._now = start

    def now(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        """Move on by `seconds`; a negative figure turns the clock back."""
        self._now += seconds


def day_of(seconds: float) -> int:
    """Whole days since 1970-01-01 UTC: the finest date that is kept about a room."""
    return int(seconds // DAY)
