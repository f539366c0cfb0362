"""A new epoch: who may read on, and how a room gets back in line."""

import asyncio
from dataclasses import replace

import pytest

from app.companion.keys import StaffKey
from app.companion.seals import open_room as open_seal
from app.conversations import tables
from app.conversations.errors import (
    Closed,
    DirExpired,
    GapSender,
    Malformed,
    NConflict,
    QueueFull,
    SealFormat,
    StaleEpoch,
    Unknown,
)
from app.conversations.ids import CLIENT_SEAT
from app.conversations.messages.rules import Envelope
from app.conversations.messages.store import append
from app.conversations.queue.opening import rekey
from app.conversations.queue.service import SealBack
from app.conversations.rooms import service as rooms
from app.conversations.rooms import store as rooms_store
from app.conversations.rooms.rules import State
from app.conversations.rooms.store import SEAT_PEER, Sealed
from app.wire.directory import LIFETIME, SLACK
from tests.builders import (
    Guest,
    Stage,
    listed,
    meeting,
    narrowed,
    opened,
    rekeyed,
    rekeying,
    rows,
    stage_on,
    talking,
    ticket,
    view,
)


async def said(stage: Stage, guest: Guest) -> None:
    frame = guest.next_frame()
    async with stage.db.write() as tx:
        await append(tx, Envelope(frame.room, CLIENT_SEAT, frame.ke, frame.n, frame.com, frame.ct))


async def test_a_waiting_room_takes_a_new_key_and_keeps_its_place(stage: Stage) -> None:
    guest = await opened(stage, ticket(urgent=True), words=True)
    [before] = await rows(stage, tables.tickets, guest.room)
    stage.clock.advance(100)
    done = await rekeyed(stage, guest, to_team=True)
    assert (done.state, done.ke, done.seq) == (State.WAITING, 2, 2)
    [place] = await rows(stage, tables.tickets, guest.room)
    assert (place.urgent, place.waiting_since) == (True, before.waiting_since)
    [seal] = await rows(stage, tables.seals, guest.room)
    assert open_seal(stage.cast.peer_team, "team-peer", guest.room, 2, seal.sealed).keys == guest.keys
    assert [item.ke for item in stage.heard.items] == [1, 1]


async def test_a_talk_goes_on_under_a_new_key_with_those_the_client_keeps(stage: Stage) -> None:
    guest = await opened(stage)
    await talking(stage, guest, stage.cast.mara)
    done = await rekeyed(stage, guest, to=[stage.cast.mara])
    assert (done.state, done.ke) == (State.TALKING, 2)
    seen = await view(stage, stage.staff(stage.cast.mara), guest.room)
    assert open_seal(stage.cast.mara, "seat-peer", guest.room, 2, seen.seal or b"").keys == guest.keys


async def test_a_seat_without_a_new_seal_is_closed_and_an_empty_talk_rests(stage: Stage) -> None:
    guest = await opened(stage)
    await talking(stage, guest, stage.cast.mara)
    done = await rekeyed(stage, guest)
    assert (done.state, done.ke) == (State.RESTING, 2)
    with pytest.raises(Unknown):
        await view(stage, stage.staff(stage.cast.mara), guest.room)
    assert await rows(stage, tables.seals, guest.room) == []


async def test_a_talk_can_be_taken_to_somebody_else(stage: Stage) -> None:
    guest = await opened(stage)
    await talking(stage, guest, stage.cast.mara)
    wish = ticket(refused=(stage.cast.mara.kid,))
    done = await rekeyed(stage, guest, to_team=True, wish=wish)
    assert done.state is State.WAITING
    assert await listed(stage, stage.cast.mara) == []
    assert await listed(stage, stage.cast.sol) == [guest.room]
    with pytest.raises(Unknown):
        await view(stage, stage.staff(stage.cast.mara), guest.room)
    await talking(stage, guest, stage.cast.sol)


async def test_a_resting_room_comes_back_with_a_ticket_and_a_new_key_alone(stage: Stage) -> None:
    guest = await opened(stage)
    await rooms.rest(stage.house, guest.caller)
    with pytest.raises(Malformed):
        await rekeyed(stage, guest, to_team=True)
    guest.n, guest.keys = 0, {1: guest.keys[1]}
    stage.clock.advance(1_000)
    done = await rekeyed(stage, guest, to_team=True, wish=ticket())
    assert (done.state, done.ke) == (State.WAITING, 2)
    [place] = await rows(stage, tables.tickets, guest.room)
    assert place.waiting_since == stage.now
    await talking(stage, guest, stage.cast.sol)


