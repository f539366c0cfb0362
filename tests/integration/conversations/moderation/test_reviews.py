"""Taking, reading and deciding: one flag to one moderator, and every act on the trail."""

import asyncio
from dataclasses import replace
from itertools import pairwise

import pytest

from app.companion.keys import StaffKey
from app.companion.seals import open_flag_note
from app.conversations import tables
from app.conversations.errors import Closed, FlagFormat, SlowDown, Unknown
from app.conversations.messages.rules import Envelope
from app.conversations.messages.store import append
from app.conversations.moderation import service
from app.conversations.moderation.rules import (
    LEASE,
    Act,
    Category,
    Outcome,
)
from app.conversations.rooms import service as rooms
from app.conversations.rooms.rules import State
from app.conversations.trail.rules import TRAIL_START, Entry, trail_head
from app.kit.clock import DAY, day_of
from app.wire.frames import Send
from app.wire.ids import CLIENT_SEAT, FlagId, seat_id
from tests.builders import NOW, Guest, Stage, another_node, listed, meeting, opened, rows, talking, view
from tests.flagging import (
    all_rows,
    decided,
    decision,
    flagged,
    moderator,
    more_moderators,
    new_flag,
    published,
    talk,
    trail,
)
from tests.integration.conversations.test_many_at_once import statements


async def take(stage: Stage, key: StaffKey | None = None) -> FlagId | None:
    taken = await service.take(stage.house, moderator(stage, key))
    return None if taken is None else taken.flag.report.flag


async def test_flags_are_taken_by_category_and_then_the_oldest_day(stage: Stage) -> None:
    wanted = {}
    for category in reversed(Category):
        wanted[category, 1] = await flagged(stage, await opened(stage), category=category)
    stage.clock.advance(DAY)
    for category in Category:
        wanted[category, 2] = await flagged(stage, await opened(stage), category=category)
    order = [wanted[category, day] for category in Category for day in (1, 2)]
    taken = []
    for flag in order:
        taken.append(await take(stage))
        await service.decide(stage.house, moderator(stage), flag, decision(stage, flag))
    assert taken == order
    assert await take(stage) is None


async def test_a_moderator_has_one_flag_and_taking_again_renews_it(stage: Stage) -> None:
    guest = await opened(stage)
    for _ in range(2):
        await flagged(stage, guest)
    first = await service.take(stage.house, moderator(stage))
    assert first is not None
    assert first.flag.lease is not None
    assert first.flag.lease.until == stage.now + LEASE
    # A graver one that comes now does not take its place.
    await flagged(stage, guest, category=Category.DANGER)
    stage.clock.advance(LEASE - 1)
    again = await service.take(stage.house, moderator(stage))
    assert again is not None
    lease = replace(first.flag.lease, until=stage.now + LEASE)
    assert again == replace(first, flag=replace(first.flag, lease=lease))


@pytest.mark.parametrize("nodes", [1, 2])
async def test_of_moderators_who_take_at_once_each_gets_a_flag_of_their_own(
    stage: Stage, engine_url: str, nodes: int
) -> None:
    keys = await more_moderators(stage, 6)
    flags = {await flagged(stage, await opened(stage)) for _ in range(4)}
    async with another_node(engine_url, stage.cast, stage.signing, stage.clock) as node:
        await node.house.admission.refresh()
        places = ([stage, node] if nodes == 2 else [stage]) * len(keys)
        # Everybody asks in two tabs.
        asks = [*zip(places * 2, keys * 2, strict=False)]
        got = await asyncio.gather(*(take(place, key) for place, key in asks))
    by_key: dict[bytes, set[FlagId | None]] = {}
    for (_, key), flag in zip(asks, got, strict=True):
        by_key.setdefault(key.kid, set()).add(flag)
    assert all(len(flags_of_one) == 1 for flags_of_one in by_key.values())
    leased = [flag for flags_of_one in by_key.values() for flag in flags_of_one if flag is not None]
    assert len(leased) == len(set(leased)) == 4
    assert set(leased) == flags


