"""A peer takes no new talks from now on, or takes them again (docs/protocol.md, 11)."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from app.conversations.availability import pauses, turns
from app.conversations.availability import store as shifts
from app.conversations.availability.rules import Pause, ShiftState
from app.conversations.house import House
from app.conversations.ids import Conversations, Kid, RoomId
from app.conversations.queue import offer_store
from app.conversations.rooms import asks
from app.conversations.rooms import service as rooms
from app.conversations.rooms import store as rooms_store
from app.conversations.rooms.rules import Act, move
from app.conversations.trail import store as trail
from app.kit.clock import day_of
from app.kit.database import WriteTx


class Over(StrEnum):
    """How a pause ended that nobody lifted: acts of the trail."""

    TIME = "pause-over"
    KEY = "pause-left"
    """The peer's key is not listed any more."""
    LONGER = "pause-longer"
    """Another pause took its place, which lasts longer."""


async def begin(house: House, tx: WriteTx[Conversations], pause: Pause) -> list[RoomId]:
    """Pause a peer; the rooms to tell after the commit (`tell`).

    Behind `trail.one_at_a_time`, and before any room is locked. Talks go on. The shift is over, offers end,
    nobody asks this peer into a talk any more, and who was asked to meet this peer and has not answered waits
    again at the old place. Of two pauses the one that lasts longer stays; if it is this one, the peer may
    appeal anew.
    """
    # Whoever claims or lets this peer in takes the same turn: that is over by now, or finds the pause.
    await turns.take(tx, [pause.kid])
    shorter = await pauses.put(tx, pause)
    if shorter is not None:
        await note_over(house, tx, [shorter], Over.LONGER)
    theirs = await rooms_store.rooms_with(tx, [pause.kid])
    for room in await rooms_store.lock_all(tx, theirs):
        meeting = await rooms_store.meeting(tx, room.id)
        if meeting is not None and meeting.kid == pause.kid and not meeting.accepted:
            await rooms_store.end_meeting(tx, room.id)
            await rooms.enter_state(house, tx, room, move(room.state, Act.PART))
    # Asks before the shift, as whoever lets somebody in has them.
    asked = await asks.forget(tx, [pause.kid])
    shift = await shifts.lock(tx, pause.kid)
    if shift is not None:
        await shifts.put(tx, replace(shift, state=ShiftState.OFF))
    await offer_store.end_of_peers(tx, [pause.kid])
    return sorted({*theirs, *asked})


async def lift(tx: WriteTx[Conversations], kid: Kid) -> list[RoomId]:
    """End a pause; the rooms to tell after the commit (`tell`)."""
    await pauses.lift(tx, kid)
    return await rooms_store.rooms_with(tx, [kid])


async def end_those_over(house: House) -> None:
    """End the pauses whose time has come; any node may, at any time. The trail tells of each, once."""
    async with house.db.read() as tx:
        if not await pauses.has_over(tx, house.now):
            return
    async with house.db.write() as tx:
        await trail.one_at_a_time(tx)
        over = await pauses.end_over(tx, house.now)
        await note_over(house, tx, over, Over.TIME)
        changed = await rooms_store.rooms_with(tx, [pause.kid for pause in over])
    tell(house, changed)


async def note_over(house: House, tx: WriteTx[Conversations], over: Sequence[Pause], act: Over) -> None:
    """Tell the trail of pauses that nobody lifted, by the peers' own keys. Behind `trail.one_at_a_time`."""
    for pause in over:
        await trail.note(tx, day_of(house.now), pause.kid, act.value, pause.flag, "")


def tell(house: House, changed: list[RoomId]) -> None:
    """After the commit: rooms with this peer are not as they were, and the line may have moved."""
    for room in changed:
        house.notices.room_changed(room)
    house.notices.queue_changed()