async def test_no_rekey_in_a_meeting_nor_once_closed(stage: Stage) -> None:
    guest = await opened(stage)
    await stage.queue.claim(stage.staff(stage.cast.mara), guest.room)
    new = rekeying(stage, guest, to_team=True)
    with pytest.raises(Closed):
        await rekey(stage.house, guest.caller, new)
    await stage.queue.meet(guest.caller, stage.cast.mara.kid, accept=False)
    assert (await rekey(stage.house, guest.caller, new)).ke == 2
    await rooms.close(stage.house, guest.caller)
    with pytest.raises(Closed):
        await rekeyed(stage, guest, to_team=True)


async def test_the_identical_rekey_again_succeeds_and_a_late_one_is_stale(stage: Stage) -> None:
    guest = await opened(stage)
    new = rekeying(stage, guest, to_team=True)
    first = await rekey(stage.house, guest.caller, new)
    assert await rekey(stage.house, guest.caller, new) == first
    with pytest.raises(NConflict):
        await rekey(stage.house, guest.caller, replace(new, frame=new.frame._replace(com=bytes(32))))
    with pytest.raises(StaleEpoch):
        await rekey(stage.house, guest.caller, replace(new, frame=guest.next_frame(ke=1)))
    assert len(await rows(stage, tables.messages, guest.room)) == 1


