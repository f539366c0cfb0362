"""What a socket costs while nobody writes, and how fast people come in."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.load.cast import Seat
from tests.load.plan import Plan
from tests.load.processes import Server
from tests.load.talk import join_all
from tests.load.websocket import Socket

_STEADY_KIB = 64
_LOOKS = 20


@dataclass(frozen=True, slots=True)
class Idle:
    """`kib`: KiB of the server's memory for each joined socket, by how many there are, if there was time."""

    kib: dict[int, float]
    joins: float
    """Joins a second: connect, hello, enter, entered. Median over batches."""
    cpu_per_1k: float
    """Server CPU seconds for 1,000 joins."""
    generator_share: float


async def measure(server: Server, seats: Sequence[Seat], plan: Plan) -> Idle:
    """Join `seats` one batch after the other and weigh the server at each of the plan's sizes; then hang up.

    The first batch is not weighed: it brings what a server needs once, such as code and caches.
    """
    sockets: list[Socket] = []
    rates: list[float] = []
    kib: dict[int, float] = {}
    try:
        sockets.extend(await _join(server, seats[: plan.batch], plan))
        before, already = await _weight(server), len(sockets)
        cpu, own_cpu = server.cpu_seconds(), time.process_time()
        wall = 0.0
        for size in plan.idle:
            while len(sockets) < size + already and wall < plan.join_limit:
                batch = seats[len(sockets) : min(len(sockets) + plan.batch, size + already)]
                began = time.perf_counter()
                sockets.extend(await _join(server, batch, plan))
                took = time.perf_counter() - began
                wall += took
                rates.append(len(batch) / took)
            if len(sockets) == size + already:
                kib[size] = (await _weight(server) - before) / size
        joined = len(sockets) - already
        return Idle(
            kib=kib,
            joins=median(rates),
            cpu_per_1k=(server.cpu_seconds() - cpu) / joined * 1_000,
            generator_share=(time.process_time() - own_cpu) / wall,
        )
    finally:
        for socket in sockets:
            socket.close()


async def _join(server: Server, seats: Sequence[Seat], plan: Plan) -> list[Socket]:
    return [socket for _, socket in await join_all(server, seats, plan.at_once)]


async def _weight(server: Server) -> int:
    """The server's PSS in KiB, once it has stopped moving."""
    last = server.pss_kib()
    for _ in range(_LOOKS):
        await asyncio.sleep(0.1)
        now = server.pss_kib()
        if abs(now - last) <= _STEADY_KIB:
            break
        last = now
    return server.pss_kib()
