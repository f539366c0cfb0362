"""What was measured, as Markdown: the same words on the terminal and in docs/page-weight.md. No I/O."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tests.load.tables import table
from tests.pages.slow_link import Visit
from tests.pages.wire import KINDS, Answer, Link, Sum, by_kind, together

BUDGET: Mapping[str, int] = {
    "html": 10_000,
    "css": 10_000,
    "libraries": 25_000,
    "words on screen": 8_000,
    "crypto": 20_000,
    "rest of the app": 20_000,
}
"""Bytes on the line of the client's first visit, by kind."""
MOST_BYTES = 90_000
MOST_REQUESTS = 30
PROMISE = 2_500
COMPOSER = 5_000
BLANK: Mapping[int, int] = {1: 100, 4: 250}
"""Milliseconds, by how many times slower the processor is."""

_HEAD = """\
# Weight and speed of the pages

Written by `make bench-pages`: every figure below was measured in that run, none was typed by hand.

- Day: {day}. The run took {seconds:.0f} s.
- Machine: {cpu}, {cores} cores; {system}; {browser}, without a window. It had a load
  of {load:.1f} when the run began: much above 0, other work made the times longer.
- Beside as `production` serves it, with its default proof of work, on loopback and HTTP/1.1, on the same
  machine as the browser. Each visit is a first one: a fresh browser that keeps nothing, in English.
- Bytes are those on the line, as the browser counts them: answers compressed, their heads included.
  kB is 1,000 bytes.

Bytes and requests are the same on every machine; times are not.
"""

_CLIENT = """
## The client's page

Until one can write: what had come when the field took its first letter, over the slow line below; this is
what the budget is for. The rest comes while somebody writes. Until the room is open: all that was fetched
when the first words wait for a peer, from the first byte on.

{table}

Of the rest, so much had been asked for and not yet come when one could write: {ahead} requests.
"""

_TEAM = """
## The pages of the team

Until one can sign in. They have no budget.

{table}
"""

_SLOW = """
## A slow line

{kilobits} kb/s each way, {latency} ms there and back, a processor {slower} times slower; a phone of
390 × 844 px; milliseconds since the page was asked for. The promise is readable at the first paint of words,
if all of it was in the page by then. The field is usable when it takes a letter, after Start, which is
pressed as soon as it answers.

{table}
"""

_LEAVE = """
## Leave now

By click, in a talk of {lines} messages on the screen; milliseconds from the press to the first frame
without words.

{table}
"""

_REPEAT = """
## To repeat

`make bench-pages` writes this file. It stays on this machine and ends what it started.
"""


@dataclass(frozen=True, slots=True)
class Machine:
    """What a run was made on."""

    cpu: str
    cores: int
    load: float
    """Processes that wanted to run, in the minute before."""
    system: str
    browser: str


@dataclass(frozen=True, slots=True)
class Results:
    """All of one run."""

    visits: Sequence[Visit]
    room: Sequence[Answer]
    team: Mapping[str, Sequence[Answer]]
    """By the page's file name."""
    blank: Mapping[int, Sequence[float]]
    """Milliseconds, by how many times slower the processor is."""


def markdown(results: Results, machine: Machine, link: Link, lines: int, seconds: float) -> str:
    """The whole report."""
    head = _HEAD.format(
        day=time.strftime("%Y-%m-%d", time.gmtime()),
        seconds=seconds,
        cpu=machine.cpu,
        cores=machine.cores,
        load=machine.load,
        system=machine.system,
        browser=machine.browser,
    )
    shown = middle(results.visits)
    client = _CLIENT.format(
        table=_client(shown.by_then, results.room),
        ahead=shown.begun - len(shown.by_then),
    )
    slow = _SLOW.format(
        kilobits=link.bits // 1_000,
        latency=link.latency,
        slower=link.times_slower,
        table=_times(
            {
                "promise readable": ([visit.promise for visit in results.visits], PROMISE),
                "field usable": ([visit.composer for visit in results.visits], COMPOSER),
            }
        ),
    )
    leave = _LEAVE.format(
        lines=lines,
        table=_times(
            {f"processor {slower}×": (took, BLANK[slower]) for slower, took in results.blank.items()}
        ),
    )
    return head + client + _TEAM.format(table=_team(results.team)) + slow + leave + _REPEAT


def middle(visits: Sequence[Visit]) -> Visit:
    """The visit whose field was usable after the median time."""
    return sorted(visits, key=lambda visit: visit.composer)[len(visits) // 2]


def verdict(reached: float, most: float) -> str:
    """Whether a bar is kept."""
    return "kept" if reached <= most else "**missed**"


def _client(early: Sequence[Answer], whole: Sequence[Answer]) -> str:
    heads = [
        "",
        "budget",
        "until one can write: requests",
        "bytes",
        "",
        "until the room is open: requests",
        "bytes",
        "",
    ]
    first, later = by_kind(early), by_kind(whole)
    rows = []
    for kind in KINDS:
        if kind not in first and kind not in later:
            continue
        most = BUDGET.get(kind)
        cells = [kind, "–" if most is None else f"{most:,}"]
        for sums in (first, later):
            requests, size = sums.get(kind, Sum(0, 0))
            cells += [f"{requests}", f"{size:,}", "" if most is None else verdict(size, most)]
        rows.append(cells)
    some, all_of_it = together(early), together(whole)
    rows.append(
        [
            "**bytes together**",
            f"{MOST_BYTES:,}",
            *("", f"{some.wire:,}", verdict(some.wire, MOST_BYTES)),
            *("", f"{all_of_it.wire:,}", verdict(all_of_it.wire, MOST_BYTES)),
        ]
    )
    rows.append(
        [
            "**requests together**",
            f"{MOST_REQUESTS}",
            *(f"{some.requests}", "", verdict(some.requests, MOST_REQUESTS)),
            *(f"{all_of_it.requests}", "", ""),
        ]
    )
    return table(heads, rows)


def _team(pages: Mapping[str, Sequence[Answer]]) -> str:
    kinds = [kind for kind in KINDS if any(kind in by_kind(answers) for answers in pages.values())]
    rows = []
    for kind in kinds:
        sums = [by_kind(answers).get(kind, Sum(0, 0)) for answers in pages.values()]
        rows.append([kind, *(f"{figure:,}" for each in sums for figure in each)])
    totals = [together(answers) for answers in pages.values()]
    rows.append(["**together**", *(f"{figure:,}" for each in totals for figure in each)])
    return table(["", *(head for page in pages for head in (f"{page}: requests", "bytes"))], rows)


def _times(measured: Mapping[str, tuple[Sequence[float], int]]) -> str:
    rows = [
        [
            name,
            f"{median(took):,.0f}",
            f"{min(took):,.0f} – {max(took):,.0f}",
            f"{len(took)}",
            f"{most:,}",
            verdict(median(took), most),
        ]
        for name, (took, most) in measured.items()
    ]
    return table(["", "median ms", "least – most", "times", "bar", ""], rows)
