"""Claim, meeting, narrowing: one winner, tags only until accepted, the team shut out after."""

import asyncio
from dataclasses import replace

import pytest

from app.companion.keys import StaffKey
from app.companion.seals import open_room as open_seal
from app.conversations import tables
from app.conversations.errors import (
    Closed,
    PassExpired,
    QueueFull,
    SealFormat,
    SlowDown,
    StaleEpoch,
    Unknown,
)
from app.conversations.ids import seat_id
from app.conversations.queue.bodies import TicketBody
from app.conversations.queue.rules import Range
from app.conversations.queue.service import Claimed
from app.conversations.rooms.rules import State
from app.kit.errors import Refusal
from app.wire.encoding import b64u
from app.wire.transcript import chain_start
from tests.builders import (
    Stage,
    another_node,
    listed,
    meeting,
    narrowed,
    new_guest,
    opened,
    rows,
    stage_on,
    talking,
    ticket,
    view,
)


async def test_a_claim_reserves_and_shows_tags_only(stage: Stage) -> None:
    guest = await opened(stage, words=True)
    mara = stage.staff(stage.cast.mara)

    claimed = await stage.queue.claim(mara, guest.room)
    assert (claimed.state, claimed.ke, claimed.accepted, claimed.seal) == (State.MEETING, 0, False, None)
    seen = await view(stage, mara, guest.room)
    assert (seen.seats, seen.seal, seen.seq, seen.head) == ((), None, 0, chain_start(guest.room))
    assert seen.meet is not None
    assert (seen.meet.kid, seen.meet.deadline) == (mara.kid, stage.now + 60)
    assert await listed(stage, stage.cast.sol) == []
    assert stage.heard.rooms == [guest.room]


async def test_after_the_clients_yes_the_peer_gets_the_key_and_keeps_it_alone(stage: Stage) -> None:
    guest = await opened(stage, words=True)
    mara = stage.staff(stage.cast.mara)
    await stage.queue.claim(mara, guest.room)
    assert await stage.queue.meet(guest.caller, mara.kid, accept=True) is State.MEETING

    seen = await view(stage, mara, guest.room)
    assert (seen.purpose, seen.seq) == ("team-peer", 1)
    keys = open_seal(stage.cast.peer_team, "team-peer", guest.room, 1, seen.seal or b"").keys
    assert keys == guest.keys
    assert (await stage.queue.claim(mara, guest.room)).seal == seen.seal

    stage.clock.advance(10)
    await narrowed(stage, guest, stage.cast.mara)
    seen = await view(stage, mara, guest.room)
    assert (seen.state, seen.purpose, seen.meet) == (State.TALKING, "seat-peer", None)
    assert [seat.kid for seat in seen.seats if seat.open] == [None, mara.kid]
    # Invariants 1 and 6: neither the ticket nor a seal to the team is left.
    assert await rows(stage, tables.tickets, guest.room) == []
    assert {seal.purpose for seal in await rows(stage, tables.seals, guest.room)} == {"seat-peer"}


async def test_two_peers_on_two_nodes_claim_at_once_and_one_wins(stage: Stage, engine_url: str) -> None:
    for _ in range(3):
        guest = await opened(stage)
        async with another_node(engine_url, stage.cast, stage.signing, stage.clock) as node:
            await node.house.admission.refresh()
            answers = await asyncio.gather(
                stage.queue.claim(stage.staff(stage.cast.mara, limit=9), guest.room),
                node.queue.claim(node.staff(stage.cast.sol, limit=9), guest.room),
                return_exceptions=True,
            )
        assert sorted(type(answer).__name__ for answer in answers) == ["Claimed", "Unknown"]
        [met] = await rows(stage, tables.meetings, guest.room)
        winner = stage.cast.mara if isinstance(answers[0], Claimed) else stage.cast.sol
        assert met.kid == winner.kid


async def test_the_loser_cannot_enter_and_never_sees_the_seal(stage: Stage) -> None:
    guest = await opened(stage)
    sol = stage.staff(stage.cast.sol)
    await meeting(stage, guest, stage.cast.mara)
    for attempt in (
        view(stage, sol, guest.room),
        stage.queue.claim(sol, guest.room),
        stage.queue.narrow(sol, guest.room, 1, bytes(625)),
        stage.queue.release(sol, guest.room, None),
    ):
        with pytest.raises(Unknown):
            await attempt
    assert (await view(stage, stage.staff(stage.cast.mara), guest.room)).seal is not None


