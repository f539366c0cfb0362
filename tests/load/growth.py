"""The part "growth": one more message in a long room, one more claim beside a long queue."""

import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from http.client import HTTPConnection

from app.wire.encoding import b64u
from app.wire.ids import Kid
from tests.load import cast
from tests.load.cast import Room
from tests.load.figures import Round
from tests.load.house import Folder
from tests.load.plan import Plan
from tests.load.processes import Server
from tests.load.seeding import Seeding, seeding
from tests.load.staff import post
from tests.load.starting import started
from tests.load.systems import Systems
from tests.load.talk import Load
from tests.load.terminal import say


@dataclass(frozen=True, slots=True)
class Claims:
    """Claims beside a queue of one length. Latencies in seconds, server CPU seconds in all."""

    took: Sequence[float]
    cpu: float


@dataclass(frozen=True, slots=True)
class Growth:
    """Rounds by the number of messages in the room, and by the number of rooms that wait."""

    messages: Mapping[int, Sequence[Round]]
    claims: Mapping[int, Sequence[Claims]]
    bytes_a_message: Mapping[str, float]
    """On disk, by engine, with all that a store keeps to find it."""


async def measure(systems: Systems, plan: Plan) -> Growth:
    """Beside alone, on SQLite."""
    folder = await systems.folder("long")
    rooms = list(zip(cast.rooms(len(plan.held), list(systems.staff.peers)), plan.held, strict=True))
    weights = {"SQLite": await _fill(folder, rooms)}
    with systems.postgres() as (postgres, _):
        room, *_ = cast.rooms(1, list(systems.staff.peers))
        weights["PostgreSQL"] = await _fill(
            await systems.grown_folder("long", postgres), [(room, plan.weighed)]
        )
    return Growth(
        await _messages(systems, folder, rooms, plan), await _claims(systems, plan), bytes_a_message=weights
    )


async def _fill(folder: Folder, rooms: Sequence[tuple[Room, int]]) -> float:
    """Write rooms with so many messages each into a store; the bytes that it took for each message."""
    say("filling long rooms")
    async with seeding(folder) as writer:
        empty = await writer.size()
        for room, held in rooms:
            await writer.talking([room], held)
        await writer.settle()
        return (await writer.size() - empty) / sum(held for _, held in rooms)


async def _messages(
    systems: Systems, folder: Folder, rooms: Sequence[tuple[Room, int]], plan: Plan
) -> dict[int, list[Round]]:
    """Talk in rooms that hold so many messages, one room at a time."""
    with systems.beside(folder) as server:
        load = Load([server])
        people = [
            (cast.client(room, after=held, said=held), cast.peer(room, folder.pass_for, after=held))
            for room, held in rooms
        ]
        await load.open(people)
        with closing(load):
            # A starting server purges, and nobody's message is taken meanwhile: that is not asked here.
            await load.round(load.talks, plan.growth_seconds, plan.growth_seconds / 5)
            measured: dict[int, list[Round]] = {held: [] for _, held in rooms}
            for number in range(plan.rounds):
                say(f"round {number + 1} of {plan.rounds}, one more message")
                for talk, (_, held) in zip(load.talks, rooms, strict=True):
                    measured[held].append(
                        await load.round([talk], plan.growth_seconds, plan.growth_seconds / 5)
                    )
            return measured


async def _claims(systems: Systems, plan: Plan) -> dict[int, list[Claims]]:
    """A server for each length of the queue; claims at one and at the other in turn."""
    peers = systems.staff.peers
    measured: dict[int, list[Claims]] = {}
    async with AsyncExitStack() as stack:
        queues = {}
        for waiting in plan.waiting:
            folder = await systems.folder("queue")
            writer = await stack.enter_async_context(seeding(folder))
            line = cast.rooms(waiting, list(peers))
            await writer.on_shift(peers)
            await writer.waiting(line)
            await writer.settle()
            server = await started(stack, systems.beside(folder))
            queues[waiting] = server, folder, writer, line
        for number in range(plan.rounds + 1):
            say(f"round {number} of {plan.rounds}, claims" if number else "warming up, claims")
            # Other peers each time: nobody sits in more rooms than a pass allows.
            claimants = peers[number * plan.claims :][: plan.claims]
            for waiting, queue in queues.items():
                claims = await _claim(*queue, claimants)
                if number:
                    measured.setdefault(waiting, []).append(claims)
    return measured


async def _claim(
    server: Server, folder: Folder, writer: Seeding, line: list[Room], peers: Sequence[Kid]
) -> Claims:
    """Let each of these peers claim the room that waits longest, a new one taking its place."""
    took: list[float] = []
    cpu = server.cpu_seconds()
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=30)) as http:
        for peer, fresh in zip(peers, cast.rooms(len(peers), list(peers)), strict=True):
            room, pass_ = line.pop(0), folder.pass_for(peer)
            before = time.perf_counter()
            post(http, "queue/claim", {"room": b64u(room.room)}, pass_)
            took.append(time.perf_counter() - before)
            await writer.waiting([fresh])
            line.append(fresh)
    return Claims(took, server.cpu_seconds() - cpu)
