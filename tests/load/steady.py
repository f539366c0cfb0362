"""The part "steady": messages on a schedule, whether or not the server keeps up (open loop).

A latency counts from the scheduled moment: what a slow server holds up is not left out.
"""

import asyncio
import gc
import struct
import time
from array import array
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack, closing

from app.wire.ids import CLIENT_SEAT
from tests.load import cast
from tests.load.figures import Round
from tests.load.messages import seed
from tests.load.names import BARE, BESIDE, DURABLE
from tests.load.plan import Plan
from tests.load.processes import Server
from tests.load.starting import started
from tests.load.systems import Systems
from tests.load.talk import ITEM_LENGTH, SECONDS_TO_ANSWER, Load, Lost, Person
from tests.load.terminal import say

_SEAT = slice(21, 37)
_N = struct.Struct(">I")
_N_IN_ITEM = 39


async def measure(systems: Systems, plan: Plan) -> Mapping[str, Sequence[Round]]:
    """The bare relay, the durable one and Beside, on SQLite, in turn."""
    rooms = cast.rooms(plan.pace_rooms, list(systems.staff.peers))
    folder = await systems.folder("steady")
    await seed(folder, rooms)
    rounds: dict[str, list[Round]] = {}
    async with AsyncExitStack() as stack:
        servers = {
            BARE: await started(stack, systems.bare()),
            DURABLE: await started(stack, systems.durable_sqlite()),
            BESIDE: await started(stack, systems.beside(folder)),
        }
        streams = {}
        for name, server in servers.items():
            load = stack.enter_context(closing(Load([server])))
            await load.open([(cast.client(room), cast.peer(room, folder.pass_for)) for room in rooms])
            streams[name] = Stream(server, [(talk.sender, talk.receiver) for talk in load.talks])
        order = list(streams)
        for number in range(plan.rounds):
            say(f"steady, round {number + 1} of {plan.rounds}")
            for name in order:
                measured = await streams[name].round(plan.pace, plan.pace_seconds, plan.warm_up)
                rounds.setdefault(name, []).append(measured)
            order.append(order.pop(0))
    return rounds


class Stream:
    """Rooms whose people write on a schedule, one room after the other, the two of a room in turn."""

    def __init__(self, server: Server, pairs: Sequence[tuple[Person, Person]]) -> None:
        self._server = server
        self._speakers = [person for people in zip(*pairs, strict=True) for person in people]
        self._due: dict[tuple[Person, int], float] = {}
        self._failed: Exception | None = None
        self.deliveries: array[float] = array("d")
        for one, other in pairs:
            for person, sender in ((one, other), (other, one)):
                person.socket.on_binary = self._reader(sender)
                person.socket.failed = self._fail

    async def round(self, pace: float, seconds: float, warm_up: float) -> Round:
        """So many messages a second for so long, and until all are delivered. Lost or Refused where the
        server breaks its word, TimeoutError where it does not catch up."""
        gc.collect()
        gc.disable()
        try:
            await self._send(pace, warm_up)
            self.deliveries = array("d")
            server_cpu, own_cpu = self._server.cpu_seconds(), time.process_time()
            began = time.perf_counter()
            await self._send(pace, seconds)
            wall = time.perf_counter() - began
            server_cpu = self._server.cpu_seconds() - server_cpu
            own_cpu = time.process_time() - own_cpu
        finally:
            gc.enable()
        if not self.deliveries:
            raise Lost("nothing was delivered in a whole round")
        return Round(len(self.deliveries), wall, server_cpu, own_cpu, self.deliveries, self.deliveries)

    async def _send(self, pace: float, seconds: float) -> None:
        """Not by timers, which are a millisecond coarse: the generator's core has nothing else to do."""
        count, sent = round(pace * seconds), 0
        began = time.perf_counter()
        while sent < count or self._due:
            now = time.perf_counter()
            while sent < count and (due := began + sent / pace) <= now:
                speaker = self._speakers[sent % len(self._speakers)]
                speaker.send_next()
                self._due[speaker, speaker.n] = due
                sent += 1
            if self._failed is not None:
                raise self._failed
            if now > began + seconds + SECONDS_TO_ANSWER:
                raise TimeoutError("the server does not catch up")
            await asyncio.sleep(0)

    def _reader(self, sender: Person) -> Callable[[bytes, int, int], None]:
        def read(data: bytes, start: int, length: int) -> None:
            if data[start] != 3 or length != ITEM_LENGTH:
                return
            seat = data[start + _SEAT.start : start + _SEAT.stop]
            if (seat == CLIENT_SEAT) is sender.is_client:
                (n,) = _N.unpack_from(data, start + _N_IN_ITEM)
                due = self._due.pop((sender, n), None)
                if due is None:
                    self._fail(Lost("an item that was not sent, or came twice"))
                else:
                    self.deliveries.append(time.perf_counter() - due)

        return read

    def _fail(self, error: Exception) -> None:
        self._failed = self._failed or error
