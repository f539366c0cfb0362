"""The identity house on each engine, with a clock driven by hand and cheap proofs of work."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from shutil import copyfile

import pytest

from app.identity.house import IdentityHouse
from app.identity.ids import Identity
from app.identity.opening import open_house
from app.kit.clock import ManualClock
from app.kit.database import Database
from app.kit.migrations import upgrade
from app.settings import Settings
from migrations import IDENTITY
from tests.engines import migrated_postgres
from tests.integration.identity.desk import Desk
from tests.integration.identity.people import NOW, Organisation, Person


@pytest.fixture(scope="session")
def migrated() -> list[str]:
    """Where a migrated, otherwise empty SQLite store is, once there is one."""
    return []


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.engines)])
async def engine_url(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    migrated: list[str],
) -> AsyncIterator[str]:
    """The URL of a migrated empty store, copied from the first: a third of the time that migrating takes."""
    if request.param == "sqlite":
        if not migrated:
            original = tmp_path_factory.mktemp("migrated") / "store.sqlite"
            await upgrade(f"sqlite+aiosqlite:///{original}", IDENTITY)
            migrated.append(str(original))
        copyfile(migrated[0], tmp_path / "store.sqlite")
        yield f"sqlite+aiosqlite:///{tmp_path / 'store.sqlite'}"
        return
    async with migrated_postgres(request.getfixturevalue("postgres_server"), IDENTITY) as url:
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
