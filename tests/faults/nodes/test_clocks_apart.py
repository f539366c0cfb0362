"""Clocks that jump, and not alike on two nodes: nothing is lost, and nothing ends early for it."""

import pytest

from app.conversations.queue.rules import ANSWER, OUTAGE
from app.kit.clock import DAY, ManualClock
from app.live.frames import CloseCode
from app.wire.encoding import b64u
from tests.builders import Guest
from tests.faults.nodes.people import talk
from tests.faults.nodes.region import Region
from tests.talkers import Town, eventually, said_by, seat

HOUR = 3_600
PASS_SECONDS = 600


async def rounds(both: Region) -> None:
    """All rounds of both nodes that look at the clock, now."""
    for town in both.towns:
        node = town.served.server.node
        await node._queue.sweep()
        await node.close_unlisted()
        await node.note_seen()
        await node.show_waits()
        await town.served.server.purge()
    await both.check()


async def state_of(town: Town, guest: Guest) -> str:
    return str((await town.done("rooms/history", {**seat(guest), "after": 0}))["state"])


@pytest.mark.parametrize("jumps", [(-HOUR, 0), (3 * DAY, -3 * DAY), (-400 * DAY, HOUR)], ids=str)
async def test_a_talk_across_two_clocks_goes_on_whatever_each_of_them_does(
    both: Region, clocks: list[ManualClock], jumps: tuple[int, int]
) -> None:
    # The pages' own clock is that of the first node, so that their passes are good there at any time.
    guest = await both.here.talking(both.here.cast.sol)
    async with both.here.tab() as client, both.there.tab() as other:
        await client.enter(guest)
        await other.enter(guest)
        for number, sign in enumerate((0, 1, -1), start=1):
            for clock, jump in zip(clocks, jumps, strict=True):
                clock.advance(sign * jump)
            await rounds(both)
            await client.send(guest.next_frame())
            assert (await client.ack()).seq == (await other.item()).seq == 2 * number - 1
            await other.send(guest.next_frame())
            assert (await other.ack()).seq == 2 * number
            assert [(await client.item()).seq for _ in range(2)] == [2 * number - 1, 2 * number]
            await other.item()
            assert await state_of(both.here, guest) == await state_of(both.there, guest) == "talking"


async def test_a_pass_is_judged_by_the_clock_of_the_node_that_it_is_shown_to(
    both: Region, clocks: list[ManualClock]
) -> None:
    mara = both.here.cast.mara
    guest = await both.here.talking(mara)
    async with both.here.tab(staff=mara) as near, both.there.tab(staff=mara) as far:
        await near.sit(guest.room)
        await far.sit(guest.room)
        clocks[1].advance(PASS_SECONDS)
        await rounds(both)
        assert await far.closed() == CloseCode.PASS_EXPIRED
        await near.send(said_by(guest, mara, 1))
        assert (await near.ack()).seq == 1


@pytest.mark.parametrize("jump", [-HOUR, HOUR, 400 * DAY], ids=str)
async def test_a_node_whose_clock_is_far_off_ends_no_meeting_of_another(
    both: Region, clocks: list[ManualClock], jump: int
) -> None:
    mara, guest = both.here.cast.mara, await both.here.opened()
    await both.here.done("queue/claim", {"room": b64u(guest.room)}, staff=mara)
    clocks[1].advance(jump)
    for node in both.nodes:
        await node._queue.sweep()
    assert await state_of(both.here, guest) == "meeting"
    answer = {**seat(guest), "kid": b64u(mara.kid), "answer": "accept"}
    await both.there.done("queue/meet", answer)
    for node in both.nodes:
        await node._queue.sweep()
    await both.here.narrow(guest, mara)
    assert await state_of(both.there, guest) == "talking"


async def test_a_node_whose_clock_is_a_little_ahead_ends_a_meeting_early_by_no_more_than_that(
    both: Region, clocks: list[ManualClock]
) -> None:
    mara, guest = both.here.cast.mara, await both.here.opened()
    await both.here.done("queue/claim", {"room": b64u(guest.room)}, staff=mara)
    ahead = OUTAGE
    clocks[1].advance(ahead)
    for seconds, state in ((ANSWER - ahead, "meeting"), (1, "waiting")):
        for clock in clocks:
            clock.advance(seconds)

        async def swept(state: str = state) -> bool:
            for node in both.nodes:
                await node._queue.sweep()
            return await state_of(both.here, guest) == state

        await eventually(swept)


async def test_a_clock_that_jumps_takes_nobody_off_the_other_nodes_screen(
    both: Region, clocks: list[ManualClock]
) -> None:
    async with talk(both.here, both.here.served.url, both.there.served.url) as two:
        await two.exchange("before")
        two.clients.clear()
        for clock, jump in ((clocks[0], HOUR), (clocks[1], -HOUR)):
            clock.advance(jump)
            clock.advance(-jump)
            await rounds(both)
        await two.exchange("after")
        assert "lost" not in two.clients.presence
        two.is_whole()
