"""A real server in a process of its own, which a test kills, ends, starves of disk and starts again."""

import asyncio
import os
import resource
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from app.main import Server
from app.settings import Settings
from app.upkeep.stores import migrate
from tests.integration.companion.served import free_port
from tests.serving import Served, settings_for

PATIENCE = 60.0
"""Seconds that a server may take to answer, or to end, on a busy machine."""

ROOT = Path(__file__).parents[2]


class Process:
    """`beside serve` at one port, over one data folder, however often it dies."""

    def __init__(self, served: Served, nursery: asyncio.subprocess.Process) -> None:
        self.served = served
        """Where it answers. The `server` in it is never opened: it lends its settings and a clock."""
        self._nursery = nursery
        self._pid: int | None = None

    async def start(self) -> None:
        """Start, and wait until it answers."""
        await self.begin()
        await until(self._answers)

    async def begin(self) -> None:
        """Start, and wait for nothing."""
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(b"\n")
        self._pid = await self._told()

    async def kill(self) -> None:
        """SIGKILL: no time to say or to write anything."""
        assert await self._end(signal.SIGKILL) == -signal.SIGKILL

    async def stop(self) -> None:
        """SIGTERM, as a deployment sends it; the server must end in order."""
        assert await self._end(signal.SIGTERM) in (0, -signal.SIGTERM)

    @asynccontextmanager
    async def disk_full(self) -> AsyncIterator[None]:
        """For a while no file of this server takes a byte, its log neither."""
        assert self._pid is not None
        before = resource.prlimit(self._pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self._pid, resource.RLIMIT_FSIZE, (0, before[1]))
        yield
        resource.prlimit(self._pid, resource.RLIMIT_FSIZE, before)

    async def end(self) -> None:
        """End what still runs."""
        if self._pid is not None:
            await self._end(signal.SIGKILL)
        assert self._nursery.stdin is not None
        self._nursery.stdin.close()
        await self._nursery.wait()

    async def _end(self, how: signal.Signals) -> int:
        assert self._pid is not None
        os.kill(self._pid, how)
        ended = await self._told()
        self._pid = None
        return ended

    async def _told(self) -> int:
        assert self._nursery.stdout is not None
        async with asyncio.timeout(PATIENCE):
            return int(await self._nursery.stdout.readline())

    async def _answers(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.served.server.settings.port)
        except OSError:
            return False
        writer.close()
        await writer.wait_closed()
        return True


@asynccontextmanager
async def process(folder: Path, **settings: Any) -> AsyncIterator[Process]:
    """A started server with its data in `folder`; both stores are migrated before."""
    plain = settings_for(folder / "data", port=free_port(), messages_per_minute=10**9, **settings)
    await migrate(plain)
    async with nursed(plain, folder / "server.log") as running:
        await running.start()
        yield running


@asynccontextmanager
async def nursed(plain: Settings, log_file: Path) -> AsyncIterator[Process]:
    """A server with these settings, that is not started yet."""
    own = {
        f"BESIDE_{name.upper()}": str(getattr(plain, name))
        for name in plain.model_fields_set
        if getattr(plain, name) is not None
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BESIDE_")}
    with log_file.open("wb") as log:
        nursery = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.faults.nursery",
            cwd=ROOT,
            env=kept | own,
            stdin=PIPE,
            stdout=PIPE,
            stderr=log,
        )
    running = Process(Served(Server(plain), f"http://127.0.0.1:{plain.port}"), nursery)
    try:
        yield running
    finally:
        await running.end()


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait for what happens in another process."""
    async with asyncio.timeout(PATIENCE):
        while not await condition():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.01)
