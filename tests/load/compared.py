"""The part "peers": Beside and other chat servers that keep messages, each with its database on one core."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from tests.load import cast
from tests.load.figures import Round
from tests.load.messages import seed
from tests.load.missing import Missing, because
from tests.load.peer import Peer
from tests.load.peers import PEERS
from tests.load.plan import Plan
from tests.load.systems import Systems
from tests.load.talk import Load
from tests.load.terminal import say


@dataclass(frozen=True, slots=True)
class Compared:
    """Rounds of Beside on SQLite and of a peer, one after the other."""

    configuration: str
    ours: Sequence[Round]
    theirs: Sequence[Round]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row: the goal, and what came of it."""

    goal: float
    result: Compared | Missing


async def measure(systems: Systems, plan: Plan) -> Mapping[str, Comparison]:
    """All peers that this machine has; of the others the reason."""
    rooms = cast.rooms(plan.peer_rooms, list(systems.staff.peers))
    folder = await systems.folder("peers")
    await seed(folder, rooms)
    with systems.beside(folder) as server, closing(Load([server])) as load:
        await load.open([(cast.client(room), cast.peer(room, folder.pass_for)) for room in rooms])
        return {peer.name: Comparison(peer.goal, await _beside(peer, load, systems, plan)) for peer in PEERS}


async def _beside(peer: Peer, load: Load, systems: Systems, plan: Plan) -> Compared | Missing:
    reason = peer.why_not_here()
    if reason is not None:
        return Missing(reason)
    say(f"peers, {peer.name}")
    scratch = systems.fresh("peer")
    try:
        async with (
            asyncio.timeout(plan.limits.peer),
            peer.running(scratch, systems.server_core, plan.peer_rooms) as theirs,
        ):
            rounds = []
            for _ in range(plan.peer_rounds):
                ours = await load.round(load.talks, plan.peer_seconds, plan.peer_warm_up)
                rounds.append((ours, await theirs.round(plan.peer_seconds, plan.peer_warm_up)))
            return Compared(theirs.configuration, *zip(*rounds, strict=True))
    except Exception as error:
        return because(error)
