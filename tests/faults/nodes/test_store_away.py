"""PostgreSQL is restarted under two nodes: they say "try again", and all goes on by itself."""

from collections.abc import AsyncIterator, Iterator

import pytest

from app.kit.clock import ManualClock
from app.kit.migrations import upgrade
from app.wire.encoding import b64u
from app.wire.frames import Ack
from migrations import CONVERSATIONS
from tests.engines import Postgres, running_postgres
from tests.faults.crowd import check
from tests.faults.nodes.gates import gate, port_of
from tests.faults.nodes.people import talk
from tests.faults.nodes.region import Founded, Region, caught_up, crowded, region, seen_at
from tests.faults.postgres import Crashing
from tests.talkers import said_by, seat


@pytest.fixture
def engine() -> Iterator[Postgres]:
    """A PostgreSQL of the test's own."""
    with running_postgres() as own:
        yield own


@pytest.fixture
async def store(engine: Postgres) -> str:
    url = await engine.create("conversations")
    await upgrade(url, CONVERSATIONS)
    return url


@pytest.fixture
def crashing(engine: Postgres) -> Iterator[Crashing]:
    own = Crashing(engine)
    yield own
    own.end()


@pytest.fixture
async def two(
    service: Founded, store: str, crashing: Crashing, nats_server: str, clocks: list[ManualClock]
) -> AsyncIterator[Region]:
    own = service.settings(store, nats_server, messages_per_minute=10**9)
    async with region(service, [own, own], clocks) as nodes:
        yield nodes


async def test_a_postgresql_restarted_under_two_nodes_is_said_and_costs_nothing(
    two: Region, store: str, crashing: Crashing
) -> None:
    ports = [port_of(town.served.url) for town in two.towns]
    guest, mara = await two.here.talking(), two.here.cast.mara
    first, second = guest.next_frame(), guest.next_frame()
    reply = said_by(guest, mara, 1)
    async with (
        gate(*ports, in_turn=True) as balancer,
        seen_at(two.here, balancer.url) as anywhere,
        two.here.tab() as client,
        two.there.tab(staff=mara) as peer,
        crowded(anywhere, 2) as crowd,
        talk(two.there, two.there.served.url, two.here.served.url, two.here.cast.sol) as both,
    ):
        await client.enter(guest)
        await peer.sit(guest.room)
        await client.send(first)
        assert (await client.ack()).seq == (await peer.item()).seq == 1
        await both.exchange("before")
        await crowd.acknowledged(30)
        crowd.up.clear()
        await crashing.kill_backend_of(store)
        crowd.up.set()
        await crowd.acknowledged(30)
        crowd.up.clear()
        await crashing.kill()
        await client.send(second)
        await peer.send(reply)
        for tab in (client, peer):
            assert await tab.until_kind("error") == await unavailable(guest.room, tab is client)
        for town in two.towns:
            answer = await town.post("rooms/history", {**seat(guest), "after": 0})
            assert (answer.status_code, answer.json()) == (503, {"code": "unavailable"})
        await both.both_say("without")
        await crashing.start()
        crowd.up.set()
        # The same sockets: nobody had to come back.
        await client.send(second)
        assert await client.ack() == Ack(guest.room, 2, 2)
        await peer.send(reply)
        assert await peer.ack() == Ack(guest.room, 1, 3)
        await both.both_show("without")
        both.is_whole()
        await crowd.acknowledged(30)
        await two.check()
        await caught_up(crowd)
        await crowd.finish()
        await check(crowd, store)


async def unavailable(room: bytes, is_client: bool) -> dict[str, object]:
    return {"type": "error", "code": "unavailable", "room": b64u(room), "n": 2 if is_client else 1}
