"""How each measured system is started: pinned, on loopback, with its files in the run's own folder."""

import os
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from sqlalchemy import make_url

from tests.engines import Postgres, running_nats, running_postgres
from tests.load.house import Folder, found
from tests.load.processes import Cores, Engine, Server, born_on, free_port, running, tree
from tests.load.staff import Staff, put_in_force

T = TypeVar("T")


class Systems:
    """Starts servers on the server's core and engines on the generator's: grown, they are other machines."""

    def __init__(self, scratch: Path, cores: Cores, staff: Staff) -> None:
        self.scratch = scratch
        self.staff = staff
        self.server_core = cores.server
        self._generator_core = cores.generator
        self._started = 0

    @contextmanager
    def bare(self) -> Iterator[Server]:
        """The bare relay."""
        with self._python("tests.load.relay") as server:
            yield server

    @contextmanager
    def floor(self) -> Iterator[Server]:
        """The relay on a WebSocket server written in C."""
        with self._python("tests.load.floor") as server:
            yield server

    @contextmanager
    def durable_sqlite(self) -> Iterator[Server]:
        """The durable relay on SQLite."""
        with self._python("tests.load.relay", str(self.fresh("relay") / "relay.sqlite")) as server:
            yield server

    @asynccontextmanager
    async def durable_postgresql(self, postgres: Postgres) -> AsyncIterator[Server]:
        """The durable relay on PostgreSQL."""
        url = make_url(await postgres.create("relay"))
        plain = f"postgresql://{url.username}@/{url.database}?host={quote(str(postgres.socket))}"
        with self._python("tests.load.relay", plain) as server:
            yield server

    @contextmanager
    def beside(self, folder: Folder, port: int | None = None) -> Iterator[Server]:
        """Beside in one process, as it is installed."""
        port = port or free_port()
        with self._serve(port, folder.embedded(port)) as server:
            put_in_force(port, self.staff)
            yield server

    @contextmanager
    def again(self, folder: Folder, port: int) -> Iterator[Server]:
        """The same where it was before: it knows its directory from its store."""
        with self._serve(port, folder.embedded(port)) as server:
            yield server

    @contextmanager
    def node(self, folder: Folder, bus: str) -> Iterator[Server]:
        """One node of conversations, on PostgreSQL and NATS."""
        port = free_port()
        with self._serve(port, folder.node(port, bus)) as server:
            put_in_force(port, self.staff)
            yield server

    async def folder(self, name: str) -> Folder:
        """A founded data folder on SQLite."""
        return await found(self.fresh(name), self.staff)

    async def grown_folder(self, name: str, postgres: Postgres) -> Folder:
        """A founded data folder whose conversations are in a PostgreSQL database of their own."""
        return await found(self.fresh(name), self.staff, await postgres.create(name))

    @contextmanager
    def postgres(self) -> Iterator[tuple[Postgres, Engine]]:
        """A PostgreSQL with fsync on."""
        with self._engine(running_postgres()) as running_engine:
            yield running_engine

    @contextmanager
    def nats(self) -> Iterator[tuple[str, Engine]]:
        """A NATS server and its URL."""
        with self._engine(running_nats()) as running_engine:
            yield running_engine

    def fresh(self, name: str) -> Path:
        """A new empty folder."""
        self._started += 1
        path = self.scratch / f"{self._started}-{name}"
        path.mkdir()
        return path

    @contextmanager
    def _engine(self, engine: AbstractContextManager[T]) -> Iterator[tuple[T, Engine]]:
        known = frozenset(tree(os.getpid()))
        with ExitStack() as stack:
            with born_on(self._generator_core):
                address = stack.enter_context(engine)
            yield address, Engine(_new_child(known))

    @contextmanager
    def _python(self, module: str, *arguments: str) -> Iterator[Server]:
        port = free_port()
        command = [sys.executable, "-m", module, str(port), *arguments]
        with running(command, port, self.server_core, self._log()) as server:
            yield server

    @contextmanager
    def _serve(self, port: int, environment: Mapping[str, str]) -> Iterator[Server]:
        command = [str(Path(sys.executable).with_name("beside")), "serve"]
        with running(command, port, self.server_core, self._log(), environment) as server:
            yield server

    def _log(self) -> Path:
        return self.fresh("server") / "log"


def _new_child(known: frozenset[int]) -> int:
    """The first process below this one that was not there before."""
    for pid in tree(os.getpid()):
        if pid not in known:
            return pid
    raise LookupError("nothing was started")
