"""What was measured, as Markdown: the same words on the terminal and in docs/benchmarks.md. No I/O."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.load.figures import Ratios, Round, Row
from tests.load.growth import Claims
from tests.load.idle import Idle
from tests.load.machine import Machine
from tests.load.plan import Plan

BARE, DURABLE, BESIDE = "bare relay", "durable relay", "Beside"

AIM_PER_CPU_SECOND = 0.75
AIM_KIB = 24
GENERATOR_IS_THE_LIMIT = 0.9
"""Share of its core above which the generator, not the server, may have set the pace."""

_HEAD = """\
# Benchmarks

Written by `make bench`: every figure below was measured in that run, none was typed by hand.

- Day: {day}. The run took {seconds:.0f} s.
- Machine: {cpu}, {cores} cores; {system}; `fdatasync` of 4 KiB takes {fdatasync:.2f} ms.
- {versions}.
- Server on one core, load generator on another; loopback only. Machines differ and have moods: read the
  ratios, not the absolute figures, and make nothing of differences under 1.3.

Systems do the same work with the same frames, in turn within one run, so that a slow minute hits all
alike. The **bare relay** is the least that a server on this stack must pay: uvicorn (`websockets-sansio`,
uvloop), a raw ASGI application, rooms in memory, nothing checked, nothing kept. The **durable relay**
also commits each message to SQLite (WAL, `synchronous=FULL`) on a thread of its own; what piled up during
one commit is the next batch. **Beside** is `beside serve` on SQLite with `synchronous=FULL`: seat, state,
epoch and count checked inside the transaction, the chain moved on, buckets, bounded outboxes. All
acknowledge to the sender and hand the item to every socket of the room, the sender's included
([protocol.md](protocol.md), 12).
"""

_TALK = """
## Messages

Two people a room, each with a socket. Closed loop: one writes, waits for the ack and for the other's
delivery, then the other writes. A message is a `send` of 1,095 bytes; it comes back as an `ack` of 25 and
two `item`s of 1,115. Medians of {rounds} rounds of {seconds:g} s; ratios are medians of round against
neighbouring round of the bare relay. In a closed loop everybody always waits for the server, so latency
grows with the number of rooms: it shows what happens at the limit, not on a quiet evening.
"""

_TALK_END = """
"Core" is CPU seconds for each second of wall time. The generator used at most {generator:.2f} of its own
core, so it was {verdict}.

**Aim:** at least {aim} of the bare relay's messages for each CPU second. **Reached:** {reached}.
"""

_IDLE = """
## Idle sockets and joins

Rooms of two, client and peer each with a socket of their own that has entered. Memory is the growth of
the server's proportional set size (`Pss` of `smaps_rollup`, whole process tree) on a fresh server, after
its first {batch} sockets; the kernel's own buffers are not in it. A join is connect, upgrade, `hello`,
`welcome`, `enter`, `entered`, {at_once} at a time; joins a second are a median over batches of {batch}.
A dash: so many did not get in in time.

{table}

**Aim:** at most {aim} KiB an idle socket. **Reached:** {reached}.
"""

_GROWTH = """
## As things grow (Beside alone)

One room talks at a time:

{messages}

Peers claim one room after the other over HTTP, while the queue keeps its length:

{claims}
"""

_REPEAT = """
## To repeat

