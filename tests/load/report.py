"""What was measured, as Markdown: the same words on the terminal and in docs/benchmarks.md. No I/O."""

import time
from collections.abc import Sequence

from tests.load.goals import Goal, goals
from tests.load.machine import Machine
from tests.load.missing import NOT_ASKED, Missing
from tests.load.plan import Plan
from tests.load.results import Results
from tests.load.sections import comeback, growth, idle, nodes, peers, steady, talk
from tests.load.sizing import sizing
from tests.load.tables import table

_HEAD = """\
# Benchmarks

Written by `make bench`: every figure below was measured in that run, none was typed by hand.

- Day: {day}. The run took {seconds:.0f} s.
- Machine: {cpu}, {cores} cores; {system}; `fdatasync` of 4 KiB takes {fdatasync:.2f} ms.
- {versions}.
- Servers on one core, the load generator on another; loopback only. Machines differ and have moods: read the
  ratios, not the absolute figures, and make nothing of differences under 1.3.

## Goals

{table}

Two systems that are compared do the same work in turn, round by round, so that a slow minute hits both. A
ratio is the median over {rounds} rounds of round against neighbouring round; the spread is the lowest and
the highest of them. {verdict}

## What is compared

The **bare relay** is the least that a server on this stack must pay: uvicorn (`websockets-sansio`, uvloop),
a raw ASGI application, rooms in memory, nothing checked, nothing kept. The **relay on picows** does the
same on a WebSocket server written in C: the floor under Python. The **durable relays** also commit each
message before they hand it on: to SQLite (WAL, `synchronous=FULL`) on a thread of their own, or to
PostgreSQL by asyncpg, one `unnest` a batch; what piled up during one commit is the next batch. **Beside**
is `beside serve` as it is installed: on SQLite with `synchronous=FULL`, or one node of conversations on
PostgreSQL and NATS. It checks seat, state, epoch and count inside the transaction, moves the chain on, and
keeps buckets and bounded outboxes. All acknowledge to the sender and hand the item to every socket of the
room, the sender's included ([protocol.md](protocol.md), 12).

PostgreSQL (`fsync` on) and NATS run on the generator's core: in a grown service they are other machines.
Their processor time stands in a column of its own and in no ratio.
"""

_REPEAT = """
## To repeat

`make bench` measures all of this within a quarter of an hour and writes this file. `.venv/bin/python -m
tests.load --quick` takes a few minutes and writes none; `--only talk,idle` runs some parts. All of it stays
on loopback, raises its own limit of open files as far as the machine allows, and ends what it started.
"""


def markdown(results: Results, machine: Machine, plan: Plan, seconds: float) -> str:
    """The whole report."""
    rows = [goal for goal in goals(results, plan) if goal.values is not NOT_ASKED]
    head = _HEAD.format(
        day=time.strftime("%Y-%m-%d", time.gmtime()),
        seconds=seconds,
        cpu=machine.cpu,
        cores=machine.cores,
        system=machine.system,
        fdatasync=machine.fdatasync_ms,
        versions=" · ".join(f"{name} {number}" for name, number in machine.versions.items()),
        rounds=plan.rounds,
        table=goal_table(rows),
        verdict=_verdict(rows),
    )
    written = (
        (results.talk, talk(results.talk, plan)),
        (results.nodes, nodes(results.nodes, plan)),
        (results.steady, steady(results.steady, plan)),
        (results.idle, idle(results.idle, plan)),
        (results.comeback, comeback(results.comeback)),
        (results.growth, growth(results.growth)),
        (results.peers, peers(results.peers, plan)),
        (results.nodes, sizing(results, plan)),
    )
    sections = [section for part, section in written if part is not NOT_ASKED]
    return head + "".join(sections) + _REPEAT


def goal_table(rows: Sequence[Goal]) -> str:
    """A row for each goal: the bound, what was measured, and whether it holds."""
    return table(
        ("figure", "goal", "aim", "measured", "spread", "goal is"),
        [_goal_row(goal) for goal in rows],
    )


def _goal_row(goal: Goal) -> tuple[str, ...]:
    bounds = f"{goal.sense} {goal.goal:g}{goal.unit}", "–" if goal.aim is None else f"{goal.aim:g}{goal.unit}"
    if isinstance(goal.values, Missing):
        return goal.figure, *bounds, "–", "–", goal.values.reason
    spread = "–"
    if len(goal.values) > 1:
        spread = f"{_short(min(goal.values))} to {_short(max(goal.values))}"
    verdict = "**not met**" if not goal.met else "met, and the aim" if goal.aim_met else "met"
    return goal.figure, *bounds, f"{_short(goal.measured or 0.0)}{goal.unit}", spread, verdict


def _short(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def _verdict(rows: Sequence[Goal]) -> str:
    met = sum(goal.met is True for goal in rows)
    missed = sum(goal.met is False for goal in rows)
    return f"Of {len(rows)} goals {met} were met, {missed} not met, {len(rows) - met - missed} not measured."
