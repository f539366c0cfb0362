"""A paused peer takes no new talks: what begins, what goes on, what the peer may say to somebody new."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.companion.keys import StaffKey
from app.companion.seals import seal_flag_note
from app.conversations import tables
from app.conversations.admission.callers import StaffCaller
from app.conversations.appeals import service as appeals
from app.conversations.availability.rules import Pause, ShiftState
from app.conversations.errors import Closed, FlagFormat, Paused, Unknown
from app.conversations.ids import FlagId, Kid, RoomId
from app.conversations.queue import pausing
from app.conversations.queue.directory import publish
from app.conversations.queue.offering import Standing
from app.conversations.rooms.rules import State
from app.kit.clock import DAY, day_of
from app.kit.errors import Refusal
from app.wire.directory import parse_directory
from tests.builders import Stage, listed, on_shift, opened, stage_on, talking, view
from tests.cast import member, without

FLAG = FlagId(b"f" * 16)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage_on(f"sqlite+aiosqlite:///{tmp_path / 'store.sqlite'}") as stage:
        yield stage


async def paused(stage: Stage, *, hours: int | None = None, second: Kid | None = None) -> list[RoomId]:
    """Mara is paused by the moderator."""
    until = None if hours is None else stage.now + 3_600 * hours
    pause = Pause(
        stage.cast.mara.kid, FLAG, stage.cast.moderator.kid, second, "abuse", day_of(stage.now), until
    )
    async with stage.db.write() as tx:
        await stage.house.admission.rely(tx)
        return await pausing.begin(stage.house, tx, pause)


def moderator(stage: Stage) -> StaffCaller:
    return stage.staff(stage.cast.moderator, role="moderator")


def coordinator(stage: Stage) -> StaffCaller:
    return stage.staff(stage.cast.coordinator, role="coordinator")


async def standing(stage: Stage) -> Standing:
    kid = stage.cast.mara.kid
    async with stage.db.read() as tx:
        return (await stage.queue.offering.standing(tx, [kid]))[kid]


async def told(stage: Stage) -> list[tuple[Kid, str, str]]:
    async with stage.db.read() as tx:
        rows = (await tx.connection.execute(select(tables.trail).order_by(tables.trail.c.n))).all()
        assert {row.flag for row in rows} <= {FLAG}
        return [(Kid(row.kid), row.act, row.reason) for row in rows]


async def test_a_pause_ends_what_has_not_begun_and_lets_talks_go_on(stage: Stage) -> None:
    mara, sol = stage.cast.mara, stage.cast.sol
    talk, asked = await opened(stage), await opened(stage)
    await talking(stage, talk, mara)
    await stage.queue.claim(stage.staff(mara), asked.room)
    await stage.queue.offering.say(stage.staff(sol), ShiftState.OFF)
    before = (await view(stage, asked.caller, asked.room)).state
    waiting = await opened(stage)

    changed = await paused(stage)

    assert sorted(changed) == sorted([talk.room, asked.room])
    assert before is State.MEETING
    assert (await view(stage, asked.caller, asked.room)).state is State.WAITING
    assert (await view(stage, talk.caller, talk.room)).state is State.TALKING
    now = await standing(stage)
    assert now.paused
    assert now.shift is not None
    assert (now.shift.state, now.offered) == (ShiftState.OFF, None)
    assert await listed(stage, mara) == []
    with pytest.raises(Paused):
        await stage.queue.offering.say(stage.staff(mara), ShiftState.ON)
    with pytest.raises(Paused):
        await stage.queue.claim(stage.staff(mara), waiting.room)
    # What is left to them: to finish, to be off, to leave a talk well.
    await stage.queue.offering.say(stage.staff(mara), ShiftState.FINISHING)
    assert await stage.queue.release(stage.staff(mara), talk.room, None) is State.RESTING

    await on_shift(stage, sol)
    assert set(await listed(stage, sol)) == {asked.room, waiting.room}
    assert (await stage.queue.claim(stage.staff(sol), waiting.room)).state is State.MEETING


async def test_a_pause_is_over_with_its_time_or_when_somebody_lifts_it(stage: Stage) -> None:
    mara = stage.cast.mara
    guest = await opened(stage)
    await talking(stage, guest, mara)
    await paused(stage, hours=72)
    stage.heard.forget()
    stage.clock.advance(72 * 3_600 - 1)
    await stage.queue.sweep()
    with pytest.raises(Paused):
        await stage.queue.offering.say(stage.staff(mara), ShiftState.ON)
    assert stage.heard.rooms == []
    stage.clock.advance(1)
    assert not (await standing(stage)).paused
    await stage.queue.sweep()
    assert stage.heard.rooms == [guest.room]
    await stage.queue.offering.say(stage.staff(mara), ShiftState.ON)

    await paused(stage)
    stage.heard.forget()
    await appeals.lift(stage.house, coordinator(stage), mara.kid, "talked it over")
    assert stage.heard.rooms == [guest.room]
    await stage.queue.offering.say(stage.staff(mara), ShiftState.ON)
    with pytest.raises(Unknown):
        await appeals.lift(stage.house, coordinator(stage), mara.kid, "again")
    assert await told(stage) == [
        (mara.kid, "pause-over", ""),
        (stage.cast.coordinator.kid, "pause-lifted", "talked it over"),
    ]


async def test_of_two_pauses_the_one_that_lasts_longer_stays(stage: Stage) -> None:
    async def until() -> int | None:
        own = await appeals.mine(stage.house, stage.staff(stage.cast.mara))
        assert own is not None
        return own.pause.until

    await paused(stage, hours=24)
    await paused(stage, hours=72)
    assert await until() == stage.now + 72 * 3_600
    await paused(stage, hours=24)
    assert await until() == stage.now + 72 * 3_600
    await paused(stage)
    await paused(stage, hours=72)
    assert await until() is None


async def test_whoever_leaves_the_directory_leaves_no_pause_behind(stage: Stage) -> None:
    await paused(stage)
    gone = without(parse_directory(stage.signed.payload), stage.cast.mara.kid, StaffKey.generate())
    await publish(stage.house, stage.cast.sign(gone))
    assert await appeals.listed(stage.house, moderator(stage)) == []


async def test_a_peer_appeals_once_to_somebody_who_had_no_part_in_it(stage: Stage) -> None:
    mara, cast, house = stage.staff(stage.cast.mara), stage.cast, stage.house
    with pytest.raises(Closed):
        await appeals.appeal(house, mara, cast.coordinator.kid, word(stage, cast.coordinator, FLAG))
    assert await appeals.mine(house, mara) is None
    await paused(stage)
    own = await appeals.mine(house, mara)
    assert own is not None
    assert (own.appeal, list(own.whom), own.pause.reason) == (None, [cast.coordinator.kid], "abuse")
    for nobody in (cast.moderator, cast.sol, cast.mara):
        with pytest.raises(Unknown):
            await appeals.appeal(house, mara, nobody.kid, word(stage, nobody, own.pause.id))
    with pytest.raises(FlagFormat):
        await appeals.appeal(house, mara, cast.coordinator.kid, b"short")
    said = word(stage, cast.coordinator, own.pause.id)
    for _ in range(2):
        await appeals.appeal(house, mara, cast.coordinator.kid, said)
    with pytest.raises(Closed):
        await appeals.appeal(house, mara, cast.coordinator.kid, word(stage, cast.coordinator, own.pause.id))
    again = await appeals.mine(house, mara)
    assert again is not None
    assert (again.appeal, again.whom) == ("open", [])

    assert await appeals.named(house, moderator(stage)) == []
    [heard] = await appeals.named(house, coordinator(stage))
    assert heard.appeal is not None
    assert (heard.kid, heard.appeal.sealed) == (cast.mara.kid, said)
    with pytest.raises(Unknown):
        await appeals.answer(house, moderator(stage), cast.mara.kid, "lift", "mine")
    await appeals.answer(house, coordinator(stage), cast.mara.kid, "uphold", "read it all")
    with pytest.raises(Closed):
        await appeals.answer(house, coordinator(stage), cast.mara.kid, "lift", "after all")
    assert await appeals.named(house, coordinator(stage)) == []
    after = await appeals.mine(house, mara)
    assert after is not None
    assert (after.appeal, after.whom) == ("upheld", [])
    assert [(row[0].kid, row[1]) for row in await appeals.listed(house, moderator(stage))] == [
        (cast.mara.kid, "upheld")
    ]
    assert await told(stage) == [
        (cast.mara.kid, "appealed", ""),
        (cast.coordinator.kid, "appeal-upheld", "read it all"),
    ]


async def test_an_appeal_that_is_granted_ends_the_pause(stage: Stage) -> None:
    mara, cast = stage.staff(stage.cast.mara), stage.cast
    await paused(stage)
    own = await appeals.mine(stage.house, mara)
    assert own is not None
    await appeals.appeal(stage.house, mara, cast.coordinator.kid, word(stage, cast.coordinator, own.pause.id))
    await appeals.answer(stage.house, coordinator(stage), cast.mara.kid, "lift", "a misunderstanding")
    assert await appeals.mine(stage.house, mara) is None
    await stage.queue.offering.say(mara, ShiftState.ON)
    assert [act for _, act, _ in await told(stage)] == ["appealed", "pause-lifted"]


async def test_an_appeal_to_somebody_who_has_left_can_be_made_anew(stage: Stage) -> None:
    mara, cast = stage.staff(stage.cast.mara), stage.cast
    ife, directory = StaffKey.generate(), parse_directory(stage.signed.payload)
    joined = (*directory.staff, member(ife, "moderator", "Lin", "en"))
    team = directory.teams["moderation"]
    both = {**directory.teams, "moderation": replace(team, members=(*team.members, ife.kid))}
    await publish(stage.house, cast.sign(replace(directory, serial=2, staff=joined, teams=both)))
    await paused(stage)
    own = await appeals.mine(stage.house, mara)
    assert own is not None
    assert set(own.whom) == {ife.kid, cast.coordinator.kid}
    await appeals.appeal(stage.house, mara, ife.kid, word(stage, ife, own.pause.id))
    await publish(stage.house, cast.sign(replace(directory, serial=3)))
    own = await appeals.mine(stage.house, mara)
    assert own is not None
    assert (own.appeal, list(own.whom)) == (None, [cast.coordinator.kid])
    await appeals.appeal(stage.house, mara, cast.coordinator.kid, word(stage, cast.coordinator, own.pause.id))
    assert len(await appeals.named(stage.house, coordinator(stage))) == 1


async def test_an_appeal_that_nobody_answers_for_a_week_can_be_made_anew(stage: Stage) -> None:
    mara, cast, house = stage.staff(stage.cast.mara), stage.cast, stage.house
    await paused(stage)
    own = await appeals.mine(house, mara)
    assert own is not None
    first, second = (word(stage, cast.coordinator, own.pause.id) for _ in range(2))
    await appeals.appeal(house, mara, cast.coordinator.kid, first)
    stage.clock.advance(6 * DAY)
    with pytest.raises(Closed):
        await appeals.appeal(house, mara, cast.coordinator.kid, second)
    stage.clock.advance(DAY)
    stage.signed = cast.sign(cast.directory(stage.now, serial=2))
    await publish(house, stage.signed)
    own = await appeals.mine(house, mara)
    assert own is not None
    assert (own.appeal, list(own.whom)) == (None, [cast.coordinator.kid])
    assert [row[1] for row in await appeals.listed(house, moderator(stage))] == [None]
    await appeals.appeal(house, mara, cast.coordinator.kid, second)
    [heard] = await appeals.named(house, coordinator(stage))
    assert heard.appeal is not None
    assert heard.appeal.sealed == second
    # Who was asked late may still answer, and an answer stands however old it is.
    stage.clock.advance(DAY * 20)
    await appeals.answer(house, coordinator(stage), cast.mara.kid, "uphold", "read it all")
    again = await appeals.mine(house, stage.staff(cast.mara))
    assert again is not None
    assert (again.appeal, again.whom) == ("upheld", [])


async def test_the_trail_tells_of_each_pause_that_nobody_lifted_how_it_ended(stage: Stage) -> None:
    mara, cast = stage.cast.mara, stage.cast
    await paused(stage, hours=24)
    own = await appeals.mine(stage.house, stage.staff(mara))
    assert own is not None
    said = word(stage, cast.coordinator, own.pause.id)
    await appeals.appeal(stage.house, stage.staff(mara), cast.coordinator.kid, said)
    await paused(stage, hours=72)
    own = await appeals.mine(stage.house, stage.staff(mara))
    assert own is not None
    # With the shorter pause its appeal is over, and against the longer one there is another.
    assert (own.appeal, list(own.whom)) == (None, [cast.coordinator.kid])
    stage.clock.advance(72 * 3_600)
    for _ in range(2):
        await stage.queue.sweep()
    await paused(stage)
    gone = without(parse_directory(stage.signed.payload), mara.kid, StaffKey.generate())
    await publish(stage.house, cast.sign(gone))
    acts = ("appealed", "pause-longer", "pause-over", "pause-left")
    assert await told(stage) == [(mara.kid, act, "") for act in acts]


async def test_peers_see_their_own_pause_alone_and_staff_who_review_all_of_them(stage: Stage) -> None:
    await paused(stage)
    mara, sol = stage.staff(stage.cast.mara), stage.staff(stage.cast.sol)
    assert await appeals.mine(stage.house, sol) is None
    assert await appeals.mine(stage.house, mara) is not None
    for act in (appeals.listed, appeals.named):
        with pytest.raises(Unknown):
            await act(stage.house, mara)
        await act(stage.house, moderator(stage))
        await act(stage.house, coordinator(stage))
    with pytest.raises(Unknown):
        await appeals.mine(stage.house, moderator(stage))
    with pytest.raises(Unknown):
        await appeals.lift(stage.house, mara, stage.cast.mara.kid, "mine")


async def test_a_claim_in_the_moment_of_the_pause_leaves_no_meeting_with_a_paused_peer(
    engine_url: str,
) -> None:
    async with stage_on(engine_url) as stage:
        mara = stage.staff(stage.cast.mara, limit=20)
        for _ in range(5):
            await on_shift(stage, stage.cast.mara)
            guest = await opened(stage)
            acts: list[Any] = [stage.queue.claim(mara, guest.room), paused(stage)]
            claimed, _ = await asyncio.gather(*acts, return_exceptions=True)
            assert not isinstance(claimed, BaseException) or isinstance(claimed, Refusal)
            assert (await view(stage, guest.caller, guest.room)).state is State.WAITING
            await appeals.lift(stage.house, coordinator(stage), stage.cast.mara.kid, "next")


def word(stage: Stage, to: StaffKey, pause: FlagId) -> bytes:
    """The peer's word, sealed to one person."""
    return seal_flag_note(to.pub, pause, 0, {"line": "It was a quote."})
