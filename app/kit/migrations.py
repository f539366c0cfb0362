"""A store's history, run by the program itself: no second configuration file, no second way to connect.

A history is a folder with `env.py`, which calls `run_history(metadata)`, and `versions/`. All revisions
that are missing run in one transaction, on both engines: a store is at the old revision or at the new one.
"""

from collections.abc import Callable
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text

from app.kit.database import Database
from app.kit.errors import NotReady

ONE_AT_A_TIME = 0x6D69_6772
"""Advisory lock of PostgreSQL that keeps two starting nodes from migrating the same database at once."""


async def upgrade(url: str, history: Path, revision: str = "head") -> None:
    """Bring the store at `url` to `revision`; nothing happens where it is there already.

    alembic.util.CommandError where the store holds a revision this history does not know (a newer program
    wrote it).
    """
    await _change(url, history, lambda config: command.upgrade(config, revision))


async def downgrade(url: str, history: Path, revision: str) -> None:
    """Take the store at `url` back to `revision`; "base" is an empty store."""
    await _change(url, history, lambda config: command.downgrade(config, revision))


def head(history: Path) -> str:
    """The newest revision of a history."""
    newest = ScriptDirectory.from_config(_config(history)).get_current_head()
    if newest is None:
        raise LookupError("this history has no revision")
    return newest


def knows(history: Path, revision: str) -> bool:
    """Whether a history has this revision: a newer program's it has not."""
    walked = ScriptDirectory.from_config(_config(history)).walk_revisions()
    return any(script.revision == revision for script in walked)


async def current(url: str) -> str | None:
    """The revision of the store at `url`, None where it was never migrated."""
    database = Database[object](url)
    try:
        async with database.read() as tx:
            return await tx.connection.run_sync(
                lambda connection: MigrationContext.configure(connection).get_current_revision()
            )
    finally:
        await database.close()


async def require_head(url: str, history: Path) -> None:
    """NotReady where the store is not at this program's revision."""
    if await current(url) != head(history):
        raise NotReady(f"the {history.name} store is not at this program's revision: run `beside migrate`")


def run_history(metadata: MetaData) -> None:
    """What every `env.py` calls: run the revisions on the connection that `upgrade` or `downgrade` opened."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()


async def _change(url: str, history: Path, step: Callable[[Config], None]) -> None:
    def change(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        config = _config(history)
        config.attributes["connection"] = connection
        step(config)

    database = Database[object](url)
    try:
        async with database.write() as tx:
            await tx.connection.run_sync(change)
    finally:
        await database.close()


def _config(history: Path) -> Config:
    config = Config()
    # The parser behind Config reads % as the start of a reference.
    config.set_main_option("script_location", str(history).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
