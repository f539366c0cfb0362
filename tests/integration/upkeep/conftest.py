"""Full stores on each engine, made once; and empty ones to restore into."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from app.settings import Settings
from app.upkeep.backup import backup
from app.upkeep.stores import migrate
from migrations import CONVERSATIONS, IDENTITY
from tests.engines import Postgres, migrated_postgres
from tests.integration.upkeep.village import Village, settle

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.engines))
EASY = {"proof_cost": 1, "proof_bits": 1, "proof_puzzles": 1}

NewStores = Callable[[str], Awaitable[Settings]]
"""Settings of new, empty stores on an engine, with a data folder that is not there yet."""


def embedded(data: Path) -> Settings:
    """Settings of SQLite stores, whose files are not there yet."""
    return Settings.model_validate({"data": data, **EASY})


@pytest.fixture(scope="package")
def embedded_village(tmp_path_factory: pytest.TempPathFactory) -> Village:
    """Full stores on SQLite, which no test changes."""
    return asyncio.run(_settled(embedded(tmp_path_factory.mktemp("village") / "data")))


@pytest.fixture(scope="package")
def embedded_backup(embedded_village: Village, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its backup, which no test changes."""
    folder = tmp_path_factory.mktemp("kept") / "backup"
    asyncio.run(backup(embedded_village.settings, folder))
    return folder


@pytest.fixture(scope="package", params=ENGINES)
def village(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """Full stores on each engine, which no test changes."""
    if request.param == "sqlite":
        yield request.getfixturevalue("embedded_village")
        return
    data = tmp_path_factory.mktemp("village") / "data"
    server: Postgres = request.getfixturevalue("postgres_server")
    urls = [asyncio.run(server.create(name)) for name in ("identity", "conversations")]
    shared = {"identity_url": urls[0], "conversations_url": urls[1]}
    yield asyncio.run(_settled(Settings.model_validate({"data": data, **EASY, **shared})))
    for url in urls:
        asyncio.run(server.drop(url))


@pytest.fixture(scope="package")
def kept(village: Village, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The village's backup, which no test changes."""
    folder = tmp_path_factory.mktemp("kept") / "backup"
    asyncio.run(backup(village.settings, folder))
    return folder


@pytest.fixture
async def empty(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[NewStores]:
    """Makes empty stores, dropped after the test."""
    async with AsyncExitStack() as stack:

        async def make(engine: str) -> Settings:
            data = tmp_path / "new" / "data"
            if engine == "sqlite":
                return embedded(data)
            server: Postgres = request.getfixturevalue("postgres_server")
            identity, conversations = [
                await stack.enter_async_context(migrated_postgres(server, history))
                for history in (IDENTITY, CONVERSATIONS)
            ]
            shared = {"identity_url": identity, "conversations_url": conversations}
            return Settings.model_validate({"data": data, **EASY, **shared})

        yield make


async def _settled(settings: Settings) -> Village:
    await migrate(settings)
    return await settle(settings)
