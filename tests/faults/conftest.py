"""A served server on each engine, and SQLite's patience cut short."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.kit import database
from app.kit.clock import ManualClock
from migrations import CONVERSATIONS
from tests.builders import NOW
from tests.engines import ENGINES, migrated_store
from tests.serving import serving, settings_for
from tests.talkers import Town, town


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite gives up on a lock at once. To be asked for before `place`."""
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", 1)


@pytest.fixture(params=ENGINES)
async def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of a migrated, otherwise empty store for conversations."""
    async with migrated_store(request, CONVERSATIONS, tmp_path) as url:
        yield url


@pytest.fixture
async def place(tmp_path: Path, engine_url: str, clock: ManualClock) -> AsyncIterator[Town]:
    settings = settings_for(tmp_path / "data", conversations_url=engine_url)
    async with serving(settings, clock) as served, town(served) as place:
        yield place
