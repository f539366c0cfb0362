"""Who is on, who is offered to them, and what ends an offer: on each engine, from several nodes."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from app.companion.keys import StaffKey
from app.conversations import tables
from app.conversations.availability.rules import BUFFER, FORGOTTEN, HERE, QUARTER, Shift, ShiftState
from app.conversations.errors import Closed, SlowDown, Unknown
from app.conversations.ids import Kid, RoomId
from app.conversations.moderation.rules import Act
from app.conversations.purge import purge
from app.conversations.queue import offer_store, rules
from app.conversations.queue.directory import publish
from app.conversations.queue.offering import Standing
from app.conversations.queue.outlook import KEPT
from app.conversations.queue.rules import OFFERED, OUTAGE, PASSED, Why
from app.conversations.queue.service import Wait
from app.conversations.rooms import service as rooms
from app.conversations.rooms.rules import State
from app.conversations.service.rules import Change
from app.kit.errors import Refusal, Unavailable
from tests.builders import (
    NOW,
    Guest,
    Stage,
    another_node,
    listed,
    meeting,
    narrowed,
    new_guest,
    on_shift,
    open_again,
    opened,
    opening,
    rekeyed,
    rows,
    talking,
    ticket,
    view,
)
from tests.cast import without
from tests.flagging import decided, flagged


@asynccontextmanager
async def mara_alone(stage: Stage) -> AsyncIterator[StaffKey]:
    """Sol is off."""
    await say(stage, stage.cast.sol, ShiftState.OFF)
    yield stage.cast.mara


async def say(stage: Stage, peer: StaffKey, state: ShiftState, limit: int | None = None, **more: Any) -> None:
    await stage.queue.offering.say(stage.staff(peer), state, limit, **more)


async def standing(stage: Stage, peer: StaffKey) -> Standing:
    async with stage.db.read() as tx:
        return (await stage.queue.offering.standing(tx, [peer.kid]))[peer.kid]


async def offer_to(stage: Stage, peer: StaffKey) -> RoomId | None:
    """Whose room this peer is offered."""
    offered = (await standing(stage, peer)).offered
    return None if offered is None else offered.row.room


async def shift_of(stage: Stage, peer: StaffKey) -> Shift:
    shift = (await standing(stage, peer)).shift
    assert shift is not None
    return shift


async def keep_open(stage: Stage, *guests: Guest) -> None:
    """Everybody's page is still there."""
    await stage.queue.offering.seen([stage.cast.mara.kid, stage.cast.sol.kid])
    if guests:
        await stage.queue.seen([guest.room for guest in guests])


async def later(stage: Stage, seconds: int, *guests: Guest) -> None:
    """Time passes with all pages open and nodes sweeping."""
    stage.clock.advance(seconds)
    await keep_open(stage, *guests)
    await stage.queue.sweep()


# Offers


async def test_who_waits_is_offered_to_a_free_peer_with_what_they_share(stage: Stage) -> None:
    mara = stage.cast.mara
    before = stage.cast.directory(NOW, serial=2)
    profile = replace(before.staff[0].profile, topics=("grief", "faith"), lived=("money",))
    staff = (replace(before.staff[0], profile=profile), *before.staff[1:])
    await publish(stage.house, stage.cast.sign(replace(before, staff=staff)))
    wish = ticket("en-US", urgent=True, topics=("faith", "health"), lived=("money",), back=mara.kid)
    guest = await opened(stage, wish)
    stage.clock.advance(61)
    await stage.queue.sweep()
    offered = (await standing(stage, mara)).offered
    assert offered is not None
    row, fits = offered.row, offered.fits
    assert (row.room, row.language, row.urgent, row.back, row.here) == (
        guest.room, "en-US", True, True, True,
    )  # fmt: skip
    assert (row.topics, row.lived, row.minutes) == (("faith", "health"), ("money",), 1)
    assert (fits.language, fits.topics, fits.lived, fits.asked) == (True, ("faith",), ("money",), True)
    assert (await standing(stage, stage.cast.sol)).offered is None


