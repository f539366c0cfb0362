"""Numbers for an operator, published so that they tell of the service and of nobody in it.

Whoever scrapes keeps what they see together with its time. A number that moved with each message would be a
record of when two people talked, which no store of ours holds. So a page of numbers is made once in five
minutes, all of it at once and for all processes in the same second, and stays as it is between; and what
moves with people is rounded down to whole steps, so that few of them look like none
(docs/what-we-hold.md, Metrics). The only file that knows prometheus-client.
"""

import asyncio
import json
import os
from bisect import bisect_left
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from stat import S_ISDIR
from tempfile import gettempdir
from typing import Literal

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from app.kit.clock import Clock
from app.kit.files import replace
from app.kit.rounds import every

__all__ = ["CONTENT_TYPE", "PERIOD", "Numbers", "Published", "Series", "Spread", "page", "process_numbers"]

PERIOD = 300
"""Seconds for which a page of numbers stays as it is; periods begin at whole multiples of it."""

LOOK_SECONDS = 1.0
"""How often the clock is asked whether a new period has begun."""

OTHER = "other"
"""The label of whatever has none of its own."""

Numbers = Mapping[str, Mapping[str, float]]
"""Numbers by series, and in it by label; of a series without a label under the empty string."""


@dataclass(frozen=True, slots=True)
class Series:
    """One thing that is published, and how.

    `step`: published are whole multiples of it, rounded down. `labels`: every value that the one label may
    have; anything else counts as "other". `over`: how the numbers of several processes become one; what a
    process that is gone counted stays in a sum of counters. A histogram's labels are the upper bounds of its
    buckets.
    """

    name: str
    help: str
    kind: Literal["counter", "gauge", "histogram"]
    step: float = 1
    label: str = ""
    labels: tuple[str, ...] = ("",)
    over: Literal["sum", "max", "min"] = "sum"


class Spread:
    """How many were how large. Plain additions, cheap enough for the path of every message."""

    __slots__ = ("bounds", "counts")

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = tuple(bounds)
        self.counts = [0] * (len(self.bounds) + 1)

    def add(self, value: float) -> None:
        """One more, of this size."""
        self.counts[bisect_left(self.bounds, value)] += 1

    def numbers(self) -> dict[str, float]:
        """How many by upper bound, each counted once."""
        return dict(zip(bounds_of(self.bounds), map(float, self.counts), strict=True))


def bounds_of(bounds: Sequence[float]) -> tuple[str, ...]:
    """The buckets of a histogram as labels."""
    return (*(f"{bound:g}" for bound in bounds), "+Inf")


class Published:
    """The numbers of one process, or of all that share a folder, as they were when this period began.

    `read` looks at the process when a period begins. `folder`: where processes that share a port lay their
    numbers for each other, each in a file of its own; None for one process.
    """

    def __init__(
        self,
        series: Sequence[Series],
        read: Callable[[], Awaitable[Numbers]],
        clock: Clock,
        folder: Path | None = None,
    ) -> None:
        self._series = tuple(series)
        self._read = read
        self._clock = clock
        self._folder = folder
        self._period = -1
        self._own: Numbers = {}

    async def run(self) -> None:
        """Read anew whenever a period begins, until cancelled."""
        await every(LOOK_SECONDS, "metrics", self.turn)

    async def turn(self) -> None:
        """Read, if a period has begun since the last reading."""
        period = int(self._clock.now() // PERIOD)
        if period == self._period:
            return
        self._own = await self._read()
        self._period = period
        if self._folder is not None:
            await asyncio.to_thread(self._lay, self._folder)

    async def page(self) -> bytes:
        """The text of this period."""
        return await asyncio.to_thread(self._page)

    def _lay(self, folder: Path) -> None:
        told = json.dumps({"period": self._period, "numbers": self._own}).encode()
        replace(folder / f"{os.getpid()}.json", told, mode=0o600)

    def _page(self) -> bytes:
        if self._folder is None:
            return page(self._series, [self._own])
        told = [json.loads(file.read_bytes()) for file in sorted(self._folder.glob("*.json"))]
        newest = max((each["period"] for each in told), default=0)
        # Behind by one: it reads its numbers in this very second. Behind by more: the process is gone.
        lives = [each["numbers"] for each in told if each["period"] >= newest - 1]
        gone = [each["numbers"] for each in told if each["period"] < newest - 1]
        return page(self._series, lives, gone)


def page(series: Sequence[Series], lives: Sequence[Numbers], gone: Sequence[Numbers] = ()) -> bytes:
    """What is told to whoever scrapes, in the text format of Prometheus (0.0.4), rounded."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Families([_family(each, _joined(each, lives, gone)) for each in series]))
    return generate_latest(registry)


_JOIN: Mapping[str, Callable[[Iterable[float]], float]] = {"sum": sum, "max": max, "min": min}


class _Families(Collector):
    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = list(families)

    def collect(self) -> Iterator[Metric]:
        yield from self._families


def _joined(series: Series, lives: Sequence[Numbers], gone: Sequence[Numbers]) -> dict[str, float]:
    """The numbers of all processes as one, by label."""
    found: dict[str, list[float]] = {}
    for numbers in lives if series.kind == "gauge" else (*lives, *gone):
        for label, value in numbers.get(series.name, {}).items():
            found.setdefault(label if label in series.labels else OTHER, []).append(value)
    return {label: _JOIN[series.over](values) for label, values in found.items()}


def _family(series: Series, numbers: Mapping[str, float]) -> Metric:
    labels = [series.label] if series.label else []
    if series.kind == "histogram":
        histogram = HistogramMetricFamily(series.name, series.help)
        if numbers:
            buckets, below = [], 0.0
            for bound in series.labels:
                below += numbers.get(bound, 0)
                buckets.append((bound, _rounded(below, series.step)))
            # Without the sum of all sizes, which would move with each of them.
            histogram.add_metric([], buckets, None)
        return histogram
    made = CounterMetricFamily if series.kind == "counter" else GaugeMetricFamily
    family = made(series.name, series.help, labels=labels)
    for label, value in sorted(numbers.items()):
        family.add_metric([label] if labels else [], _rounded(value, series.step))
    return family


def _rounded(value: float, step: float) -> float:
    return value // step * step


@contextmanager
def sharing() -> Iterator[None]:
    """Around the life of processes that this one starts: their folder is new, and gone when they are."""
    folder = _folder_of(os.getpid())
    rmtree(folder, ignore_errors=True)
    try:
        yield
    finally:
        rmtree(folder, ignore_errors=True)


def shared_folder(parent: int) -> Path:
    """Where the processes that `parent` started lay their numbers: their user's alone.

    OSError where somebody else has made it.
    """
    folder = _folder_of(parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise PermissionError("the folder for the numbers of several processes is not ours")
    return folder


def _folder_of(parent: int) -> Path:
    return Path(gettempdir()) / f"beside-metrics-{parent}"


def process_numbers() -> dict[str, dict[str, float]]:
    """Memory, processor time and open files of this process, by the names of prometheus-client; none but on
    Linux."""
    collected = ProcessCollector(registry=None).collect()
    return {sample.name: {"": sample.value} for family in collected for sample in family.samples}
