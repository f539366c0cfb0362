"""Private notes in the store. What ends a seat deletes its note: app/conversations/rooms/store.py."""

from dataclasses import dataclass, field

from sqlalchemy import select, update

from app.conversations.ids import Conversations, Kid, RoomId
from app.conversations.tables import notes
from app.kit.database import ReadTx, WriteTx
from app.kit.once import insert_once


@dataclass(frozen=True, slots=True)
class Note:
    """A peer's note as the house holds it: nothing of it can be read here. `version` counts from 1."""

    version: int
    blob: bytes = field(repr=False)


async def find(tx: ReadTx[Conversations], room: RoomId, kid: Kid) -> Note | None:
    """The note of this staff key on this room."""
    mine = select(notes.c.version, notes.c.blob).where(notes.c.room == room, notes.c.kid == kid)
    row = (await tx.connection.execute(mine)).one_or_none()
    return None if row is None else Note(*row)


async def put(tx: WriteTx[Conversations], room: RoomId, kid: Kid, note: Note) -> None:
    """Store a note in place of the one before; its caller holds the room and has judged the version."""
    values = {"version": note.version, "blob": note.blob}
    if not await insert_once(tx, notes, {"room": room, "kid": kid, **values}):
        await tx.connection.execute(
            update(notes).where(notes.c.room == room, notes.c.kid == kid).values(**values)
        )
