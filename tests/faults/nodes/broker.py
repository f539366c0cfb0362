"""A NATS server that a test ends and starts again at the same port."""

import asyncio
import sysconfig
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.faults.process import until
from tests.integration.companion.served import free_port

PROGRAM = Path(sysconfig.get_path("scripts")) / "nats-server"


class Broker:
    """It keeps nothing: a new one at the old address is the old one restarted."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"nats://127.0.0.1:{self.port}"
        self._server: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start, and wait until it answers."""
        self._server = await asyncio.create_subprocess_exec(
            PROGRAM, "--addr", "127.0.0.1", "--port", str(self.port), stdout=DEVNULL, stderr=DEVNULL
        )
        await until(self._answers)

    async def kill(self) -> None:
        """SIGKILL."""
        if self._server is not None:
            self._server.kill()
            await self._server.wait()
            self._server = None

    async def _answers(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        await writer.wait_closed()
        return True


@asynccontextmanager
async def broker() -> AsyncIterator[Broker]:
    """A started NATS of the test's own."""
    own = Broker()
    try:
        await own.start()
        yield own
    finally:
        await own.kill()