async def test_a_refused_peer_is_out_and_the_place_is_kept(stage: Stage) -> None:
    guest = await opened(stage)
    since = (await rows(stage, tables.tickets, guest.room))[0].waiting_since
    mara = stage.staff(stage.cast.mara)
    await stage.queue.claim(mara, guest.room)
    stage.clock.advance(30)

    assert await stage.queue.meet(guest.caller, mara.kid, accept=False) is State.WAITING
    assert await stage.queue.meet(guest.caller, mara.kid, accept=False) is State.WAITING
    [place] = await rows(stage, tables.tickets, guest.room)
    assert (place.waiting_since, place.refused) == (since, (b64u(mara.kid),))
    assert await listed(stage, stage.cast.mara) == []
    with pytest.raises(Unknown):
        await stage.queue.claim(mara, guest.room)
    with pytest.raises(Unknown):
        await view(stage, mara, guest.room)
    assert len(await rows(stage, tables.seats, guest.room)) == 1

    assert await listed(stage, stage.cast.sol) == [guest.room]
    assert (await stage.queue.claim(stage.staff(stage.cast.sol), guest.room)).state is State.MEETING


async def test_an_answer_about_somebody_else_is_unknown(stage: Stage) -> None:
    guest = await opened(stage)
    await stage.queue.claim(stage.staff(stage.cast.mara), guest.room)
    for accept in (True, False):
        with pytest.raises(Unknown):
            await stage.queue.meet(guest.caller, stage.cast.sol.kid, accept=accept)
    assert await stage.queue.meet(guest.caller, stage.cast.mara.kid, accept=True) is State.MEETING
    assert await stage.queue.meet(guest.caller, stage.cast.mara.kid, accept=True) is State.MEETING


async def test_a_refusal_comes_too_late_once_the_key_is_out(stage: Stage) -> None:
    guest = await opened(stage)
    await meeting(stage, guest, stage.cast.mara)
    with pytest.raises(Closed):
        await stage.queue.meet(guest.caller, stage.cast.mara.kid, accept=False)


async def test_an_unanswered_meeting_ends_at_the_old_place_with_nothing_recorded(stage: Stage) -> None:
    guest = await opened(stage)
    other = await opened(stage)
    mara = stage.staff(stage.cast.mara)
    before = await rows(stage, tables.tickets, guest.room)
    await stage.queue.claim(mara, guest.room)

    stage.clock.advance(60)
    await stage.queue.sweep()
    assert (await view(stage, guest.caller, guest.room)).state is State.MEETING
    stage.clock.advance(1)
    await stage.queue.sweep()
    assert (await view(stage, guest.caller, guest.room)).state is State.WAITING
    [place] = await rows(stage, tables.tickets, guest.room)
    assert (place.waiting_since, place.refused) == (before[0].waiting_since, ())
    assert len(await rows(stage, tables.seats, guest.room)) == 1
    # The same peer sees it again, after the others.
    assert await listed(stage, stage.cast.mara) == [other.room, guest.room]
    assert (await listed(stage, stage.cast.sol))[0] in (guest.room, other.room)


async def test_after_an_outage_open_deadlines_start_anew(stage: Stage) -> None:
    guest = await opened(stage)
    await stage.queue.claim(stage.staff(stage.cast.mara), guest.room)
    stage.clock.advance(3_600)
    await stage.queue.sweep()
    seen = await view(stage, guest.caller, guest.room)
    assert seen.meet is not None
    assert seen.meet.deadline == stage.now + 60
    assert await stage.queue.meet(guest.caller, stage.cast.mara.kid, accept=True) is State.MEETING


async def test_a_peer_may_make_up_for_a_missed_upload_for_ten_minutes(stage: Stage) -> None:
    guest = await opened(stage)
    await meeting(stage, guest, stage.cast.mara)
    stage.clock.advance(30 + 599)
    await stage.queue.sweep()
    assert (await stage.queue.claim(stage.staff(stage.cast.mara), guest.room)).seal is not None
    await narrowed(stage, guest, stage.cast.mara)
    assert (await view(stage, guest.caller, guest.room)).state is State.TALKING