async def test_of_two_tabs_rekeying_at_once_one_wins(stage: Stage) -> None:
    guest = await opened(stage)
    twin = Guest(guest.room, guest.secret, guest.wrap_key, dict(guest.keys))
    answers = await asyncio.gather(
        rekeyed(stage, guest, to_team=True), rekeyed(stage, twin, to_team=True), return_exceptions=True
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["NConflict", "Rekeyed"]
    assert len(await rows(stage, tables.messages, guest.room)) == 1


async def test_an_epoch_must_rise_and_end_at_fifteen(stage: Stage) -> None:
    guest = await opened(stage)
    guest.keys[14] = bytes(32)
    frame = guest.frame(1, ke=1)
    guest.n = 1
    seal = Sealed(
        stage.cast.peer_team.kid, "team-peer", guest.seal(stage.cast.peer_team.pub, "team-peer", stage.signed)
    )
    new = replace(rekeying(stage, guest, to_team=True), ke=14, frame=frame, seals=[seal])
    with pytest.raises(Malformed):
        await rekey(stage.house, guest.caller, replace(new, ke=16))
    with pytest.raises(Malformed):
        await rekey(stage.house, guest.caller, replace(new, ke=1))
    assert (await rekey(stage.house, guest.caller, new)).ke == 14


async def test_the_rekey_message_is_judged_like_any_other(stage: Stage) -> None:
    guest = await opened(stage)
    good = rekeying(stage, guest, to_team=True)
    with pytest.raises(GapSender):
        await rekey(stage.house, guest.caller, replace(good, frame=good.frame._replace(n=2)))
    with pytest.raises(Malformed):
        await rekey(stage.house, guest.caller, replace(good, wrap=good.wrap[:-1]))
    [room] = await rows(stage, tables.rooms, guest.room)
    assert room.ke == 1
    assert await rows(stage, tables.messages, guest.room) == []
    assert (await rekey(stage.house, guest.caller, good)).ke == 2


async def test_no_epoch_begins_with_a_message_that_was_sent_before(stage: Stage) -> None:
    guest = await opened(stage)
    frame = guest.next_frame()
    async with stage.db.write() as tx:
        await append(tx, Envelope(frame.room, CLIENT_SEAT, frame.ke, frame.n, frame.com, frame.ct))
    good = rekeying(stage, guest, to_team=True)
    with pytest.raises(NConflict):
        await rekey(stage.house, guest.caller, replace(good, frame=frame))
    assert (await view(stage, guest.caller, guest.room)).ke == 1
    assert (await rekey(stage.house, guest.caller, good)).ke == 2


async def test_seals_must_fit_the_state_the_seats_and_the_directory(stage: Stage) -> None:
    guest = await opened(stage)
    await talking(stage, guest, stage.cast.mara)
    good = rekeying(stage, guest, to=[stage.cast.mara])
    [mine] = good.seals
    stranger = StaffKey.generate()
    for seals, refusal in (
        ([replace(mine, sealed=bytes(624))], SealFormat),
        ([replace(mine, kid=stage.cast.sol.kid)], Unknown),
        ([replace(mine, kid=stranger.kid)], Unknown),
        ([replace(mine, purpose="team-peer")], Malformed),
        ([mine, mine], Malformed),
    ):
        with pytest.raises(refusal):
            await rekey(stage.house, guest.caller, replace(good, seals=seals))
    switch = [Sealed(stranger.kid, "team-peer", mine.sealed)]
    with pytest.raises(Unknown):
        await rekey(stage.house, guest.caller, replace(good, seals=switch, ticket=ticket()))
    assert (await rekey(stage.house, guest.caller, good)).state is State.TALKING


async def test_coming_back_needs_a_good_directory_and_a_place(engine_url: str) -> None:
    async with stage_on(engine_url, tickets_limit=1) as stage:
        guest = await opened(stage)
        await rooms.rest(stage.house, guest.caller)
        await opened(stage)
        new = rekeying(stage, guest, to_team=True, wish=ticket())
        with pytest.raises(QueueFull):
            await rekey(stage.house, guest.caller, new)
        stage.clock.advance(LIFETIME + SLACK + 1)
        with pytest.raises(DirExpired):
            await rekey(stage.house, guest.caller, new)
        stage.clock.advance(-60)
        assert (await rekey(stage.house, guest.caller, new)).state is State.WAITING


async def test_rekeying_clears_the_wish_for_another_key(stage: Stage) -> None:
    guest = await opened(stage)
    await meeting(stage, guest, stage.cast.mara)
    await stage.queue.release(stage.staff(stage.cast.mara), guest.room, None)
    assert (await view(stage, guest.caller, guest.room)).needs_rekey
    await rekeyed(stage, guest, to_team=True)
    assert not (await view(stage, guest.caller, guest.room)).needs_rekey


async def met_by_note(stage: Stage) -> Guest:
    guest = await opened(stage, ticket("es", note=True), words=True)
    stage.clock.advance(200)
    await stage.queue.claim(stage.staff(stage.cast.mara), guest.room)
    await narrowed(stage, guest, stage.cast.mara)
    return guest


def sealed_back(stage: Stage, guest: Guest) -> SealBack:
    team = stage.cast.peer_team
    return SealBack(team.kid, guest.seal(team.pub, "team-peer", stage.signed), guest.epoch, "en")


async def test_a_peer_hands_a_room_back_that_its_client_never_came_to(stage: Stage) -> None:
    guest = await met_by_note(stage)
    mara = stage.staff(stage.cast.mara)
    assert await stage.queue.release(mara, guest.room, sealed_back(stage, guest)) is State.WAITING
    [place] = await rows(stage, tables.tickets, guest.room)
    assert (place.language, place.note, place.urgent, place.topics) == ("en", True, False, ())
    assert (await view(stage, guest.caller, guest.room)).needs_rekey
    assert (await stage.queue.claim(stage.staff(stage.cast.sol), guest.room)).accepted
    await narrowed(stage, guest, stage.cast.sol)


@pytest.mark.parametrize("sign", ["seen", "said", "met"])
async def test_a_room_whose_client_showed_itself_rests_instead(stage: Stage, sign: str) -> None:
    if sign == "met":
        guest = await opened(stage)
        await talking(stage, guest, stage.cast.mara)
    else:
        guest = await met_by_note(stage)
    if sign == "seen":
        await stage.queue.seen([guest.room])
    if sign == "said":
        await said(stage, guest)
    mara = stage.staff(stage.cast.mara)
    assert await stage.queue.release(mara, guest.room, sealed_back(stage, guest)) is State.RESTING
    assert await rows(stage, tables.seals, guest.room) == []
    assert await rows(stage, tables.tickets, guest.room) == []


async def test_a_seal_back_must_be_the_teams_of_now(stage: Stage) -> None:
    guest = await met_by_note(stage)
    mara = stage.staff(stage.cast.mara)
    good = sealed_back(stage, guest)
    for bad, refusal in (
        (replace(good, sealed=bytes(600)), SealFormat),
        (replace(good, kid=stage.cast.sol.kid), Unknown),
        (replace(good, ke=2), StaleEpoch),
    ):
        with pytest.raises(refusal):
            await stage.queue.release(mara, guest.room, bad)
    assert await stage.queue.release(mara, guest.room, good) is State.WAITING


async def test_leaving_a_talk_without_a_seal_lets_it_rest_and_frees_the_desk(stage: Stage) -> None:
    guest = await opened(stage)
    mara = stage.staff(stage.cast.mara)
    await talking(stage, guest, stage.cast.mara)
    async with stage.db.read() as tx:
        assert [each.room for each in await rooms.desk(tx, mara)] == [guest.room]
    assert await stage.queue.release(mara, guest.room, None) is State.RESTING
    async with stage.db.read() as tx:
        assert await rooms.desk(tx, mara) == ()
    with pytest.raises(Unknown):
        await stage.queue.release(mara, guest.room, None)


async def test_of_two_peers_in_a_room_one_leaving_asks_for_a_new_key(stage: Stage) -> None:
    guest = await opened(stage)
    await talking(stage, guest, stage.cast.mara)
    async with stage.db.write() as tx:
        await rooms_store.open_seat(tx, guest.room, stage.cast.sol.kid, None)
        await rooms_store.put_seal(tx, guest.room, 1, Sealed(stage.cast.sol.kid, SEAT_PEER, bytes(625)))
    assert await stage.queue.release(stage.staff(stage.cast.sol), guest.room, None) is State.TALKING
    seen = await view(stage, guest.caller, guest.room)
    assert (seen.needs_rekey, [seat.open for seat in seen.seats].count(True)) == (True, 2)
