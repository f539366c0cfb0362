"""`python -m tests.load.soak [MINUTES]`: what `make soak` runs.

One server on SQLite under a steady mixed load: rooms talk, people leave and come back, peers claim rooms that
are deleted again, and every few minutes all are cut and return at once. It reports whether a message was
lost and how the server's memory, open files and threads went on, and ends with 1 where a message was lost or
memory rises faster than BOUND.
"""

import argparse
import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import NoReturn

import uvloop

from app.wire.encoding import b64u
from tests.load import cast
from tests.load.house import Folder
from tests.load.messages import seed
from tests.load.processes import Cores, Server, raise_descriptor_limit, tree
from tests.load.seeding import Seeding, seeding
from tests.load.slope import Slope, slope
from tests.load.staff import STAFF, post, staff_of
from tests.load.suite import kept
from tests.load.suite.people import Pair, Person, at_once
from tests.load.systems import Systems
from tests.load.talk import Lost
from tests.load.terminal import say

BOUND = 2_048
"""KiB an hour: memory that rises faster, for sure, is a leak. It would be 48 MiB a day."""

PAIRS = 100
WARM_UP = 600.0
"""Seconds that no slope is drawn through: Python's heap grows until some thousands have come and gone."""
JUDGED_FROM = 2 * WARM_UP
"""Shorter runs report a slope through their last five sixths, which is mostly warm-up, and judge nothing."""
SAMPLES = 720
STORMS_EVERY = 180.0
"""Seconds. Shorter than a pass lives: peers return with a fresh one."""
SHORTEST_STORM = 4
"""So many storms at least, however short the run."""
AT_ONCE = 64
BETWEEN_WORDS = 1.0
BETWEEN_VISITS = 0.2
BETWEEN_CLAIMS = 1.0

ROOT = Path(__file__).parents[2]

Play = Callable[[], Coroutine[None, None, None]]


@dataclass(frozen=True, slots=True)
class Look:
    """The server at one moment."""

    seconds: float
    anonymous_kib: int
    descriptors: int
    threads: int


@dataclass(slots=True)
class Tally:
    """What happened."""

    counts: Counter[str] = field(default_factory=Counter)
    looks: list[Look] = field(default_factory=list)


class Soak:
    """Everybody who plays for a while with one server."""

    def __init__(self, server: Server, folder: Folder, writer: Seeding, pairs: Sequence[Pair]) -> None:
        self.tally = Tally()
        self._server, self._folder, self._writer = server, folder, writer
        self._pairs = pairs
        self._doors = {pair: asyncio.Lock() for pair in pairs}
        self._began = time.monotonic()
        # The others sit in rooms that talk; a claimant never has more rooms than a pass allows.
        self._claimants = list(folder.staff.peers[len(pairs) :])

    async def run(self, seconds: float) -> None:
        """Play for so long, then let everybody hear everything. Lost (in a group) where a message is."""
        await at_once([self._enter(person) for pair in self._pairs for person in pair.people], AT_ONCE)
        storms = min(STORMS_EVERY, seconds / SHORTEST_STORM)
        self._began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            ever = [
                group.create_task(task)
                for task in (
                    *(self._talk(pair) for pair in self._pairs),
                    self._again_and_again(self._visit, BETWEEN_VISITS),
                    self._again_and_again(self._claim, BETWEEN_CLAIMS),
                    self._again_and_again(self._storm, storms),
                    self._again_and_again(self._look, seconds / SAMPLES),
                )
            ]
            await asyncio.sleep(seconds)
            for task in ever:
                task.cancel()
        self._doors.clear()
        await at_once([self._settle(pair) for pair in self._pairs], len(self._pairs))
        self.tally.counts["messages"] = sum(pair.said for pair in self._pairs)

    async def _talk(self, pair: Pair) -> None:
        while True:
            random.choice(pair.people).say()
            await pair.settled()
            await asyncio.sleep(random.expovariate(1 / BETWEEN_WORDS))

    async def _again_and_again(self, what: Play, every: float) -> None:
        while True:
            await asyncio.sleep(every)
            await what()

    async def _visit(self) -> None:
        """One person leaves and comes back a moment later; whoever was cut comes back too."""
        pair = random.choice(self._pairs)
        async with self._doors[pair]:
            person = random.choice(pair.people)
            person.leave()
            await asyncio.sleep(random.random())
            await self._enter(person)
        for pair in self._pairs:
            for person in pair.people:
                if person.broken is not None and not self._doors[pair].locked():
                    self.tally.counts["lines cut"] += 1
                    async with self._doors[pair]:
                        await self._enter(person)

    async def _storm(self) -> None:
        for pair in self._pairs:
            await self._doors[pair].acquire()
        try:
            for pair in self._pairs:
                pair.leave()
            await at_once([self._enter(person) for pair in self._pairs for person in pair.people], STAFF)
        finally:
            for pair in self._pairs:
                self._doors[pair].release()
        self.tally.counts["storms"] += 1
        # Nobody's page tells that these are still there, and a silent shift is over after an hour.
        await self._writer.on_shift(self._claimants)

    async def _claim(self) -> None:
        """A room waits, a peer takes it, its client deletes it."""
        kid = self._claimants.pop(0)
        self._claimants.append(kid)
        room = cast.rooms(1, [kid])[0]
        await self._writer.waiting([room])
        await asyncio.to_thread(self._claim_and_delete, room)
        self.tally.counts["claims"] += 1

    def _claim_and_delete(self, room: cast.Room) -> None:
        with closing(HTTPConnection("127.0.0.1", self._server.port, timeout=30)) as http:
            post(http, "queue/claim", {"room": b64u(room.room)}, self._folder.pass_for(room.kid))
            post(http, "rooms/delete", {"room": b64u(room.room), "secret": b64u(room.secret)})

    async def _look(self) -> None:
        look = Look(time.monotonic() - self._began, self._server.anonymous_kib(), *opened(self._server))
        self.tally.looks.append(look)

    async def _enter(self, person: Person) -> None:
        await person.enter(self._server.port)
        self.tally.counts["joins"] += 1

    async def _settle(self, pair: Pair) -> None:
        # A visit may have been ended between leaving and coming back.
        for person in pair.people:
            if not person.is_in:
                await self._enter(person)
        await pair.settled()
        pair.leave()


