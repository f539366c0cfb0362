"""The report as it is written."""

from dataclasses import replace

from tests.load.figures import Round, Row
from tests.load.growth import Claims
from tests.load.idle import Idle
from tests.load.machine import Machine
from tests.load.plan import QUICK, WHOLE
from tests.load.report import BARE, BESIDE, DURABLE, Results, markdown, table

MACHINE = Machine("Some CPU", 2, "Linux 6", 0.1, {"Python": "3.11"})


def a_round(messages: int, generator_cpu: float = 0.5) -> Round:
    return Round(messages, 1.0, 1.0, generator_cpu, [0.001], [0.002])


def results(generator_cpu: float = 0.5) -> Results:
    rounds = {BARE: a_round(1_000, generator_cpu), DURABLE: a_round(900), BESIDE: a_round(800)}
    return Results(
        talk={(name, rooms): [one] for name, one in rounds.items() for rooms in WHOLE.rooms},
        idle={
            BARE: Idle({1_000: 10.0, 5_000: 10.0}, 2_000, 0.5, 0.3),
            BESIDE: Idle({1_000: 20.0, 5_000: 18.0}, 1_000, 1.0, 0.2),
        },
        messages={10: Row.of([a_round(100)]), 100_000: Row.of([a_round(100)])},
        claims={10: Claims(2.0, 3.0, 1.5), 10_000: Claims(3.0, 4.0, 2.0)},
    )


def test_a_table_is_markdown_with_its_columns_in_line() -> None:
    assert table(("a", "b"), [("one", "1"), ("x", "200")]).split("\n") == [
        "| a   |   b |",
        "|-----|----:|",
        "| one |   1 |",
        "| x   | 200 |",
    ]


def test_every_system_stands_beside_its_ratio_to_the_bare_relay() -> None:
    report = markdown(results(), MACHINE, WHOLE, 100)
    beside = [line.split() for line in report.splitlines() if line.startswith("| Beside ")]
    assert [line[3:7:2] for line in beside[:2]] == [["800", "0.80"]] * 2
    assert "**Reached:** 0.80 at 50 rooms, 0.80 at 200 rooms." in report
    assert "**Reached:** 20.0 KiB at 1,000, 18.0 KiB at 5,000." in report


def test_a_run_whose_generator_was_the_limit_says_so() -> None:
    assert "it was not the limit" in markdown(results(), MACHINE, WHOLE, 100)
    assert "do not trust this run" in markdown(results(generator_cpu=0.95), MACHINE, WHOLE, 100)


def test_the_quick_look_is_the_whole_run_in_small() -> None:
    assert replace(QUICK, limit=0).rooms == WHOLE.rooms
    assert QUICK.rounds >= 5
    assert QUICK.limit <= 60
    assert WHOLE.limit <= 300
