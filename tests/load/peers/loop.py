"""The closed loop with a peer: rooms of two whose people answer each other, as `tests.load.talk` has it.

What a message is to a peer stays in its own line (`Line`); here it is a number that is stored and delivered.
"""

import asyncio
import gc
import time
from array import array
from collections.abc import Callable, Coroutine, Sequence
from enum import Enum
from typing import Protocol

from tests.load.figures import Round

SECONDS_TO_ANSWER = 30.0
BODY = "b" * 1_040
"""A plain message as long as our ciphertext (`app.wire.sizes.CT_SIZES[0]`)."""


class Broken(RuntimeError):
    """A peer refused, hung up or answered out of turn: its row is not measured."""


class What(Enum):
    """What a line hears of a message."""

    STORED = "stored"
    """The peer's proof to the sender that it keeps the message."""
    SAID = "said"
    """The other one's message."""


Heard = Callable[[What, int], None]


class Process(Protocol):
    """A server or its database: whose time is the peer's."""

    def cpu_seconds(self) -> float: ...


class Line(Protocol):
    """One person's connection, in one room."""

    heard: Heard
    failed: Callable[[Exception], None]

    def say(self, n: int) -> None:
        """Send message `n` of this person: BODY."""

    def close(self) -> None:
        """Hang up without a word."""


class Pair:
    """Two lines in turn: the next one writes when the last message is both stored and delivered."""

    __slots__ = ("_loop", "_n", "_open", "_sender", "_sent", "lines")

    def __init__(self, one: Line, other: Line, loop: "Loop") -> None:
        self.lines = (one, other)
        self._loop = loop
        self._sender, self._n, self._open, self._sent = 1, 0, 0, 0.0
        for place, line in enumerate(self.lines):
            line.heard = self._hearer(place)
            line.failed = loop.fail

    def begin(self) -> None:
        self._sender = 1 - self._sender
        self._n += 1
        self._open = 2
        self._sent = time.perf_counter()
        self.lines[self._sender].say(self._n)

    def _hearer(self, place: int) -> Heard:
        def hear(what: What, n: int) -> None:
            if n != self._n or (what is What.STORED) is not (place == self._sender) or not self._open:
                self._loop.fail(Broken("a message out of turn"))
                return
            took = time.perf_counter() - self._sent
            (self._loop.acks if what is What.STORED else self._loop.deliveries).append(took)
            self._open -= 1
            if not self._open:
                self._loop.settled(self)

        return hear


class Loop:
    """All pairs with one peer, and the processes whose time is theirs. A `tests.load.peer.Running`."""

    def __init__(self, configuration: str, servers: Sequence[Process]) -> None:
        self.configuration = configuration
        self._servers = servers
        self._pairs: list[Pair] = []
        self._running = False
        self._talking = 0
        self._silent = asyncio.Event()
        self.acks: array[float] = array("d")
        self.deliveries: array[float] = array("d")
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def seat(self, one: Line, other: Line) -> None:
        """Two people of a room that both have joined."""
        self._pairs.append(Pair(one, other, self))

    def settled(self, pair: Pair) -> None:
        """A message is stored and delivered."""
        if self._running:
            pair.begin()
            return
        self._talking -= 1
        if not self._talking:
            self._silent.set()

    def fail(self, error: Exception) -> None:
        """Ends the round that runs, and every later one."""
        if not self._failed.done():
            self._failed.set_exception(error)
            self._failed.exception()  # so that nobody complains of it where no round runs any more

    def close(self) -> None:
        for pair in self._pairs:
            for line in pair.lines:
                line.failed = _nobody
                line.close()

    async def round(self, seconds: float, warm_up: float) -> Round:
        """Let all pairs talk. Broken where the peer does not keep up the loop."""
        gc.collect()
        gc.disable()
        try:
            self._running, self._talking = True, len(self._pairs)
            self._silent.clear()
            for pair in self._pairs:
                pair.begin()
            await self._unless_failed(asyncio.sleep(warm_up))
            self.acks, self.deliveries = array("d"), array("d")
            before = self._clocks()
            await self._unless_failed(asyncio.sleep(seconds))
            acks, deliveries = self.acks, self.deliveries
            self.acks, self.deliveries = array("d"), array("d")
            after = self._clocks()
        finally:
            self._running = False
            gc.enable()
        await self._unless_failed(self._quiet())
        server_cpu, generator_cpu, wall = (now - then for now, then in zip(after, before, strict=True))
        return Round(len(deliveries), wall, server_cpu, generator_cpu, acks, deliveries)

    def _clocks(self) -> tuple[float, float, float]:
        cpu = sum(server.cpu_seconds() for server in self._servers)
        return cpu, time.process_time(), time.perf_counter()

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


async def seat_all(
    loop: Loop, rooms: int, join: Callable[[int, str], Coroutine[None, None, Line]], at_once: int = 16
) -> None:
    """Join both people (`a`, `b`) of each room, so many rooms at the same time."""
    waiting = iter(range(rooms))

    async def work() -> None:
        for room in waiting:
            loop.seat(await join(room, "a"), await join(room, "b"))

    async with asyncio.timeout(SECONDS_TO_ANSWER), asyncio.TaskGroup() as group:
        for _ in range(min(at_once, rooms)):
            group.create_task(work())


def _nobody(error: Exception) -> None:
    pass
