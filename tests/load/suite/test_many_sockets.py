"""Ten thousand who wait and a thousand rooms that talk: nobody is cut off, nothing is lost."""

import pytest

from app.wire.ids import RoomId
from tests.load import cast
from tests.load.figures import Row
from tests.load.messages import seed
from tests.load.suite import kept
from tests.load.systems import Systems
from tests.load.talk import Load, Talk
from tests.load.terminal import say

SECONDS = 5.0
AT_ONCE = 500
SECONDS_TO_SPEAK = 1.0


@pytest.mark.parametrize(
    ("sockets", "talking"), [(200, 20), pytest.param(10_000, 100, marks=pytest.mark.load)]
)
async def test_idle_sockets_are_held_while_rooms_talk_and_then_talk_themselves(
    systems: Systems, sockets: int, talking: int
) -> None:
    rooms = cast.rooms(sockets // 2, list(systems.staff.peers))
    folder = await systems.folder("idle")
    await seed(folder, rooms)
    with systems.beside(folder) as server:
        load = Load([server])
        try:
            await load.open([(cast.client(room), cast.peer(room, folder.pass_for)) for room in rooms])
            kib = server.anonymous_kib()
            row = Row.of([await load.round(load.talks[:talking], _seconds(sockets), 0.2)])
            say(f"{sockets:,} sockets, {kib:,} KiB: {_line(row)}")
            # Whoever was silent so long is still there, and is heard at once.
            for at in range(0, len(load.talks), AT_ONCE):
                await load.round(load.talks[at : at + AT_ONCE], SECONDS_TO_SPEAK, 0.0)
        finally:
            load.close()
    said = _said(load.talks)
    assert min(said.values()) > 0
    await kept.check(folder, said)


@pytest.mark.parametrize("active", [pytest.param(1_000, marks=pytest.mark.load)])
async def test_everybody_in_many_active_rooms_is_answered_and_everything_is_kept(
    systems: Systems, active: int
) -> None:
    rooms = cast.rooms(active, list(systems.staff.peers))
    folder = await systems.folder("active")
    await seed(folder, rooms)
    with systems.beside(folder) as server:
        load = Load([server])
        try:
            await load.open([(cast.client(room), cast.peer(room, folder.pass_for)) for room in rooms])
            row = Row.of([await load.round(load.talks, _seconds(active), 0.2)])
            say(f"{active:,} active rooms: {_line(row)}")
        finally:
            load.close()
    said = _said(load.talks)
    assert min(said.values()) > 0
    await kept.check(folder, said)


def _seconds(size: int) -> float:
    return SECONDS if size >= 1_000 else 0.5


def _said(talks: list[Talk]) -> dict[RoomId, int]:
    return {talk.sender.seat.room: talk.seq for talk in talks}


def _line(row: Row) -> str:
    return (
        f"{row.rate:,.0f} messages/s, delivered within {row.delivery_p50:.1f} ms (p50), "
        f"{row.delivery_p99:.1f} ms (p99)"
    )
