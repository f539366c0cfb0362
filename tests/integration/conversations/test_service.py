"""What a coordinator sets of the service: who may, what it does, what the trail says of it."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from app.conversations import tables
from app.conversations.availability import pauses
from app.conversations.availability.rules import Pause
from app.conversations.errors import Unknown
from app.conversations.purge import purge
from app.conversations.rooms import service as rooms
from app.conversations.rooms.rules import State
from app.conversations.service.hours import HoursUnusable, parse_hours
from app.conversations.service.rules import Change, ServiceRules
from app.conversations.service.service import Service
from app.conversations.trail.rules import NO_FLAG
from app.kit.clock import DAY, day_of
from tests.builders import Stage, another_node, opened, rows, stage_on, talking, view
from tests.flagging import flagged

HOURS = {"zone": "America/Chicago", "weekly": {"*": [["mon", "17:00", "23:00"]]}, "closures": []}


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage_on(f"sqlite+aiosqlite:///{tmp_path / 'store.sqlite'}") as stage:
        yield stage


async def change(stage: Stage, reason: str = "winter", **values: Any) -> ServiceRules:
    coordinator = stage.staff(stage.cast.coordinator, role="coordinator")
    return await stage.house.service.change(coordinator, Change(values, reason))


async def told(stage: Stage) -> list[tuple[str, bytes, str]]:
    async with stage.db.read() as tx:
        found = await tx.connection.execute(select(tables.trail).order_by(tables.trail.c.n))
        return [(row.act, row.flag, row.reason) for row in found]


async def test_what_a_coordinator_sets_holds_and_each_change_is_told_with_its_reason(engine_url: str) -> None:
    async with stage_on(engine_url) as stage:
        assert await change(stage, hours=json.dumps(HOURS), keep_days=7) == ServiceRules(
            7, parse_hours(HOURS)
        )
        assert stage.house.rules.keep_days == 7
        # Said again it is no change, and another change leaves it as it is.
        assert await change(stage, "again", keep_days=7) == stage.house.rules
        assert (await change(stage, "an order", hold=True)).hold
        assert await change(stage, "over", hold=False, hours="null") == ServiceRules(7, None)
        assert await told(stage) == [
            (act, bytes(16), reason)
            for act, reason in (
                ("set-hours", "winter"),
                ("set-keep-days", "winter"),
                ("hold-on", "an order"),
                ("set-hours", "over"),
                ("hold-off", "over"),
            )
        ]


async def test_nobody_but_a_listed_coordinator_sees_or_sets_anything(stage: Stage) -> None:
    cast, service = stage.cast, stage.house.service
    for key, role in ((cast.mara, "peer"), (cast.moderator, "moderator")):
        caller = stage.staff(key, role=role)
        with pytest.raises(Unknown):
            await service.settings(caller)
        with pytest.raises(Unknown):
            await service.change(caller, Change({"keep_days": 1}, "mine"))
    assert await told(stage) == []
    coordinator = stage.staff(cast.coordinator, role="coordinator")
    assert await service.settings(coordinator) == ServiceRules(30, None)


async def test_the_operators_settings_hold_for_whatever_nobody_has_set(stage: Stage) -> None:
    await change(stage, hold=True)
    by_operator = ServiceRules(12, parse_hours(HOURS))
    other = Service(stage.db, stage.clock, stage.house.admission, by_operator)
    assert other.rules == by_operator
    await other.refresh()
    assert other.rules == ServiceRules(12, parse_hours(HOURS), hold=True)
    # Open day and night is something that can be set, too.
    await change(stage, hours="null", keep_days=20)
    await other.refresh()
    assert other.rules == ServiceRules(20, None, hold=True)


async def test_another_node_goes_by_it_from_its_next_round_on(stage: Stage) -> None:
    url = str(stage.db.url)
    async with another_node(url, stage.cast, stage.signing, stage.clock) as other:
        await change(stage, keep_days=3)
        assert other.house.rules.keep_days == 30
        await other.queue.sweep()
        assert other.house.rules.keep_days == 3
        guest = await opened(other)
    [room] = await rows(stage, tables.rooms, guest.room)
    assert room.expires_day == room.opened_day + 3


async def test_hours_that_a_node_cannot_read_keep_neither_days_nor_hold_from_it(stage: Stage) -> None:
    await change(stage, hours=json.dumps(HOURS))
    guest = await opened(stage)
    await talking(stage, guest, stage.cast.mara)
    async with stage.db.write() as tx:
        elsewhere = json.dumps({**HOURS, "zone": "Mars/Base"})
        await tx.connection.execute(update(tables.service).values(hours=elsewhere, keep_days=3, hold=True))
        pause = Pause(stage.cast.mara.kid, NO_FLAG, stage.cast.moderator.kid, None, "abuse", 1, stage.now)
        await pauses.put(tx, pause)
    for _ in range(2):
        with pytest.raises(HoursUnusable):
            await stage.queue.sweep()
        assert stage.house.rules == ServiceRules(3, parse_hours(HOURS), hold=True)
    # The rest of the round was done all the same.
    assert guest.room in stage.heard.rooms
    async with stage.db.write() as tx:
        await tx.connection.execute(update(tables.service).values(hours="null"))
    await stage.queue.sweep()
    assert stage.house.rules == ServiceRules(3, None, hold=True)


async def test_while_the_hold_is_on_only_what_a_client_deletes_goes(stage: Stage) -> None:
    kept, deleted = await opened(stage, words=True), await opened(stage, words=True)
    await talking(stage, kept, stage.cast.mara)
    await flagged(stage, kept)
    async with stage.db.write() as tx:
        await tx.connection.execute(update(tables.flags).values(decided_day=day_of(stage.now), act="none"))
    await change(stage, hold=True)
    await rooms.delete(stage.house, deleted.caller)
    stage.clock.advance(120 * DAY)
    await purge(stage.db, stage.clock, 90)
    assert (await view(stage, kept.caller, kept.room)).state is State.TALKING
    assert len(await rows(stage, tables.flags, kept.room)) == 1
    assert await rows(stage, tables.messages, deleted.room) == []
    async with stage.db.read() as tx:
        assert not (await tx.connection.execute(select(tables.spent_salts))).all()

    await change(stage, hold=False)
    await purge(stage.db, stage.clock, 90)
    assert await rows(stage, tables.messages, kept.room) == []
    assert await rows(stage, tables.flags, kept.room) == []
