"""The identity house on each engine, with a clock driven by hand and cheap proofs of work."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from app.identity.house import IdentityHouse
from app.identity.ids import Identity
from app.identity.opening import open_house
from app.kit.clock import ManualClock
from app.kit.database import Database
from app.settings import Settings
from migrations import IDENTITY
from tests.engines import ENGINES, migrated_store
from tests.integration.identity.desk import Desk
from tests.integration.identity.people import NOW, Organisation, Person


@pytest.fixture(params=ENGINES)
async def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of a migrated, otherwise empty store."""
    async with migrated_store(request, IDENTITY, tmp_path) as url:
        yield url


@pytest.fixture
def settings(tmp_path: Path, engine_url: str) -> Settings:
    return Settings(
        data=tmp_path / "data", identity_url=engine_url, proof_cost=1, proof_bits=2, proof_puzzles=2
    )


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
async def open_again(
    settings: Settings, clock: ManualClock
) -> AsyncIterator[Callable[[], Awaitable[IdentityHouse]]]:
    """Each call opens one more node of the house on the same store."""
    opened: list[Database[Identity]] = []

    async def open_node() -> IdentityHouse:
        opened.append(Database[Identity](settings.identity_store))
        return await open_house(settings, opened[-1], clock)

    yield open_node
    for database in opened:
        await database.close()


@pytest.fixture
async def house(open_again: Callable[[], Awaitable[IdentityHouse]]) -> IdentityHouse:
    """A house nobody has founded yet."""
    return await open_again()


@pytest.fixture
def organisation() -> Organisation:
    return Organisation(Person("cora", "coordinator"))


@pytest.fixture
async def desk(house: IdentityHouse, organisation: Organisation, clock: ManualClock) -> AsyncIterator[Desk]:
    """A founded house, reached over HTTP."""
    async with Desk(house, organisation, clock) as founded:
        await founded.found()
        yield founded