def opened(server: Server) -> tuple[int, int]:
    """Open files and threads of the server's processes."""
    processes = [Path(f"/proc/{pid}") for pid in tree(server.pid)]
    return (
        sum(len(os.listdir(process / "fd")) for process in processes),
        sum(len(os.listdir(process / "task")) for process in processes),
    )


def steady(looks: Sequence[Look]) -> Sequence[Look]:
    """The looks after the warm-up."""
    end = looks[-1].seconds
    begin = WARM_UP if end >= JUDGED_FROM * 0.99 else end / 6
    return [look for look in looks if look.seconds >= begin]


def memory_slope(looks: Sequence[Look]) -> Slope:
    """KiB an hour after the warm-up. ValueError with too few looks."""
    return slope([(look.seconds, look.anonymous_kib) for look in steady(looks)])


def leaks(tally: Tally, seconds: float) -> bool:
    """Whether memory rises faster than it may, for sure. Never after a run too short to tell."""
    return seconds >= JUDGED_FROM and memory_slope(tally.looks).is_above(BOUND)


def report(tally: Tally, seconds: float) -> str:
    """What is printed."""
    looks = steady(tally.looks)
    first, last = looks[0], looks[-1]
    memory = memory_slope(tally.looks)
    verdict = "ABOVE ITS BOUND" if leaks(tally, seconds) else "within its bound"
    if seconds < JUDGED_FROM:
        verdict = f"not judged before {JUDGED_FROM / 60:.0f} minutes against its bound"
    happened = ", ".join(f"{count:,} {what}" for what, count in sorted(tally.counts.items()))
    lines = [
        f"{seconds / 60:.1f} minutes: {happened}; no message was lost or doubled.",
        f"Own memory: {first.anonymous_kib:,} KiB after the warm-up, {last.anonymous_kib:,} KiB at the end;",
        f"  {memory} KiB an hour (95 %), {verdict} of {BOUND:,}.",
    ]
    for what, values in (
        ("Open files", [(look.seconds, look.descriptors) for look in looks]),
        ("Threads", [(look.seconds, look.threads) for look in looks]),
    ):
        ends = f"{values[0][1]} after the warm-up, {values[-1][1]} at the end"
        lines.append(f"{what}: {ends}; {slope(values)} an hour.")
    return "\n".join(lines) + "\n"


@asynccontextmanager
async def soaking(systems: Systems, pairs: int) -> AsyncIterator[Soak]:
    """A server with so many rooms of two; afterwards its store is compared with what was said."""
    rooms = cast.rooms(pairs, list(systems.staff.peers[:pairs]))
    folder = await systems.folder("soak")
    await seed(folder, rooms)
    together = [Pair(room, folder.pass_for) for room in rooms]
    async with seeding(folder) as writer:
        await writer.on_shift(systems.staff.peers[pairs:])
        with systems.beside(folder) as server:
            yield Soak(server, folder, writer, together)
    await kept.check(folder, {pair.room.room: pair.said for pair in together})


async def soak(scratch: Path, seconds: float) -> int:
    """The whole run; what the process ends with."""
    cores = Cores.of_this_machine()
    if cores.generator is not None:
        os.sched_setaffinity(0, {cores.generator})
    systems = Systems(scratch, cores, staff_of(STAFF))
    async with soaking(systems, PAIRS) as running:
        say(f"{seconds / 60:g} minutes, {PAIRS} rooms of two")
        await running.run(seconds)
    sys.stdout.write(report(running.tally, seconds))
    return int(leaks(running.tally, seconds))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.load.soak", description=__doc__)
    parser.add_argument("minutes", type=float, nargs="?", default=60)
    minutes = parser.parse_args().minutes
    if not 0.5 <= minutes <= 24 * 60:
        parser.error("between half a minute and a day")
    signal.signal(signal.SIGTERM, _leave)
    raise_descriptor_limit()
    # Not the machine's folder for temporary files: that may be memory, where a commit costs nothing.
    disk = ROOT / ".bench"
    disk.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=disk, prefix="soak-") as scratch:
        try:
            sys.exit(uvloop.run(soak(Path(scratch), minutes * 60)))
        except* Lost as group:
            sys.exit(f"LOST: {group.exceptions[0]}")


def _leave(*_: object) -> NoReturn:
    # As an exception, so that the server started here is ended on the way out.
    raise SystemExit(143)


if __name__ == "__main__":
    main()
