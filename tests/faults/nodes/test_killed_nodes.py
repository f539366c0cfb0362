"""A node is killed with people on it: they go on at another one, and nothing that was said is lost."""

from random import Random

import pytest

from app.conversations.queue.rules import ANSWER
from app.kit.clock import ManualClock, SystemClock
from app.live import neighbours
from app.live.frames import CloseCode
from app.wire.encoding import b64u
from app.wire.ids import seat_id
from tests.faults.crowd import check, in_doubt
from tests.faults.nodes.gates import gate, port_of
from tests.faults.nodes.people import talk
from tests.faults.nodes.processes import processes, towns_at
from tests.faults.nodes.region import Founded, crowded, region, seen_at

ROOMS = 4
MOST_BETWEEN = 60
"""Acks between two kills, at most."""


async def test_killed_nodes_lose_and_double_nothing_and_people_go_on_at_the_other(
    service: Founded, store: str, nats_server: str
) -> None:
    chance = Random(6)
    async with processes(service, store, nats_server, 2) as nodes, towns_at(service, nodes) as towns:
        ports = [port_of(node.served.url) for node in nodes]
        async with (
            gate(*ports, in_turn=True) as balancer,
            seen_at(towns[0], balancer.url) as anywhere,
            crowded(anywhere, ROOMS) as crowd,
        ):
            for turn in range(3):
                await crowd.acknowledged(chance.randrange(1, MOST_BETWEEN))
                await nodes[turn % 2].kill()
                # Nobody waits for it: all who were on it go on at the other.
                await crowd.acknowledged(MOST_BETWEEN)
                await nodes[turn % 2].start()
            await crowd.finish()
            assert in_doubt(crowd) > 0
        await check(crowd, store)


async def test_a_killed_nodes_people_are_shown_as_lost_come_back_and_its_deadlines_are_kept(
    service: Founded, store: str, nats_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours, "SILENT_SECONDS", 3.0)
    clock = ManualClock(SystemClock().now())
    mara, sol = service.cast.mara, service.cast.sol
    async with (
        processes(service, store, nats_server, 1) as [doomed],
        towns_at(service, [doomed]) as [there],
        region(service, [service.settings(store, nats_server)], [clock]) as survivors,
    ):
        here = survivors.here
        guest, waiting = await here.talking(mara), await here.opened()
        theirs = b64u(seat_id(guest.room, mara.kid))
        async with here.tab() as client, here.tab() as patient, there.tab(staff=mara) as peer:
            await client.enter(guest)
            await patient.enter(waiting)
            await peer.sit(guest.room)
            told = await client.until_kind("presence")
            assert (told["seat"], told["state"]) == (theirs, "here")
            await there.done("queue/claim", {"room": b64u(waiting.room)}, staff=sol)
            claimed = SystemClock().now()
            await patient.until_kind("meet")
            await doomed.kill()
            told = await client.until_kind("presence")
            assert (told["seat"], told["state"]) == (theirs, "lost")
            async with here.tab(staff=mara) as again:
                await again.sit(guest.room)
                told = await client.until_kind("presence")
                assert (told["seat"], told["state"]) == (theirs, "here")
            # The meeting that the dead node made ends by the sweep of the other.
            clock.advance(claimed + ANSWER + 1 - clock.now())
            await here.served.server.node._queue.sweep()
            await patient.until(lambda f: isinstance(f, dict) and f.get("state") == "waiting")


async def test_a_node_that_is_told_to_end_hands_its_people_over_and_no_message_fails(
    service: Founded, store: str, nats_server: str
) -> None:
    async with processes(service, store, nats_server, 2) as nodes, towns_at(service, nodes) as towns:
        ports = [port_of(node.served.url) for node in nodes]
        async with (
            gate(*ports) as first,
            gate(*reversed(ports)) as second,
            talk(towns[0], first.url, second.url) as two,
            gate(*ports, in_turn=True) as balancer,
            seen_at(towns[0], balancer.url) as anywhere,
            crowded(anywhere, 2) as crowd,
        ):
            await two.exchange("before")
            await crowd.acknowledged(20)
            two.peers.clear()
            await two.both_say("during")
            await nodes[0].stop()
            await two.both_show("during")
            await crowd.acknowledged(20)
            codes = {code for voice in crowd.voices for code in voice.closed}
            assert codes == {CloseCode.GOING_AWAY}
            # The client has moved, and nobody hangs between here and gone.
            await two.exchange("after")
            await two.peers.ends_here()
            two.is_whole()
            await crowd.finish()
        await check(crowd, store)
