"""`/api/notes/{get,put}`."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field

from app.conversations.admission.callers import StaffCaller
from app.conversations.admission.routes import staff_only
from app.conversations.house import House
from app.conversations.ids import RoomId
from app.conversations.notes import service
from app.conversations.notes.store import Note
from app.wire.body import Base64Url, Body, Id
from app.wire.body_parts import Empty
from app.wire.fields import MAX_U32
from app.wire.sizes import NOTE_BOX

NoteBox = Annotated[bytes, Base64Url(NOTE_BOX)]


class RoomBody(Body):
    room: Id


class PutBody(RoomBody):
    """`version` is the one being written; 1 is the first."""

    version: Annotated[int, Field(ge=1, le=MAX_U32)]
    blob: NoteBox


class NoteAnswer(Body):
    """Version 0 and no blob where nothing was written yet."""

    version: int
    blob: NoteBox | None


def add_routes(router: APIRouter, house: House) -> None:
    """A peer's private notes on the rooms where they sit."""
    caller = Depends(staff_only(house.admission))

    @router.post("/notes/get")
    async def get(body: RoomBody, staff: Annotated[StaffCaller, caller]) -> NoteAnswer:
        """One's own note on a room, as it was sealed."""
        note = await service.get(house, staff, RoomId(body.room))
        if note is None:
            return NoteAnswer(version=0, blob=None)
        return NoteAnswer(version=note.version, blob=note.blob)

    @router.post("/notes/put")
    async def put(body: PutBody, staff: Annotated[StaffCaller, caller]) -> Empty:
        """Write the next version of it; `v_conflict` where it is not the next."""
        await service.put(house, staff, RoomId(body.room), Note(body.version, body.blob))
        return Empty()
