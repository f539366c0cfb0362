"""A conversations house on each engine."""

from collections.abc import AsyncIterator

import pytest

from tests.builders import Stage, stage_on


@pytest.fixture
async def stage(engine_url: str) -> AsyncIterator[Stage]:
    """The house with the standing cast, once on each engine."""
    async with stage_on(engine_url) as stage:
        yield stage
