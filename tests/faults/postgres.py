"""What happens to a PostgreSQL server from outside: a process of it, or all of it, is killed."""

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import asyncpg
from sqlalchemy import make_url

from tests.engines import Postgres
from tests.faults.process import until


@asynccontextmanager
async def superuser(server: Postgres, url: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """An administrator's connection inside the database at `url`."""
    connection = await asyncpg.connect(
        host=str(server.socket), user="postgres", database=make_url(url).database
    )
    try:
        yield connection
    finally:
        # Not in order: the server may be dead by now.
        connection.terminate()


class Crashing:
    """A server of the test's own (`tests.engines.running_postgres`): nobody else is on it."""

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self._again: subprocess.Popen[bytes] | None = None

    async def kill_backend_of(self, url: str) -> None:
        """SIGKILL one connection's process: the server then ends all others and recovers by itself."""
        async with superuser(self._server, url) as administrator:
            before = await administrator.fetchval("SELECT pg_postmaster_start_time()")
            pid = await administrator.fetchval(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() LIMIT 1"
            )
            os.kill(pid, signal.SIGKILL)
            # Until the server has noticed, it still answers, and then cuts off whoever came in between.
            await until(cut(administrator))
        await until(self._answers)
        async with superuser(self._server, url) as administrator:
            assert await administrator.fetchval("SELECT pg_postmaster_start_time()") == before

    async def kill(self) -> None:
        """SIGKILL the server and every process of it at once, as a power cut would."""
        await asyncio.to_thread(self._kill)

    async def start(self) -> None:
        """Start on the same data, and wait until it has recovered."""
        await asyncio.to_thread(self._start)
        await until(self._answers)

    def _kill(self) -> None:
        master = int((self._server.socket / "postmaster.pid").read_text().split("\n")[0])
        process = Path(f"/proc/{master}")
        self._command = (process / "cmdline").read_bytes().decode().rstrip("\0").split("\0")
        self._user = process.stat().st_uid
        for pid in [master, *_children(process)]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        # A child that nobody waited for still has its id, which looks like a server that still runs.
        os.waitpid(master, 0)

    def _start(self) -> None:
        user = None if os.getuid() == self._user else self._user
        with (self._server.socket / "log").open("ab") as log:
            self._again = subprocess.Popen(
                self._command,
                cwd=self._server.socket,
                user=user,
                group=user,
                extra_groups=None if user is None else [],
                stdout=log,
                stderr=log,
            )

    def end(self) -> None:
        """End what was started again."""
        if self._again is not None:
            self._again.send_signal(signal.SIGINT)
            self._again.wait(30)

    async def _answers(self) -> bool:
        try:
            async with self._server.administrator():
                return True
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False


def cut(connection: "asyncpg.Connection[asyncpg.Record]") -> Callable[[], Awaitable[bool]]:
    """Whether the server has ended this connection."""

    async def ended() -> bool:
        return connection.is_closed()

    return ended


def _children(process: Path) -> list[int]:
    return [int(child) for task in process.glob("task/*/children") for child in task.read_text().split()]
