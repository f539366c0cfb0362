"""Reading and writing one's own note, for a peer who sits in the room."""

from app.conversations.admission.callers import StaffCaller
from app.conversations.errors import VConflict
from app.conversations.house import House
from app.conversations.ids import RoomId
from app.conversations.notes import store
from app.conversations.notes.store import Note
from app.conversations.rooms import service as rooms


async def get(house: House, caller: StaffCaller, room: RoomId) -> Note | None:
    """One's own note, None where there is none yet. `Unknown` without an open seat in the room."""
    async with house.db.read() as tx:
        await rooms.require_seat(tx, caller, room)
        return await store.find(tx, room, caller.kid)


async def put(house: House, caller: StaffCaller, room: RoomId, note: Note) -> None:
    """Write the next version of one's own note, 1 where there is none. An identical repeat succeeds.

    `Unknown` without an open seat in the room, `VConflict` for another version.
    """
    async with house.db.write() as tx:
        # Locked, so that a seat which ends at this moment takes the note with it.
        await rooms.locked(tx, room)
        await rooms.require_seat(tx, caller, room)
        held = await store.find(tx, room, caller.kid)
        if held == note:
            return
        if note.version != (0 if held is None else held.version) + 1:
            raise VConflict
        await store.put(tx, room, caller.kid, note)