async def test_an_offer_reserves_nothing_and_a_claim_consumes_it(stage: Stage) -> None:
    guest = await opened(stage)
    await stage.queue.sweep()
    assert await offer_to(stage, stage.cast.mara) == guest.room
    # The list stays: another peer may pick who is offered to the first.
    await stage.queue.claim(stage.staff(stage.cast.sol), guest.room)
    assert await offer_to(stage, stage.cast.mara) is None
    assert await rows(stage, tables.offers, guest.room) == []
    with pytest.raises(Unknown):
        await stage.queue.claim(stage.staff(stage.cast.mara), guest.room)


async def test_who_picks_somebody_from_the_list_loses_the_offer_to_others(stage: Stage) -> None:
    async with mara_alone(stage) as mara:
        first, second = await opened(stage), await opened(stage)
        await stage.queue.sweep()
        [offered] = {await offer_to(stage, mara)}
        other = second if offered == first.room else first
        await stage.queue.claim(stage.staff(mara), other.room)
        assert await offer_to(stage, mara) is None
        # Nobody new while somebody has not answered them.
        await stage.queue.sweep()
        assert await offer_to(stage, mara) is None
        await stage.queue.meet(other.caller, mara.kid, accept=True)
        await stage.queue.sweep()
        assert await offer_to(stage, mara) == offered


async def test_of_an_offer_and_a_claim_at_once_from_two_nodes_one_meets(
    stage: Stage, engine_url: str
) -> None:
    async with another_node(engine_url, stage.cast, stage.signing, stage.clock) as node:
        await node.house.admission.refresh()
        for _ in range(8):
            guest = await opened(stage)
            answers = await asyncio.gather(
                stage.queue.claim(stage.staff(stage.cast.mara, limit=20), guest.room),
                node.queue.claim(node.staff(stage.cast.sol, limit=20), guest.room),
                stage.queue.sweep(),
                node.queue.sweep(),
                stage.queue.offering.match(),
                node.queue.offering.match(),
                return_exceptions=True,
            )
            claims = answers[:2]
            assert [isinstance(each, Unknown) for each in claims].count(True) == 1
            assert not [a for a in answers if isinstance(a, BaseException) and not isinstance(a, Unknown)]
            assert len(await rows(stage, tables.meetings, guest.room)) == 1
            # An offer that was made in that very moment is not shown, and goes with the next look.
            for peer in (stage.cast.mara, stage.cast.sol):
                assert await offer_to(node, peer) != guest.room
            await node.queue.sweep()
            assert await rows(stage, tables.offers, guest.room) == []
            await rooms.close(stage.house, guest.caller)


async def test_many_nodes_that_match_at_once_give_nobody_and_no_peer_away_twice(
    stage: Stage, engine_url: str
) -> None:
    guests = [await opened(stage, ticket("es")) for _ in range(5)]
    async with another_node(engine_url, stage.cast, stage.signing, stage.clock) as node:
        await node.house.admission.refresh()
        await asyncio.gather(*(each.queue.offering.match() for each in (stage, node) * 4))
    made = [row for guest in guests for row in await rows(stage, tables.offers, guest.room)]
    assert len(made) == 2
    assert len({row.kid for row in made}) == len({row.room for row in made}) == 2


