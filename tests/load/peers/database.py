"""A PostgreSQL of a peer's own, on the peer's core: durable, otherwise as it comes."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests.engines import Postgres, running_postgres
from tests.load.processes import Engine, born_on


@dataclass(frozen=True, slots=True)
class Database:
    """A running PostgreSQL and its process tree."""

    engine: Postgres
    server: Engine

    @property
    def version(self) -> str:
        """What the report says of it."""
        return f"PostgreSQL {(self.engine.socket / 'PG_VERSION').read_text().strip()}, fsync on"


@contextmanager
def database_on(core: int | None) -> Iterator[Database]:
    """Start a PostgreSQL on this core; removed at the end."""
    with ExitStack() as stack:
        with born_on(core):
            engine = stack.enter_context(running_postgres())
        master = int((engine.socket / "postmaster.pid").read_text().split("\n")[0])
        yield Database(engine, Engine(master))
