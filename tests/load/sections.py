"""The report's sections, a part each; where a part is missing its section says why. No I/O."""

from collections.abc import Mapping, Sequence
from statistics import median

from app.wire.sizes import CT_SIZES
from tests.load.comeback import Comeback
from tests.load.compared import Comparison
from tests.load.figures import Round, Row, paired, percentile
from tests.load.growth import Growth
from tests.load.idle import Idle
from tests.load.messages import Rounds
from tests.load.missing import Missing
from tests.load.names import BARE, BESIDE, NODE
from tests.load.plan import Plan
from tests.load.relay import ACK, ITEM, SEND
from tests.load.tables import table

GENERATOR_IS_THE_LIMIT = 0.9
"""Share of its core above which the generator, not the server, may have set the pace."""

_TALK = """
## Messages

Two people a room, each with a socket. Closed loop: one writes, waits for the ack and for the other's
delivery, then the other writes. A message is a `send` of {send:,} bytes; it comes back as an `ack` of {ack}
and two `item`s of {item:,}. Medians of {rounds} rounds of {seconds:g} s. In a closed loop everybody always
waits for the server, so latency grows with the number of rooms: it shows what happens at the limit, not on
a quiet evening.
"""

_NODES = """
## Two nodes

The same, but of each room one person is on one node and the other on the other, so that every message
crosses the bus; CPU seconds are those of both nodes together. In turn with one node that has a PostgreSQL
and a NATS of its own.

{table}
"""

_STEADY = """
## At a steady pace

{pace:,} messages a second over {rooms} rooms, sent on a schedule whether or not the server keeps up (open
loop). A latency counts from the scheduled moment until the other person has the message.

{table}
"""

_IDLE = """
## Idle sockets and joins

Rooms of two, client and peer each with a socket of their own that has entered. Memory is the growth of the
server's proportional set size (`Pss` of `smaps_rollup`, whole process tree) on a fresh server, after its
first {batch} sockets; the kernel's own buffers are not in it. A join is connect, upgrade, `hello`,
`welcome`, `enter`, `entered`, {at_once} at a time, of rooms that the server has not seen since it started;
joins a second are a median over batches of {batch}, both servers in turn. A dash: not so many were asked
for, or did not get in in time.

{table}
"""

_COMEBACK = """
## Everybody comes back at once

{clients:,} clients are in their rooms; the server is told to stop and is started again, which took
{away:.1f} s. In the moment when it takes connections all connect at once, without any of the chance that
real pages add, and enter their rooms again. {resumed:,} of {clients:,} were back: half after {half:.1f} s,
99 of 100 after {most:.1f} s, the last after {last:.1f} s. Errors seen meanwhile: {errors}. The server used
{server:.1f} CPU seconds, the generator {generator:.1f}.
"""

_GROWTH = """
## As things grow

Beside on SQLite. One room talks at a time, the short one and the long one in turn:

{messages}

On disk, with its indexes, a message takes {weights}.

Peers claim one room after the other over HTTP while the queue keeps its length, beside the short queue and
the long one in turn, each on a server of its own:

{claims}
"""

_PEERS = """
## Other chat servers that keep messages

The same rooms of two in a closed loop ({rooms} rooms), in turn with Beside on SQLite; each server runs with
its own database on one core. They carry texts as long as our ciphertext, without its encryption; what each
was told stands below. Medians.

{table}
"""


def talk(measured: Rounds | Missing, plan: Plan) -> str:
    """Part "talk"."""
    head = _TALK.format(
        send=SEND.size + CT_SIZES[0],
        ack=ACK.size,
        item=ITEM.size + CT_SIZES[0],
        rounds=plan.rounds,
        seconds=plan.seconds,
    )
    if isinstance(measured, Missing):
        return f"{head}\n{measured.reason}.\n"
    for rooms in plan.rooms:
        of_rooms = {name: rounds for (name, count), rounds in measured.items() if count == rooms}
        head += f"\n### {rooms} rooms\n\n{_talk_table(of_rooms, BARE)}\n"
    return head + _generator(measured)


def nodes(measured: Rounds | Missing, plan: Plan) -> str:
    """Part "nodes"."""
    if isinstance(measured, Missing):
        return _NODES.format(table=f"{measured.reason}.")
    rooms = plan.rooms[-1]
    of_rooms = {name: rounds for (name, count), rounds in measured.items() if count == rooms}
    return _NODES.format(table=_talk_table(of_rooms, NODE))


def steady(measured: Mapping[str, Sequence[Round]] | Missing, plan: Plan) -> str:
    """Part "steady"."""
    if isinstance(measured, Missing):
        text = f"{measured.reason}."
    else:
        rows = []
        for name, rounds in measured.items():
            ratios = [
                median(paired([r.delivery(p) for r in rounds], [r.delivery(p) for r in measured[BARE]]))
                for p in (50, 99)
            ]
            row = Row.of(rounds)
            rows.append(
                (
                    name,
                    f"{row.delivery_p50:.2f} / {row.delivery_p99:.2f}",
                    f"{ratios[0]:.2f} / {ratios[1]:.2f}",
                    f"{row.cpu_per_10k:.2f}",
                    f"{row.server_share:.2f}",
                )
            )
        text = table(
            ("system", "sent→delivered p50 / p99 ms", "ratios", "CPU-s / 10,000", "server core"), rows
        )
    return _STEADY.format(pace=plan.pace, rooms=plan.pace_rooms, table=text)


