"""A clock that jumps: nothing crashes, nothing ends early, and after an outage deadlines start anew."""

import pytest

from app.conversations.queue.rules import ANSWER, OUTAGE, RESUME, UPLOAD
from app.kit.clock import DAY, ManualClock
from app.wire.encoding import b64u
from tests.builders import Guest
from tests.talkers import Town, eventually, said_by, seat

HOUR = 3_600


async def rounds(place: Town) -> None:
    """All rounds of the server that look at the clock, now."""
    server = place.served.server
    await server.node._queue.sweep()
    await server.node.close_unlisted()
    await server.node.note_seen()
    await server.node.show_waits()
    await server.purge()


async def state_of(place: Town, guest: Guest) -> str:
    return str((await place.done("rooms/history", {**seat(guest), "after": 0}))["state"])


@pytest.mark.parametrize("jump", [-400 * DAY, -HOUR, HOUR, 3 * DAY])
async def test_talks_go_on_and_rooms_open_whatever_the_clock_does(
    place: Town, clock: ManualClock, jump: int
) -> None:
    guest, mara = await place.talking(), place.cast.mara
    async with place.tab() as client:
        await client.enter(guest)
        for n, seconds in enumerate((0, jump, -jump), start=1):
            clock.advance(seconds)
            await rounds(place)
            await client.send(guest.next_frame())
            assert (await client.ack()).n == n
            async with place.tab(staff=mara) as peer:
                await peer.sit(guest.room)
                await peer.send(said_by(guest, mara, n))
                assert (await peer.ack()).n == n
            other = await place.opened()
            assert await state_of(place, other) == "waiting"
            await place.done("rooms/delete", seat(other))


async def test_a_clock_set_back_does_not_take_back_what_a_seat_may_send(
    place: Town, clock: ManualClock
) -> None:
    guest = await place.talking()
    async with place.tab() as client:
        await client.enter(guest)
        clock.advance(-HOUR)
        most = place.served.server.settings.messages_per_minute
        for _ in range(most):
            await client.send(guest.next_frame())
            await client.ack()
        frame = guest.next_frame()
        await client.send(frame)
        assert (await client.until_kind("error"))["code"] == "slow_down"
        clock.advance(2)
        await client.send(frame)
        assert (await client.ack()).n == most + 1


async def test_a_meeting_that_nobody_swept_starts_anew_after_an_outage_and_ends_in_time_without_one(
    place: Town, clock: ManualClock
) -> None:
    mara = place.cast.mara
    guest = await place.opened()
    await place.done("queue/claim", {"room": b64u(guest.room)}, staff=mara)
    clock.advance(ANSWER + OUTAGE + HOUR)
    await rounds(place)
    assert await state_of(place, guest) == "meeting"
    clock.advance(ANSWER - 1)
    await rounds(place)
    assert await state_of(place, guest) == "meeting"
    clock.advance(2)
    await eventually(lambda: in_state(place, guest, "waiting"))


async def test_an_accepted_peer_gets_all_the_time_again_after_an_outage(
    place: Town, clock: ManualClock
) -> None:
    mara = place.cast.mara
    guest = await place.opened()
    await place.done("queue/claim", {"room": b64u(guest.room)}, staff=mara)
    await place.done("queue/meet", {**seat(guest), "kid": b64u(mara.kid), "answer": "accept"})
    clock.advance(UPLOAD + RESUME + OUTAGE + HOUR)
    await rounds(place)
    clock.advance(UPLOAD + RESUME - 1)
    await rounds(place)
    await place.narrow(guest, mara)
    assert await state_of(place, guest) == "talking"


async def in_state(place: Town, guest: Guest, state: str) -> bool:
    await place.served.server.node._queue.sweep()
    return await state_of(place, guest) == state
