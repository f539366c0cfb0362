"""Who may flag, where and how often, and what is kept of it."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from app.companion.keys import StaffKey
from app.conversations import tables
from app.conversations.admission.callers import Caller
from app.conversations.errors import FlagFormat, SlotTaken, SlowDown, StaleEpoch, Unknown
from app.conversations.moderation import service
from app.conversations.moderation.rules import Act, Category, Outcome
from app.conversations.purge import HEADER_DAYS, purge
from app.conversations.rooms import service as rooms
from app.conversations.rooms.rules import State
from app.kit.clock import DAY, day_of
from app.wire.ids import CLIENT_SEAT, seat_id
from tests.builders import NOW, Guest, Stage, meeting, new_guest, opened, rows, talking, view
from tests.cast import team
from tests.flagging import (
    all_rows,
    decided,
    flagged,
    moderator,
    new_flag,
    published,
    sealed_flag,
    talk,
)
from tests.integration.conversations.test_many_at_once import statements


async def in_state(stage: Stage, state: State) -> Guest:
    guest = await opened(stage, words=True)
    if state is State.MEETING:
        await meeting(stage, guest, stage.cast.mara)
    elif state is not State.WAITING:
        await talking(stage, guest, stage.cast.mara)
    if state is State.RESTING:
        await rooms.rest(stage.house, guest.caller)
    if state is State.CLOSED:
        await rooms.close(stage.house, guest.caller)
    if state is State.DELETED:
        await rooms.delete(stage.house, guest.caller)
    return guest


@pytest.mark.parametrize("state", list(State))
async def test_a_client_may_flag_in_any_state_of_its_room(stage: Stage, state: State) -> None:
    guest = await in_state(stage, state)
    flag = await flagged(stage, guest, category=Category.ABUSE)
    [row] = await rows(stage, tables.flags, guest.room)
    assert (row.id, row.seat, row.kid, row.category) == (flag, CLIENT_SEAT, None, "abuse")
    assert (row.opened_day, row.team_kid, row.team_epoch) == (
        day_of(NOW),
        stage.cast.moderation_team.kid,
        1,
    )
    assert (row.lease_kid, row.lease_until, row.decided_day, row.act, row.note) == (None,) * 5
    assert [(r.seq, r.n) for r in await rows(stage, tables.evidence, guest.room)] == [(1, 1)]


async def test_a_deleted_room_takes_flags_for_as_long_as_its_headers_stay(stage: Stage) -> None:
    guest = await in_state(stage, State.DELETED)
    stage.clock.advance((HEADER_DAYS - 1) * DAY)
    await purge(stage.db, stage.clock, 90)
    await flagged(stage, guest)
    stage.clock.advance(DAY)
    await purge(stage.db, stage.clock, 90)
    with pytest.raises(Unknown):
        await flagged(stage, guest)
    assert len(await rows(stage, tables.evidence, guest.room)) == 1


@pytest.mark.parametrize("state", [State.TALKING, State.RESTING, State.CLOSED, State.DELETED])
async def test_a_peer_may_flag_where_it_has_or_had_a_seat(stage: Stage, state: State) -> None:
    guest, mara = await in_state(stage, state), stage.staff(stage.cast.mara)
    await flagged(stage, guest, by=mara)
    [row] = await rows(stage, tables.flags, guest.room)
    assert (row.seat, row.kid) == (seat_id(guest.room, mara.kid), mara.kid)


async def test_nobody_else_may_flag_and_all_of_them_hear_the_same(stage: Stage) -> None:
    guest, cast = await in_state(stage, State.TALKING), stage.cast
    other = await opened(stage)
    outsiders: list[Caller] = [
        other.caller,
        stage.staff(cast.sol),
        moderator(stage),
        stage.house.admission.staff(stage.token(cast.coordinator, "coordinator")),
        # Of the right person, and for another role than a peer's.
        replace(stage.staff(cast.mara), role="moderator"),
    ]
    for caller in outsiders:
        for room in (guest, new_guest()):
            with pytest.raises(Unknown):
                await flagged(stage, room, by=caller)
    assert await all_rows(stage, tables.flags) == await all_rows(stage, tables.evidence) == []
    await flagged(stage, guest)


async def test_a_peer_who_was_asked_and_not_accepted_has_nothing_to_flag(stage: Stage) -> None:
    guest, mara = await opened(stage), stage.staff(stage.cast.mara)
    await stage.queue.claim(mara, guest.room)
    with pytest.raises(Unknown):
        await flagged(stage, guest, by=mara)
    await stage.queue.meet(guest.caller, mara.kid, accept=True)
    await flagged(stage, guest, by=mara)


async def test_a_flag_may_be_sent_again_and_counts_once(stage: Stage) -> None:
    guest, flag = await opened(stage), new_flag()
    sealed, kid = sealed_flag(stage, guest, flag), stage.cast.moderation_team.kid

    async def send(category: Category = Category.OTHER, sealed: bytes = sealed) -> Outcome:
        return await service.open_flag(stage.house, guest.caller, guest.room, flag, category, kid, sealed)

    assert [await send() for _ in range(5)] == [Outcome.OPEN] * 5
    assert len(await rows(stage, tables.flags, guest.room)) == 1
    for other in (send(Category.ABUSE), send(sealed=sealed_flag(stage, guest, flag))):
        with pytest.raises(SlotTaken):
            await other
    await decided(stage, flag, Act.CLOSE)
    assert await send() is Outcome.CLOSED


async def test_a_flags_id_is_nobody_elses(stage: Stage) -> None:
    guest, other = await opened(stage), await opened(stage)
    flag = await flagged(stage, guest)
    with pytest.raises(SlotTaken):
        await flagged(stage, other, flag=flag)
    assert await rows(stage, tables.evidence, other.room) == []
    assert len(await rows(stage, tables.flags, guest.room)) == 1


async def test_three_flags_wait_at_most_for_each_reporter_and_room(stage: Stage) -> None:
    guest, mara = await in_state(stage, State.TALKING), stage.staff(stage.cast.mara)
    first, *_ = [await flagged(stage, guest, category=Category.DANGER)] + [
        await flagged(stage, guest) for _ in range(2)
    ]
    with pytest.raises(SlowDown):
        await flagged(stage, guest)
    await flagged(stage, guest, by=mara)
    await flagged(stage, await opened(stage))
    await decided(stage, first)
    await flagged(stage, guest)
    with pytest.raises(SlowDown):
        await flagged(stage, guest)


async def test_a_flag_for_a_replaced_team_key_is_to_be_sealed_anew(stage: Stage) -> None:
    guest = await opened(stage)
    held = await flagged(stage, guest)
    new = StaffKey.generate()
    directory = stage.cast.directory(NOW, serial=2)
    teams = {**directory.teams, "moderation": team(new, 2, stage.cast.moderator)}
    await published(stage, replace(directory, teams=teams))
    with pytest.raises(StaleEpoch):
        await flagged(stage, guest)
    flag = new_flag()
    took = await service.open_flag(
        stage.house, guest.caller, guest.room, flag, Category.OTHER, new.kid, bytes(4177)
    )
    assert took is Outcome.OPEN
    kept = {row.id: (row.team_kid, row.team_epoch) for row in await rows(stage, tables.flags, guest.room)}
    assert kept == {held: (stage.cast.moderation_team.kid, 1), flag: (new.kid, 2)}


async def test_under_an_expired_directory_flags_are_taken_and_read(stage: Stage) -> None:
    guest = await opened(stage)
    stage.clock.advance(40 * DAY)
    flag = await flagged(stage, guest)
    assert await decided(stage, flag) is Outcome.NONE


@pytest.mark.parametrize("length", [1, 4096, 4176, 4178, 3 * 4096 + 81, 65616])
async def test_a_flag_of_another_length_is_flag_format(stage: Stage, length: int) -> None:
    guest, kid = await opened(stage), stage.cast.moderation_team.kid
    args = stage.house, guest.caller, guest.room, new_flag(), Category.OTHER, kid
    with pytest.raises(FlagFormat):
        await service.open_flag(*args, bytes(length))
    assert await service.open_flag(*args, bytes(65617)) is Outcome.OPEN


async def test_the_headers_and_seats_of_a_flagged_room_are_kept_once(stage: Stage) -> None:
    here = await talk(stage)
    for words in ("one", "two"):
        await here.says(here.client, words)
        await here.says(here.peer, words)
    await flagged(stage, here.guest)
    await here.says(here.client, "three")
    await flagged(stage, here.guest)
    names = ("room", "seq", "seat", "ke", "n", "com")
    said = sorted(await rows(stage, tables.messages, here.guest.room), key=lambda row: row.seq)
    kept = sorted(await rows(stage, tables.evidence, here.guest.room), key=lambda row: row.seq)
    assert [[getattr(row, name) for name in names] for row in kept] == [
        [getattr(row, name) for name in names] for row in said
    ]
    assert len(kept) == 5
    assert {(row.seat, row.kid) for row in await rows(stage, tables.evidence_seats, here.guest.room)} == {
        (CLIENT_SEAT, None),
        (here.peer.own_seat, stage.cast.mara.kid),
    }
    # Words that nobody flagged are in nobody's evidence.
    other = await opened(stage, words=True)
    assert await rows(stage, tables.evidence, other.room) == []


async def test_a_flag_costs_the_same_in_a_long_talk(stage: Stage) -> None:
    costs = []
    for count in (1, 30):
        here = await talk(stage, stage.cast.mara if count == 1 else stage.cast.sol)
        for _ in range(count):
            await here.says(here.client, "words")
        with statements(stage) as asked:
            await flagged(stage, here.guest)
        costs.append(asked)
    assert costs[0] == costs[1]
    assert len(costs[0]) <= 10


async def test_reporters_hear_of_their_own_flags_alone(stage: Stage) -> None:
    guest, mara = await in_state(stage, State.TALKING), stage.staff(stage.cast.mara)
    sols = await opened(stage)
    await talking(stage, sols, stage.cast.sol)
    mine = await flagged(stage, guest, category=Category.DANGER)
    theirs = await flagged(stage, guest, by=mara)
    await flagged(stage, sols)
    assert await decided(stage, mine) is Outcome.NONE
    await flagged(stage, guest)

    told = await service.mine(stage.house, guest.caller)
    assert {flag.report.seat for flag in told} == {CLIENT_SEAT}
    assert {flag.report.room for flag in told} == {guest.room}
    assert sorted(flag.decision is not None for flag in told) == [False, True]
    [own] = await service.mine(stage.house, mara)
    assert (own.report.flag, own.report.room) == (theirs, guest.room)
    assert await service.mine(stage.house, stage.staff(stage.cast.sol)) == []
    for other in (moderator(stage), replace(mara, role="coordinator")):
        with pytest.raises(Unknown):
            await service.mine(stage.house, other)


async def test_reports_end_with_their_room_and_flags_do_not(stage: Stage) -> None:
    guest, mara = await in_state(stage, State.TALKING), stage.staff(stage.cast.mara)
    await flagged(stage, guest)
    await flagged(stage, guest, by=mara)
    await rooms.delete(stage.house, guest.caller)
    assert len(await service.mine(stage.house, mara)) == 1
    stage.clock.advance(HEADER_DAYS * DAY)
    await purge(stage.db, stage.clock, 90)
    async with stage.db.read() as tx:
        with pytest.raises(Unknown):
            await stage.house.admission.client(tx, guest.room, guest.secret, even_deleted=True)
    assert await service.mine(stage.house, stage.staff(stage.cast.mara)) == []
    assert len(await rows(stage, tables.flags, guest.room)) == 2
    assert len(await rows(stage, tables.evidence, guest.room)) == 1


async def test_a_flag_changes_nothing_in_the_room(stage: Stage) -> None:
    guest = await in_state(stage, State.TALKING)
    before = await view(stage, guest.caller, guest.room)
    stage.heard.forget()
    await flagged(stage, guest)
    assert await view(stage, guest.caller, guest.room) == before
    # Nobody hears of it: a peer must not learn that the client flagged.
    assert (stage.heard.rooms, stage.heard.reports, stage.heard.items, stage.heard.queue) == ([], [], [], 0)


async def test_a_flag_is_written_down_as_a_whole_or_not_at_all(
    stage: Stage,
) -> None:
    guest = await in_state(stage, State.TALKING)

    def refuse(*args: object) -> None:
        if "INTO evidence_seats" in str(args[2]):
            raise RuntimeError("the engine fails in the middle")

    event.listen(stage.db._writer.sync_engine, "before_cursor_execute", refuse)
    with pytest.raises(RuntimeError):
        await flagged(stage, guest)
    event.remove(stage.db._writer.sync_engine, "before_cursor_execute", refuse)
    for table in (tables.flags, tables.evidence, tables.evidence_seats):
        assert await rows(stage, table, guest.room) == []
    await flagged(stage, guest)