def idle(measured: Mapping[str, Idle] | Missing, plan: Plan) -> str:
    """Part "idle"."""
    if isinstance(measured, Missing):
        text = f"{measured.reason}."
    else:
        heads = ["system", *(f"KiB a socket at {size:,}" for size in plan.idle)]
        heads += ["joins/s", "ratio", "CPU-s / 1,000 joins", "generator core"]
        bare = measured[BARE]
        rows = []
        for name, each in measured.items():
            both = min(len(each.joins), len(bare.joins))
            rows.append(
                [
                    name,
                    *(f"{each.kib[size]:.1f}" if size in each.kib else "–" for size in plan.idle),
                    f"{median(each.joins):,.0f}",
                    f"{median(paired(each.joins[:both], bare.joins[:both])):.2f}",
                    f"{each.cpu_per_1k:.2f}",
                    f"{each.generator_share:.2f}",
                ]
            )
        text = table(heads, rows)
    return _IDLE.format(batch=plan.batch, at_once=plan.at_once, table=text)


def comeback(measured: Comeback | Missing) -> str:
    """Part "comeback"."""
    if isinstance(measured, Missing):
        return f"\n## Everybody comes back at once\n\n{measured.reason}.\n"
    back = measured.resumed or [0.0]
    return _COMEBACK.format(
        clients=measured.clients,
        away=measured.away,
        resumed=len(measured.resumed),
        half=percentile(back, 50),
        most=percentile(back, 99),
        last=max(back),
        errors=", ".join(f"{count:,} × {kind}" for kind, count in measured.errors.items()) or "none",
        server=measured.server_cpu,
        generator=measured.generator_cpu,
    )


def growth(measured: Growth | Missing) -> str:
    """Part "growth"."""
    if isinstance(measured, Missing):
        return f"\n## As things grow\n\n{measured.reason}.\n"
    messages = [
        (
            f"{held:,}",
            f"{row.delivery_p50:.2f} / {row.delivery_p99:.2f}",
            f"{row.cpu_per_10k:.2f}",
        )
        for held, row in ((held, Row.of(rounds)) for held, rounds in measured.messages.items())
    ]
    claims = []
    for waiting, rounds in measured.claims.items():
        took = [each for claims_ in rounds for each in claims_.took]
        cpu = sum(each.cpu for each in rounds) / len(took)
        claims.append(
            (
                f"{waiting:,}",
                f"{percentile(took, 50) * 1_000:.1f} / {percentile(took, 99) * 1_000:.1f}",
                f"{cpu * 1_000:.1f}",
            )
        )
    return _GROWTH.format(
        messages=table(
            ("messages in the room", "sent→delivered p50 / p99 ms", "CPU-s / 10,000"),
            messages,
        ),
        weights=", ".join(f"{each:,.0f} bytes on {name}" for name, each in measured.bytes_a_message.items()),
        claims=table(("rooms waiting", "claim p50 / p99 ms", "CPU ms a claim"), claims),
    )


def peers(measured: Mapping[str, Comparison] | Missing, plan: Plan) -> str:
    """Part "peers"."""
    if isinstance(measured, Missing):
        return _PEERS.format(rooms=plan.peer_rooms, table=f"{measured.reason}.")
    rows, notes = [], []
    for name, comparison in measured.items():
        result = comparison.result
        if isinstance(result, Missing):
            rows.append((name, "–", "–", "–", result.reason))
            continue
        ours, theirs = Row.of(result.ours), Row.of(result.theirs)
        ratio = median(paired([r.rate for r in result.ours], [r.rate for r in result.theirs]))
        latency = f"{theirs.delivery_p50:.1f} / {theirs.delivery_p99:.1f}"
        rows.append((name, f"{theirs.rate:,.0f}", f"{ours.rate:,.0f}", f"{ratio:.1f} ×", latency))
        notes.append(f"- {name}: {result.configuration}")
    heads = ("server", "its messages/s", f"{BESIDE} beside it", "ratio", "its sent→delivered p50 / p99 ms")
    return _PEERS.format(rooms=plan.peer_rooms, table="\n\n".join([table(heads, rows), "\n".join(notes)]))


def _talk_table(measured: Mapping[str, Sequence[Round]], reference: str) -> str:
    heads = (
        "system",
        "messages/s",
        "ratio",
        "CPU-s / 10,000",
        "messages per CPU-s, ratio",
        "engines' CPU-s / 10,000",
        "sent→delivered p50 / p99 ms",
        "server core",
        "generator core",
    )
    against = measured[reference]
    rows = []
    for name, rounds in measured.items():
        row = Row.of(rounds)
        rate = median(paired([r.rate for r in rounds], [r.rate for r in against]))
        per_cpu = median(paired([r.per_cpu_second for r in rounds], [r.per_cpu_second for r in against]))
        rows.append(
            (
                name,
                f"{row.rate:,.0f}",
                f"{rate:.2f}",
                f"{row.cpu_per_10k:.2f}",
                f"{per_cpu:.2f}",
                f"{row.engine_per_10k:.2f}" if row.engine_per_10k else "–",
                f"{row.delivery_p50:.1f} / {row.delivery_p99:.1f}",
                f"{row.server_share:.2f}",
                f"{row.generator_share:.2f}",
            )
        )
    return table(heads, rows)


def _generator(measured: Rounds) -> str:
    """Whether the generator had time to spare."""
    used = max(Row.of(rounds).generator_share for (_, _), rounds in measured.items())
    verdict = "not the limit"
    if used >= GENERATOR_IS_THE_LIMIT:
        verdict = "**near its limit: do not trust the fastest system's messages/s**"
    return (
        '\n"Core" is CPU seconds for each second of wall time. The generator used at most '
        f"{used:.2f} of its own core, so it was {verdict}.\n"
    )
