"""The part "comeback": everybody was there, the server restarts, and all return in the same moment."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from tests.load import cast
from tests.load.cast import Seat
from tests.load.messages import seed
from tests.load.plan import Plan
from tests.load.processes import free_port
from tests.load.starting import started
from tests.load.systems import Systems
from tests.load.talk import join_all
from tests.load.terminal import say
from tests.load.websocket import Refused, Socket, connect

_PATIENCE = 60.0
"""Seconds that a client goes on trying."""
_AGAIN = 0.5
_SOURCES = tuple(f"127.0.0.{number}" for number in range(2, 6))
"""Addresses that the returning come from: each has ports of its own, and none just carried another line."""


@dataclass(frozen=True, slots=True)
class Comeback:
    """Seconds from the moment when the server takes connections again."""

    away: float
    """From the order to stop until the server takes connections again."""
    resumed: Sequence[float]
    """When each client was back in its room; those who were not back in time are missing."""
    clients: int
    errors: Mapping[str, int]
    """What clients saw before they were back, by kind: a refusal, a broken line, no answer."""
    server_cpu: float
    generator_cpu: float

    @property
    def seconds(self) -> float:
        """Until the last one was back. ValueError where none was."""
        return max(self.resumed)


async def measure(systems: Systems, plan: Plan) -> Comeback:
    """Beside on SQLite."""
    rooms = cast.rooms(plan.returning // 2, list(systems.staff.peers))
    folder = await systems.folder("comeback")
    await seed(folder, rooms)
    seats = [seat for room in rooms for seat in (cast.client(room), cast.peer(room, folder.pass_for))]
    port = free_port()
    with ExitStack() as first:
        server = await started(first, systems.beside(folder, port))
        say(f"comeback, {len(seats):,} clients join")
        sockets = [socket for _, socket in await join_all(server, seats, plan.at_once)]
        say("comeback, the server restarts")
        stopped = time.perf_counter()
        # On a thread: meanwhile the clients answer the goodbye.
        await asyncio.to_thread(first.close)
    for socket in sockets:
        socket.close()
    await asyncio.sleep(0)
    with ExitStack() as second:
        server = await started(second, systems.again(folder, port))
        away = time.perf_counter() - stopped
        back = Back(port)
        cpu, own_cpu = server.cpu_seconds(), time.process_time()
        try:
            await back.all_of(seats)
        finally:
            back.close()
        return Comeback(
            away=away,
            resumed=back.resumed,
            clients=len(seats),
            errors=back.errors,
            server_cpu=server.cpu_seconds() - cpu,
            generator_cpu=time.process_time() - own_cpu,
        )


class Back:
    """Clients on their way back."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._sockets: list[Socket] = []
        self.resumed: list[float] = []
        self.errors: Counter[str] = Counter()

    async def all_of(self, seats: Sequence[Seat]) -> None:
        """All at once, each until it is back or has lost patience."""
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for number, seat in enumerate(seats):
                group.create_task(self._return(seat, _SOURCES[number % len(_SOURCES)], began))

    async def _return(self, seat: Seat, source: str, began: float) -> None:
        while (left := began + _PATIENCE - time.perf_counter()) > 0:
            try:
                async with asyncio.timeout(left):
                    socket = await connect(self._port, source)
                    self._sockets.append(socket)
                    await socket.join(seat.hello, seat.enter)
            except (Refused, OSError, TimeoutError) as error:
                self.errors[str(error) if isinstance(error, Refused) else type(error).__name__] += 1
                await asyncio.sleep(_AGAIN)
            else:
                self.resumed.append(time.perf_counter() - began)
                return

    def close(self) -> None:
        """Hang up."""
        for socket in self._sockets:
            socket.close()
