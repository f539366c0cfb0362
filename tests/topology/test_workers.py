"""`beside serve --workers 2`: processes at one port that hear each other, come back, and end together."""

import asyncio
import os
import signal
import sysconfig
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from uvicorn.config import STARTUP_FAILURE

from app.live.frames import CloseCode
from app.main import Server
from app.settings import Settings
from app.wire.frames import Item
from app.wire.ids import CLIENT_SEAT, RoomId, SeatId, seat_id
from migrations import CONVERSATIONS
from tests.engines import Postgres, migrated_postgres
from tests.faults.nodes.region import Founded, founded, town_at
from tests.faults.process import PATIENCE, until
from tests.integration.companion.served import free_port
from tests.serving import Served, serving
from tests.talkers import Tab, Town, said_by

BESIDE = Path(sysconfig.get_path("scripts")) / "beside"
MANY = 60
"""Tries to reach another worker than one's neighbour; each goes to whoever is awake first."""

pytestmark = pytest.mark.engines


@dataclass
class Team:
    """A supervisor and its workers."""

    supervisor: Process
    port: int
    log: Path

    @property
    def workers(self) -> set[int]:
        """The ids of the worker processes."""
        pid = self.supervisor.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        # Python's own tracker of resources is a child too.
        return {int(child) for child in children if b"spawn_main" in _of(child, "cmdline")}

    def worker_of(self, tab: Tab) -> int:
        """Which worker is at the other end of a socket."""
        theirs = tab.socket.local_address[1]
        table = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
        ends = {(int(row[1][9:], 16), int(row[2][9:], 16)): row[9] for row in table}
        held = f"socket:[{ends[self.port, theirs]}]"
        [found] = [pid for pid in self.workers if held in _files_of(pid)]
        return found

    async def answers(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        await writer.wait_closed()
        return True

    async def silent(self) -> bool:
        return not await self.answers()


def _of(pid: object, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:  # it has just ended
        return b""


def _files_of(pid: int) -> set[str]:
    return {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}


@pytest.fixture
def service(tmp_path: Path) -> Founded:
    return founded(tmp_path)


@pytest.fixture
async def settings(service: Founded, postgres_server: Postgres, nats_server: str) -> AsyncIterator[Settings]:
    """Those of a conversations service whose directory is in force and whose peers are on."""
    async with migrated_postgres(postgres_server, CONVERSATIONS) as store:
        own = service.settings(store, nats_server, port=free_port())
        async with serving(own) as first, town_at(service, first) as town:
            await town.publish(town.signed)
            await town.on_shift()
        yield own


@asynccontextmanager
async def team(settings: Settings, folder: Path) -> AsyncIterator[Team]:
    """Two workers on these settings, as the command line starts them; nothing is waited for."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BESIDE_")}
    own = {f"BESIDE_{name.upper()}": str(getattr(settings, name)) for name in settings.model_fields_set}
    log = folder / "team.log"
    with log.open("wb") as file:
        supervisor = await asyncio.create_subprocess_exec(
            BESIDE, "serve", "--workers", "2", env=kept | own, stdin=DEVNULL, stdout=file, stderr=file
        )
    here = Team(supervisor, settings.port, log)
    try:
        yield here
    finally:
        if supervisor.returncode is None:
            supervisor.terminate()
        async with asyncio.timeout(PATIENCE):
            await supervisor.wait()


@asynccontextmanager
async def apart(team: Team, town: Town, room: RoomId) -> AsyncIterator[tuple[Tab, Tab]]:
    """A client and Mara, each on another worker."""
    async with town.tab() as client:
        for _ in range(MANY):
            async with town.tab(staff=town.cast.mara) as peer:
                if team.worker_of(peer) != team.worker_of(client):
                    await peer.sit(room)
                    yield client, peer
                    return
    raise AssertionError("all sockets went to one worker")


async def hears(tab: Tab, seat: SeatId, n: int) -> None:
    """Wait for message `n` of a seat."""
    await tab.until(lambda frame: isinstance(frame, Item) and (frame.seat, frame.n) == (seat, n))


async def test_workers_hear_each_other_come_back_when_they_die_and_end_together(
    service: Founded, settings: Settings, tmp_path: Path
) -> None:
    served = Served(Server(settings), f"http://127.0.0.1:{settings.port}")
    mara = service.cast.mara
    async with team(settings, tmp_path) as running, town_at(service, served) as town:
        await until(running.answers)
        guest = await town.talking(mara)
        async with apart(running, town, guest.room) as (client, peer):
            await client.enter(guest)
            for number in range(1, 4):
                await client.send(guest.next_frame())
                await hears(peer, CLIENT_SEAT, number)
                await peer.send(said_by(guest, mara, number))
                await hears(client, seat_id(guest.room, mara.kid), number)

            dead, left = running.worker_of(client), running.worker_of(peer)
            os.kill(dead, signal.SIGKILL)

            async def is_replaced() -> bool:
                return len(running.workers - {dead}) == 2 and left in running.workers

            await until(is_replaced)
            # Whoever was on the other one noticed nothing, and hears who comes back.
            async with town.tab() as again:
                entered = await again.enter(guest)
                await again.send(guest.next_frame())
                await hears(peer, CLIENT_SEAT, 4)
                assert entered["seq"] >= 6

                running.supervisor.terminate()
                assert await peer.closed() == CloseCode.GOING_AWAY
                assert await again.closed() == CloseCode.GOING_AWAY
        async with asyncio.timeout(PATIENCE):
            assert await running.supervisor.wait() == 0
        assert await running.silent()
    written = running.log.read_text("utf-8")
    assert "Traceback" not in written
    assert not [each for each in ("127.0.0.1", guest.room.hex()) if each in written]


async def test_workers_do_not_outlive_a_killed_supervisor(settings: Settings, tmp_path: Path) -> None:
    async with team(settings, tmp_path) as running:
        await until(running.answers)

        async def are_two() -> bool:
            return len(running.workers) == 2

        await until(are_two)
        running.supervisor.kill()
        await running.supervisor.wait()
        await until(running.silent)


async def test_a_team_that_cannot_start_says_why_once_and_ends_with_a_code(
    service: Founded, settings: Settings, tmp_path: Path
) -> None:
    (service.public / "pass.pub").unlink()
    async with team(settings, tmp_path) as running, asyncio.timeout(PATIENCE):
        assert await running.supervisor.wait() == STARTUP_FAILURE
    assert "pass.pub, which the identity service writes when it starts" in running.log.read_text("utf-8")
