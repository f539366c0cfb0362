"""NATS is restarted, away, or cut off from one node: people notice little, and lose nothing."""

from collections.abc import AsyncIterator

import pytest

from app.kit.clock import ManualClock
from app.wire.frames import Item
from tests.faults.nodes.broker import Broker, broker
from tests.faults.nodes.gates import Gate, gate, port_of
from tests.faults.nodes.people import talk
from tests.faults.nodes.region import Founded, Region, region
from tests.faults.process import until
from tests.talkers import Tab, said_by


@pytest.fixture
async def own_bus() -> AsyncIterator[Broker]:
    async with broker() as own:
        yield own


@pytest.fixture
async def two(
    service: Founded, store: str, own_bus: Broker, clocks: list[ManualClock]
) -> AsyncIterator[Region]:
    """Two nodes on a NATS of their own."""
    own = service.settings(store, own_bus.url)
    async with region(service, [own, own], clocks) as nodes:
        yield nodes


@pytest.fixture
async def line(nats_server: str) -> AsyncIterator[Gate]:
    """The first node's way to the bus."""
    async with gate(port_of(nats_server)) as way:
        yield way


@pytest.fixture
async def far(
    service: Founded, store: str, nats_server: str, line: Gate, clocks: list[ManualClock]
) -> AsyncIterator[Region]:
    """Two nodes, the first of which reaches NATS through a line that a test cuts."""
    reached = f"nats://127.0.0.1:{line.port}"
    settings = [service.settings(store, bus) for bus in (reached, nats_server)]
    async with region(service, settings, clocks) as nodes:
        yield nodes


async def reached(nodes: Region) -> None:
    """Wait until every node is on the bus again."""

    async def up() -> bool:
        return all(node.neighbours.is_up for node in nodes.nodes)

    await until(up)


async def test_while_the_bus_is_away_one_node_talks_on_and_the_other_hears_by_looking(
    two: Region, own_bus: Broker
) -> None:
    guest, mara = await two.here.talking(), two.here.cast.mara
    async with (
        two.here.tab() as client,
        two.here.tab(staff=mara) as near,
        two.there.tab(staff=mara) as far,
    ):
        await client.enter(guest)
        for tab in (near, far):
            await tab.sit(guest.room)
        await client.send(guest.next_frame())
        for tab in (client, near, far):
            assert (await tab.item()).seq == 1
        await own_bus.kill()
        # On the node itself nothing has changed.
        await client.send(guest.next_frame())
        assert (await client.ack()).seq == 2
        assert (await near.item()).seq == 2
        await far.send(said_by(guest, mara, 1))
        assert (await far.ack()).seq == 3
        await two.check()
        for tab, seqs in ((client, [2, 3]), (near, [3]), (far, [2, 3])):
            assert [(await tab.item()).seq for _ in seqs] == seqs
        # Back, at once: nobody looks.
        await own_bus.start()
        await reached(two)
        await client.send(guest.next_frame())
        await far.send(said_by(guest, mara, 2))
        for tab in (client, near, far):
            assert [(await tab.item()).seq for _ in range(2)] == [4, 5]
            await nothing_more(tab)


async def test_what_was_said_while_the_bus_was_away_arrives_when_it_is_back_without_a_look(
    two: Region, own_bus: Broker
) -> None:
    guest = await two.here.talking()
    async with two.here.tab() as client, two.there.tab(staff=two.here.cast.mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        await own_bus.kill()
        await client.send(guest.next_frame())
        assert (await client.ack()).seq == 1
        await own_bus.start()
        assert (await peer.item()).seq == 1


async def test_a_bus_restarted_again_and_again_costs_a_talk_nothing(two: Region, own_bus: Broker) -> None:
    async with talk(two.here, two.here.served.url, two.there.served.url) as both:
        for number in range(3):
            await both.exchange(f"before {number}")
            await own_bus.kill()
            await both.both_say(f"without {number}")
            await own_bus.start()
            await both.both_show(f"without {number}")
        both.is_whole()


@pytest.mark.parametrize("how", ["cut", "hold"])
async def test_a_node_cut_off_from_the_bus_serves_its_own_and_is_back_when_the_line_is(
    far: Region, line: Gate, how: str
) -> None:
    async with talk(far.here, far.here.served.url, far.there.served.url) as both:
        await both.exchange("before")
        if how == "cut":
            line.cut()
        else:
            line.hold()
        await both.both_said("without")
        await far.check()
        await both.both_show("without")
        line.mend()
        await reached(far)
        await both.exchange("after")
        both.is_whole()


async def nothing_more(tab: Tab) -> None:
    """No further item comes before the answer to a ping."""
    await tab.say("ping")
    while (frame := await tab.next()) != {"type": "pong"}:
        assert not isinstance(frame, Item), frame
