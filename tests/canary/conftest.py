"""One founded service on each engine, served by a process of its own, for all tests of this folder."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from app.settings import Settings
from app.upkeep.stores import migrate
from tests.canary.dumps import log_position
from tests.canary.house import House, Street, found_house, settings_of, street
from tests.canary.story import Played, play
from tests.engines import ENGINES, Postgres
from tests.integration.companion.served import Served


@pytest.fixture(scope="package", params=ENGINES)
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The service."""
    data = tmp_path_factory.mktemp("canary") / "data"
    data.mkdir()
    log_began = "", 0
    if request.param == "sqlite":
        identity, conversations = (
            f"sqlite+aiosqlite:///{data / name}.sqlite" for name in ("identity", "conversations")
        )
    else:
        server: Postgres = request.getfixturevalue("postgres_server")
        identity, conversations = (asyncio.run(server.create(name)) for name in ("identity", "conversations"))
        asyncio.run(migrate(Settings(data=data, identity_url=identity, conversations_url=conversations)))
        log_began = asyncio.run(log_position(server))
    served = Served(data, settings_of(identity, conversations))
    served.start()
    try:
        house = House(served, identity, conversations, data, log_began)
        asyncio.run(found_house(house))
        yield house
    finally:
        served.stop()


@pytest.fixture(scope="package")
def played(house: House, request: pytest.FixtureRequest) -> Played:
    """The whole story of one client, once on each engine."""
    server: Postgres | None = None if house.is_sqlite else request.getfixturevalue("postgres_server")
    return asyncio.run(play(house, server))


@pytest.fixture
async def place(house: House) -> AsyncIterator[Street]:
    """The doors of the service."""
    async with street(house) as place:
        yield place
