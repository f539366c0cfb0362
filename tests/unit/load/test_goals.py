"""What is asked of a run, and what is said of it."""

from dataclasses import replace

import pytest

from tests.load.comeback import Comeback
from tests.load.goals import Goal, goals
from tests.load.missing import Missing
from tests.load.plan import WHOLE
from tests.load.results import Results
from tests.unit.load.measured import a_run


def row(results: Results, words: str) -> Goal:
    (found,) = [goal for goal in goals(results, WHOLE) if words in goal.figure]
    return found


def test_the_median_over_the_rounds_decides() -> None:
    goal = row(a_run(), "two nodes")
    assert goal.values == [2.0, 1.25, 1.0]
    assert goal.measured == 1.25
    assert (goal.met, goal.aim_met) == (True, True)


@pytest.mark.parametrize(
    ("words", "met", "aim_met"),
    [
        ("SQLite, 200 rooms", True, False),
        ("PostgreSQL and NATS, one node", False, False),
        ("delivered p50 at 1,000", True, False),
        ("idle socket in a room, at 10,000", True, True),
        ("joins a second", False, False),
        ("reconnect at once", True, False),
        ("errors", False, None),
        ("one more message", True, True),
        ("a claim", False, False),
        ("Some chat", True, None),
    ],
)
def test_a_goal_is_met_or_it_is_not(words: str, met: bool, aim_met: bool | None) -> None:
    goal = row(a_run(), words)
    assert (goal.met, goal.aim_met) == (met, aim_met)


def test_a_bound_that_is_just_reached_is_met() -> None:
    assert Goal("at least", "≥", 0.5, None, "", [0.5]).met
    assert not Goal("at least", "≥", 0.5, None, "", [0.49]).met
    assert Goal("at most", "≤", 0.5, None, "", [0.5]).met
    assert not Goal("at most", "≤", 0.5, None, "", [0.51]).met


def test_nothing_measured_is_neither_met_nor_missed() -> None:
    goal = row(replace(a_run(), talk=Missing("not measured: TimeoutError")), "SQLite, 200 rooms")
    assert goal.values == Missing("not measured: TimeoutError")
    assert (goal.measured, goal.met, goal.aim_met) == (None, None, None)
    assert row(a_run(), "Another chat").values == Missing("not installed")


def test_a_comeback_that_not_everybody_made_has_no_time() -> None:
    some = Comeback(2.0, [1.0], 3, {}, 5.0, 2.0)
    assert row(replace(a_run(), comeback=some), "reconnect at once").met is None
    assert row(a_run(), "reconnect at once").measured == 9.0


def test_a_size_that_was_not_reached_is_not_measured() -> None:
    assert row(a_run(), "idle socket").measured == 17.0
    larger = replace(WHOLE, idle=(1_000, 20_000))
    (goal,) = [goal for goal in goals(a_run(), larger) if "idle socket" in goal.figure]
    assert goal.values == Missing("not reached in time")
