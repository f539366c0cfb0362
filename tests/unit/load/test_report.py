"""The report as it is written."""

from dataclasses import fields, replace

from tests.load.missing import NOT_ASKED, Missing
from tests.load.names import BARE, BESIDE
from tests.load.plan import QUICK, WHOLE
from tests.load.report import markdown
from tests.load.results import Results
from tests.load.tables import table
from tests.unit.load.measured import MACHINE, a_run


def lines(report: str, start: str) -> list[list[str]]:
    """The cells of the rows that begin so."""
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in report.splitlines()
        if line.startswith(f"| {start}")
    ]


def test_a_table_is_markdown_with_its_columns_in_line() -> None:
    assert table(("a", "b"), [("one", "1"), ("x", "200")]).split("\n") == [
        "| a   |   b |",
        "|-----|----:|",
        "| one |   1 |",
        "| x   | 200 |",
    ]


def test_each_goal_stands_with_its_ratio_its_spread_and_whether_it_is_met() -> None:
    report = markdown(a_run(), MACHINE, WHOLE, 100)
    (two_nodes,) = lines(report, "CPU seconds a message of two nodes")
    assert two_nodes[1:] == ["≤ 1.6×", "1.3×", "1.25×", "1.00 to 2.00", "met, and the aim"]
    (one_node,) = lines(report, "the same on PostgreSQL and NATS")
    assert one_node[1:] == ["≥ 0.7", "0.85", "0.60", "0.60 to 0.60", "**not met**"]


def test_a_goal_that_could_not_be_measured_says_why() -> None:
    report = markdown(replace(a_run(), talk=Missing("not measured: ServerDied")), MACHINE, WHOLE, 100)
    (per_cpu,) = lines(report, "messages for each CPU second, SQLite")
    assert per_cpu[1:] == ["≥ 0.85", "1", "–", "–", "not measured: ServerDied"]
    (peer,) = lines(report, "messages/s on one core against Another chat")
    assert peer[-1] == "not installed"


def test_met_missed_and_missing_goals_are_counted() -> None:
    report = markdown(a_run(), MACHINE, WHOLE, 100)
    assert "Of 13 goals 8 were met, 4 not met, 1 not measured." in " ".join(report.split())


def test_every_system_stands_beside_its_ratio_to_the_bare_relay() -> None:
    report = markdown(a_run(), MACHINE, WHOLE, 100)
    beside = [row for row in lines(report, BESIDE) if row[1] == "870"]
    assert [(row[2], row[4]) for row in beside] == [("0.87", "0.87")] * len(WHOLE.rooms)


def test_a_run_whose_generator_was_the_limit_says_so() -> None:
    assert "it was not the limit" in markdown(a_run(), MACHINE, WHOLE, 100)
    assert "do not trust" in markdown(a_run(generator_cpu=0.95), MACHINE, WHOLE, 100)


def test_errors_that_clients_saw_are_named() -> None:
    assert "2 × error unavailable" in markdown(a_run(), MACHINE, WHOLE, 100)


def test_a_part_that_failed_leaves_the_others_as_they_are() -> None:
    whole = a_run()
    for field in fields(Results):
        report = markdown(replace(whole, **{field.name: Missing("not measured: Lost")}), MACHINE, WHOLE, 100)
        assert "not measured: Lost" in report
        assert report.count("\n## ") == markdown(whole, MACHINE, WHOLE, 100).count("\n## ")


def test_a_part_that_was_not_asked_for_is_not_spoken_of() -> None:
    nothing = Results(**{field.name: NOT_ASKED for field in fields(Results)})
    report = markdown(replace(nothing, idle=a_run().idle), MACHINE, WHOLE, 100)
    assert len(lines(report, BARE)) == 1
    assert "not asked" not in report
    assert "## Messages" not in report


def test_the_quick_look_is_the_whole_run_in_small() -> None:
    assert QUICK.rooms[-1] == WHOLE.rooms[-1]
    assert QUICK.rounds == WHOLE.rounds >= 5
    assert QUICK.limit < WHOLE.limit <= 900
    for plan in (QUICK, WHOLE):
        assert (plan.idle_beside % plan.batch, *(size % plan.batch for size in plan.idle)) == (0,) * (
            1 + len(plan.idle)
        )