async def test_a_flag_that_somebody_has_is_not_given_to_another(stage: Stage) -> None:
    one, two = await more_moderators(stage, 2)
    flag = await flagged(stage, await opened(stage))
    assert await take(stage, one) == flag
    assert await take(stage, two) is None
    for act in (
        service.read(stage.house, moderator(stage, two), flag),
        service.decide(stage.house, moderator(stage, two), flag, decision(stage, flag)),
    ):
        with pytest.raises(Unknown):
            await act
    assert (await service.read(stage.house, moderator(stage, one), flag)).flag.report.flag == flag


async def test_a_lease_that_ran_out_can_be_taken_over_and_the_first_one_decides_no_more(stage: Stage) -> None:
    one, two = await more_moderators(stage, 2)
    flag = await flagged(stage, await opened(stage))
    await take(stage, one)
    stage.clock.advance(LEASE - 1)
    assert await take(stage, two) is None
    stage.clock.advance(1)
    assert await take(stage, two) == flag
    assert await take(stage, one) is None
    with pytest.raises(Unknown):
        await service.decide(stage.house, moderator(stage, one), flag, decision(stage, flag))
    done = await service.decide(stage.house, moderator(stage, two), flag, decision(stage, flag))
    assert done is Outcome.NONE
    with pytest.raises(Closed):
        await service.decide(stage.house, moderator(stage, one), flag, decision(stage, flag))


async def test_who_thought_for_long_loses_nothing_while_nobody_else_came(stage: Stage) -> None:
    flag = await flagged(stage, await opened(stage))
    await take(stage)
    stage.clock.advance(3 * LEASE)
    await service.read(stage.house, moderator(stage), flag)
    done = await service.decide(stage.house, moderator(stage), flag, decision(stage, flag))
    assert done is Outcome.NONE


async def test_the_flag_of_a_moderator_who_left_is_free_at_once(stage: Stage) -> None:
    one, two = await more_moderators(stage, 2)
    flag = await flagged(stage, await opened(stage))
    gone = moderator(stage, one)
    await take(stage, one)
    directory = stage.house.admission.in_force
    assert directory is not None
    left = replace(
        directory.directory,
        serial=9,
        staff=tuple(m for m in directory.directory.staff if m.kid != one.kid),
        teams={
            **directory.directory.teams,
            "moderation": replace(directory.directory.teams["moderation"], members=(two.kid,)),
        },
    )
    await published(stage, left)
    assert await take(stage, two) == flag
    for act in (
        service.take(stage.house, gone),
        service.read(stage.house, gone, flag),
        service.decide(stage.house, gone, flag, decision(stage, flag)),
    ):
        with pytest.raises(Unknown):
            await act


async def test_only_a_moderators_pass_takes_reads_and_decides(stage: Stage) -> None:
    here = await talk(stage)
    flag = await flagged(stage, here.guest)
    await take(stage)
    admission, cast = stage.house.admission, stage.cast
    for caller in (
        here.peer_caller,
        stage.staff(cast.sol),
        admission.staff(stage.token(cast.coordinator, "coordinator")),
        replace(moderator(stage), role="peer"),
        replace(moderator(stage), role="coordinator"),
        replace(here.peer_caller, role="moderator"),
    ):
        for act in (
            service.take(stage.house, caller),
            service.read(stage.house, caller, flag),
            service.decide(stage.house, caller, flag, decision(stage, flag)),
        ):
            with pytest.raises(Unknown):
                await act
    assert await trail(stage) == []
    assert await take(stage) == flag


async def test_nothing_wrong_is_told_to_the_reporter_alone(stage: Stage) -> None:
    here = await talk(stage)
    before = await view(stage, here.guest.caller, here.guest.room)
    ours, theirs = await flagged(stage, here.guest), await flagged(stage, here.guest, by=here.peer_caller)
    for _ in range(2):
        stage.heard.forget()
        flag = await take(stage)
        assert flag is not None
        done = await service.decide(stage.house, moderator(stage), flag, decision(stage, flag))
        assert done is Outcome.NONE
        seat = {ours: CLIENT_SEAT, theirs: here.peer.own_seat}[flag]
        assert stage.heard.reports == [(here.guest.room, seat)]
        assert (stage.heard.rooms, stage.heard.queue) == ([], 0)
    assert await view(stage, here.guest.caller, here.guest.room) == before


