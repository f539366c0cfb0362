"""A peer takes no new talks from now on, or takes them again (docs/protocol.md, 11)."""

from dataclasses import replace

from app.conversations.availability import pauses
from app.conversations.availability import store as shifts
from app.conversations.availability.rules import Pause, ShiftState
from app.conversations.house import House
from app.conversations.ids import Conversations, Kid, RoomId
from app.conversations.queue import offer_store, store
from app.conversations.rooms import service as rooms
from app.conversations.rooms import store as rooms_store
from app.conversations.rooms.rules import Act, move
from app.kit.database import WriteTx


async def begin(house: House, tx: WriteTx[Conversations], pause: Pause) -> list[RoomId]:
    """Pause a peer; the rooms to tell after the commit (`tell`). Before any room is locked.

    Talks go on. The shift is over, offers end, and who was asked to meet this peer and has not answered waits
    again at the old place.
    """
    # Whoever claims locks here first: a claim of this peer's is over by now, or finds the pause.
    await store.hold_epochs(tx, pause.kid)
    await pauses.put(tx, pause)
    theirs = await rooms_store.rooms_with(tx, [pause.kid])
    for room in await rooms_store.lock_all(tx, theirs):
        meeting = await rooms_store.meeting(tx, room.id)
        if meeting is not None and meeting.kid == pause.kid and not meeting.accepted:
            await rooms_store.end_meeting(tx, room.id)
            await rooms.enter_state(house, tx, room, move(room.state, Act.PART))
    shift = await shifts.lock(tx, pause.kid)
    if shift is not None:
        await shifts.put(tx, replace(shift, state=ShiftState.OFF))
    await offer_store.end_of_peers(tx, [pause.kid])
    return theirs


async def lift(tx: WriteTx[Conversations], kid: Kid) -> list[RoomId]:
    """End a pause; the rooms to tell after the commit (`tell`)."""
    await pauses.lift(tx, kid)
    return await rooms_store.rooms_with(tx, [kid])


async def end_those_over(house: House) -> None:
    """End the pauses whose time has come; any node may, at any time."""
    async with house.db.read() as tx:
        due = await pauses.over(tx, house.now)
    if not due:
        return
    async with house.db.write() as tx:
        over = await pauses.over(tx, house.now)
        await pauses.forget(tx, over)
        changed = await rooms_store.rooms_with(tx, over)
    tell(house, changed)


def tell(house: House, changed: list[RoomId]) -> None:
    """After the commit: rooms with this peer are not as they were, and the line may have moved."""
    for room in changed:
        house.notices.room_changed(room)
    house.notices.queue_changed()
