"""The parts "talk" and "nodes": systems that relay the same messages, round by round in turn."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack

from tests.load import cast
from tests.load.cast import Room
from tests.load.figures import Round
from tests.load.house import Folder
from tests.load.names import BARE, BESIDE, DURABLE, DURABLE_PG, FLOOR, NODE, NODES
from tests.load.plan import Plan
from tests.load.processes import Engine, Server
from tests.load.seeding import seeding
from tests.load.starting import started
from tests.load.systems import Systems
from tests.load.talk import Load
from tests.load.terminal import say

Rounds = Mapping[tuple[str, int], Sequence[Round]]
"""By system and number of rooms."""


async def talk(systems: Systems, plan: Plan) -> Rounds:
    """The references, Beside embedded, and one node of it on PostgreSQL and NATS."""
    rooms = cast.rooms(max(plan.rooms), list(systems.staff.peers))
    async with AsyncExitStack() as stack:
        folder = await systems.folder("talk")
        await seed(folder, rooms)
        loads = {
            FLOOR: await _joined(stack, folder, rooms, [await started(stack, systems.floor())]),
            BARE: await _joined(stack, folder, rooms, [await started(stack, systems.bare())]),
            DURABLE: await _joined(stack, folder, rooms, [await started(stack, systems.durable_sqlite())]),
            BESIDE: await _joined(stack, folder, rooms, [await started(stack, systems.beside(folder))]),
        }
        postgres, engine = await started(stack, systems.postgres())
        relay = await stack.enter_async_context(systems.durable_postgresql(postgres))
        loads[DURABLE_PG] = await _joined(stack, folder, rooms, [relay], [engine])
        loads[NODE] = await _grown(stack, systems, rooms, 1)
        return await _in_turn(loads, plan, plan.rooms)


async def nodes(systems: Systems, plan: Plan) -> Rounds:
    """One node, and two with every room across both, each with engines of its own."""
    rooms = cast.rooms(max(plan.rooms), list(systems.staff.peers))
    async with AsyncExitStack() as stack:
        loads = {
            NODE: await _grown(stack, systems, rooms, 1),
            NODES: await _grown(stack, systems, rooms, 2),
        }
        return await _in_turn(loads, plan, plan.rooms[-1:])


async def seed(folder: Folder, rooms: Sequence[Room]) -> None:
    """Write rooms in talk into a store at rest."""
    async with seeding(folder) as writer:
        await writer.talking(rooms)
        await writer.settle()


async def _grown(stack: AsyncExitStack, systems: Systems, rooms: Sequence[Room], count: int) -> Load:
    postgres, engine = await started(stack, systems.postgres())
    bus, nats = await started(stack, systems.nats())
    folder = await systems.grown_folder("grown", postgres)
    await seed(folder, rooms)
    servers = [await started(stack, systems.node(folder, bus)) for _ in range(count)]
    return await _joined(stack, folder, rooms, servers, [engine, nats])


async def _joined(
    stack: AsyncExitStack,
    folder: Folder,
    rooms: Sequence[Room],
    servers: Sequence[Server],
    engines: Sequence[Engine] = (),
) -> Load:
    load = Load(servers, engines)
    stack.callback(load.close)
    await load.open([(cast.client(room), cast.peer(room, folder.pass_for)) for room in rooms])
    return load


async def _in_turn(loads: Mapping[str, Load], plan: Plan, counts: Sequence[int]) -> Rounds:
    rounds: dict[tuple[str, int], list[Round]] = {}
    order = list(loads)
    for number in range(plan.rounds):
        say(f"talk, round {number + 1} of {plan.rounds}")
        for count in counts:
            for name in order:
                load = loads[name]
                measured = await load.round(load.talks[:count], plan.seconds, plan.warm_up)
                rounds.setdefault((name, count), []).append(measured)
        # Nobody always runs behind the same neighbour.
        order.append(order.pop(0))
    return rounds
