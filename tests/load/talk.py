"""The generator: rooms where two people answer each other as soon as they can (closed loop)."""

import asyncio
import gc
import struct
import time
from array import array
from collections.abc import Callable, Coroutine, Sequence
from secrets import token_bytes
from typing import NamedTuple

from app.wire.frames import Send
from app.wire.ids import CLIENT_SEAT
from app.wire.sizes import COM, CT_SIZES
from tests.load.cast import Seat
from tests.load.figures import Round
from tests.load.processes import Engine, Server
from tests.load.websocket import BINARY, Socket, connect, pack

SECONDS_TO_ANSWER = 30.0
AT_ONCE = 32

_N = struct.Struct(">I")
_N_IN_SEND = 8 + 1 + 16 + 2  # behind the WebSocket's head and mask
_ACK_NUMBERS = struct.Struct(">II")
ACK_LENGTH = 25
ITEM_LENGTH = 75 + CT_SIZES[0]


class Lost(RuntimeError):
    """The server acknowledged or delivered something else than what was sent."""


class Clocks(NamedTuple):
    """Seconds so far."""

    server: float
    engine: float
    generator: float
    wall: float


class Person:
    """A socket in a room, and the frame it sends again and again with the next `n`."""

    __slots__ = ("_frame", "is_client", "n", "seat", "socket")

    def __init__(self, seat: Seat, socket: Socket) -> None:
        self.seat = seat
        self.socket = socket
        self.is_client = seat.seat == CLIENT_SEAT
        self.n = seat.said
        message = Send(seat.room, 1, 0, token_bytes(COM), token_bytes(CT_SIZES[0]))
        self._frame = bytearray(pack(BINARY, message.pack()))

    def send_next(self) -> None:
        self.n += 1
        _N.pack_into(self._frame, _N_IN_SEND, self.n)
        self.socket.send(self._frame)


class Talk:
    """Two people in turn: the next one writes when the last message is both acknowledged and delivered."""

    def __init__(self, one: Person, other: Person, load: "Load") -> None:
        self.sender, self.receiver = one, other
        self.seq = one.seat.said + other.seat.said
        self._load = load
        self._sent = 0.0
        self._open = 0
        for person in (one, other):
            person.socket.on_binary = self._reader(person)
            person.socket.failed = load.fail

    def begin(self) -> None:
        self._open = 2
        self._sent = time.perf_counter()
        self.sender.send_next()

    def _reader(self, person: Person) -> Callable[[bytes, int, int], None]:
        def read(data: bytes, start: int, length: int) -> None:
            kind = data[start]
            if kind == 2 and length == ACK_LENGTH:
                n, seq = _ACK_NUMBERS.unpack_from(data, start + 17)
                if person is not self.sender or n != person.n or seq != self.seq + 1:
                    self._load.fail(Lost("an ack that nobody waits for"))
                self._load.acks.append(time.perf_counter() - self._sent)
                self._settle()
            elif kind == 3 and length == ITEM_LENGTH:
                from_client = data[start + 21 : start + 37] == CLIENT_SEAT
                if person is self.receiver and from_client is not person.is_client:
                    (n,) = _N.unpack_from(data, start + 39)
                    if n != self.sender.n:
                        self._load.fail(Lost("an item out of turn"))
                    self._load.deliveries.append(time.perf_counter() - self._sent)
                    self._settle()
            else:
                self._load.fail(Lost(f"a frame of kind {kind} and {length} bytes"))

        return read

    def _settle(self) -> None:
        self._open -= 1
        if self._open:
            return
        self.seq += 1
        self.sender, self.receiver = self.receiver, self.sender
        if self._load.running:
            self.begin()
        else:
            self._load.ended()


class Load:
    """All talks with one system: the first of two people comes in at its first server, the other at its last.

    `engines` are what its servers lean on; their processor time is told apart.
    """

    def __init__(self, servers: Sequence[Server], engines: Sequence[Engine] = ()) -> None:
        self._servers = servers
        self._engines = engines
        self.talks: list[Talk] = []
        self.running = False
        self._talking = 0
        self._silent = asyncio.Event()
        self.acks: array[float] = array("d")
        self.deliveries: array[float] = array("d")
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def ended(self) -> None:
        """A talk has fallen silent."""
        self._talking -= 1
        if not self._talking:
            self._silent.set()

    def fail(self, error: Exception) -> None:
        if not self._failed.done():
            self._failed.set_exception(error)
            self._failed.exception()  # so that nobody complains of it where no round runs any more

    async def open(self, pairs: Sequence[tuple[Seat, Seat]]) -> None:
        """Join all these people; a talk for each pair."""
        first, last = self._servers[0], self._servers[-1]
        ones = await join_all(first, [one for one, _ in pairs], AT_ONCE)
        others = await join_all(last, [other for _, other in pairs], AT_ONCE)
        self.talks = [
            Talk(Person(*one), Person(*other), self) for one, other in zip(ones, others, strict=True)
        ]

    def close(self) -> None:
        for talk in self.talks:
            talk.sender.socket.close()
            talk.receiver.socket.close()

    async def round(self, talks: Sequence[Talk], seconds: float, warm_up: float) -> Round:
        """Let these talks run. Lost or Refused where the server breaks its word."""
        if self._failed.done():
            self._failed.result()
        gc.collect()
        gc.disable()
        try:
            self.running = True
            self._talking = len(talks)
            self._silent.clear()
            for talk in talks:
                talk.begin()
            await self._unless_failed(asyncio.sleep(warm_up))
            self.acks, self.deliveries = array("d"), array("d")
            before = self._clocks()
            await self._unless_failed(asyncio.sleep(seconds))
            acks, deliveries = self.acks, self.deliveries
            self.acks, self.deliveries = array("d"), array("d")
            after = self._clocks()
        finally:
            self.running = False
            gc.enable()
        await self._unless_failed(self._quiet())
        if not deliveries:
            raise Lost("nothing was delivered in a whole round")
        return Round(
            messages=len(deliveries),
            wall=after.wall - before.wall,
            server_cpu=after.server - before.server,
            generator_cpu=after.generator - before.generator,
            engine_cpu=after.engine - before.engine,
            acks=acks,
            deliveries=deliveries,
        )

    def _clocks(self) -> Clocks:
        return Clocks(
            server=sum(server.cpu_seconds() for server in self._servers),
            engine=sum(engine.cpu_seconds() for engine in self._engines),
            generator=time.process_time(),
            wall=time.perf_counter(),
        )

    async def _quiet(self) -> None:
        async with asyncio.timeout(SECONDS_TO_ANSWER):
            await self._silent.wait()

    async def _unless_failed(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        await asyncio.wait((task, self._failed), return_when=asyncio.FIRST_COMPLETED)
        if self._failed.done():
            task.cancel()
            self._failed.result()
        await task


async def join_all(server: Server, seats: Sequence[Seat], at_once: int) -> list[tuple[Seat, Socket]]:
    """Connect and enter with every seat, at most `at_once` at the same time; in the seats' order."""
    waiting = iter(enumerate(seats))
    done: dict[int, tuple[Seat, Socket]] = {}

    async def work() -> None:
        for number, seat in waiting:
            socket = await connect(server.port)
            await socket.join(seat.hello, seat.enter)
            done[number] = seat, socket

    async with asyncio.timeout(SECONDS_TO_ANSWER + len(seats) / 50), asyncio.TaskGroup() as group:
        for _ in range(min(at_once, len(seats))):
            group.create_task(work())
    return [done[number] for number in range(len(seats))]