`make bench` measures within five minutes and writes this file; `.venv/bin/python -m tests.load --quick`
takes less than one and writes none. Both stay on loopback, raise their own limit of open files as far as
the machine allows, and end what they started.
"""


@dataclass(frozen=True, slots=True)
class Results:
    """All of one run: by system and number of rooms, by system, by number of messages, by number waiting."""

    talk: Mapping[tuple[str, int], Sequence[Round]]
    idle: Mapping[str, Idle]
    messages: Mapping[int, Row]
    claims: Mapping[int, Claims]


def markdown(results: Results, machine: Machine, plan: Plan, seconds: float) -> str:
    """The whole report."""
    head = _HEAD.format(
        day=time.strftime("%Y-%m-%d", time.gmtime()),
        seconds=seconds,
        cpu=machine.cpu,
        cores=machine.cores,
        system=machine.system,
        fdatasync=machine.fdatasync_ms,
        versions=" · ".join(f"{name} {number}" for name, number in machine.versions.items()),
    )
    return head + _talk(results, plan) + _idle(results, plan) + _growth(results) + _REPEAT


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, padded so that it reads well on a terminal too; its first column is text."""
    cells = [list(heads), *(list(row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    lines = [_line(row, widths) for row in cells]
    rule = "|".join("-" * (width + 1) + ("-" if column == 0 else ":") for column, width in enumerate(widths))
    return "\n".join([lines[0], f"|{rule}|", *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(row, widths, strict=True)
    return (
        "| " + " | ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]) + " |"
    )


def _talk(results: Results, plan: Plan) -> str:
    tables = "".join(f"\n### {rooms} rooms\n\n{_talk_table(results, rooms)}\n" for rooms in plan.rooms)
    generator = max(Row.of(rounds).generator_share for rounds in results.talk.values())
    ratios = {rooms: _against_bare(results, BESIDE, rooms).per_cpu_second for rooms in plan.rooms}
    end = _TALK_END.format(
        generator=generator,
        verdict="not the limit"
        if generator < GENERATOR_IS_THE_LIMIT
        else "**near its limit: do not trust this run**",
        aim=AIM_PER_CPU_SECOND,
        reached=", ".join(f"{ratio:.2f} at {rooms} rooms" for rooms, ratio in ratios.items()),
    )
    return _TALK.format(rounds=plan.rounds, seconds=plan.seconds) + tables + end


def _talk_table(results: Results, rooms: int) -> str:
    heads = (
        "system",
        "messages/s",
        "ratio",
        "CPU-s / 10,000",
        "messages per CPU-s, ratio",
        "send→ack p50 / p99 ms",
        "send→delivered p50 / p99 ms",
        "ratio of p50",
        "server core",
        "generator core",
    )
    bare = Row.of(results.talk[BARE, rooms])
    rows = []
    for system in (BARE, DURABLE, BESIDE):
        row, ratios = Row.of(results.talk[system, rooms]), _against_bare(results, system, rooms)
        cells = (
            system,
            f"{row.rate:,.0f}",
            f"{ratios.rate:.2f}",
            f"{row.cpu_per_10k:.2f}",
            f"{ratios.per_cpu_second:.2f}",
            f"{row.ack_p50:.1f} / {row.ack_p99:.1f}",
            f"{row.delivery_p50:.1f} / {row.delivery_p99:.1f}",
            f"{row.delivery_p50 / bare.delivery_p50:.2f}",
            f"{row.server_share:.2f}",
            f"{row.generator_share:.2f}",
        )
        rows.append(cells)
    return table(heads, rows)


def _against_bare(results: Results, system: str, rooms: int) -> Ratios:
    return Ratios.of(results.talk[system, rooms], results.talk[BARE, rooms])


def _idle(results: Results, plan: Plan) -> str:
    heads = ["system"]
    for size in plan.idle:
        heads += [f"KiB a socket at {size:,}", "ratio"]
    heads += ["joins/s", "ratio", "CPU-s / 1,000 joins", "ratio", "generator core"]
    bare = results.idle[BARE]
    rows = []
    for system, idle in results.idle.items():
        cells = [system]
        for size in plan.idle:
            both = size in idle.kib and size in bare.kib
            cells += (
                [f"{idle.kib[size]:.1f}", f"{idle.kib[size] / bare.kib[size]:.2f}"] if both else ["–", "–"]
            )
        cells += [f"{idle.joins:,.0f}", f"{idle.joins / bare.joins:.2f}"]
        cells += [f"{idle.cpu_per_1k:.2f}", f"{idle.cpu_per_1k / bare.cpu_per_1k:.2f}"]
        rows.append([*cells, f"{idle.generator_share:.2f}"])
    ours = results.idle[BESIDE]
    return _IDLE.format(
        batch=plan.batch,
        at_once=plan.at_once,
        table=table(heads, rows),
        aim=AIM_KIB,
        reached=", ".join(f"{kib:.1f} KiB at {size:,}" for size, kib in ours.kib.items()) or "not measured",
    )


def _growth(results: Results) -> str:
    short, *_ = results.messages.values()
    messages = [
        (
            f"{held:,}",
            f"{row.ack_p50:.2f} / {row.ack_p99:.2f}",
            f"{row.ack_p50 / short.ack_p50:.2f}",
            f"{row.cpu_per_10k:.2f}",
        )
        for held, row in results.messages.items()
    ]
    few, *_ = results.claims.values()
    claims = [
        (f"{waiting:,}", f"{each.p50:.1f} / {each.p99:.1f}", f"{each.p50 / few.p50:.2f}", f"{each.cpu:.1f}")
        for waiting, each in results.claims.items()
    ]
    return _GROWTH.format(
        messages=table(
            ("messages in the room", "send→ack p50 / p99 ms", "ratio of p50", "CPU-s / 10,000"), messages
        ),
        claims=table(("rooms waiting", "claim p50 / p99 ms", "ratio of p50", "CPU ms a claim"), claims),
    )
