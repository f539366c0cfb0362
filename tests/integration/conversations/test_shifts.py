"""When a shift ends, what it leaves, and what is forgotten of it: on each engine."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from app.companion.keys import StaffKey
from app.conversations import tables
from app.conversations.availability import store as shifts
from app.conversations.availability.rules import BUFFER, FORGOTTEN, ShiftState
from app.conversations.ids import RoomId
from app.conversations.purge import purge
from app.conversations.queue import offer_store, rules
from app.conversations.queue.service import SealBack
from app.conversations.rooms import service as rooms
from app.conversations.rooms.rules import State
from tests.builders import Guest, Stage, another_node, narrowed, opened, rows, talking, ticket, view


async def say(stage: Stage, peer: StaffKey, state: ShiftState, **more: Any) -> None:
    await stage.queue.offering.say(stage.staff(peer), state, **more)


async def kept(stage: Stage, peer: StaffKey) -> Any:
    """The row of this peer's shift as it lies in the store, None for none."""
    async with stage.db.read() as tx:
        found = await tx.connection.execute(
            select(tables.availability).where(tables.availability.c.kid == peer.kid)
        )
        return found.one_or_none()


async def offer_to(stage: Stage, peer: StaffKey) -> RoomId | None:
    async with stage.db.read() as tx:
        offered = (await stage.queue.offering.standing(tx, [peer.kid]))[peer.kid].offered
    return None if offered is None else offered.row.room


async def later(stage: Stage, seconds: int, *guests: Guest) -> None:
    """Time passes with these pages, Mara's and Sol's open, and nodes sweep."""
    stage.clock.advance(seconds)
    await stage.queue.offering.seen([stage.cast.mara.kid, stage.cast.sol.kid])
    await stage.queue.seen([guest.room for guest in guests])
    await stage.queue.sweep()


# The quiet minutes


async def test_a_room_that_ends_while_its_peer_is_off_is_followed_by_quiet_minutes_too(stage: Stage) -> None:
    mara = stage.cast.mara
    guest = await opened(stage)
    await talking(stage, guest, mara)
    await say(stage, mara, ShiftState.OFF)
    await stage.queue.sweep()
    await purge(stage.db, stage.clock, 90)
    await rooms.rest(stage.house, guest.caller)
    assert (await kept(stage, mara)).buffer_until == stage.now + BUFFER
    next_one = await opened(stage)
    await say(stage, mara, ShiftState.ON)
    await stage.queue.sweep()
    assert await offer_to(stage, mara) is None
    await later(stage, BUFFER, next_one)
    assert await offer_to(stage, mara) == next_one.room


async def test_a_peer_who_goes_off_while_a_client_decides_has_quiet_minutes_after_that_talk(
    stage: Stage,
) -> None:
    mara = stage.cast.mara
    guest = await opened(stage)
    await stage.queue.claim(stage.staff(mara), guest.room)
    await say(stage, mara, ShiftState.OFF)
    await stage.queue.sweep()
    await stage.queue.meet(guest.caller, mara.kid, accept=True)
    await stage.queue.sweep()
    await narrowed(stage, guest, mara)
    await stage.queue.sweep()
    await rooms.close(stage.house, guest.caller)
    assert (await kept(stage, mara)).buffer_until == stage.now + BUFFER


async def test_who_is_off_without_a_room_leaves_nothing(stage: Stage) -> None:
    mara = stage.cast.mara
    guest = await opened(stage)
    await talking(stage, guest, mara)
    await say(stage, mara, ShiftState.OFF)
    await rooms.rest(stage.house, guest.caller)
    await later(stage, BUFFER - 1)
    assert (await kept(stage, mara)).state == ShiftState.OFF
    await later(stage, 1)
    assert await kept(stage, mara) is None


async def test_when_a_talk_ended_is_forgotten_with_the_quiet_minutes_also_while_the_shift_goes_on(
    stage: Stage,
) -> None:
    mara = stage.cast.mara
    guest = await opened(stage)
    await talking(stage, guest, mara)
    await rooms.rest(stage.house, guest.caller)
    await later(stage, BUFFER - 1)
    assert (await kept(stage, mara)).buffer_until == stage.now + 1
    await later(stage, 1)
    row = await kept(stage, mara)
    assert (row.state, row.buffer_until) == (ShiftState.ON, None)


# The end of a shift


async def test_who_finishes_with_nobody_is_off_at_once(stage: Stage) -> None:
    mara, sol = stage.cast.mara, stage.cast.sol
    guest = await opened(stage)
    await talking(stage, guest, mara)
    for peer in (mara, sol):
        await say(stage, peer, ShiftState.FINISHING)
    assert (await kept(stage, mara)).state == ShiftState.FINISHING
    assert (await kept(stage, sol)).state == ShiftState.OFF


async def _refused(stage: Stage, guest: Guest) -> None:
    await stage.queue.meet(guest.caller, stage.cast.mara.kid, accept=False)


async def _given_up(stage: Stage, guest: Guest) -> None:
    await stage.queue.release(stage.staff(stage.cast.mara), guest.room, None)


async def _left_before_the_key(stage: Stage, guest: Guest) -> None:
    await stage.queue.meet(guest.caller, stage.cast.mara.kid, accept=True)
    await _given_up(stage, guest)


async def _closed(stage: Stage, guest: Guest) -> None:
    await rooms.close(stage.house, guest.caller)


