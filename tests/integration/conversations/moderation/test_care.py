"""More words asked for, flags handed on, rooms offered anew, seals under a new key, flags that are held."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.companion.keys import StaffKey
from app.companion.seals import seal_flag, seal_flag_note
from app.conversations import tables
from app.conversations.errors import Closed, FlagFormat, SecondNeeded, SlowDown, StaleEpoch, Unknown
from app.conversations.ids import Conversations
from app.conversations.moderation import keeping, rules, second_store, service, store
from app.conversations.moderation.keeping import Resealed
from app.conversations.moderation.rules import (
    ANSWER_DAYS,
    KEPT_DAYS,
    MOST_A_DAY,
    Act,
    Category,
    Line,
    More,
    Outcome,
    Sealed,
)
from app.conversations.purge import purge
from app.conversations.rooms import service as rooms
from app.conversations.rooms.rules import State
from app.kit.clock import DAY, day_of
from app.kit.database import WriteTx
from app.wire.ids import CLIENT_SEAT, FlagId, RoomId
from tests.builders import Guest, Stage, listed, meeting, opened, rekeyed, stage_on, talking, ticket, view
from tests.builders import rows as rows_of
from tests.cast import team
from tests.flagging import (
    all_rows,
    back,
    coordinator,
    decided,
    decision,
    flagged,
    left,
    line_on,
    moderator,
    more_moderators,
    new_flag,
    published,
    sealed_flag,
    talk,
    trail,
)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Stage]:
    """A house on one engine: here nothing depends on which."""
    async with stage_on(f"sqlite+aiosqlite:///{tmp_path / 'store.sqlite'}") as stage:
        yield stage


async def take(stage: Stage, key: StaffKey | None = None, *skips: Category) -> FlagId | None:
    taken = await service.take(stage.house, moderator(stage, key), skips)
    return None if taken is None else taken.flag.report.flag


async def told(stage: Stage, guest: Guest) -> list[Outcome]:
    return [rules.outcome(flag) for flag in await service.mine(stage.house, guest.caller)]


async def give(stage: Stage, guest: Guest, flag: FlagId, sealed: bytes | None) -> Outcome:
    team = stage.cast.moderation_team.kid
    return await service.give_more(stage.house, guest.caller, guest.room, flag, team, sealed)


async def test_a_reporter_is_asked_once_for_more_and_the_asker_reads_it(place: Stage) -> None:
    [_, another] = await more_moderators(place, 2)
    here, house = await talk(place), place.house
    guest = here.guest
    flag = await flagged(place, guest, await here.says(here.peer, "Your number?"))
    with pytest.raises(Closed):
        await give(place, guest, flag, None)
    with pytest.raises(Unknown):
        await service.ask_for_more(house, moderator(place), flag)
    assert await take(place) == flag
    place.heard.forget()
    for _ in range(2):
        await service.ask_for_more(house, moderator(place), flag)
    assert place.heard.reports[0] == (guest.room, CLIENT_SEAT)
    assert await told(place, guest) == [Outcome.ASKED]
    assert (await take(place), await take(place, another)) == (None, None)

    later = await here.says(here.peer, "I said: your number.")
    words = sealed_flag(place, guest, flag, [later])
    with pytest.raises(FlagFormat):
        await give(place, guest, flag, bytes(4176))
    with pytest.raises(StaleEpoch):
        await service.give_more(house, guest.caller, guest.room, flag, StaffKey.generate().kid, words)
    for other in (await opened(place), (await talk(place, place.cast.sol)).guest):
        with pytest.raises(Unknown):
            await give(place, other, flag, words)
    with pytest.raises(Unknown):
        await service.give_more(
            house, here.peer_caller, guest.room, flag, place.cast.moderation_team.kid, words
        )
    for _ in range(2):
        assert await give(place, guest, flag, words) is Outcome.OPEN
    for other_words in (None, sealed_flag(place, guest, flag, [later])):
        with pytest.raises(Closed):
            await give(place, guest, flag, other_words)
    assert await told(place, guest) == [Outcome.OPEN]
    # For a day it is kept for who asked.
    assert await take(place, another) is None
    assert await take(place) == flag
    read = await service.read(house, moderator(place), flag)
    assert read.flag.more is More.GIVEN
    assert read.flag.words is not None
    assert (read.flag.words.blob, read.flag.words.epoch) == (words, 1)
    assert [row.seq for row in read.rows] == [1, 2]
    with pytest.raises(Closed):
        await service.ask_for_more(house, moderator(place), flag)
    assert [entry.act for entry in await trail(place)] == ["ask-context", "read"]


async def test_whoever_would_rather_not_says_no_more_and_whoever_is_silent_holds_up_nothing_for_long(
    place: Stage,
) -> None:
    [_, another] = await more_moderators(place, 2)
    refusing, silent = await opened(place), await opened(place)

    async def asked_for_more(guest: Guest) -> FlagId:
        flag = await flagged(place, guest)
        assert await take(place) == flag
        await service.ask_for_more(place.house, moderator(place), flag)
        return flag

    refused = await asked_for_more(refusing)
    for _ in range(2):
        assert await give(place, refusing, refused, None) is Outcome.OPEN
    assert await decided(place, refused) is Outcome.NONE
    flag = await asked_for_more(silent)
    place.clock.advance(ANSWER_DAYS * DAY)
    assert await take(place, another) is None
    place.clock.advance(DAY)
    assert await take(place, another) == flag
    # Late words are still read, until it is decided.
    assert await give(place, silent, flag, sealed_flag(place, silent, flag)) is Outcome.OPEN


async def test_a_flag_handed_on_goes_to_somebody_else_with_the_line_and_not_back(place: Stage) -> None:
    [_, another] = await more_moderators(place, 2)
    flag = await flagged(place, await opened(place))
    await take(place)
    with pytest.raises(FlagFormat):
        await service.hand_on(
            place.house, moderator(place), flag, replace(line_on(place, flag), blob=bytes(1104))
        )
    await service.hand_on(place.house, moderator(place), flag, line_on(place, flag))
    with pytest.raises(Unknown):
        await service.read(place.house, moderator(place), flag)
    assert await take(place) is None
    taken = await service.take(place.house, moderator(place, another))
    assert taken is not None
    assert (taken.flag.report.flag, taken.handed_on) == (flag, True)
    read = await service.read(place.house, moderator(place, another), flag)
    assert [(note.n, note.by, note.kind) for note in read.notes] == [(1, place.cast.moderator.kid, "hand-on")]
    # Everybody has handed it on, or is somebody who would get it back.
    with pytest.raises(SecondNeeded):
        await service.hand_on(place.house, moderator(place, another), flag, line_on(place, flag, 2))
    assert [entry.act for entry in await trail(place)] == ["hand-on", "read"]


async def test_a_flag_whose_second_reader_left_comes_back_to_who_handed_it_on(place: Stage) -> None:
    [_, another] = await more_moderators(place, 2)
    flag = await flagged(place, await opened(place))
    await take(place)
    await service.hand_on(place.house, moderator(place), flag, line_on(place, flag))
    assert await take(place, another) == flag
    assert await take(place) is None
    await left(place, another)
    assert await take(place) == flag


async def test_what_a_moderator_skips_today_goes_to_others(place: Stage) -> None:
    [_, another] = await more_moderators(place, 2)
    grave = await flagged(place, await opened(place), category=Category.DANGER)
    light = await flagged(place, await opened(place), category=Category.OTHER)
    assert await take(place) == grave
    assert await take(place, None, Category.DANGER) == light
    assert await take(place, another, Category.DANGER, Category.CONTACT) is None
    assert await take(place, another) == grave


@pytest.mark.parametrize("state", [State.WAITING, State.MEETING, State.TALKING, State.RESTING])
async def test_a_client_whose_talk_a_moderator_ends_may_meet_somebody_else(
    place: Stage, state: State
) -> None:
    guest = await opened(place, words=True)
    if state is State.MEETING:
        await meeting(place, guest, place.cast.mara)
    elif state is not State.WAITING:
        await talking(place, guest, place.cast.mara)
    if state is State.RESTING:
        await rooms.rest(place.house, guest.caller)
    place.heard.forget()
    flag = await flagged(place, guest)
    assert await decided(place, flag, Act.REOFFER) is Outcome.REOFFERED
    assert place.heard.rooms == [guest.room]
    seen = await view(place, guest.caller, guest.room)
    waits = state in (State.WAITING, State.MEETING)
    assert (seen.state, seen.needs_rekey, seen.meet) == (
        State.WAITING if waits else State.RESTING,
        True,
        None,
    )
    assert [seat.open for seat in seen.seats if seat.kid is not None] in ([], [False])
    with pytest.raises(Unknown):
        await view(place, place.staff(place.cast.mara), guest.room)
    # One tap of the client's: a new key, and back in line.
    await rekeyed(place, guest, to_team=True, wish=None if waits else ticket())
    assert guest.room in await listed(place, place.cast.mara)


async def test_a_room_that_is_over_is_not_offered_anew(place: Stage) -> None:
    guest = await opened(place)
    flag = await flagged(place, guest)
    await rooms.close(place.house, guest.caller)
    assert await decided(place, flag, Act.REOFFER) is Outcome.REOFFERED
    assert (await view(place, guest.caller, guest.room)).state is State.CLOSED


async def test_fifty_flags_of_one_reporter_are_three_at_a_time_and_ten_a_day(place: Stage) -> None:
    guest = await opened(place)
    came = 0
    for _ in range(50):
        try:
            flag = await flagged(place, guest)
        except SlowDown:
            continue
        came += 1
        assert await take(place) == flag
        await service.decide(place.house, moderator(place), flag, decision(place, flag))
    assert came == MOST_A_DAY
    # It bars nobody else, and is over the next day.
    await flagged(place, await opened(place))
    place.clock.advance(DAY)
    await flagged(place, guest)


async def new_team(place: Stage, epoch: int = 2, *members: StaffKey) -> StaffKey:
    """The moderation team has a new key; with `members`, they have it, and no other moderator is listed."""
    key = StaffKey.generate()
    in_force = place.house.admission.in_force
    assert in_force is not None
    now, held_by = in_force.directory, members or (place.cast.moderator,)
    kids = {each.kid for each in held_by}
    staff = [each for each in now.staff if not members or "moderator" not in each.roles or each.kid in kids]
    teams = {**now.teams, "moderation": team(key, epoch, *held_by)}
    await published(place, replace(now, serial=now.serial + 1, teams=teams, staff=tuple(staff)))
    return key


async def test_undecided_flags_are_sealed_anew_for_a_new_key_with_all_that_is_about_them(
    place: Stage,
) -> None:
    [_, another] = await more_moderators(place, 2)
    guest = await opened(place)
    flag, done = await flagged(place, guest, category=Category.DANGER), await flagged(place, guest)
    await take(place)
    await service.ask_for_more(place.house, moderator(place), flag)
    await give(place, guest, flag, sealed_flag(place, guest, flag))
    await take(place)
    await service.hand_on(place.house, moderator(place), flag, line_on(place, flag))
    await decided(place, done)
    assert await keeping.stale(place.house, moderator(place)) == []
    old, new = place.cast.moderation_team.kid, (await new_team(place)).kid
    [found] = await keeping.stale(place.house, moderator(place))
    assert (found.flag.report.flag, found.flag.report.team, len(found.notes)) == (flag, old, 1)
    assert found.words is not None

    fresh = Resealed(new, bytes(4177), bytes(8273), {1: bytes(2129)})
    me = moderator(place)
    for wrong, code in (
        (replace(fresh, sealed=bytes(4176)), FlagFormat),
        (replace(fresh, words=bytes(1)), FlagFormat),
        (replace(fresh, notes={1: bytes(1)}), FlagFormat),
        (replace(fresh, team=old), StaleEpoch),
        # Words that would stay under the old key.
        (replace(fresh, words=None), Closed),
    ):
        with pytest.raises(code):
            await keeping.reseal(place.house, me, flag, old, wrong)
    await keeping.reseal(place.house, me, flag, old, fresh)
    # Nor may anybody replace what lies under the present key.
    with pytest.raises(Closed):
        await keeping.reseal(place.house, me, flag, new, replace(fresh, words=None))
    # The second browser comes too late, and harms nothing.
    with pytest.raises(Closed):
        await keeping.reseal(place.house, moderator(place, another), flag, old, replace(fresh, words=None))
    with pytest.raises(Closed):
        await keeping.reseal(place.house, me, done, old, replace(fresh, words=None, notes={}))
    assert await keeping.stale(place.house, me) == []
    [row] = [row for row in await all_rows(place, tables.flags) if row.id == flag]
    assert (row.team_kid, row.team_epoch, row.sealed) == (new, 2, bytes(4177))
    assert (row.more_kid, row.more_epoch, row.more_sealed) == (new, 2, bytes(8273))
    [note] = await all_rows(place, tables.flag_notes)
    assert (note.team_kid, note.team_epoch, note.sealed) == (new, 2, bytes(2129))
    assert [entry.act for entry in await trail(place)][-2:] == ["reseal", "resealed"]
    peer = place.staff(place.cast.mara)
    for act in (keeping.stale(place.house, peer), keeping.reseal(place.house, peer, flag, new, fresh)):
        with pytest.raises(Unknown):
            await act


async def test_a_line_under_the_present_key_is_nobodys_to_replace_and_an_older_one_follows_later(
    place: Stage,
) -> None:
    [_, another] = await more_moderators(place, 2)
    flag = await flagged(place, await opened(place))
    await take(place)
    await service.hand_on(place.house, moderator(place), flag, line_on(place, flag))
    old, new = place.cast.moderation_team.kid, await new_team(place)
    # Whoever takes it now writes under the new key, before anybody sealed the rest anew.
    await take(place, another)
    line = Line(new.kid, 2, seal_flag_note(new.pub, flag, 2, {"line": "New."}))
    await service.ask_for_more(place.house, moderator(place, another), flag)
    async with place.db.write() as tx:
        sealed = Sealed(new.kid, 2, line.blob)
        await second_store.add_note(tx, flag, another.kid, "hand-on", sealed)
    # The first could not open the old line, and would put something in the place of the new one.
    first = Resealed(new.kid, bytes(4177), None, {2: bytes(4177)})
    await keeping.reseal(place.house, moderator(place), flag, old, first)
    assert [row.sealed for row in await all_rows(place, tables.flag_notes)][1:] == [line.blob]

    [found] = await keeping.stale(place.house, moderator(place, another))
    assert (found.whole, found.words, [note.n for note in found.notes]) == (False, None, [1])
    for nothing in ({}, {2: bytes(1105)}):
        with pytest.raises(Closed):
            await keeping.reseal(
                place.house, moderator(place), flag, old, Resealed(new.kid, None, None, nothing)
            )
    with pytest.raises(Unknown):
        await keeping.reseal(
            place.house, coordinator(place), flag, old, Resealed(new.kid, None, None, {1: bytes(1105)})
        )
    later = Resealed(new.kid, None, None, {1: bytes(2129)})
    await keeping.reseal(place.house, moderator(place, another), flag, old, later)
    kept = [(row.team_epoch, row.sealed) for row in await all_rows(place, tables.flag_notes)]
    assert kept == [(2, bytes(2129)), (2, line.blob)]
    assert await keeping.stale(place.house, moderator(place)) == []


async def test_flags_that_open_for_nobody_hide_none_behind_them(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    guests = [await opened(stage) for _ in range(2)]
    kinds = [Category.OTHER, Category.DANGER, Category.ABUSE, Category.DANGER, Category.OTHER]
    flags = [await flagged(stage, guests[at % 2], category=kind) for at, kind in enumerate(kinds)]
    await new_team(stage)
    seen: list[FlagId] = []
    while found := await keeping.stale(stage.house, moderator(stage), seen[-1] if seen else None):
        assert len(found) <= 2
        seen += [each.flag.report.flag for each in found]
    assert seen == [*sorted((flags[1], flags[3])), flags[2], *sorted((flags[0], flags[4]))]


async def test_what_is_held_stands_before_all_that_was_decided_since(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_LISTED", 2)
    held, *others = [await flagged(stage, await opened(stage)) for _ in range(4)]
    await keeping.hold(stage.house, coordinator(stage), held, True, "the court of Ulm")
    days = {}
    for _ in range(4):
        flag = await take(stage)
        assert flag is not None
        if flag != held:
            await service.decide(stage.house, moderator(stage), flag, decision(stage, flag))
        else:
            await service.ask_for_more(stage.house, moderator(stage), flag)
        days[flag] = day_of(stage.now)
        stage.clock.advance(DAY)
    found: list[tuple[FlagId, int | None]] = []
    while page := await keeping.kept(stage.house, moderator(stage), found[-1][0] if found else None):
        assert len(page) <= 2
        found += [(flag.report.flag, day) for flag, day in page]
    newest = sorted(others, key=lambda flag: days[flag], reverse=True)
    assert found == [(held, None), *((flag, days[flag]) for flag in newest)]


@pytest.mark.parametrize("engine_url", [pytest.param("postgresql", marks=pytest.mark.engines)], indirect=True)
async def test_nobody_is_told_that_a_flag_is_held_which_the_purge_takes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    flag, forget = await flagged(stage, await opened(stage)), store.forget
    await decided(stage, flag)
    stage.clock.advance(91 * DAY)
    holds: list[asyncio.Task[None]] = []

    async def held_meanwhile(tx: WriteTx[Conversations], these: Sequence[RoomId], day: int) -> int:
        gone = await forget(tx, these, day)
        holds.append(
            asyncio.create_task(keeping.hold(stage.house, coordinator(stage), flag, True, "the court of Ulm"))
        )
        # It has to wait for the purge, which has deleted the flag and not ended yet.
        done, _ = await asyncio.wait(holds, timeout=0.5)
        assert not done
        return gone

    monkeypatch.setattr(store, "forget", held_meanwhile)
    await purge(stage.db, stage.clock, 90)
    [hold] = holds
    with pytest.raises(Unknown):
        await hold
    assert "hold-on" not in [entry.act for entry in await trail(stage)]


async def test_flags_of_a_time_without_moderators_are_sealed_anew_by_the_coordinators_who_stood_in(
    place: Stage,
) -> None:
    first = place.house.admission.in_force
    assert first is not None
    cast, before = place.cast, await flagged(place, await opened(place))
    stood_in = await new_team(place, 2, cast.coordinator)
    guest = await opened(place)
    words = seal_flag(stood_in.pub, flag := new_flag(), guest.room, CLIENT_SEAT, {"v": 1})
    await service.open_flag(place.house, guest.caller, guest.room, flag, Category.OTHER, stood_in.kid, words)
    assert await keeping.stale(place.house, coordinator(place)) == []
    await back(place, first.directory)
    key = await new_team(place, 3)

    # What moderators alone could ever open is not the coordinators' to fetch, nor to replace.
    [found] = await keeping.stale(place.house, coordinator(place))
    assert (found.flag.report.flag, found.flag.epoch) == (flag, 2)
    old, fresh = cast.moderation_team.kid, Resealed(key.kid, bytes(4177), None, {})
    with pytest.raises(Unknown):
        await keeping.reseal(place.house, coordinator(place), before, old, fresh)
    await keeping.reseal(place.house, coordinator(place), flag, stood_in.kid, fresh)
    assert await keeping.stale(place.house, coordinator(place)) == []
    assert [each.flag.report.flag for each in await keeping.stale(place.house, moderator(place))] == [before]
    told = [(entry.kid, entry.act) for entry in await trail(place) if entry.flag == flag]
    assert told == [(cast.coordinator.kid, "reseal"), (cast.coordinator.kid, "resealed")]


async def test_a_held_flag_stays_until_somebody_lets_it_go_and_the_trail_says_who(place: Stage) -> None:
    guest, other = await opened(place, words=True), await opened(place, words=True)
    held, free = await flagged(place, guest), await flagged(place, other)
    for _ in range(2):
        flag = await take(place)
        assert flag is not None
        await service.decide(place.house, moderator(place), flag, decision(place, flag))
    for _ in range(2):
        await keeping.hold(place.house, coordinator(place), held, True, "the court of Ulm")
    kept = await keeping.kept(place.house, moderator(place), None)
    assert [(flag.report.flag, flag.held) for flag, _ in kept] == [(held, True), (free, False)]
    for caller in (place.staff(place.cast.mara), replace(moderator(place), role="peer")):
        for act in (
            keeping.hold(place.house, caller, held, False, "over"),
            keeping.kept(place.house, caller, None),
            keeping.entries(place.house, caller, None),
        ):
            with pytest.raises(Unknown):
                await act
    with pytest.raises(Unknown):
        await keeping.entries(place.house, moderator(place), None)
    with pytest.raises(Unknown):
        await keeping.hold(place.house, moderator(place), FlagId(bytes(16)), True, "over")

    place.clock.advance(91 * DAY)
    await purge(place.db, place.clock, 90)
    assert [row.id for row in await all_rows(place, tables.flags)] == [held]
    assert len(await rows_of(place, tables.evidence, guest.room)) == 1
    assert await rows_of(place, tables.evidence, other.room) == []
    await keeping.hold(place.house, moderator(place), held, False, "over")
    await purge(place.db, place.clock, 90)
    for table in (tables.flags, tables.evidence, tables.flag_notes, tables.proposals):
        assert await all_rows(place, table) == []
    entries = await keeping.entries(place.house, coordinator(place), None)
    assert [(e.act, e.reason) for e in entries[:2]] == [("hold-off", "over"), ("hold-on", "the court of Ulm")]
    assert [e.n for e in await keeping.entries(place.house, coordinator(place), entries[0].n)] == [3, 2, 1]


async def test_a_flag_is_kept_for_whoever_waited_only_for_a_day(place: Stage) -> None:
    [_, another] = await more_moderators(place, 2)
    guest = await opened(place)
    flag = await flagged(place, guest)
    await take(place)
    await service.ask_for_more(place.house, moderator(place), flag)
    place.clock.advance(3 * DAY)
    await give(place, guest, flag, None)
    place.clock.advance(KEPT_DAYS * DAY)
    assert await take(place, another) is None
    place.clock.advance(DAY)
    assert await take(place, another) == flag
