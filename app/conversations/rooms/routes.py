"""`/api/rooms/{probe,rest,close,delete}`."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from app.conversations.house import House
from app.conversations.ids import RoomId
from app.conversations.rooms import service
from app.conversations.rooms.rules import State
from app.conversations.rooms.service import SLOTS, Slot
from app.wire.body import Body, Id, Key32, Wrap


class SeatBody(Body):
    """A client's room and its seat secret."""

    room: Id
    secret: Key32


class ProbeBody(Body):
    """The eight slots of one month, in order."""

    month: Annotated[list[SeatBody], Field(min_length=SLOTS, max_length=SLOTS)]


class SlotAnswer(Body):
    """What a slot holds; all null alike for no room, a wrong secret and a tombstone."""

    state: State | None
    ke: int | None
    wrap: Wrap | None

    @classmethod
    def of(cls, slot: Slot | None) -> "SlotAnswer":
        if slot is None:
            return cls(state=None, ke=None, wrap=None)
        return cls(state=slot.state, ke=slot.ke, wrap=slot.wrap)


class ProbeAnswer(Body):
    slots: list[SlotAnswer]


class StateAnswer(Body):
    """Where the room is in its life now."""

    state: State


def add_routes(router: APIRouter, house: House) -> None:
    """Finding a room again, and ending it: for whoever holds the seat secret."""

    @router.post("/rooms/probe")
    async def probe(body: ProbeBody) -> ProbeAnswer:
        """What a month's eight slots hold."""
        async with house.db.read() as tx:
            slots = await service.probe(tx, [(RoomId(slot.room), slot.secret) for slot in body.month])
        return ProbeAnswer(slots=[SlotAnswer.of(slot) for slot in slots])

    @router.post("/rooms/rest")
    async def rest(body: SeatBody) -> StateAnswer:
        """End for now; `closed` in a meeting and once closed."""
        async with house.db.read() as tx:
            caller = await house.admission.client(tx, RoomId(body.room), body.secret)
        return StateAnswer(state=await service.rest(house, caller))

    @router.post("/rooms/close")
    async def close(body: SeatBody) -> StateAnswer:
        """End for good; the client may still read."""
        async with house.db.read() as tx:
            caller = await house.admission.client(tx, RoomId(body.room), body.secret)
        return StateAnswer(state=await service.close(house, caller))

    @router.post("/rooms/delete")
    async def delete(body: SeatBody) -> StateAnswer:
        """Remove every word, wrap and seal at once."""
        async with house.db.read() as tx:
            caller = await house.admission.client(tx, RoomId(body.room), body.secret, even_deleted=True)
        return StateAnswer(state=await service.delete(house, caller))
