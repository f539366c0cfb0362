"""Own lines that a peer shows to one colleague: who may, how long, and what is kept of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.conversations import tables
from app.conversations.errors import FlagFormat, SlotTaken, SlowDown, Unknown
from app.conversations.ids import CLIENT_SEAT, FlagId, Kid
from app.conversations.lines import service, store
from app.conversations.messages.rules import Envelope
from app.conversations.messages.store import append
from app.conversations.purge import purge
from app.conversations.queue.directory import publish
from app.conversations.rooms import service as rooms
from app.wire.ids import seat_id
from tests.builders import Guest, Stage, opened, rows, stage_on, talking
from tests.cast import without
from tests.integration.conversations.test_seats import say

SEALED = bytes(4096 + 81)
DAY = 86_400


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage_on(f"sqlite+aiosqlite:///{tmp_path / 'store.sqlite'}") as stage:
        yield stage


def lines_id(n: int) -> FlagId:
    return FlagId(n.to_bytes(16, "big"))


async def a_talk(stage: Stage) -> Guest:
    """Mara has said two things, the client one between them."""
    guest = await opened(stage)
    await talking(stage, guest, stage.cast.mara)
    await say(stage, guest, stage.cast.mara, 1)
    frame = guest.next_frame()
    async with stage.db.write() as tx:
        await append(tx, Envelope(guest.room, CLIENT_SEAT, frame.ke, frame.n, frame.com, frame.ct))
    await say(stage, guest, stage.cast.mara, 2)
    return guest


async def show(stage: Stage, guest: Guest, n: int = 1, to: Kid | None = None, sealed: bytes = SEALED) -> None:
    """Mara shows own lines to the moderator, or to another."""
    kid = stage.cast.moderator.kid if to is None else to
    mara = stage.staff(stage.cast.mara)
    await service.show(stage.house, mara, guest.room, kid, lines_id(n), sealed)


async def shown(stage: Stage) -> list[service.Proven]:
    """What the moderator is shown."""
    token = stage.token(stage.cast.moderator, role="moderator")
    return await service.shown(stage.house, stage.house.admission.staff(token))


async def test_own_lines_come_with_the_headers_of_that_seat_and_of_no_other(stage: Stage) -> None:
    guest = await a_talk(stage)
    for _ in range(2):
        await show(stage, guest)
    mara, moderator = stage.cast.mara, stage.cast.moderator
    [found] = await shown(stage)
    assert (found.shown.by, found.shown.to, found.shown.sealed) == (mara.kid, moderator.kid, SEALED)
    own = [row for row in await rows(stage, tables.messages, guest.room) if row.seat != CLIENT_SEAT]
    assert [(row.seq, row.ke, row.n, row.com) for row in found.rows] == [
        (row.seq, row.ke, row.n, row.com) for row in own
    ]
    assert [row.seat for row in own] == [seat_id(guest.room, mara.kid)] * 2
    assert await service.mine(stage.house, stage.staff(mara)) == [found]
    assert await service.shown(stage.house, stage.staff(mara)) == []
    # Also after the talk, and for whoever left it.
    await rooms.rest(stage.house, guest.caller)
    await show(stage, guest, 2)
    assert len(await shown(stage)) == 2


async def test_only_who_sat_there_shows_lines_and_to_a_colleague_alone(stage: Stage) -> None:
    guest = await a_talk(stage)
    with pytest.raises(FlagFormat):
        await show(stage, guest, sealed=SEALED + b"x")
    for to in (stage.cast.mara.kid, Kid(bytes(16))):
        with pytest.raises(Unknown):
            await show(stage, guest, to=to)
    for caller in (
        stage.staff(stage.cast.sol),
        stage.house.admission.staff(stage.token(stage.cast.moderator, role="moderator")),
    ):
        with pytest.raises(Unknown):
            await service.show(
                stage.house, caller, guest.room, stage.cast.coordinator.kid, lines_id(1), SEALED
            )
    await show(stage, guest, to=stage.cast.coordinator.kid)
    with pytest.raises(SlotTaken):
        await show(stage, guest, to=stage.cast.sol.kid)
    assert await shown(stage) == []


async def test_ten_at_once_and_either_of_the_two_puts_them_away(stage: Stage) -> None:
    guest = await a_talk(stage)
    for n in range(10):
        await show(stage, guest, n)
    with pytest.raises(SlowDown):
        await show(stage, guest, 10)
    await show(stage, guest, 9)
    moderator = stage.house.admission.staff(stage.token(stage.cast.moderator, role="moderator"))
    for n in (0, 77):
        with pytest.raises(Unknown):
            await service.drop(stage.house, stage.staff(stage.cast.sol), lines_id(n))
    await service.drop(stage.house, moderator, lines_id(0))
    await service.drop(stage.house, stage.staff(stage.cast.mara), lines_id(1))
    await show(stage, guest, 10)
    assert len(await shown(stage)) == 9


async def test_an_answer_holds_the_newest_thirty(stage: Stage) -> None:
    guest = await a_talk(stage)
    async with stage.db.write() as tx:
        for n in range(31):
            by, to = Kid(n.to_bytes(16, "big")), stage.cast.moderator.kid
            assert await store.add(tx, store.Shown(lines_id(n), guest.room, by, to, 100 + n, SEALED))
    assert [each.shown.day for each in await shown(stage)] == list(range(130, 100, -1))


async def test_shown_lines_go_after_two_weeks_with_the_room_and_with_their_reader(stage: Stage) -> None:
    guest, other = await a_talk(stage), await a_talk(stage)
    await show(stage, guest, 1)
    await show(stage, other, 2)
    await show(stage, guest, 3, to=stage.cast.sol.kid)
    await rooms.delete(stage.house, other.caller)
    assert [found.shown.id for found in await shown(stage)] == [lines_id(1)]
    directory = stage.cast.directory(stage.now, serial=2)
    await publish(stage.house, stage.cast.sign(without(directory, stage.cast.sol.kid, stage.cast.peer_team)))
    assert [row.id for row in await rows(stage, tables.lines, guest.room)] == [lines_id(1)]
    stage.clock.advance(13 * DAY)
    await purge(stage.db, stage.clock, 90)
    assert len(await shown(stage)) == 1
    stage.clock.advance(DAY)
    await purge(stage.db, stage.clock, 90)
    assert await shown(stage) == []
