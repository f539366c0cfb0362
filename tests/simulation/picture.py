"""docs/waiting.svg: small, plain, and the same bytes for the same run. No I/O."""

from collections.abc import Iterable, Sequence
from html import escape

from tests.simulation.figures import at, by_hour, stayed
from tests.simulation.report import Played
from tests.simulation.service import Person
from tests.simulation.world import MINUTE

LEFT, TOP, WIDE, GAP = 56, 64, 268, 52
HIGH, BELOW = 150, 84
HOURS = 24
COLUMN = WIDE / HOURS
LONGEST = 120.0
"""Minutes at which the lower pictures end; what lies above stands at their edge."""
FEWEST = 5
"""People in an hour, under which nothing is said of how long they waited."""

# Told apart by lightness too, so that they need no colour.
MET, NOTE, UNMET, BAND, INK, SOFT = "#1b5e6b", "#7fb3b0", "#e8a33d", "#d5e6e4", "#22303a", "#8a969c"


def svg(played: Sequence[Played], days: int) -> str:
    """The picture: a column for each world, above who came, below how long they waited."""
    wide = LEFT + len(played) * (WIDE + GAP)
    high = TOP + 2 * HIGH + BELOW + 64
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img"'
        f' font-family="system-ui, sans-serif" font-size="12" fill="{INK}">',
        "<title>Waiting, by the hour of the day</title>",
        "<desc>For three simulated worlds: people a day by hour, as met, answered by note, or not met; and "
        "the median wait with its 90th percentile, over the range that people were told.</desc>",
        f'<rect width="{wide}" height="{high}" fill="#ffffff"/>',
    ]
    most_people = max(len(people) / days for each in played for people in by_hour(each.people).values())
    ninths = [_ninth(people) for each in played for people in by_hour(each.people).values()]
    most_minutes = min(_nice(max(ninths)), LONGEST)
    for number, each in enumerate(played):
        x = LEFT + number * (WIDE + GAP)
        hours = by_hour(each.people)
        parts.append(_text(x, TOP - 34, each.world.name, size=15, weight=600))
        parts += _axes(x, TOP, _nice(most_people), "people a day" if number == 0 else "")
        parts += _came(x, hours, days, _nice(most_people))
        parts += _axes(
            x, TOP + HIGH + BELOW, most_minutes, f"minutes, up to {most_minutes:g}" if number == 0 else ""
        )
        parts += _waited(x, hours, most_minutes)
    parts += _legend(
        LEFT, TOP + HIGH + 44, [(MET, "met a peer"), (NOTE, "note answered"), (UNMET, "not met")]
    )
    parts += _legend(
        LEFT,
        TOP + 2 * HIGH + BELOW + 44,
        [(BAND, "told, on the median"), (MET, "waited: median"), (UNMET, "waited: 90th percentile")],
    )
    return "\n".join([*parts, "</svg>", ""])


def _came(x: float, hours: dict[int, list[Person]], days: int, most: float) -> Iterable[str]:
    for hour, people in hours.items():
        floor = 0.0
        for colour, outcomes in (
            (MET, ("met",)),
            (NOTE, ("answered",)),
            (UNMET, ("left", "closed", "waiting")),
        ):
            many = sum(person.outcome in outcomes for person in people) / days
            tall = HIGH * many / most
            y = TOP + HIGH - HIGH * floor / most - tall
            floor += many
            if tall >= 0.05:
                yield _bar(x + hour * COLUMN + 1, y, COLUMN - 2, tall, colour)


def _waited(x: float, hours: dict[int, list[Person]], most: float) -> Iterable[str]:
    base = TOP + 2 * HIGH + BELOW
    for hour, people in hours.items():
        told = [person.shown for person in people if person.shown is not None]
        if len(told) >= FEWEST:
            low = at(sorted(float(each.low) for each in told), 0.5)
            high = min(at(sorted(float(each.high) for each in told), 0.5), most)
            yield _bar(x + hour * COLUMN, base - HIGH * high / most, COLUMN, HIGH * (high - low) / most, BAND)
        waits = sorted(person.waited / MINUTE for person in stayed(people))
        if len(waits) >= FEWEST:
            for colour, share in ((MET, 0.5), (UNMET, 0.9)):
                y = base - HIGH * min(at(waits, share), most) / most
                yield f'<circle cx="{x + (hour + 0.5) * COLUMN:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'


def _axes(x: float, top: float, most: float, unit: str) -> Iterable[str]:
    for step in range(5):
        y = top + HIGH - HIGH * step / 4
        yield f'<path d="M{x} {y:.1f}H{x + WIDE}" stroke="{SOFT}" stroke-width="{0.3 if step else 1}"/>'
        yield _text(x - 6, y + 4, f"{most * step / 4:g}", anchor="end")
    for hour in range(0, HOURS + 1, 6):
        yield _text(x + hour * COLUMN, top + HIGH + 16, f"{hour}", anchor="middle")
    if unit:
        yield _text(x - 6, top - 12, unit, anchor="start")


def _legend(x: float, y: float, entries: Iterable[tuple[str, str]]) -> Iterable[str]:
    for number, (colour, words) in enumerate(entries):
        at_x = x + number * 170
        yield _bar(at_x, y - 10, 12, 12, colour)
        yield _text(at_x + 18, y, words)


def _bar(x: float, y: float, wide: float, tall: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}" fill="{colour}"/>'


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 12, weight: int = 400) -> str:
    how = f'text-anchor="{anchor}" font-size="{size}" font-weight="{weight}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {how}>{escape(words)}</text>'


def _ninth(people: Iterable[Person]) -> float:
    waits = sorted(person.waited / MINUTE for person in stayed(people))
    return at(waits, 0.9) if len(waits) >= FEWEST else 0.0


def _nice(most: float) -> float:
    """The next value up that four even steps divide well."""
    return next(
        step
        for step in (4.0, 8.0, 12.0, 20.0, 40.0, 60.0, 80.0, 120.0, 200.0, 400.0, 800.0, most)
        if step >= most
    )
