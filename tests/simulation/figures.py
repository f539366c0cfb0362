"""What a run says, as numbers; and the bars it is held against."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from app.conversations.queue.rules import FEWEST_SAMPLES, SAMPLE_LIFE, Range
from tests.simulation.service import Person
from tests.simulation.world import DAY, HOUR, MINUTE

INSIDE = 0.70
"""Of those who were shown a range and met a peer without ever leaving: who waited inside it, at least."""
OVERTAKEN = 10
"""How often anyone may be overtaken, at most."""
LEAST = 20
"""Who were shown a range in a language, for it to be held against the bar by itself."""
FEW = 30
NOTE_HOURS = 24
"""Hours in which every note is answered."""

Rule = Callable[[Person], Range | None]


def stayed(people: Iterable[Person]) -> list[Person]:
    """Those who met a peer without ever closing the page."""
    return [person for person in people if person.outcome == "met" and not person.has_left]


@dataclass(frozen=True)
class Kept:
    """How well a rule told people how long they would wait. Shares of those who were shown a range."""

    shown: int
    inside: float
    below: float
    above: float
    width: float
    """The mean width of the ranges, in minutes."""

    @classmethod
    def of(cls, people: Sequence[Person], rule: Rule) -> "Kept":
        told = [(person, found) for person in stayed(people) if (found := rule(person)) is not None]
        below = sum(person.waited < found.low * MINUTE for person, found in told)
        above = sum(person.waited > found.high * MINUTE for person, found in told)
        many = max(len(told), 1)
        width = sum(found.high - found.low for _, found in told) / many
        return cls(len(told), 1 - (below + above) / many, below / many, above / many, width)


def as_served(person: Person) -> Range | None:
    """The range as the service shows it."""
    return person.shown


def to_the_minute(person: Person) -> Range | None:
    return _percentiles([sample.minutes for sample in person.lately], 0.1)


def wider(person: Person) -> Range | None:
    return _percentiles([sample.minutes for sample in person.lately], 0.05)


def before_their_turn(person: Person) -> Range | None:
    """The line reaches as far as those before; one's own turn is not in it."""
    return _with_pace(person, 0.1, len(person.in_line))


def wider_for_few(person: Person) -> Range | None:
    return _with_pace(person, 0.05 if len(person.lately) < FEW else 0.1, len(person.in_line))


def last_hour(person: Person) -> Range | None:
    fresh = [
        sample.minutes
        for sample in person.lately
        if sample.expires - SAMPLE_LIFE + HOUR + HOUR // 4 > person.arrived
    ]
    return _percentiles(fresh, 0.1) or to_the_minute(person)


def fives(person: Person) -> Range | None:
    found = to_the_minute(person)
    return found and Range(found.low - found.low % 5, found.high + -found.high % 5)


def with_the_line(person: Person) -> Range | None:
    if len(person.lately) < FEWEST_SAMPLES:
        return None
    return _percentiles([*(sample.minutes for sample in person.lately), *person.in_line], 0.1)


def _with_pace(person: Person, tail: float, turns: int) -> Range | None:
    minutes = [sample.minutes for sample in person.lately]
    found = _percentiles(minutes, tail)
    return found and Range(found.low, max(found.high, ceil(turns * SAMPLE_LIFE / (MINUTE * len(minutes)))))


def _percentiles(minutes: Sequence[int], tail: float) -> Range | None:
    if len(minutes) < FEWEST_SAMPLES:
        return None
    ordered, last = sorted(minutes), len(minutes) - 1
    return Range(ordered[int(last * tail)], ordered[ceil(last * (1 - tail))] + 1)


RULES: dict[str, Rule] = {
    "**as served**": as_served,
    "the line without one's own turn": before_their_turn,
    f"the same, and the 5th to the 95th percentile under {FEW} waits": wider_for_few,
    "the percentiles alone": to_the_minute,
    "the percentiles of the last hour, where it has enough waits": last_hour,
    "the percentiles, those in line counted as if they were met now": with_the_line,
    "the percentiles, rounded outward to five minutes": fives,
    "the 5th to the 95th percentile": wider,
}


@dataclass(frozen=True)
class Figures:
    """A world's figures over all its runs."""

    people: int
    days: int
    outcomes: Counter[str]
    after_coming_back: int
    """Who met a peer, but only after they had left and come back."""
    kept: Kept
    kept_by: Mapping[str, Kept]
    """By language."""
    hidden: int
    """Who met a peer and had been shown no range: too few waits in their language."""
    median: float
    """Minutes, of those who met a peer without leaving; so the next two."""
    ninth: float
    longest: float
    overtaken: int
    longest_note: float
    """Hours until the note was answered that waited longest."""
    unanswered: int
    """Notes that nobody answered by the end of the day after the last."""
    in_vain: int
    """Who would have waited until the service closed, did so, and met nobody."""

    @classmethod
    def of(cls, people: Sequence[Person], days: int) -> "Figures":
        met = stayed(people)
        waits = sorted(person.waited / MINUTE for person in met) or [0.0]
        notes = [person for person in people if person.writes and person.has_left]
        answered = [person.waited / HOUR for person in notes if not person.is_unmet]
        return cls(
            people=len(people),
            days=days,
            outcomes=Counter(person.outcome for person in people),
            after_coming_back=sum(person.outcome == "met" and person.has_left for person in people),
            kept=Kept.of(people, as_served),
            kept_by={
                language: Kept.of([person for person in people if person.language == language], as_served)
                for language in sorted({person.language for person in people})
            },
            hidden=sum(person.shown is None for person in met),
            median=at(waits, 0.5),
            ninth=at(waits, 0.9),
            longest=waits[-1],
            overtaken=max((person.overtaken for person in people), default=0),
            longest_note=max(answered, default=0.0),
            unanswered=sum(person.is_unmet for person in notes),
            in_vain=sum(person.outcome == "left" and person.patience >= DAY for person in people),
        )

    @property
    def missed(self) -> list[str]:
        """Which bars are not held, in words."""
        bars = {
            f"{self.kept.inside:.1%} waited inside the range shown": self.kept.inside >= INSIDE,
            f"somebody was overtaken {self.overtaken} times": self.overtaken <= OVERTAKEN,
            **{
                f"{kept.inside:.1%} waited inside the range shown for {language}": kept.inside >= INSIDE
                for language, kept in self.kept_by.items()
                if kept.shown >= LEAST
            },
            f"{self.unanswered} notes were not answered": self.unanswered == 0,
            f"a note waited {self.longest_note:.1f} hours": self.longest_note <= NOTE_HOURS,
        }
        return [words for words, holds in bars.items() if not holds]


def by_hour(people: Iterable[Person]) -> dict[int, list[Person]]:
    """Everybody by the hour of the day in which they came."""
    hours: dict[int, list[Person]] = {hour: [] for hour in range(DAY // HOUR)}
    for person in people:
        hours[person.hour].append(person)
    return hours


def at(ordered: Sequence[float], share: float) -> float:
    """The value below which this share of them lies."""
    return ordered[int((len(ordered) - 1) * share)]


def unmet(people: Iterable[Person], days: int) -> dict[tuple[str, int], tuple[float, float]]:
    """By language and hour: how many a day came, and with how many of them nobody talked or answered."""
    found: dict[tuple[str, int], tuple[float, float]] = {}
    for person in people:
        came, left = found.get((person.language, person.hour), (0.0, 0.0))
        found[person.language, person.hour] = came + 1 / days, left + person.is_unmet / days
    return found
