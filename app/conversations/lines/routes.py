"""`/api/lines/{show,mine,shown,drop}`."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends

from app.conversations.admission.callers import StaffCaller
from app.conversations.admission.routes import staff_only
from app.conversations.house import House
from app.conversations.ids import FlagId, Kid, RoomId
from app.conversations.lines import service
from app.conversations.lines.service import Proven
from app.wire.body import Base64Url, Body, Id, Key32
from app.wire.body_parts import Empty
from app.wire.sizes import FLAG_SEALS

Sealed = Annotated[bytes, Base64Url(1, max(FLAG_SEALS))]
"""Bytes where a sealed flag belongs: another length than a flag's is `flag_format`."""


class ShowBody(Body):
    """`sealed`: own lines of the room in a flag's form, its flag `id`, for the key of `to` alone."""

    room: Id
    to: Id
    id: Id
    sealed: Sealed


class DropBody(Body):
    id: Id


class RowAnswer(Body):
    """The header of a message of the seat that shows."""

    seq: int
    ke: int
    n: int
    com: Key32


class LinesAnswer(Body):
    """`by` shows own lines to `to`; `day` since 1970; `rows`: the headers of all that `by` said there."""

    id: Id
    room: Id
    by: Id
    to: Id
    day: int
    sealed: Sealed
    rows: list[RowAnswer]


class ListAnswer(Body):
    lines: list[LinesAnswer]

    @classmethod
    def of(cls, found: Sequence[Proven]) -> "ListAnswer":
        return cls(
            lines=[
                LinesAnswer(
                    id=each.shown.id,
                    room=each.shown.room,
                    by=each.shown.by,
                    to=each.shown.to,
                    day=each.shown.day,
                    sealed=each.shown.sealed,
                    rows=[RowAnswer(seq=row.seq, ke=row.ke, n=row.n, com=row.com) for row in each.rows],
                )
                for each in found
            ]
        )


def add_routes(router: APIRouter, house: House) -> None:
    """A peer's own lines, shown to a colleague by name."""
    caller = Depends(staff_only(house.admission))

    @router.post("/lines/show")
    async def show(body: ShowBody, staff: Annotated[StaffCaller, caller]) -> Empty:
        """Show own lines to one member of the staff, for two weeks."""
        await service.show(house, staff, RoomId(body.room), Kid(body.to), FlagId(body.id), body.sealed)
        return Empty()

    @router.post("/lines/mine")
    async def mine(_: Empty, staff: Annotated[StaffCaller, caller]) -> ListAnswer:
        """What one shows to others."""
        return ListAnswer.of(await service.mine(house, staff))

    @router.post("/lines/shown")
    async def shown(_: Empty, staff: Annotated[StaffCaller, caller]) -> ListAnswer:
        """What others show to oneself."""
        return ListAnswer.of(await service.shown(house, staff))

    @router.post("/lines/drop")
    async def drop(body: DropBody, staff: Annotated[StaffCaller, caller]) -> Empty:
        """Take them back, or put them away."""
        await service.drop(house, staff, FlagId(body.id))
        return Empty()
