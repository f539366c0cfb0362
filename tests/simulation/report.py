"""docs/waiting.md: every figure by the run that wrote it. No I/O."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from tests.simulation.figures import INSIDE, NOTE_HOURS, OVERTAKEN, RULES, Figures, Kept, unmet
from tests.simulation.service import Person
from tests.simulation.world import World

LANGUAGES = {"en": "English", "es": "Spanish"}

_HEAD = """\
# Waiting

Written by `make simulate`: every figure below comes out of that run, none was typed by hand. The same seeds
play the same days again.

Nobody has waited here yet. So the service is played: people come, stay, write, lose patience, leave a note
and come back; peers have shifts, breaks, quiet minutes after a room, and sometimes overlook an offer. **The
people are assumptions** (listed below, open to argument); **the rules are the service's own**: who is offered
to whom (`next_turn` and `assign`), and what everybody is told about the wait (`wait_range`), both of
`app/conversations/queue/rules.py`, with the waits of the last two hours as the service keeps them.

- {worlds} worlds, {runs} runs of {days} days each, with the seeds {seeds}.
- {people} people.

![Three worlds by the hour of the day: how many came and what became of them; how long they waited, and what
they had been told.](waiting.svg)

## What is held

| bar | {names} |
|---|{rules}|
| at least {inside:.0%} waited inside the range they were told | {kept} |
{kept_by}
| nobody is overtaken more than {overtaken} times | {passed} |
| every note is answered, and within {hours} hours | {notes} |

The first bar is about those who were told a range and met a peer without leaving. Overtaken is who waits
while a peer who suits them meets somebody no more urgent who came later. That cannot be nought: while one
peer has 60 seconds to answer an offer, another may become free and say hello to the next in line.
"""

_OUTCOMES = """
## What became of them

| | {names} |
|---|{rules}|
{rows}

Those who left before anybody came are not under the bar of {inside:.0%}: how long they would have waited,
nobody knows. Neither are those who came back to their note and met a peer then.
"""

_RANGE = """
## What they were told

Waits are told in whole minutes, from the 10th to the 90th percentile of the last two hours in the same
language, and not at all under 11 waits. **The percentiles alone hold for fewer people** (fourth line below).
Where people come in rushes, or where peers are missing, the line has grown long before its waits show up
among those of the last two hours. So the upper end also reaches as far as the line that stands now: as long
as it took, lately, to meet as many others as are in it, and then one more. Without that one (second line)
the few waits in Spanish tell too little. Wider percentiles would do, too (third line); but of up to 20 waits
they are the shortest and the longest, each the wait of a single person.

On the first page, before anybody is in line, the line is left out: whoever asked again and again would see
people come and go.

Other rules, tried on the same people. Each cell: the share inside, then the mean width in minutes.

| rule | {names} |
|---|{rules}|
{rows}

By language:

| | {names} |
|---|{rules}|
{languages}
"""

_UNMET = """
## Unmet demand

By hour of the day and language, each day: how many came, and with how many of them nobody talked and nobody
answered a note. Hours in which nobody is on are among them. For those who plan shifts: where the second
number stands out, a peer is missing.

### {name}

{about}

| hour | {languages} |
|---|{rules}|
{rows}
"""

_ASSUMED = """
## Assumptions

Shares are from 0 to 1, times in minutes. Where a world differs, its own value stands beside it.

