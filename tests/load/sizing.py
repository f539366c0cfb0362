"""What the figures come to for a whole service, and what was assumed for it. Pure."""

from dataclasses import dataclass
from math import ceil

from tests.load.figures import Row
from tests.load.missing import Missing
from tests.load.names import BESIDE, NODES
from tests.load.plan import Plan
from tests.load.results import Results
from tests.load.tables import table

CLIENTS = (1_000, 10_000, 100_000, 1_000_000)
"""Clients with their page open at once, the rows of the table."""

TALKING = 0.5
"""Of them, how many are in a talk; the others wait, or read."""

TALKS = 2
"""Talks of one peer at once."""

PACE = 1.5
"""Messages a minute of each of two who talk."""

LOAD = 0.5
"""Share of its core that a process is planned to use."""

_SECTION = """
## What a service needs

What the figures above come to. **Assumed, not measured:** of all clients with their page open {talking:.0%}
talk; a peer holds {talks} talks; each of two who talk writes {pace:g} messages a minute; a process is a core
that is busy to {load:.0%}, and holds {held:,} sockets at most, as many as came back at once above. Every
room lies across two nodes. Engines: PostgreSQL and NATS together, as busy. Not in it: what grows with the
number of nodes, the memory of a process before its first socket, TLS and the web server in front
([operations](operations.md), Sizing).

{table}
"""


def sizing(results: Results, plan: Plan) -> str:
    """The section, or that something it needs was not measured."""
    nodes, idle, back = results.nodes, results.idle, results.comeback
    if isinstance(nodes, Missing) or isinstance(idle, Missing) or isinstance(back, Missing):
        return _section(plan, "Not all of what it needs was measured.")
    across = Row.of(nodes[NODES, plan.rooms[-1]])
    kib = idle[BESIDE].kib
    if not kib or not back.resumed:
        return _section(plan, "Not all of what it needs was measured.")
    costs = Costs(
        app=across.cpu_per_10k / 10_000,
        engines=across.engine_per_10k / 10_000,
        socket=kib[max(kib)],
        held=plan.returning,
        back=back.seconds,
    )
    heads = (
        "clients at once",
        "sockets",
        "messages/s",
        "processes",
        "memory of their sockets, GiB",
        "cores for PostgreSQL and NATS",
        "all back after a restart of every process, s",
    )
    return _section(plan, table(heads, [need(clients, costs).cells() for clients in CLIENTS]))


@dataclass(frozen=True, slots=True)
class Costs:
    """CPU seconds of a message, in the nodes and in the engines; KiB of a socket; and in how many seconds a
    process that held `held` sockets had them all again."""

    app: float
    engines: float
    socket: float
    held: int
    back: float


@dataclass(frozen=True, slots=True)
class Need:
    """What so many clients need; `memory` in GiB."""

    clients: int
    sockets: int
    messages: float
    processes: int
    memory: float
    engines: int
    back: float

    def cells(self) -> tuple[str, ...]:
        """A row of the table."""
        return (
            f"{self.clients:,}",
            f"{self.sockets:,}",
            f"{self.messages:,.0f}",
            f"{self.processes:,}",
            f"{self.memory:,.1f}",
            f"{self.engines:,}",
            f"{self.back:,.0f}",
        )


def need(clients: int, costs: Costs) -> Need:
    """The arithmetic: of docs/operations.md, Sizing."""
    talks = clients * TALKING
    sockets = ceil(clients + talks / TALKS)
    messages = talks * 2 * PACE / 60
    processes = max(ceil(messages * costs.app / LOAD), ceil(sockets / costs.held))
    return Need(
        clients=clients,
        sockets=sockets,
        messages=messages,
        processes=processes,
        memory=sockets * costs.socket / 2**20,
        engines=ceil(messages * costs.engines / LOAD),
        back=costs.back * sockets / processes / costs.held,
    )


def _section(plan: Plan, found: str) -> str:
    return _SECTION.format(
        talking=TALKING, talks=TALKS, pace=PACE, load=LOAD, held=plan.returning, table=found
    )
