"""A bus that keeps only what its port promises, which is little: what is said arrives, in order and once."""

from collections.abc import AsyncIterator
from random import Random

import pytest

from app.bus import opened_by
from app.bus.port import Bus
from app.companion.events import Moved
from app.kit.clock import ManualClock
from app.live import node
from tests.faults.crowd import check
from tests.faults.nodes.gates import gate, port_of
from tests.faults.nodes.people import talk
from tests.faults.nodes.region import Founded, Region, caught_up, crowded, region, seen_at
from tests.faults.nodes.weather import Weather

ROOMS = 2
WORDS = 40
OFTEN = 0.1
"""Seconds between two looks for what was lost."""

FOUL = {
    "loses": {"lost": 0.5, "doubled": 0.0, "late": 0.0},
    "loses all": {"lost": 1.0, "doubled": 0.0, "late": 0.0},
    "doubles": {"lost": 0.0, "doubled": 0.7, "late": 0.0},
    "delays and reorders": {"lost": 0.0, "doubled": 0.0, "late": 0.6},
    "all of it": {"lost": 0.2, "doubled": 0.3, "late": 0.4},
}


@pytest.fixture(params=FOUL)
async def foul(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    service: Founded,
    store: str,
    nats_server: str,
    clocks: list[ManualClock],
) -> AsyncIterator[Region]:
    """Two nodes, each with a bus that does this to what it hears."""
    chance = Random(6)

    def opened(url: str | None) -> Bus:
        return Weather(opened_by(url), chance, **FOUL[str(request.param)])

    monkeypatch.setattr("app.web.conversations_side.opened_by", opened)
    monkeypatch.setattr(node, "CHECK_SECONDS", OFTEN)
    own = service.settings(store, nats_server, messages_per_minute=10**9)
    async with region(service, [own, own], clocks) as nodes:
        yield nodes


async def test_what_is_said_over_a_bad_bus_is_heard_in_order_and_shown_once(foul: Region, store: str) -> None:
    ports = [port_of(town.served.url) for town in foul.towns]
    async with (
        gate(*ports, in_turn=True) as balancer,
        seen_at(foul.here, balancer.url) as anywhere,
        talk(foul.here, foul.here.served.url, foul.there.served.url) as two,
        crowded(anywhere, ROOMS) as crowd,
    ):
        for number in range(3):
            await two.exchange(str(number))
            await crowd.acknowledged(WORDS)
            await caught_up(crowd)
        await two.peer.release(two.room)
        await two.clients.meets(Moved, lambda moved: moved.state == "resting")
        two.clients.is_whole(two.room)
        await crowd.finish()
    await check(crowd, store)