| what | value |
|---|---|
{rows}
"""

_WORDS = {
    "arrivals": "people a day, by language, give or take 15 %",
    "rush": "hours with more, and how many times as many",
    "opens": "shifts begin, o'clock",
    "closes": "shifts are over, o'clock",
    "peers_en": "shifts of four hours a day in English alone",
    "peers_es": "shifts of four hours a day in both languages",
    "absent": "shifts that fall out",
    "urgent": "say that it feels urgent",
    "with_topics": "name two topics",
    "with_lived": "name a lived experience",
    "writes_first": "have words ready while they wait",
    "patience": "median of how long they wait with the page open",
    "patience_spread": "sigma of its lognormal distribution",
    "stays": "wait until the service closes",
    "note_when_closed": "leave a note on finding it closed",
    "comes_back": "come back to look after their note",
    "back_after": "median of the time until then",
    "talk": "median of a talk, at most 120",
    "talk_spread": "sigma of its lognormal distribution",
    "answer_note": "time to answer a note",
    "break_every": "time between a peer's breaks",
    "break_for": "length of a break",
    "passes": "offers that a peer passes on",
    "overlooks": "offers that nobody looks at for 60 seconds",
    "refuses": "meetings that the client declines",
    "silent": "meetings that the client does not answer",
}


@dataclass(frozen=True)
class Played:
    """A world, and everybody who came to it in all runs."""

    world: World
    people: Sequence[Person]
    figures: Figures


def markdown(played: Sequence[Played], *, days: int, seeds: Sequence[int]) -> str:
    """The whole document."""
    names = " | ".join(each.world.name for each in played)
    rules = "---:|" * (len(played) - 1) + "---:"
    parts = [
        _HEAD.format(
            worlds=len(played),
            runs=len(played) * len(seeds),
            days=days,
            seeds=", ".join(map(str, seeds)),
            people=f"{sum(each.figures.people for each in played):,}",
            names=names,
            rules=rules,
            inside=INSIDE,
            overtaken=OVERTAKEN,
            hours=NOTE_HOURS,
            kept=_cells(f"**{each.figures.kept.inside:.1%}**" for each in played),
            kept_by="\n".join(
                f"| and of those who came in {name} | "
                + _cells(f"{each.figures.kept_by[language].inside:.1%}" for each in played)
                + " |"
                for language, name in LANGUAGES.items()
            ),
            passed=_cells(f"{each.figures.overtaken} at most" for each in played),
            notes=_cells(_notes(each.figures) for each in played),
        ),
        _OUTCOMES.format(names=names, rules=rules, rows=_outcomes(played), inside=INSIDE),
        _RANGE.format(names=names, rules=rules, rows=_rules(played), languages=_languages(played)),
    ]
    for number, each in enumerate(played):
        text = _UNMET.format(
            name=each.world.name,
            about=each.world.about,
            languages=" | ".join(f"{name}: came | not met" for name in LANGUAGES.values()),
            rules="---:|" * (2 * len(LANGUAGES) - 1) + "---:",
            rows=_unmet(each, days * len(seeds)),
        )
        parts.append(text if number == 0 else text[text.index("\n### ") :])
    parts.append(_ASSUMED.format(rows=_assumed([each.world for each in played])))
    return "".join(parts)


def _cells(cells: Iterable[str]) -> str:
    return " | ".join(cells)


def _notes(figures: Figures) -> str:
    return f"{figures.longest_note:.1f} h at most, {figures.unanswered} left"


def _outcomes(played: Sequence[Played]) -> str:
    figures = [each.figures for each in played]
    rows: Mapping[str, Iterable[str]] = {
        "came, each day": (f"{each.people / each.days:.0f}" for each in figures),
        "met a peer": (_share(each, each.outcomes["met"]) for each in figures),
        "of these after leaving and coming back": (_share(each, each.after_coming_back) for each in figures),
        "got their note answered while they were away": (
            _share(each, each.outcomes["answered"]) for each in figures
        ),
        "left without a note": (_share(each, each.outcomes["left"]) for each in figures),
        "found it closed and left no note": (_share(each, each.outcomes["closed"]) for each in figures),
        "waited until it closed and met nobody": (str(each.in_vain) for each in figures),
        "median wait of those who met a peer, in minutes": (f"{each.median:.0f}" for each in figures),
        "90th percentile": (f"{each.ninth:.0f}" for each in figures),
        "longest": (f"{each.longest:.0f}" for each in figures),
        "were told a range and met a peer": (f"{each.kept.shown:,}" for each in figures),
        "met a peer and had been told none: too few waits": (f"{each.hidden:,}" for each in figures),
    }
    return "\n".join(f"| {name} | {_cells(cells)} |" for name, cells in rows.items())


def _share(figures: Figures, many: int) -> str:
    return f"{many / figures.people:.1%}"


def _rules(played: Sequence[Played]) -> str:
    lines = []
    for name, rule in RULES.items():
        kept = [Kept.of(each.people, rule) for each in played]
        lines.append(f"| {name} | {_cells(f'{each.inside:.1%}, {each.width:.0f}' for each in kept)} |")
    return "\n".join(lines)


def _languages(played: Sequence[Played]) -> str:
    lines = []
    served, *others = list(RULES.items())[:3]
    asked = [(*served, language) for language in LANGUAGES] + [(*other, "es") for other in others]
    for words, rule, language in asked:
        kept = [
            Kept.of([person for person in each.people if person.language == language], rule)
            for each in played
        ]
        name = f"{LANGUAGES[language]}, {words}"
        cells = _cells(
            f"{each.inside:.1%} of {each.shown:,} ({each.below:.1%} shorter, {each.above:.1%} longer)"
            for each in kept
        )
        lines.append(f"| {name} | {cells} |")
    return "\n".join(lines)


def _unmet(played: Played, days: int) -> str:
    found = unmet(played.people, days)
    lines = []
    for hour in range(24):
        cells = [found.get((language, hour), (0.0, 0.0)) for language in LANGUAGES]
        lines.append(f"| {hour} | {_cells(f'{came:.1f} | {left:.1f}' for came, left in cells)} |")
    return "\n".join(lines)


def _assumed(worlds: Sequence[World]) -> str:
    lines = []
    for field in fields(World):
        if field.name not in _WORDS:
            continue
        usual = getattr(worlds[0], field.name)
        others = [
            f"{_plain(getattr(world, field.name))} ({world.name.lower()})"
            for world in worlds[1:]
            if getattr(world, field.name) != usual
        ]
        lines.append(f"| {_WORDS[field.name]} | {'; '.join([_plain(usual), *others])} |")
    return "\n".join(lines)


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {part:g}" for key, part in value.items()) or "none"
    return f"{value:g}" if isinstance(value, int | float) else str(value)