async def test_an_offer_that_is_not_taken_moves_on_after_a_minute(stage: Stage) -> None:
    guest = await opened(stage)
    await stage.queue.sweep()
    await later(stage, OFFERED, guest)
    assert await offer_to(stage, stage.cast.mara) == guest.room
    await later(stage, 1, guest)
    assert await offer_to(stage, stage.cast.mara) is None
    assert await offer_to(stage, stage.cast.sol) is None  # Sol speaks Spanish alone, by the directory.
    for _ in range(PASSED // 60):
        assert await offer_to(stage, stage.cast.mara) is None
        await later(stage, 60, guest)
    assert await offer_to(stage, stage.cast.mara) == guest.room


async def test_an_offer_whose_end_nobody_saw_starts_anew(stage: Stage) -> None:
    guest = await opened(stage)
    await stage.queue.sweep()
    await later(stage, OFFERED + OUTAGE + 1, guest)
    assert await offer_to(stage, stage.cast.mara) == guest.room
    [row] = await rows(stage, tables.offers, guest.room)
    assert row.deadline == stage.now + OFFERED


async def test_passing_lets_them_go_to_another_and_leaves_nothing_after_some_minutes(stage: Stage) -> None:
    guest = await opened(stage, ticket("es"))
    await stage.queue.sweep()
    first = stage.cast.mara if await offer_to(stage, stage.cast.mara) else stage.cast.sol
    second = stage.cast.sol if first is stage.cast.mara else stage.cast.mara
    await stage.queue.offering.pass_on(stage.staff(first), guest.room)
    # Quietly, and at once.
    assert await offer_to(stage, first) is None
    assert await offer_to(stage, second) == guest.room
    await stage.queue.offering.pass_on(stage.staff(first), guest.room)
    # Who passed may still pick them.
    assert guest.room in await listed(stage, first)
    [kept] = await rows(stage, tables.passes, guest.room)
    assert (kept.kid, kept.until) == (first.kid, stage.now + PASSED)
    await later(stage, PASSED, guest)
    assert [row.kid for row in await rows(stage, tables.passes, guest.room)] in ([], [second.kid])
    async with stage.db.read() as tx:
        assert "passed" not in {row.kind for row in await tx.connection.execute(tables.counters.select())}


async def test_what_is_not_offered_cannot_be_passed(stage: Stage) -> None:
    guest, other = await opened(stage), new_guest()
    await stage.queue.sweep()
    for peer, room in ((stage.cast.sol, guest.room), (stage.cast.mara, other.room)):
        with pytest.raises(Unknown):
            await stage.queue.offering.pass_on(stage.staff(peer), room)
    assert await offer_to(stage, stage.cast.mara) == guest.room
    await stage.queue.offering.pass_on(stage.staff(stage.cast.mara), guest.room)


async def test_offers_and_passes_go_with_the_ticket(stage: Stage) -> None:
    async with mara_alone(stage) as mara:
        for end in (rooms.rest, rooms.close, rooms.delete):
            guest = await opened(stage)
            await stage.queue.sweep()
            await stage.queue.offering.pass_on(stage.staff(mara), guest.room)
            assert len(await rows(stage, tables.passes, guest.room)) == 1
            await end(stage.house, guest.caller)
            for table in (tables.offers, tables.passes):
                assert await rows(stage, table, guest.room) == []
        guest = await opened(stage)
        await stage.queue.sweep()
        assert await offer_to(stage, mara) == guest.room
        await rooms.rest(stage.house, guest.caller)
        assert await rows(stage, tables.offers, guest.room) == []


async def test_a_change_of_the_wish_ends_an_offer_that_fits_no_more(stage: Stage) -> None:
    guest = await opened(stage)
    await stage.queue.sweep()
    assert await offer_to(stage, stage.cast.mara) == guest.room
    await stage.queue.set_ticket(guest.caller, ticket("es", refused=(stage.cast.mara.kid,)))
    await stage.queue.sweep()
    assert (await offer_to(stage, stage.cast.mara), await offer_to(stage, stage.cast.sol)) == (
        None,
        guest.room,
    )


async def test_a_meeting_that_came_to_nothing_is_offered_to_others_first(stage: Stage) -> None:
    async with mara_alone(stage) as mara:
        guest = await opened(stage)
        await stage.queue.claim(stage.staff(mara), guest.room)
        await later(stage, rules.ANSWER + 1, guest)
        assert (await view(stage, guest.caller, guest.room)).state is State.WAITING
        await stage.queue.sweep()
        assert await offer_to(stage, mara) is None
        for _ in range(PASSED // 60):
            await later(stage, 60, guest)
        assert await offer_to(stage, mara) == guest.room


async def test_a_refused_peer_and_one_switched_from_are_offered_nothing(stage: Stage) -> None:
    async with mara_alone(stage) as mara:
        refusing, switching, resting = await opened(stage), await opened(stage), await opened(stage)
        await stage.queue.claim(stage.staff(mara), refusing.room)
        await stage.queue.meet(refusing.caller, mara.kid, accept=False)
        await talking(stage, switching, mara)
        await rekeyed(stage, switching, to_team=True, wish=ticket())
        await talking(stage, resting, mara)
        await rooms.rest(stage.house, resting.caller)
        await say(stage, mara, ShiftState.ON, ready=True)
        for _ in range(3):
            await later(stage, 30, refusing, switching)
            assert await offer_to(stage, mara) is None
        # Who ended for now and comes again has not said no to them.
        await rekeyed(stage, resting, to_team=True, wish=ticket())
        await later(stage, 1, resting)
        assert await offer_to(stage, mara) == resting.room


async def test_who_asks_for_the_peer_they_leave_may_meet_them_again(stage: Stage) -> None:
    async with mara_alone(stage) as mara:
        guest = await opened(stage)
        await talking(stage, guest, mara)
        await rekeyed(stage, guest, to_team=True, wish=ticket(back=mara.kid))
        await say(stage, mara, ShiftState.ON, ready=True)
        assert await offer_to(stage, mara) == guest.room


async def test_a_peer_who_left_has_no_shift_no_offer_and_no_pass(stage: Stage) -> None:
    guest, passed = await opened(stage), await opened(stage)
    await stage.queue.sweep()
    mara = stage.cast.mara
    first = await offer_to(stage, mara)
    assert first is not None
    await stage.queue.offering.pass_on(stage.staff(mara), first)
    assert await offer_to(stage, mara) is not None
    await publish(
        stage.house, stage.cast.sign(without(stage.cast.directory(NOW), mara.kid, StaffKey.generate()))
    )
    for room in (guest.room, passed.room):
        for table in (tables.offers, tables.passes):
            assert mara.kid not in {row.kid for row in await rows(stage, table, room)}
    assert (await standing(stage, mara)).shift is None
    with pytest.raises(Unknown):
        await say(stage, mara, ShiftState.ON)


# What a turn costs


@contextmanager
def reads(stage: Stage) -> Iterator[list[str]]:
    """Every statement of this house meanwhile."""
    statements: list[str] = []

    def seen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement.replace("\n", ""))

    # PostgreSQL's two are one engine with different options.
    engines = [stage.db._writer.sync_engine, *([stage.db._reader.sync_engine] if stage.db.is_sqlite else [])]
    for engine in engines:
        event.listen(engine, "after_cursor_execute", seen)
    try:
        yield statements
    finally:
        for engine in engines:
            event.remove(engine, "after_cursor_execute", seen)


async def test_the_line_is_read_only_where_somebody_is_free_without_an_offer(stage: Stage) -> None:
    mara = stage.cast.mara
    await say(stage, stage.cast.sol, ShiftState.OFF)
    talks = await opened(stage)
    await talking(stage, talks, mara)
    await rooms.rest(stage.house, talks.caller)
    await opened(stage), await opened(stage)
    with reads(stage) as statements:
        await stage.queue.offering.match()
    assert not [each for each in statements if "tickets" in each]
    await say(stage, mara, ShiftState.ON, ready=True)
    with reads(stage) as statements:
        await stage.queue.offering.match()
    [only] = [each for each in statements if "tickets" in each]
    assert "tickets.room IN" in only


async def test_somebody_far_behind_in_a_long_line_is_found_for_the_peer_who_may_meet_them(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offer_store, "PAGE", 2)
    mara, sol = stage.cast.mara, stage.cast.sol
    for _ in range(5):
        await opened(stage, ticket(refused=(mara.kid,)))
        stage.clock.advance(1)
    last, spanish = await opened(stage), await opened(stage, ticket("es", refused=(mara.kid,)))
    await stage.queue.sweep()
    assert (await offer_to(stage, mara), await offer_to(stage, sol)) == (last.room, spanish.room)


async def test_only_a_word_that_changes_something_makes_offers_at_once(stage: Stage) -> None:
    async with mara_alone(stage) as mara:
        await say(stage, mara, ShiftState.ON, 2)
        first = await opened(stage)
        await stage.queue.sweep()
        await stage.queue.offering.pass_on(stage.staff(mara), first.room)
        second = await opened(stage)
        await stage.queue.offering.pass_on(stage.staff(mara), first.room)
        await say(stage, mara, ShiftState.ON, 2)
        assert await offer_to(stage, mara) is None
        await say(stage, mara, ShiftState.ON, 1)
        assert await offer_to(stage, mara) == second.room


async def test_what_a_peer_said_holds_also_where_matching_fails(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with mara_alone(stage) as mara:
        guest = await opened(stage)
        await stage.queue.sweep()

        async def away() -> None:
            raise Unavailable

        monkeypatch.setattr(stage.queue.offering, "match", away)
        await stage.queue.offering.pass_on(stage.staff(mara), guest.room)
        assert len(await rows(stage, tables.passes, guest.room)) == 1
        await say(stage, mara, ShiftState.BREAK)
        assert (await shift_of(stage, mara)).state is ShiftState.BREAK
        # A word that is refused is refused all the same.
        with pytest.raises(Unknown):
            await stage.queue.offering.pass_on(stage.staff(mara), new_guest().room)


# Shifts


@pytest.mark.parametrize("state", [ShiftState.FINISHING, ShiftState.BREAK, ShiftState.OFF])
async def test_who_is_not_on_is_offered_nobody_sees_no_list_and_claims_nobody(
    stage: Stage, state: ShiftState
) -> None:
    own, guest = await opened(stage), await opened(stage)
    mara = stage.staff(stage.cast.mara)
    await stage.queue.claim(mara, own.room)
    await say(stage, stage.cast.mara, state)
    await stage.queue.sweep()
    assert await offer_to(stage, stage.cast.mara) is None
    assert await listed(stage, stage.cast.mara) == []
    with pytest.raises(Closed):
        await stage.queue.claim(mara, guest.room)
    # How their own meeting stands they may ask all the same, and it goes on.
    assert (await stage.queue.claim(mara, own.room)).state is State.MEETING
    await stage.queue.meet(own.caller, mara.kid, accept=True)
    await narrowed(stage, own, stage.cast.mara)
    await say(stage, stage.cast.mara, ShiftState.ON)
    assert await offer_to(stage, stage.cast.mara) == guest.room
    assert await listed(stage, stage.cast.mara) == [guest.room]
    assert (await stage.queue.claim(mara, guest.room)).state is State.MEETING


async def test_whoever_never_said_that_they_are_on_is_not(stage: Stage) -> None:
    newcomer = StaffKey.generate()
    with pytest.raises(Unknown):
        await say(stage, newcomer, ShiftState.ON)
    before = stage.cast.directory(NOW, serial=2)
    added = replace(before.staff[0], kid=newcomer.kid, pub=newcomer.pub)
    peers = replace(before.teams["peer"], members=(*before.teams["peer"].members, newcomer.kid))
    after = replace(before, staff=(*before.staff, added), teams={**before.teams, "peer": peers})
    await publish(stage.house, stage.cast.sign(after))
    guest = await opened(stage)
    with pytest.raises(Closed):
        await stage.queue.claim(stage.staff(newcomer), guest.room)


async def test_somebody_who_is_not_a_peer_is_never_on(stage: Stage) -> None:
    for key, role in ((stage.cast.moderator, "moderator"), (stage.cast.coordinator, "coordinator")):
        caller = stage.house.admission.staff(stage.token(key, role))
        with pytest.raises(Unknown):
            await stage.queue.offering.say(caller, ShiftState.ON)
        with pytest.raises(Unknown):
            await stage.queue.offering.pass_on(caller, RoomId(bytes(16)))


async def test_going_off_lets_the_offer_go_without_a_pass(stage: Stage) -> None:
    guest = await opened(stage, ticket("es"))
    await stage.queue.sweep()
    first = stage.cast.mara if await offer_to(stage, stage.cast.mara) else stage.cast.sol
    second = stage.cast.sol if first is stage.cast.mara else stage.cast.mara
    await say(stage, first, ShiftState.BREAK)
    assert await offer_to(stage, second) == guest.room
    assert await rows(stage, tables.passes, guest.room) == []


async def test_a_peer_whose_page_is_shut_is_offered_nobody(stage: Stage) -> None:
    async with mara_alone(stage) as mara:
        stage.clock.advance(HERE)
        guest = await opened(stage)
        await stage.queue.sweep()
        assert await offer_to(stage, mara) == guest.room
        stage.clock.advance(1)
        await stage.queue.sweep()
        assert await offer_to(stage, mara) is None
        assert await rows(stage, tables.passes, guest.room) == []
        await keep_open(stage, guest)
        await stage.queue.sweep()
        assert await offer_to(stage, mara) == guest.room


async def test_the_limit_is_the_lower_of_the_peers_own_and_the_passs(stage: Stage) -> None:
    async with mara_alone(stage) as mara:
        await say(stage, mara, ShiftState.ON, 3)
        assert (await shift_of(stage, mara)).room_limit == 2
        await say(stage, mara, ShiftState.ON, 1)
        await say(stage, mara, ShiftState.ON)
        assert (await shift_of(stage, mara)).room_limit == 1
        first, second = await opened(stage), await opened(stage)
        await talking(stage, first, mara)
        await stage.queue.sweep()
        assert await offer_to(stage, mara) is None
        with pytest.raises(SlowDown):
            await stage.queue.claim(stage.staff(mara), second.room)
        await say(stage, mara, ShiftState.ON, 2)
        assert await offer_to(stage, mara) == second.room
        await stage.queue.claim(stage.staff(mara), second.room)


# The end of a room


async def _released(stage: Stage, guest: Guest) -> None:
    await stage.queue.release(stage.staff(stage.cast.mara), guest.room, None)


async def _rested(stage: Stage, guest: Guest) -> None:
    await rooms.rest(stage.house, guest.caller)


async def _closed(stage: Stage, guest: Guest) -> None:
    await rooms.close(stage.house, guest.caller)


async def _deleted(stage: Stage, guest: Guest) -> None:
    await rooms.delete(stage.house, guest.caller)


async def _switched(stage: Stage, guest: Guest) -> None:
    await rekeyed(stage, guest, to_team=True, wish=ticket())


async def _ended_by_a_moderator(stage: Stage, guest: Guest) -> None:
    await decided(stage, await flagged(stage, guest), Act.CLOSE)


ENDS = [_released, _rested, _closed, _deleted, _switched, _ended_by_a_moderator]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__.strip("_"))
async def test_after_each_room_that_ends_offers_stop_until_the_peer_or_ten_minutes_end_it(
    stage: Stage, end: Any
) -> None:
    async with mara_alone(stage) as mara:
        guest = await opened(stage)
        await talking(stage, guest, mara)
        assert (await shift_of(stage, mara)).buffer_until is None
        await end(stage, guest)
        assert (await shift_of(stage, mara)).buffer_until == stage.now + BUFFER
        next_one = await opened(stage)
        await stage.queue.sweep()
        assert await offer_to(stage, mara) is None
        # Neither saying "on" again nor going off and on ends it; only their own word does.
        await say(stage, mara, ShiftState.OFF)
        await stage.queue.sweep()
        await say(stage, mara, ShiftState.ON)
        await later(stage, BUFFER - 1, next_one)
        assert await offer_to(stage, mara) is None
        await later(stage, 1, next_one)
        assert await offer_to(stage, mara) == next_one.room


async def test_the_peers_own_word_ends_the_quiet_minutes(stage: Stage) -> None:
    async with mara_alone(stage) as mara:
        guest = await opened(stage)
        await talking(stage, guest, mara)
        await rooms.rest(stage.house, guest.caller)
        next_one = await opened(stage)
        await say(stage, mara, ShiftState.ON, ready=True)
        assert (await shift_of(stage, mara)).buffer_until is None
        assert await offer_to(stage, mara) == next_one.room


async def test_who_meets_nobody_needs_no_quiet_minutes(stage: Stage) -> None:
    async with mara_alone(stage) as mara:
        for end in ("refused", "given up", "left before the key"):
            guest = await opened(stage)
            await stage.queue.claim(stage.staff(mara), guest.room)
            if end == "refused":
                await stage.queue.meet(guest.caller, mara.kid, accept=False)
            elif end == "given up":
                await stage.queue.release(stage.staff(mara), guest.room, None)
            else:
                await stage.queue.meet(guest.caller, mara.kid, accept=True)
            await rooms.close(stage.house, guest.caller)
            assert (await shift_of(stage, mara)).buffer_until is None


async def test_a_peer_who_finishes_is_off_when_the_last_room_ends(stage: Stage) -> None:
    mara = stage.cast.mara
    guests = [await opened(stage) for _ in range(2)]
    for guest in guests:
        await talking(stage, guest, mara)
    await say(stage, mara, ShiftState.FINISHING)
    await rooms.rest(stage.house, guests[0].caller)
    assert (await shift_of(stage, mara)).state is ShiftState.FINISHING
    await rooms.close(stage.house, guests[1].caller)
    assert (await shift_of(stage, mara)).state is ShiftState.OFF
    # Known only until the quiet minutes are over.
    await later(stage, BUFFER)
    assert (await standing(stage, mara)).shift is None


async def test_a_shift_says_only_the_quarter_hour_of_a_talk_and_the_purge_forgets_it_too(
    stage: Stage,
) -> None:
    mara = stage.cast.mara
    guest = await opened(stage)
    await talking(stage, guest, mara)
    assert (await shift_of(stage, mara)).met_quarter == stage.now // QUARTER
    await rooms.rest(stage.house, guest.caller)
    stage.clock.advance(FORGOTTEN)
    await stage.queue.sweep()
    await shift_of(stage, mara)
    stage.clock.advance(1)
    await purge(stage.db, stage.clock, 90)
    assert (await standing(stage, mara)).shift is None


# What clients are told


async def waits(stage: Stage, guest: Guest) -> Wait:
    async with stage.db.read() as tx:
        wait = await stage.queue.wait_of(tx, guest.room)
    assert wait is not None
    return wait


async def test_a_wait_says_why_it_may_be_long(stage: Stage) -> None:
    mara, sol = stage.cast.mara, stage.cast.sol
    english, french = await opened(stage), await opened(stage, ticket("fr"))
    assert ((await waits(stage, english)).why, (await waits(stage, french)).why) == (None, Why.LANGUAGE)
    await say(stage, mara, ShiftState.BREAK)
    assert (await waits(stage, english)).why is Why.LANGUAGE
    await say(stage, sol, ShiftState.FINISHING)
    assert {(await waits(stage, guest)).why for guest in (english, french)} == {Why.NOBODY}
    await say(stage, mara, ShiftState.ON)
    assert (await waits(stage, english)).why is None
    # Somebody they said no to is nobody they wait for.
    refusing = await opened(stage, ticket(refused=(mara.kid,)))
    assert (await waits(stage, refusing)).why is Why.NOBODY
    stage.clock.advance(HERE + 1)
    assert (await waits(stage, english)).why is Why.NOBODY


async def test_a_wait_longer_than_most_says_over_how_many_minutes(stage: Stage) -> None:
    guest = await opened(stage)
    async with stage.db.write() as tx:
        for number in range(11):
            row = {"id": bytes([number]) * 16, "language": "en", "quarter": 1, "minutes": 3}
            await tx.connection.execute(tables.samples.insert().values(**row, expires_at=stage.now + 7_200))
    high = (await waits(stage, guest)).high
    assert high is not None
    await later(stage, 60 * high, guest)
    assert (await waits(stage, guest)).why is None
    await later(stage, 60, guest)
    told = await waits(stage, guest)
    assert (told.why, told.over, told.high) == (Why.LONG, high, high)


async def test_outside_its_hours_a_service_says_so_and_takes_everybody(stage: Stage) -> None:
    # NOW is a Saturday evening in Chicago.
    hours = {"zone": "America/Chicago", "weekly": {"en": [["mon", "17:00", "23:00"]]}}
    silent, noted = await opened(stage), await opened(stage, ticket("en-GB", note=True), words=True)
    change = Change({"hours": json.dumps(hours)}, "winter")
    await stage.house.service.change(stage.staff(stage.cast.coordinator, role="coordinator"), change)
    # A peer who is on all the same can be met, so it is not closed for whom they understand.
    assert (await waits(stage, silent)).why is None
    for peer in (stage.cast.mara, stage.cast.sol):
        await say(stage, peer, ShiftState.OFF)
    # Another process hears of it within seconds.
    stage.clock.advance(KEPT)
    for guest in (silent, noted):
        told = await waits(stage, guest)
        assert (told.why, told.opens) == (Why.CLOSED, 1_795_474_800)
    async with stage.db.read() as tx:
        assert (await stage.queue.outlook(tx)).hours["en"].opens == 1_795_474_800


async def test_everybody_who_waits_is_told_from_one_look_that_is_seconds_old_at_most(stage: Stage) -> None:
    guests = [await opened(stage) for _ in range(3)]
    with reads(stage) as statements:
        assert [(await waits(stage, guest)).ahead for guest in guests].count(0) == 1
    # The first look, and for each their own ticket.
    once = [each for each in statements if "WHERE tickets.room = " not in each]
    assert len(statements) - len(once) == len(guests)
    assert (
        sum("FROM samples" in each for each in once) == sum("FROM availability" in each for each in once) == 1
    )
    async with stage.db.read() as tx:
        before = await stage.queue.outlook(tx)
        stage.clock.advance(KEPT - 1)
        assert await stage.queue.outlook(tx) is before
        stage.clock.advance(1)
        assert await stage.queue.outlook(tx) is not before


async def test_who_came_a_moment_ago_is_told_their_own_place(stage: Stage) -> None:
    first = await opened(stage)
    assert (await waits(stage, first)).ahead == 0
    stage.clock.advance(1)
    second = await opened(stage)
    assert (await waits(stage, second)).ahead == 1


async def test_a_note_that_waited_an_hour_is_ahead_of_who_came_later_and_a_fresh_one_is_not(
    stage: Stage,
) -> None:
    await opened(stage, ticket(note=True), words=True)
    stage.clock.advance(rules.LONG_NOTE - 1)
    guest = await opened(stage)
    assert (await waits(stage, guest)).ahead == 0
    await later(stage, KEPT, guest)
    assert (await waits(stage, guest)).ahead == 1


async def test_the_languages_of_those_who_are_on_are_known_to_all(stage: Stage) -> None:
    async def languages() -> list[str]:
        async with stage.db.read() as tx:
            return (await stage.queue.outlook(tx)).languages

    assert await languages() == ["en", "es"]
    await say(stage, stage.cast.mara, ShiftState.FINISHING)
    assert await languages() == ["es"]
    await say(stage, stage.cast.sol, ShiftState.OFF)
    assert await languages() == []


async def test_a_client_sees_whether_the_peer_who_left_could_meet_them_again(stage: Stage) -> None:
    mara = stage.cast.mara
    guest = await opened(stage)
    await talking(stage, guest, mara)

    async def on(kid: Kid) -> bool | None:
        seats = (await view(stage, guest.caller, guest.room)).seats
        return next(seat.on for seat in seats if seat.kid == kid)

    assert await on(mara.kid) is None
    await rooms.rest(stage.house, guest.caller)
    assert await on(mara.kid) is False  # in their quiet minutes
    await say(stage, mara, ShiftState.ON, ready=True)
    assert await on(mara.kid) is True
    await say(stage, mara, ShiftState.BREAK)
    assert await on(mara.kid) is False


async def test_a_full_desk_is_no_free_peer_for_who_asks_again(stage: Stage) -> None:
    mara = stage.cast.mara
    await say(stage, mara, ShiftState.ON, 1)
    guest = await opened(stage)
    await talking(stage, guest, mara)
    await rooms.rest(stage.house, guest.caller)
    await say(stage, mara, ShiftState.ON, ready=True)
    other = await opened(stage)
    await meeting(stage, other, mara)
    seats = (await view(stage, guest.caller, guest.room)).seats
    assert [seat.on for seat in seats if seat.kid == mara.kid] == [False]


async def test_a_claim_is_a_refusal_or_a_meeting_however_often_it_comes_with_passes(
    stage: Stage, engine_url: str
) -> None:
    guest = await opened(stage, ticket("es"))
    await stage.queue.sweep()
    async with another_node(engine_url, stage.cast, stage.signing, stage.clock) as node:
        await node.house.admission.refresh()
        mara, sol = stage.staff(stage.cast.mara), node.staff(stage.cast.sol)
        answers = await asyncio.gather(
            stage.queue.offering.pass_on(mara, guest.room),
            node.queue.claim(sol, guest.room),
            node.queue.offering.say(sol, ShiftState.FINISHING),
            stage.queue.claim(mara, guest.room),
            stage.queue.sweep(),
            return_exceptions=True,
        )
    assert not [a for a in answers if isinstance(a, BaseException) and not isinstance(a, Refusal)]
    assert "Unavailable" not in {type(answer).__name__ for answer in answers}
    assert len(await rows(stage, tables.meetings, guest.room)) <= 1


async def test_a_repeated_opening_makes_no_second_offer(stage: Stage) -> None:
    guest = new_guest()
    wish = opening(stage, guest)
    await open_again(stage, wish)
    await stage.queue.sweep()
    await open_again(stage, wish)
    await stage.queue.sweep()
    assert len(await rows(stage, tables.offers, guest.room)) == 1
    await on_shift(stage, stage.cast.sol)
    assert len(await rows(stage, tables.offers, guest.room)) == 1