async def closing(stage: Stage, state: State) -> Guest:
    guest = await opened(stage, words=True)
    if state is State.MEETING:
        await meeting(stage, guest, stage.cast.mara)
    elif state is not State.WAITING:
        await talking(stage, guest, stage.cast.mara)
    if state is State.RESTING:
        await rooms.rest(stage.house, guest.caller)
    return guest


@pytest.mark.parametrize("state", [State.WAITING, State.MEETING, State.TALKING, State.RESTING])
async def test_a_moderator_ends_a_room_exactly_as_its_client_does(stage: Stage, state: State) -> None:
    by_client, by_moderator = await closing(stage, state), None
    await rooms.close(stage.house, by_client.caller)
    stage.clock.advance(DAY)
    by_moderator = await closing(stage, state)
    stage.heard.forget()
    flag = await flagged(stage, by_moderator)
    assert await decided(stage, flag, Act.CLOSE) is Outcome.CLOSED
    assert stage.heard.rooms == [by_moderator.room]
    assert stage.heard.queue == (1 if state in (State.WAITING, State.MEETING) else 0)

    seen = [await view(stage, guest.caller, guest.room) for guest in (by_client, by_moderator)]
    assert [each.state for each in seen] == [State.CLOSED] * 2
    assert [[seat.open for seat in each.seats] for each in seen] == [
        [seat.open for seat in seen[0].seats]
    ] * 2
    for table in (tables.seals, tables.tickets, tables.meetings):
        assert await rows(stage, table, by_moderator.room) == []
    [room] = await rows(stage, tables.rooms, by_moderator.room)
    assert (room.closed_day, room.expires_day) == (day_of(stage.now), day_of(stage.now) + 30)
    with pytest.raises(Unknown):
        await view(stage, stage.staff(stage.cast.mara), by_moderator.room)
    assert by_moderator.room not in await listed(stage, stage.cast.sol)
    # For good: not even its client brings it back into line.
    with pytest.raises(Closed):
        await rooms.rest(stage.house, by_moderator.caller)


@pytest.mark.parametrize("act", [rooms.close, rooms.delete])
async def test_a_room_that_its_client_ended_first_loses_no_decision(stage: Stage, act: object) -> None:
    guest = await opened(stage, words=True)
    flag = await flagged(stage, guest)
    await (rooms.close if act is rooms.close else rooms.delete)(stage.house, guest.caller)
    stage.heard.forget()
    assert await decided(stage, flag, Act.CLOSE) is Outcome.CLOSED
    assert stage.heard.rooms == []
    assert stage.heard.reports == [(guest.room, CLIENT_SEAT)]
    [row] = await rows(stage, tables.flags, guest.room)
    assert (row.act, row.reason, row.decided_day) == ("close", "nothing-wrong", day_of(NOW))


async def test_a_decision_takes_the_lease_and_its_moment_away(stage: Stage) -> None:
    flag = await flagged(stage, await opened(stage))
    await take(stage)
    choice = decision(stage, flag, Act.NONE, "kept-as-note", "I asked the peer about it.")
    await service.decide(stage.house, moderator(stage), flag, choice)
    [row] = await all_rows(stage, tables.flags)
    assert (row.lease_kid, row.lease_until, row.decided_day) == (None, None, day_of(NOW))
    assert (row.act, row.reason) == ("none", "kept-as-note")
    opened_note = open_flag_note(stage.cast.moderation_team, flag, 1, row.note)
    assert opened_note == {"line": "I asked the peer about it."}


