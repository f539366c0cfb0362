"""What is assumed of people: who comes when, who is on, how long they stay. Guesses, open to argument."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

HOUR = 3_600
MINUTE = 60
DAY = 24 * HOUR

CURVE = (4, 2, 1, 1, 1, 1, 2, 3, 4, 5, 6, 6, 7, 6, 6, 7, 7, 8, 9, 11, 13, 14, 12, 8)
"""How many of a day's arrivals come in each hour from midnight on, against each other."""

TOPICS = ("worry", "low", "lonely", "family", "money", "grief", "work", "health")


@dataclass(frozen=True)
class Shift:
    """A peer's place in the roster, the same each day; hours from midnight."""

    start: float
    hours: float
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    lived: tuple[str, ...]
    limit: int


@dataclass(frozen=True)
class World:
    """One organisation and the people who come to it. Shares are from 0 to 1, times in minutes."""

    name: str
    about: str
    arrivals: Mapping[str, float] = field(default_factory=lambda: {"en": 140.0, "es": 85.0})
    """People a day, by language; each day differs from that by about 15 %."""
    rush: Mapping[int, float] = field(default_factory=dict)
    """Hours in which more come than the curve says, and how many times as many."""
    opens: int = 9
    closes: int = 24
    """Hours of the shifts; outside them nobody is on."""
    peers_en: int = 17
    peers_es: int = 11
    """Shifts of four hours a day: in English alone, and in both languages."""
    absent: float = 0.08
    """Shifts that fall out."""

    urgent: float = 0.08
    with_topics: float = 0.5
    with_lived: float = 0.2
    writes_first: float = 0.5
    """Who has words ready while they wait: if they go, their note stays."""
    patience: float = 35.0
    """The median of how long somebody waits with the page open; a tenth stays under a third of it."""
    patience_spread: float = 0.85
    stays: float = 0.05
    """Who waits until the service closes, however long it takes."""
    note_when_closed: float = 0.4
    """Who leaves a note on finding the service closed; the others go at once."""
    comes_back: float = 0.6
    """Who looks again some hours after leaving a note; of those who find an answer, half ask for a talk."""
    back_after: float = 300.0

    talk: float = 32.0
    talk_spread: float = 0.55
    """The median of a talk, and how far talks differ."""
    answer_note: float = 12.0
    break_every: float = 115.0
    break_for: float = 15.0
    passes: float = 0.05
    overlooks: float = 0.04
    """Offers that a peer passes on, and those that nobody looks at for their 60 seconds."""
    refuses: float = 0.03
    silent: float = 0.02
    """Meetings that the client declines, and those that it does not answer."""

    def roster(self) -> tuple[Shift, ...]:
        """The day's shifts, spread over the hours as the arrivals are."""
        return (*self._shifts(self.peers_en, ("en",), 0), *self._shifts(self.peers_es, ("en", "es"), 1))

    def _shifts(self, many: int, languages: tuple[str, ...], of: int) -> Iterator[Shift]:
        hours = 4.0
        last = self.closes - hours
        open_hours = [hour for hour in range(24) if self.opens <= hour < self.closes]
        whole = sum(CURVE[hour] for hour in open_hours)
        for n in range(many):
            wanted, so_far, middle = (n + 0.5) / many * whole, 0.0, float(self.opens)
            for hour in open_hours:
                if so_far + CURVE[hour] >= wanted:
                    middle = hour + (wanted - so_far) / CURVE[hour]
                    break
                so_far += CURVE[hour]
            start = min(max(middle - hours / 2, float(self.opens)), last)
            yield Shift(
                start,
                hours,
                languages,
                tuple(TOPICS[(n + of + step) % len(TOPICS)] for step in (0, 3)),
                (TOPICS[(n * 3 + of) % len(TOPICS)],),
                2 if n % 3 else 1,
            )

    def day_of(self, chance: random.Random) -> "World":
        """The same world on one of its days: a little more or less comes."""
        factor = chance.lognormvariate(0.0, 0.15)
        return replace(self, arrivals={language: many * factor for language, many in self.arrivals.items()})

    def arrivals_of(self, chance: random.Random) -> list[tuple[float, str]]:
        """Everybody who comes on a day: second of the day and language, in order."""
        found = []
        for language, many in self.arrivals.items():
            for hour, weight in enumerate(CURVE):
                rate = many * weight / sum(CURVE) * self.rush.get(hour, 1.0)
                at = chance.expovariate(1.0)
                while at < rate:
                    found.append(((hour + at / rate) * HOUR, language))
                    at += chance.expovariate(1.0)
        return sorted(found)

    def is_open(self, second: float) -> bool:
        """Whether shifts are on at this time of a day."""
        return self.opens <= second % DAY / HOUR < self.closes


WORLDS = (
    World("An ordinary week", "As many shifts as the arrivals need on most days."),
    World("Too few peers", "A third of the shifts is missing.", peers_en=11, peers_es=8),
    World(
        "Rushes",
        "The shifts of an ordinary week; from 13 to 14 and from 20 to 22 o'clock twice as many come.",
        rush={13: 2.0, 20: 2.0, 21: 2.0},
    ),
)
