"""What was measured, as Markdown. No I/O."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tests.load.report import table
from tests.pages.first_visit import KINDS, Link, Visit, by_kind

MOST_BYTES = 90_000
MOST_REQUESTS = 30
PROMISE = 2_500.0
COMPOSER = 5_000.0
BLANK: Mapping[int, float] = {1: 100.0, 4: 250.0}
"""Milliseconds, by how many times slower the processor is."""

_TEXT = """\
# Weight of the client's page

Written by `make bench-pages`: every figure below was measured in that run, none was typed by hand. Times
differ from machine to machine; the bytes do not.

- Day: {day}. Machine: {cpu}, {cores} cores; {browser}.
- A first visit with nothing kept, English, a phone of 390 × 844 px. Bytes are compressed, as they come over
  the line, without headers.

## What a first visit fetches

{weight}

| | reached | aim | |
|---|--:|--:|---|
{bars}

The line gives {kilobits} kb/s with {latency} ms there and back, and the processor is {slower} times slower;
medians of {visits} visits. "Promise readable" is the first paint of words, which the page file itself holds.
"Composer usable" is when words can be typed after Start, pressed as soon as it answers. Keys, cryptography
and the line to the service come after that, while somebody types.

## Leave now

A talk of {lines} messages on the screen; from the press to the first frame without words, in milliseconds,
medians of {leavings}.

{leaving}
"""


@dataclass(frozen=True, slots=True)
class Results:
    """All of one run."""

    visits: Sequence[Visit]
    blank: Mapping[int, Sequence[float]]
    """By how many times slower the processor is, milliseconds."""


def markdown(results: Results, link: Link, lines: int, machine: Mapping[str, str]) -> str:
    """The whole report."""
    heads = ["processor", "median", "slowest", "aim"]
    leaving = [
        [f"{times}×", f"{median(took):.0f}", f"{max(took):.0f}", f"{BLANK[times]:.0f}"]
        for times, took in results.blank.items()
    ]
    return _TEXT.format(
        day=time.strftime("%Y-%m-%d", time.gmtime()),
        **machine,
        weight=_weight(results.visits[0]),
        bars=_bars(results.visits),
        kilobits=link.bits // 1_000,
        latency=link.latency,
        slower=link.times_slower,
        visits=len(results.visits),
        lines=lines,
        leavings=len(next(iter(results.blank.values()))),
        leaving=table(heads, leaving),
    )


def _weight(visit: Visit) -> str:
    early, all_of_it = by_kind(visit.before_composer), by_kind(visit.fetched)
    rows = [[kind, *_cells(early, kind), *_cells(all_of_it, kind)] for kind in KINDS if kind in all_of_it]
    rows.append(["**together**", *_together(early), *_together(all_of_it)])
    return table(["", "requests until the composer works", "bytes", "requests in all", "bytes in all"], rows)


def _cells(counted: Mapping[str, tuple[int, int]], kind: str) -> list[str]:
    count, size = counted.get(kind, (0, 0))
    return [f"{count}", f"{size:,}"]


def _together(counted: Mapping[str, tuple[int, int]]) -> list[str]:
    return [
        f"{sum(count for count, _ in counted.values())}",
        f"{sum(size for _, size in counted.values()):,}",
    ]


def _bars(visits: Sequence[Visit]) -> str:
    early = visits[0].before_composer
    bars: list[tuple[str, float, float, str]] = [
        ("bytes until the composer works", sum(each.body for each in early), MOST_BYTES, ""),
        ("requests until the composer works", len(early), MOST_REQUESTS, ""),
        ("promise readable", median(visit.promise for visit in visits), PROMISE, " ms"),
        ("composer usable", median(visit.composer for visit in visits), COMPOSER, " ms"),
    ]
    return "\n".join(
        f"| {name} | {reached:,.0f}{unit} | {aim:,.0f}{unit} | {'met' if reached <= aim else '**missed**'} |"
        for name, reached, aim, unit in bars
    )
