"""What is asked of Beside, and whether a run reached it. Pure.

Where two systems are compared each round is set against its neighbour; the median of these ratios decides.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Literal, TypeVar

from tests.load.compared import Compared
from tests.load.figures import Round, paired
from tests.load.missing import Missing
from tests.load.names import BARE, BESIDE, NODE, NODES
from tests.load.plan import Plan
from tests.load.results import Results

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Goal:
    """One row. `values`: one a round; `unit` stands behind each."""

    figure: str
    sense: Literal["≥", "≤"]
    goal: float
    aim: float | None
    unit: str
    values: Sequence[float] | Missing

    @property
    def measured(self) -> float | None:
        """The median over the rounds."""
        return None if isinstance(self.values, Missing) else median(self.values)

    @property
    def met(self) -> bool | None:
        """None where nothing was measured."""
        return self._reaches(self.goal)

    @property
    def aim_met(self) -> bool | None:
        """None where nothing was measured, or where there is no aim."""
        return None if self.aim is None else self._reaches(self.aim)

    def _reaches(self, bound: float) -> bool | None:
        measured = self.measured
        if measured is None:
            return None
        return measured >= bound if self.sense == "≥" else measured <= bound


def goals(results: Results, plan: Plan) -> Iterator[Goal]:
    """All rows, in the order of the table."""
    rooms = plan.rooms[-1]
    yield Goal(
        f"messages for each CPU second, SQLite, {rooms} rooms, against the bare relay",
        "≥",
        0.85,
        1.0,
        "",
        _of(results.talk, lambda talk: _per_cpu(talk[BESIDE, rooms], talk[BARE, rooms])),
    )
    yield Goal(
        f"the same on PostgreSQL and NATS, one node, its own CPU seconds, {rooms} rooms",
        "≥",
        0.7,
        0.85,
        "",
        _of(results.talk, lambda talk: _per_cpu(talk[NODE, rooms], talk[BARE, rooms])),
    )
    yield Goal(
        "CPU seconds a message of two nodes, every room across both, against one node",
        "≤",
        1.6,
        1.3,
        "×",
        _of(results.nodes, lambda talk: _cpu(talk[NODES, rooms], talk[NODE, rooms])),
    )
    for percent in (50, 99):
        yield Goal(
            f"delivered p{percent} at {plan.pace:,} messages/s, against the bare relay",
            "≤",
            5,
            3,
            "×",
            _of(results.steady, partial(_beside_bare, percent=percent)),
        )
    most = max(plan.idle)
    yield Goal(
        f"server memory of an idle socket in a room, at {most:,}",
        "≤",
        24,
        20,
        " KiB",
        _of(results.idle, lambda idle: _present(idle[BESIDE].kib, most)),
    )
    yield Goal(
        "joins a second, cold, against the bare relay",
        "≥",
        0.6,
        0.8,
        "",
        _of(results.idle, lambda idle: _as_far(idle[BESIDE].joins, idle[BARE].joins)),
    )
    yield Goal(
        f"{plan.returning:,} clients reconnect at once after a restart: until all have resumed",
        "≤",
        15,
        8,
        " s",
        _of(results.comeback, lambda back: [back.seconds] if len(back.resumed) == back.clients else None),
    )
    yield Goal(
        "errors that they see meanwhile",
        "≤",
        0,
        None,
        "",
        _of(results.comeback, lambda back: [float(sum(back.errors.values()))]),
    )
    few, many = plan.held[0], plan.held[-1]
    yield Goal(
        f"one more message in a room with {many:,} instead of {few:,}, p50",
        "≤",
        1.2,
        1.0,
        "×",
        _of(results.growth, lambda growth: _delivered(growth.messages[many], growth.messages[few], 50)),
    )
    short, long = plan.waiting[0], plan.waiting[-1]
    yield Goal(
        f"a claim beside {long:,} waiting instead of {short:,}, p50",
        "≤",
        1.2,
        1.0,
        "×",
        _of(
            results.growth,
            lambda growth: paired(
                [median(claims.took) for claims in growth.claims[long]],
                [median(claims.took) for claims in growth.claims[short]],
            ),
        ),
    )
    if isinstance(results.peers, Missing):
        yield Goal("messages/s on one core against other chat servers", "≥", 4, None, "×", results.peers)
        return
    for name, comparison in results.peers.items():
        yield Goal(
            f"messages/s on one core against {name}",
            "≥",
            comparison.goal,
            None,
            "×",
            _of(comparison.result, _faster),
        )


def _of(part: T | Missing, values: Callable[[T], Sequence[float] | None]) -> Sequence[float] | Missing:
    if isinstance(part, Missing):
        return part
    measured = values(part)
    return Missing("not reached in time") if measured is None else measured


def _per_cpu(ours: Sequence[Round], reference: Sequence[Round]) -> list[float]:
    return paired([r.per_cpu_second for r in ours], [r.per_cpu_second for r in reference])


def _cpu(ours: Sequence[Round], reference: Sequence[Round]) -> list[float]:
    return paired([r.cpu_per_10k for r in ours], [r.cpu_per_10k for r in reference])


def _delivered(ours: Sequence[Round], reference: Sequence[Round], percent: float) -> list[float]:
    return paired([r.delivery(percent) for r in ours], [r.delivery(percent) for r in reference])


def _beside_bare(steady: Mapping[str, Sequence[Round]], percent: float) -> list[float]:
    return _delivered(steady[BESIDE], steady[BARE], percent)


def _as_far(ours: Sequence[float], reference: Sequence[float]) -> list[float]:
    both = min(len(ours), len(reference))
    return paired(ours[:both], reference[:both])


def _present(kib: Mapping[int, float], size: int) -> list[float] | None:
    return [kib[size]] if size in kib else None


def _faster(compared: Compared) -> list[float]:
    return paired([r.rate for r in compared.ours], [r.rate for r in compared.theirs])
