"""Does it stay quick: one more message in a long room, one more claim beside a long queue."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection

from app.wire.encoding import b64u
from app.wire.ids import Kid
from tests.load import cast
from tests.load.cast import Room
from tests.load.figures import Round, Row, percentile
from tests.load.house import Folder, Seeding, post
from tests.load.processes import Server
from tests.load.talk import Load


@dataclass(frozen=True, slots=True)
class Claims:
    """Claims beside a queue of one length. Latencies in milliseconds."""

    p50: float
    p99: float
    cpu: float
    """Server CPU milliseconds for one claim."""


async def one_more_message(
    server: Server, folder: Folder, rooms: Sequence[tuple[Room, int]], rounds: int, seconds: float
) -> dict[int, Row]:
    """Talk in rooms that hold so many messages, one room at a time, round by round; by number of messages."""
    load = Load(server)
    await load.open(
        [
            (cast.client(room, after=held, said=held), cast.peer(room, folder.pass_for, after=held))
            for room, held in rooms
        ]
    )
    try:
        # A starting server purges, and nobody's message is taken meanwhile: that is not what is asked here.
        await load.round(load.talks, seconds, seconds / 5)
        measured: dict[int, list[Round]] = {held: [] for _, held in rooms}
        for _ in range(rounds):
            for talk, (_, held) in zip(load.talks, rooms, strict=True):
                measured[held].append(await load.round([talk], seconds, seconds / 5))
        return {held: Row.of(of_length) for held, of_length in measured.items()}
    finally:
        load.close()


def claims(
    server: Server, folder: Folder, seeding: Seeding, line: list[Room], peers: Sequence[Kid]
) -> Claims:
    """Let each of these peers claim the room that waits longest in `line`, a new one taking its place."""
    took: list[float] = []
    cpu = server.cpu_seconds()
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=30)) as http:
        for peer, fresh in zip(peers, cast.rooms(len(peers), list(peers)), strict=True):
            room, pass_ = line.pop(0), folder.pass_for(peer)
            before = time.perf_counter()
            post(http, "queue/claim", {"room": b64u(room.room)}, pass_)
            took.append(time.perf_counter() - before)
            seeding.waiting([fresh])
            line.append(fresh)
    cpu = server.cpu_seconds() - cpu
    return Claims(percentile(took, 50) * 1_000, percentile(took, 99) * 1_000, cpu / len(peers) * 1_000)
