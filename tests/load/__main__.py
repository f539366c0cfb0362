"""`python -m tests.load [--quick]`: what `make bench` runs."""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NoReturn

import uvloop

from tests.load import cast, growth, idle
from tests.load.cast import Room, Seat
from tests.load.figures import Round, Row
from tests.load.growth import Claims
from tests.load.house import STAFF, Folder, Seeding, Staff, found, put_in_force, staff_of
from tests.load.idle import Idle
from tests.load.machine import Machine
from tests.load.plan import QUICK, WHOLE, Plan
from tests.load.processes import Cores, Server, free_port, raise_descriptor_limit, running
from tests.load.report import BARE, BESIDE, DURABLE, Results, markdown
from tests.load.talk import Load

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "docs" / "benchmarks.md"


class Bench:
    """One run in one scratch folder."""

    def __init__(self, plan: Plan, scratch: Path, cores: Cores, staff: Staff) -> None:
        self._plan = plan
        self._scratch = scratch
        self._cores = cores
        self._staff = staff
        self._started = 0

    async def talk(self) -> dict[tuple[str, int], list[Round]]:
        """All three systems, round by round in turn."""
        folder = await self._folder("talk")
        rooms = cast.rooms(max(self._plan.rooms), list(self._staff.peers))
        self._seed(folder, rooms)
        rounds: dict[tuple[str, int], list[Round]] = {}
        with ExitStack() as stack:
            servers = {
                BARE: stack.enter_context(self._relay()),
                DURABLE: stack.enter_context(self._relay(self._scratch / "relay.sqlite")),
                BESIDE: stack.enter_context(self._beside(folder)),
            }
            loads = {name: Load(server) for name, server in servers.items()}
            for load in loads.values():
                await load.open([(cast.client(room), cast.peer(room, folder.pass_for)) for room in rooms])
            order = list(loads)
            for number in range(self._plan.rounds):
                for count in self._plan.rooms:
                    for name in order:
                        _say(f"round {number + 1} of {self._plan.rounds}, {count} rooms, {name}")
                        load = loads[name]
                        measured = await load.round(
                            load.talks[:count], self._plan.seconds, self._plan.warm_up
                        )
                        rounds.setdefault((name, count), []).append(measured)
                # Nobody always runs behind the same neighbour.
                order.append(order.pop(0))
            for load in loads.values():
                load.close()
        return rounds

    async def idle(self) -> dict[str, Idle]:
        """The relay and Beside, each on a fresh process."""
        folder = await self._folder("idle")
        rooms = cast.rooms((max(self._plan.idle) + self._plan.batch) // 2, list(self._staff.peers))
        self._seed(folder, rooms)
        measured: dict[str, Idle] = {}
        for name, started in ((BARE, self._relay()), (BESIDE, self._beside(folder))):
            _say(f"idle sockets, {name}")
            with started as server:
                seats: list[Seat] = []
                for room in rooms:
                    seats += (cast.client(room), cast.peer(room, folder.pass_for))
                measured[name] = await idle.measure(server, seats, self._plan)
        return measured

    async def growth(self) -> tuple[dict[int, Row], dict[int, Claims]]:
        """Messages in rooms of different lengths, then claims beside queues of different lengths."""
        plan, peers = self._plan, self._staff.peers
        folder = await self._folder("growth")
        rooms = list(zip(cast.rooms(len(plan.held), list(peers)), plan.held, strict=True))
        line: list[Room] = []
        claims: dict[int, Claims] = {}
        with closing(Seeding(folder)) as seeding:
            for room, held in rooms:
                seeding.talking([room], held)
            seeding.on_shift(peers)
            seeding.settle()
            with self._beside(folder) as server:
                _say("one more message in a long room")
                messages = await growth.one_more_message(
                    server, folder, rooms, plan.rounds, plan.growth_seconds
                )
                for number, waiting in enumerate(plan.waiting, 1):
                    _say(f"claims beside {waiting:,} waiting")
                    fresh = cast.rooms(waiting - len(line), list(peers))
                    seeding.waiting(fresh)
                    line += fresh
                    # Other peers each time: nobody sits in more rooms than a pass allows.
                    claimants = peers[number * plan.claims :][: plan.claims]
                    claims[waiting] = growth.claims(server, folder, seeding, line, claimants)
        return messages, claims

    async def _folder(self, name: str) -> Folder:
        return await found(self._scratch / name, self._staff)

    def _seed(self, folder: Folder, rooms: list[Room]) -> None:
        with closing(Seeding(folder)) as seeding:
            seeding.talking(rooms)
            seeding.settle()

    @contextmanager
    def _relay(self, file: Path | None = None) -> Iterator[Server]:
        port = free_port()
        command = [
            sys.executable,
            "-m",
            "tests.load.relay",
            str(port),
            *([] if file is None else [str(file)]),
        ]
        with running(command, port, self._cores.server, self._log()) as server:
            yield server

    @contextmanager
    def _beside(self, folder: Folder) -> Iterator[Server]:
        port = free_port()
        command = [str(Path(sys.executable).with_name("beside")), "serve"]
        with running(command, port, self._cores.server, self._log(), folder.environment(port)) as server:
            put_in_force(port, self._staff)
            yield server

    def _log(self) -> Path:
        self._started += 1
        return self._scratch / f"server-{self._started}.log"


async def measure(plan: Plan, scratch: Path) -> str:
    """The whole run; its report. TimeoutError past the plan's limit."""
    began = time.monotonic()
    machine, cores = Machine.this(scratch), Cores.of_this_machine()
    if cores.generator is not None:
        os.sched_setaffinity(0, {cores.generator})
    async with asyncio.timeout(plan.limit):
        bench = Bench(plan, scratch, cores, staff_of(STAFF))
        talk, idle_sockets = await bench.talk(), await bench.idle()
        messages, claims = await bench.growth()
    results = Results(talk, idle_sockets, messages, claims)
    return markdown(results, machine, plan, time.monotonic() - began)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a look of less than a minute; writes no file")
    quick = parser.parse_args().quick
    signal.signal(signal.SIGTERM, _leave)
    raise_descriptor_limit()
    with tempfile.TemporaryDirectory(dir=_scratch_disk(), prefix="run-") as scratch:
        try:
            report = uvloop.run(measure(QUICK if quick else WHOLE, Path(scratch)))
        except TimeoutError:
            sys.exit("not done in time: the machine is busy, or a server does not answer")
    sys.stdout.write(report)
    if not quick:
        REPORT.write_text(report)


def _scratch_disk() -> Path:
    # Not the machine's folder for temporary files: that may be memory, where a commit costs nothing.
    folder = ROOT / ".bench"
    folder.mkdir(exist_ok=True)
    return folder


def _leave(*_: object) -> NoReturn:
    # As an exception, so that every server started here is ended on the way out.
    raise SystemExit(143)


def _say(what: str) -> None:
    sys.stderr.write(f"{what}\n")


if __name__ == "__main__":
    main()
