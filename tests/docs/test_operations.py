"""What operations.md tells an operator to look at is there."""

import re
from typing import get_args

import pytest

from app.web.conversations_watch import SERIES
from app.web.health import Problem
from app.web.metrics import PROCESS
from tests.docs.test_links import ROOT

OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")
REPORT = "".join(
    (ROOT / "tests" / "load" / f"{name}.py").read_text("utf-8") for name in ("names", "sections", "sizing")
)
"""Every heading and every name of a row that the benchmarks' report can have."""


def section(title: str, level: str = "##") -> str:
    """The text under a heading, up to the next of its level or above."""
    found = re.search(
        rf"^{level} {title}$(.*?)(?=^#{{2,{len(level)}}} |\Z)", OPERATIONS, re.MULTILINE | re.DOTALL
    )
    assert found is not None
    return found[1]


NAMED = sorted(set(re.findall(r'"([^"]+)"', section("Sizing"))))


def test_sizing_names_what_it_reckons_with() -> None:
    assert len(NAMED) >= 5


@pytest.mark.parametrize("name", NAMED)
def test_what_sizing_reckons_with_is_in_the_report_of_the_benchmarks(name: str) -> None:
    assert name in REPORT


def test_every_alert_is_about_a_number_that_is_published() -> None:
    published = {series.name for series in (*PROCESS, *SERIES)}

    named = re.findall(r"\b((?:beside|process)_[a-z_]+)", section("Numbers", "###"))

    assert named
    assert {name.removesuffix("_bucket") for name in named} <= published


@pytest.mark.parametrize("problem", get_args(Problem))
def test_each_problem_of_a_probe_is_explained(problem: str) -> None:
    assert f"| `{problem}` |" in section("Probes", "###")
