"""A conversations house on each engine."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from migrations import CONVERSATIONS
from tests.builders import Stage, stage_on
from tests.engines import ENGINES, migrated_store


@pytest.fixture(params=ENGINES)
async def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of a migrated, otherwise empty store."""
    async with migrated_store(request, CONVERSATIONS, tmp_path) as url:
        yield url


@pytest.fixture
async def stage(engine_url: str) -> AsyncIterator[Stage]:
    """The house with the standing cast, once on each engine."""
    async with stage_on(engine_url) as stage:
        yield stage