async def test_without_an_upload_the_room_waits_again_and_wants_another_key(stage: Stage) -> None:
    guest = await opened(stage)
    mara = stage.staff(stage.cast.mara)
    await meeting(stage, guest, stage.cast.mara)
    stage.clock.advance(30 + 601)
    await stage.queue.sweep()

    seen = await view(stage, guest.caller, guest.room)
    assert (seen.state, seen.needs_rekey) == (State.WAITING, True)
    assert [(seat.kid, seat.open) for seat in seen.seats[1:]] == [(mara.kid, False)]
    with pytest.raises(Unknown):
        await view(stage, mara, guest.room)
    await stage.queue.seen([guest.room])
    assert (await stage.queue.claim(stage.staff(stage.cast.sol), guest.room)).state is State.MEETING


async def test_a_peer_who_gives_a_meeting_up_leaves_the_room_as_it_was(stage: Stage) -> None:
    guest = await opened(stage)
    mara = stage.staff(stage.cast.mara)
    await stage.queue.claim(mara, guest.room)
    assert await stage.queue.release(mara, guest.room, None) is State.WAITING
    assert not (await view(stage, guest.caller, guest.room)).needs_rekey

    await meeting(stage, guest, stage.cast.mara)
    assert await stage.queue.release(mara, guest.room, None) is State.WAITING
    assert (await view(stage, guest.caller, guest.room)).needs_rekey


async def test_a_note_is_met_although_its_writer_is_away(stage: Stage) -> None:
    guest = await opened(stage, ticket(note=True), words=True)
    stage.clock.advance(121)
    claimed = await stage.queue.claim(stage.staff(stage.cast.mara), guest.room)
    assert (claimed.accepted, claimed.seal is not None) == (True, True)
    await narrowed(stage, guest, stage.cast.mara)
    assert (await view(stage, guest.caller, guest.room)).state is State.TALKING


async def test_a_silent_ticket_sleeps_until_its_writer_is_back(stage: Stage) -> None:
    guest = await opened(stage)
    stage.clock.advance(121)
    mara = stage.staff(stage.cast.mara)
    with pytest.raises(Unknown):
        await stage.queue.claim(mara, guest.room)
    async with stage.db.read() as tx:
        [row] = await stage.queue.listing(tx, mara)
    assert (row.here, row.note) == (False, False)

    stage.heard.forget()
    for _ in range(2):
        await stage.queue.seen([guest.room])
    assert stage.heard.queue == 1
    assert (await stage.queue.claim(mara, guest.room)).accepted is False


async def test_the_passs_room_limit_counts_seats_and_open_meetings(stage: Stage) -> None:
    first, second, third = [await opened(stage) for _ in range(3)]
    mara = stage.staff(stage.cast.mara, limit=2)
    await talking(stage, first, stage.cast.mara)
    await stage.queue.claim(mara, second.room)
    with pytest.raises(SlowDown):
        await stage.queue.claim(mara, third.room)
    await stage.queue.meet(second.caller, mara.kid, accept=True)
    with pytest.raises(SlowDown):
        await stage.queue.claim(mara, third.room)
    await stage.queue.release(mara, first.room, None)
    assert (await stage.queue.claim(mara, third.room)).state is State.MEETING


