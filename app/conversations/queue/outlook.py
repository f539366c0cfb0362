"""What is the same for everybody who waits: read once for all of them, and anew every few seconds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app.conversations.ids import Kid, RoomId
from app.conversations.queue.rules import Range, spoken, wait_range
from app.conversations.service.hours import OpenNow

KEPT = 5
"""Seconds for which the same outlook is told."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """How the line stood at `read_at` (unix seconds).

    By language without region: `minutes` are the waits of the last two hours, `in_line` how many wait whose
    page is here. `ahead`: how many come before each who can be met. `on`: what each peer speaks who is on.
    `hours`: as of `hours.every_language`. `moves`: the offering's, when this was read.
    """

    read_at: int
    moves: int
    minutes: Mapping[str, Sequence[int]]
    in_line: Mapping[str, int]
    ahead: Mapping[RoomId, int] = field(repr=False)
    on: Mapping[Kid, Collection[str]] = field(repr=False)
    hours: Mapping[str, OpenNow]

    def is_fresh(self, now: int, moves: int) -> bool:
        """Whether it may still be told; a shift that was changed here is told at once."""
        return moves == self.moves and self.read_at <= now < self.read_at + KEPT

    @property
    def waits(self) -> dict[str, Range]:
        """What most people waited, for each language with enough of them.

        Everybody may ask, again and again: so those in line now, whom one could watch come and go, are
        not in it.
        """
        ranges = {language: wait_range(found) for language, found in sorted(self.minutes.items())}
        return {language: found for language, found in ranges.items() if found is not None}

    def wait(self, language: str, *, is_counted: bool) -> Range | None:
        """What to expect for somebody who waits, with all others in line; None for too few waits.

        `is_counted`: whether they are among those `in_line` themselves.
        """
        language = spoken(language)
        others = max(0, self.in_line.get(language, 0) - is_counted)
        return wait_range(self.minutes.get(language, ()), in_line=others)

    @property
    def languages(self) -> list[str]:
        """What those speak who are on."""
        return sorted({language for languages in self.on.values() for language in languages})

    def languages_without(self, refused: Collection[Kid]) -> list[Collection[str]]:
        """What each peer speaks who is on and was not refused."""
        return [languages for kid, languages in self.on.items() if kid not in refused]
