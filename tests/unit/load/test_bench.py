"""A run's parts stand for themselves."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.load import bench, idle, steady
from tests.load.missing import NOT_ASKED, Missing
from tests.load.plan import QUICK, Plan
from tests.load.processes import Cores
from tests.load.results import Results
from tests.load.staff import staff_of
from tests.load.systems import Systems
from tests.unit.load.measured import a_run

Part = Callable[[Systems, Plan], Awaitable[object]]


def play(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, part: Part, plan: Plan = QUICK) -> Results:
    """A run of two parts, of which the first is `part` and the other measures."""

    async def measured(_: Systems, __: Plan) -> object:
        return a_run().idle

    monkeypatch.setattr(steady, "measure", part)
    monkeypatch.setattr(idle, "measure", measured)
    systems = Systems(tmp_path, Cores(None, None), staff_of(1))
    return asyncio.run(bench.measure(systems, plan, ["steady", "idle"]))


def test_a_part_that_fails_is_said_with_its_kind_and_the_next_one_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def failing(_: Systems, __: Plan) -> object:
        raise OSError("/a/path/of/this/machine")

    results = play(monkeypatch, tmp_path, failing)
    assert results.steady == Missing("not measured: OSError")
    assert "/a/path/of/this/machine" in capsys.readouterr().err
    assert results.idle == a_run().idle


def test_a_part_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async def endless(_: Systems, __: Plan) -> object:
        return await asyncio.Event().wait()

    short = replace(QUICK, limits=replace(QUICK.limits, steady=0.01))
    results = play(monkeypatch, tmp_path, endless, short)
    assert results.steady == Missing("not measured: TimeoutError")
    assert results.idle == a_run().idle


def test_a_part_that_nobody_asked_for_does_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async def measured(_: Systems, __: Plan) -> object:
        return a_run().steady

    results = play(monkeypatch, tmp_path, measured)
    assert results.steady == a_run().steady
    assert results.talk is results.nodes is results.growth is results.peers is NOT_ASKED