async def test_one_peer_claiming_in_two_tabs_at_once_stays_within_the_limit(stage: Stage) -> None:
    guests = [await opened(stage) for _ in range(3)]
    mara = stage.staff(stage.cast.mara, limit=1)
    answers = await asyncio.gather(
        *(stage.queue.claim(mara, guest.room) for guest in guests), return_exceptions=True
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Claimed", "SlowDown", "SlowDown"]


async def test_only_holders_of_the_tickets_epoch_may_claim(stage: Stage) -> None:
    guest = await opened(stage)
    for outsider, role in ((stage.cast.moderator, "moderator"), (stage.cast.coordinator, "coordinator")):
        caller = stage.house.admission.staff(stage.token(outsider, role))
        with pytest.raises(Unknown):
            await stage.queue.claim(caller, guest.room)
        async with stage.db.read() as tx:
            assert await stage.queue.listing(tx, caller) == ()
    assert (await stage.queue.claim(stage.staff(stage.cast.mara), guest.room)).state is State.MEETING


async def test_an_unknown_room_and_a_room_of_others_are_refused_alike(stage: Stage) -> None:
    guest = await opened(stage)
    await talking(stage, guest, stage.cast.mara)
    sol, nowhere = stage.staff(stage.cast.sol), new_guest().room
    answers: list[Refusal] = []
    for room in (guest.room, nowhere):
        for attempt in (
            stage.queue.claim(sol, room),
            stage.queue.narrow(sol, room, 1, bytes(625)),
            stage.queue.release(sol, room, None),
            view(stage, sol, room),
        ):
            with pytest.raises(Unknown) as refused:
                await attempt
            answers.append(refused.value)
    assert len({(type(each), each.args) for each in answers}) == 1


@pytest.mark.parametrize("length", [0, 593, 624, 626])
async def test_an_upload_of_another_length_is_no_seal(stage: Stage, length: int) -> None:
    guest = await opened(stage)
    await meeting(stage, guest, stage.cast.mara)
    with pytest.raises(SealFormat):
        await stage.queue.narrow(stage.staff(stage.cast.mara), guest.room, 1, bytes(length))


async def test_an_upload_for_another_epoch_is_stale(stage: Stage) -> None:
    guest = await opened(stage)
    await meeting(stage, guest, stage.cast.mara)
    with pytest.raises(StaleEpoch):
        await stage.queue.narrow(stage.staff(stage.cast.mara), guest.room, 2, bytes(625))
    await narrowed(stage, guest, stage.cast.mara)


async def test_an_upload_before_the_clients_yes_is_refused(stage: Stage) -> None:
    guest = await opened(stage)
    mara = stage.staff(stage.cast.mara)
    await stage.queue.claim(mara, guest.room)
    with pytest.raises(Closed):
        await stage.queue.narrow(mara, guest.room, 1, bytes(625))
    await stage.queue.meet(guest.caller, mara.kid, accept=True)
    assert await stage.queue.narrow(mara, guest.room, 1, bytes(625)) is State.TALKING


async def test_the_identical_upload_again_succeeds_and_another_does_not(stage: Stage) -> None:
    guest = await opened(stage)
    mara = stage.staff(stage.cast.mara)
    await meeting(stage, guest, stage.cast.mara)
    sealed = guest.seal(stage.cast.mara.pub, "seat-peer", stage.signed)
    for _ in range(2):
        assert await stage.queue.narrow(mara, guest.room, 1, sealed) is State.TALKING
    with pytest.raises(Closed):
        await stage.queue.narrow(mara, guest.room, 1, bytes(625))
    async with stage.db.read() as tx:
        count = len((await tx.connection.execute(tables.samples.select())).all())
    assert count == 1


async def test_a_ticket_may_change_while_it_waits_and_keeps_its_place(stage: Stage) -> None:
    first, second = await opened(stage), await opened(stage)
    order = await listed(stage, stage.cast.mara)
    last = first if order[-1] == first.room else second
    before = (await rows(stage, tables.tickets, last.room))[0]
    wish = ticket("es-MX", urgent=True, topics=("grief",), refused=(stage.cast.sol.kid,))
    assert await stage.queue.set_ticket(last.caller, wish) is State.WAITING
    [place] = await rows(stage, tables.tickets, last.room)
    assert (place.language, place.topics, place.waiting_since) == ("es-MX", ("grief",), before.waiting_since)
    assert last.room not in await listed(stage, stage.cast.sol)
    assert await stage.queue.set_ticket(last.caller, replace(wish, refused=())) is State.WAITING
    assert last.room not in await listed(stage, stage.cast.sol)

    await stage.queue.claim(stage.staff(stage.cast.mara), last.room)
    with pytest.raises(Closed):
        await stage.queue.set_ticket(last.caller, wish)


async def test_what_a_changed_ticket_leaves_out_stays_as_it_was(stage: Stage) -> None:
    guest = await opened(stage)
    await stage.queue.set_ticket(guest.caller, ticket("en", topics=("grief",), lived=("faith",)))
    kept = TicketBody.model_validate({"language": "en", "urgent": True}).left_out()
    assert kept == {"back", "topics", "lived"}
    assert TicketBody.model_validate({"language": "en", "topics": [], "back": None}).left_out() == {"lived"}
    await stage.queue.set_ticket(guest.caller, ticket("en", urgent=True), kept)
    [place] = await rows(stage, tables.tickets, guest.room)
    assert (place.urgent, place.topics, place.lived) == (True, ("grief",), ("faith",))
    await stage.queue.set_ticket(guest.caller, ticket("en", urgent=True))
    [place] = await rows(stage, tables.tickets, guest.room)
    assert (place.topics, place.lived) == ((), ())


async def test_a_ticket_cannot_change_into_a_kind_that_is_full(engine_url: str) -> None:
    async with stage_on(engine_url, notes_limit=1) as stage:
        silent = await opened(stage)
        assert await stage.queue.set_ticket(silent.caller, ticket(note=True)) is State.WAITING
        other = await opened(stage)
        with pytest.raises(QueueFull):
            await stage.queue.set_ticket(other.caller, ticket(note=True))


async def test_the_line_shows_the_urgent_first_then_the_longest_wait(stage: Stage) -> None:
    slow = await opened(stage)
    stage.clock.advance(61)
    urgent = await opened(stage, ticket(urgent=True, back=stage.cast.mara.kid))
    other_language = await opened(stage, ticket("es", urgent=True))
    assert await listed(stage, stage.cast.mara) == [urgent.room, slow.room, other_language.room]
    async with stage.db.read() as tx:
        found = await stage.queue.listing(tx, stage.staff(stage.cast.mara))
        told = await stage.queue.wait_of(tx, slow.room)
        first = await stage.queue.wait_of(tx, urgent.room)
    assert [(each.back, each.minutes, each.here) for each in found[:2]] == [(True, 0, True), (False, 1, True)]
    assert told is not None
    assert first is not None
    assert (told.ahead, first.ahead, told.low) == (1, 0, None)


async def test_what_most_people_waited_is_told_from_eleven_on(stage: Stage) -> None:
    known: dict[str, Range] = {}
    for minutes in range(11):
        guest = await opened(stage)
        stage.clock.advance(minutes * 60)
        await stage.queue.seen([guest.room])
        await meeting(stage, guest, stage.cast.mara)
        await narrowed(stage, guest, stage.cast.mara)
        async with stage.db.read() as tx:
            known = (await stage.queue.outlook(tx)).waits
        assert bool(known) is (minutes == 10)
        await stage.queue.release(stage.staff(stage.cast.mara), guest.room, None)
    assert (known["en"].low, known["en"].high) == (1, 11)

    stage.clock.advance(7_200)
    await stage.queue.sweep()
    async with stage.db.read() as tx:
        assert (await stage.queue.outlook(tx)).waits == {}
        assert (await tx.connection.execute(tables.samples.select())).all() == []
        counted = (await tx.connection.execute(tables.counters.select())).all()
    assert {(row.kind, row.bucket): row[4] for row in counted} == {
        ("opened", 0): 11,
        ("met", 5): 5,
        ("met", 10): 5,
        ("met", 20): 1,
    }


async def test_a_note_met_in_its_writers_absence_leaves_no_wait_sample(stage: Stage) -> None:
    guest = await opened(stage, ticket(note=True), words=True)
    stage.clock.advance(40_000)
    await stage.queue.claim(stage.staff(stage.cast.mara), guest.room)
    await narrowed(stage, guest, stage.cast.mara)
    async with stage.db.read() as tx:
        assert (await tx.connection.execute(tables.samples.select())).all() == []


async def test_a_seat_is_kept_for_good_and_reopened_for_the_same_peer(stage: Stage) -> None:
    guest = await opened(stage)
    mara = stage.cast.mara
    await talking(stage, guest, mara)
    await stage.queue.release(stage.staff(mara), guest.room, None)
    [row] = [row for row in await rows(stage, tables.seats, guest.room) if row.kid]
    assert (row.seat, row.kid, row.open) == (seat_id(guest.room, mara.kid), mara.kid, False)


async def test_a_pass_that_ran_out_asks_for_another(stage: Stage) -> None:
    token = stage.token(stage.cast.mara)
    assert stage.house.admission.staff(token).kid == stage.cast.mara.kid
    stage.clock.advance(600)
    with pytest.raises(PassExpired):
        stage.house.admission.staff(token)


async def test_a_stranger_is_nobody(stage: Stage) -> None:
    with pytest.raises(Unknown):
        stage.staff(StaffKey.generate())
