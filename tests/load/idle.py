"""The part "idle": what a socket costs while nobody writes, and how fast people come in."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field

from tests.load import cast
from tests.load.cast import Seat
from tests.load.messages import seed
from tests.load.names import BARE, BESIDE
from tests.load.plan import Plan
from tests.load.processes import Server
from tests.load.starting import started
from tests.load.systems import Systems
from tests.load.talk import join_all
from tests.load.terminal import say
from tests.load.websocket import Socket

_STEADY_KIB = 64
_LOOKS = 20


@dataclass(frozen=True, slots=True)
class Idle:
    """`kib`: KiB of the server's memory for each joined socket, by how many there are, if there was time."""

    kib: Mapping[int, float]
    joins: Sequence[float]
    """Joins a second, batch by batch: connect, hello, enter, entered."""
    cpu_per_1k: float
    """Server CPU seconds for 1,000 joins."""
    generator_share: float


async def measure(systems: Systems, plan: Plan) -> Mapping[str, Idle]:
    """The bare relay and Beside on SQLite, each on a fresh process, batch by batch in turn; from
    `plan.idle_beside` sockets on Beside alone, as one generator may not open as many for both."""
    rooms = cast.rooms((max(plan.idle) + plan.batch) // 2, list(systems.staff.peers))
    folder = await systems.folder("idle")
    await seed(folder, rooms)
    seats = [seat for room in rooms for seat in (cast.client(room), cast.peer(room, folder.pass_for))]
    with ExitStack() as stack:
        crowds = {}
        for name, starting in ((BARE, systems.bare()), (BESIDE, systems.beside(folder))):
            server = await started(stack, starting)
            crowds[name] = stack.enter_context(closing(Crowd(server, seats, plan)))
        for size in range(0, max(plan.idle) + 1, plan.batch):
            say(f"idle, {size + plan.batch:,} sockets")
            for name, crowd in crowds.items():
                if name == BESIDE or size <= plan.idle_beside:
                    await crowd.grow(weighed=size in plan.idle)
        return {name: crowd.figures() for name, crowd in crowds.items()}


@dataclass(slots=True)
class Crowd:
    """Joined sockets of one server.

    The first batch is not weighed: it brings what a server needs once, such as code and caches.
    """

    server: Server
    seats: Sequence[Seat]
    plan: Plan
    _sockets: list[Socket] = field(default_factory=list)
    _rates: list[float] = field(default_factory=list)
    _kib: dict[int, float] = field(default_factory=dict)
    _before: int = 0
    _wall: float = 0.0
    _cpu: float = 0.0
    _own_cpu: float = 0.0

    async def grow(self, *, weighed: bool) -> None:
        """One batch more, while there is time for it; then `weighed` looks at the server's memory."""
        already = len(self._sockets)
        if self._wall > self.plan.join_limit:
            return
        cpu, own_cpu, began = self.server.cpu_seconds(), time.process_time(), time.perf_counter()
        batch = self.seats[already : already + self.plan.batch]
        self._sockets += [socket for _, socket in await join_all(self.server, batch, self.plan.at_once)]
        took = time.perf_counter() - began
        if not already:
            self._before = await _weight(self.server)
            return
        self._wall += took
        self._cpu += self.server.cpu_seconds() - cpu
        self._own_cpu += time.process_time() - own_cpu
        self._rates.append(len(batch) / took)
        if weighed:
            size = len(self._sockets) - self.plan.batch
            self._kib[size] = (await _weight(self.server) - self._before) / size

    def figures(self) -> Idle:
        """What was measured so far."""
        joined = len(self._sockets) - self.plan.batch
        return Idle(self._kib, self._rates, self._cpu / joined * 1_000, self._own_cpu / self._wall)

    def close(self) -> None:
        """Hang up."""
        for socket in self._sockets:
            socket.close()


async def _weight(server: Server) -> int:
    """The server's own memory in KiB, once it has stopped moving."""
    last = server.anonymous_kib()
    for _ in range(_LOOKS):
        await asyncio.sleep(0.1)
        now = server.anonymous_kib()
        if abs(now - last) <= _STEADY_KIB:
            break
        last = now
    return server.anonymous_kib()