async def _ran_out(stage: Stage, guest: Guest) -> None:
    await later(stage, rules.ANSWER + 1, guest)


NO_TALK = [_refused, _given_up, _left_before_the_key, _closed, _ran_out]


@pytest.mark.parametrize("end", NO_TALK, ids=lambda end: end.__name__.strip("_"))
async def test_who_finishes_is_off_also_when_the_last_meeting_comes_to_nothing(
    stage: Stage, end: Any
) -> None:
    mara = stage.cast.mara
    guest = await opened(stage)
    await stage.queue.claim(stage.staff(mara), guest.room)
    await say(stage, mara, ShiftState.FINISHING)
    await stage.queue.sweep()
    assert (await kept(stage, mara)).state == ShiftState.FINISHING
    await end(stage, guest)
    await stage.queue.sweep()
    assert await kept(stage, mara) is None


async def test_an_hour_after_the_last_sign_of_the_page_it_is_forgotten_and_the_shift_with_it(
    stage: Stage,
) -> None:
    mara, sol = stage.cast.mara, stage.cast.sol
    guest = await opened(stage)
    await talking(stage, guest, mara)
    stage.clock.advance(FORGOTTEN)
    await stage.queue.sweep()
    assert (await kept(stage, mara)).seen_at == stage.now - FORGOTTEN == (await kept(stage, sol)).seen_at
    stage.clock.advance(1)
    await stage.queue.sweep()
    assert await kept(stage, sol) is None
    # For who still has a room nothing stays but that: quiet minutes come after it.
    row = await kept(stage, mara)
    assert (row.state, row.seen_at, row.met_quarter) == (ShiftState.OFF, 0, None)
    await rooms.rest(stage.house, guest.caller)
    assert (await kept(stage, mara)).buffer_until == stage.now + BUFFER


@pytest.mark.parametrize("engine_url", [pytest.param("postgresql", marks=pytest.mark.engines)], indirect=True)
async def test_whoever_forgets_and_whoever_ends_a_talk_never_wait_for_each_other(
    stage: Stage, engine_url: str
) -> None:
    mara = stage.cast.mara
    guest = await opened(stage)
    await talking(stage, guest, mara)
    await rooms.rest(stage.house, guest.caller)
    await say(stage, mara, ShiftState.OFF)
    waiting = await opened(stage)
    async with stage.db.write() as tx:
        await offer_store.pass_over(tx, waiting.room, mara.kid, stage.now + 1)
    stage.clock.advance(BUFFER)
    async with another_node(engine_url, stage.cast, stage.signing, stage.clock) as node:
        async with stage.db.write() as tx:
            # As at the end of a talk: the shift first, then what was offered and passed.
            await shifts.lock(tx, mara.kid)
            async with asyncio.timeout(30):
                await node.queue.sweep()
            await offer_store.forget(tx, [mara.kid])
        assert await kept(stage, mara) is not None
        await node.queue.sweep()
    assert await kept(stage, mara) is None


# Somebody else, and the same one again


async def test_a_peer_who_was_refused_and_is_then_asked_for_by_name_may_meet_them(stage: Stage) -> None:
    mara, sol = stage.cast.mara, stage.cast.sol
    guest = await opened(stage, ticket("es"))
    for peer in (mara, sol):
        await stage.queue.claim(stage.staff(peer), guest.room)
        await stage.queue.meet(guest.caller, peer.kid, accept=False)
    await stage.queue.set_ticket(guest.caller, ticket("es", back=mara.kid))
    await stage.queue.sweep()
    assert (await offer_to(stage, mara), await offer_to(stage, sol)) == (guest.room, None)
    await stage.queue.claim(stage.staff(mara), guest.room)
    # A no to whom one asked for stays a no, whatever else of the wish changes.
    await stage.queue.meet(guest.caller, mara.kid, accept=False)
    for wish in (ticket("es", back=mara.kid, topics=("grief",)), ticket("es", back=None)):
        await stage.queue.set_ticket(guest.caller, wish)
        await stage.queue.sweep()
        assert await offer_to(stage, mara) is None
    await stage.queue.set_ticket(guest.caller, ticket("es", back=mara.kid))
    await stage.queue.sweep()
    assert await offer_to(stage, mara) == guest.room


async def test_a_room_that_a_peer_puts_back_in_line_goes_to_somebody_else(stage: Stage) -> None:
    mara, sol, team = stage.cast.mara, stage.cast.sol, stage.cast.peer_team
    await say(stage, sol, ShiftState.OFF)
    guest = await opened(stage, ticket("es", note=True), words=True)
    stage.clock.advance(rules.HERE + 1)
    await stage.queue.offering.seen([mara.kid])
    await stage.queue.claim(stage.staff(mara), guest.room)
    await narrowed(stage, guest, mara)
    back = SealBack(team.kid, guest.seal(team.pub, "team-peer", stage.signed), guest.epoch, "es")
    assert await stage.queue.release(stage.staff(mara), guest.room, back) is State.WAITING
    await say(stage, mara, ShiftState.ON, ready=True)
    assert await offer_to(stage, mara) is None
    [passed] = await rows(stage, tables.passes, guest.room)
    assert (passed.kid, passed.until) == (mara.kid, stage.now + rules.PASSED)
    await say(stage, sol, ShiftState.ON)
    assert await offer_to(stage, sol) == guest.room
    assert (await view(stage, guest.caller, guest.room)).state is State.WAITING
