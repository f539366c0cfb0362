"""`/api/seats/{whom,ask,withdraw,come,refuse}`."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field

from app.conversations.admission.callers import StaffCaller
from app.conversations.admission.routes import staff_only
from app.conversations.house import House
from app.conversations.ids import Kid, RoomId
from app.conversations.rooms.asks import Purpose
from app.conversations.seats import service
from app.wire.body import Body, Id, Key32
from app.wire.body_parts import Empty


class RoomBody(Body):
    room: Id


class PersonBody(RoomBody):
    kid: Id


class AskBody(PersonBody):
    """`purpose`: to hand the talk over, or for company."""

    purpose: Annotated[Purpose, Field(strict=False)]


class ComeBody(RoomBody):
    come: bool


class RefuseBody(PersonBody):
    """A client's room, its seat secret, and whom it does not let in."""

    secret: Key32


class WhomAnswer(Body):
    """Key ids of the peers who could come now."""

    peers: list[Id]


def add_routes(router: APIRouter, house: House) -> None:
    """Asking a colleague into a talk; the client lets them in by `rooms/rekey`, or refuses."""
    caller = Depends(staff_only(house.admission))

    @router.post("/seats/whom")
    async def whom(body: RoomBody, staff: Annotated[StaffCaller, caller]) -> WhomAnswer:
        """Who could come into this talk now."""
        return WhomAnswer(peers=list(await service.whom(house, staff, RoomId(body.room))))

    @router.post("/seats/ask")
    async def ask(body: AskBody, staff: Annotated[StaffCaller, caller]) -> Empty:
        """Ask a colleague in, for ten minutes."""
        await service.ask(house, staff, RoomId(body.room), Kid(body.kid), body.purpose)
        return Empty()

    @router.post("/seats/withdraw")
    async def withdraw(body: PersonBody, staff: Annotated[StaffCaller, caller]) -> Empty:
        """Ask them in no more."""
        await service.withdraw(house, staff, RoomId(body.room), Kid(body.kid))
        return Empty()

    @router.post("/seats/come")
    async def come(body: ComeBody, staff: Annotated[StaffCaller, caller]) -> Empty:
        """Say that one would come, or not now."""
        await service.come(house, staff, RoomId(body.room), come=body.come)
        return Empty()

    @router.post("/seats/refuse")
    async def refuse(body: RefuseBody) -> Empty:
        """The client does not let them in."""
        async with house.db.read() as tx:
            client = await house.admission.client(tx, RoomId(body.room), body.secret)
        await service.refuse(house, client, Kid(body.kid))
        return Empty()