async def test_a_decision_may_be_repeated_as_it_was_and_not_changed(stage: Stage) -> None:
    one, two = await more_moderators(stage, 2)
    flag = await flagged(stage, await opened(stage))
    await take(stage, one)
    choice = decision(stage, flag, Act.CLOSE, "abuse")
    done = [await service.decide(stage.house, moderator(stage, key), flag, choice) for key in (one, one, two)]
    assert done == [Outcome.CLOSED] * 3
    for other in (
        replace(choice, act=Act.NONE),
        replace(choice, reason="danger"),
        decision(stage, flag, Act.CLOSE, "abuse"),
    ):
        with pytest.raises(Closed):
            await service.decide(stage.house, moderator(stage, one), flag, other)
    with pytest.raises(Closed):
        await service.read(stage.house, moderator(stage, one), flag)
    with pytest.raises(Unknown):
        await service.decide(stage.house, moderator(stage, one), new_flag(), choice)
    assert [entry.act for entry in await trail(stage)] == ["close"]


@pytest.mark.parametrize("length", [1, 1024, 1104, 1106, 3 * 1024 + 81])
async def test_a_note_of_another_length_is_flag_format_and_decides_nothing(stage: Stage, length: int) -> None:
    flag = await flagged(stage, await opened(stage))
    await take(stage)
    choice = decision(stage, flag)
    wrong = replace(choice, line=replace(choice.line, blob=bytes(length)))
    with pytest.raises(FlagFormat):
        await service.decide(stage.house, moderator(stage), flag, wrong)
    done = await service.decide(stage.house, moderator(stage), flag, choice)
    assert done is Outcome.NONE


async def test_every_reading_and_decision_is_on_the_trail_once(stage: Stage) -> None:
    one, two = await more_moderators(stage, 2)
    flag = await flagged(stage, await opened(stage))
    await take(stage, one)
    for _ in range(3):
        await service.read(stage.house, moderator(stage, one), flag)
    stage.clock.advance(DAY)
    await service.read(stage.house, moderator(stage, one), flag)
    await take(stage, two)
    await service.read(stage.house, moderator(stage, two), flag)
    choice = decision(stage, flag, Act.CLOSE, "danger")
    for _ in range(2):
        await service.decide(stage.house, moderator(stage, two), flag, choice)
    entries = await trail(stage)
    today = day_of(NOW)
    assert [(e.n, e.day, e.kid, e.act, e.reason) for e in entries] == [
        (1, today, one.kid, "read", ""),
        (2, today + 1, one.kid, "read", ""),
        (3, today + 1, two.kid, "read", ""),
        (4, today + 1, two.kid, "close", "danger"),
    ]
    assert {e.flag for e in entries} == {flag}


async def whole(stage: Stage) -> int:
    """The length of the trail, every head of which must follow from the one before."""
    entries = await trail(stage)
    heads = [TRAIL_START, *(e.head for e in entries)]
    for (before, after), e in zip(pairwise(heads), entries, strict=True):
        assert after == trail_head(before, Entry(e.n, e.day, e.kid, e.act, e.flag, e.reason))
    assert [e.n for e in entries] == list(range(1, len(entries) + 1))
    return len(entries)


async def test_the_trail_has_one_end_however_many_decide_at_once(stage: Stage, engine_url: str) -> None:
    keys = await more_moderators(stage, 6)
    for _ in keys:
        await flagged(stage, await opened(stage))
    async with another_node(engine_url, stage.cast, stage.signing, stage.clock) as node:
        await node.house.admission.refresh()

        async def review(place: Stage, key: StaffKey) -> Outcome:
            flag = await take(place, key)
            assert flag is not None
            await service.read(place.house, moderator(place, key), flag)
            choice = decision(place, flag, Act.CLOSE)
            # Both tabs decide the same.
            done = await asyncio.gather(
                *(service.decide(place.house, moderator(place, key), flag, choice) for _ in range(2))
            )
            assert done == [Outcome.CLOSED] * 2
            return done[0]

        done = await asyncio.gather(*(review(p, k) for p, k in zip([stage, node] * 3, keys, strict=True)))
    assert done == [Outcome.CLOSED] * 6
    assert await whole(stage) == 12


