"""Two nodes on one real PostgreSQL and one real NATS."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.kit.clock import ManualClock
from app.live import node
from migrations import CONVERSATIONS
from tests.builders import NOW
from tests.engines import migrated_store
from tests.faults.nodes.region import Founded, Region, founded, region


@pytest.fixture
def clocks() -> list[ManualClock]:
    """One for each node."""
    return [ManualClock(NOW), ManualClock(NOW)]


@pytest.fixture(autouse=True)
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """No node looks by itself for what no notice told of: what arrives came over the bus, or by a test's
    own `check`."""
    monkeypatch.setattr(node, "CHECK_SECONDS", 3_600.0)


@pytest.fixture
def service(tmp_path: Path) -> Founded:
    return founded(tmp_path)


@pytest.fixture(params=["postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of the store that all nodes share."""
    async with migrated_store(request, CONVERSATIONS, tmp_path) as url:
        yield url


@pytest.fixture
async def both(
    service: Founded, store: str, nats_server: str, clocks: list[ManualClock]
) -> AsyncIterator[Region]:
    """Two nodes and nothing wrong with them."""
    own = service.settings(store, nats_server)
    async with region(service, [own, own], clocks) as nodes:
        yield nodes