async def test_of_two_who_decide_an_abandoned_flag_at_once_one_is_heard(
    stage: Stage, engine_url: str
) -> None:
    one, two = await more_moderators(stage, 2)
    async with another_node(engine_url, stage.cast, stage.signing, stage.clock) as node:
        await node.house.admission.refresh()
        for _ in range(4):
            flag = await flagged(stage, await opened(stage))
            assert await take(stage, one) == flag
            stage.clock.advance(LEASE)

            async def overtake(flag: FlagId) -> Outcome:
                assert await take(node, two) == flag
                choice = decision(node, flag, Act.NONE, "not-clear")
                return await service.decide(node.house, moderator(node, two), flag, choice)

            first, second = await asyncio.gather(
                service.decide(stage.house, moderator(stage, one), flag, decision(stage, flag)),
                overtake(flag),
                return_exceptions=True,
            )
            # Either the first was in time and the second found no flag, or the first came too late.
            assert isinstance(first, Unknown | Closed) is not isinstance(second, AssertionError)
            assert [e.act for e in await trail(stage) if e.flag == flag] == ["none"]
    await whole(stage)


async def write(stage: Stage, frame: Send) -> int:
    async with stage.db.write() as tx:
        envelope = Envelope(frame.room, CLIENT_SEAT, frame.ke, frame.n, frame.com, frame.ct)
        return (await append(tx, envelope)).seq


async def test_after_the_end_no_word_gets_in_however_close_it_comes(stage: Stage) -> None:
    for _ in range(4):
        here = await talk(stage)
        flag = await flagged(stage, here.guest)
        assert await take(stage) == flag
        answers = await asyncio.gather(
            service.decide(stage.house, moderator(stage), flag, decision(stage, flag, Act.CLOSE)),
            write(stage, here.guest.next_frame()),
            return_exceptions=True,
        )
        assert answers[0] is Outcome.CLOSED
        said = await rows(stage, tables.messages, here.guest.room)
        assert len(said) == (0 if isinstance(answers[1], Closed) else 1)
        with pytest.raises(Closed):
            await write(stage, here.guest.next_frame())


async def test_a_review_costs_the_same_beside_many_flags(stage: Stage) -> None:
    costs = []
    for _ in range(2):
        flag = await flagged(stage, await opened(stage), category=Category.CONTACT)
        with statements(stage) as asked:
            assert await take(stage) == flag
            await service.read(stage.house, moderator(stage), flag)
            await service.decide(stage.house, moderator(stage), flag, decision(stage, flag, Act.CLOSE))
        costs.append(len(asked))
        for _ in range(10):
            await flagged(stage, await opened(stage))
    assert costs[0] == costs[1] <= 45


async def test_moderators_claim_nobody_enter_nothing_and_take_no_seat(stage: Stage) -> None:
    guest, here = await opened(stage), await talk(stage)
    cast, admission = stage.cast, stage.house.admission
    for key, role in ((cast.moderator, "moderator"), (cast.coordinator, "coordinator")):
        caller = admission.staff(stage.token(key, role))
        sealed = guest.seal(key.pub, "seat-peer", stage.signed)
        for room in (guest.room, here.guest.room):
            for act in (
                stage.queue.claim(caller, room),
                stage.queue.narrow(caller, room, 1, sealed),
                stage.queue.release(caller, room, None),
                view(stage, caller, room),
            ):
                with pytest.raises(Unknown):
                    await act
        async with stage.db.read() as tx:
            assert await stage.queue.listing(tx, caller) == ()
            assert await rooms.desk(tx, caller) == ()
        assert seat_id(guest.room, key.kid) not in {
            s.seat for s in await rows(stage, tables.seats, guest.room)
        }
    assert (await stage.queue.claim(stage.staff(cast.sol), guest.room)).state is State.MEETING


async def test_flags_of_a_closed_room_count_against_nobody_else(stage: Stage) -> None:
    guest = await opened(stage)
    await rooms.close(stage.house, guest.caller)
    for _ in range(3):
        await flagged(stage, guest)
    with pytest.raises(SlowDown):
        await flagged(stage, guest)
    await flagged(stage, await opened(stage))
