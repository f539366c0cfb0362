"""`/api/pauses/…`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from app.conversations.admission.callers import StaffCaller
from app.conversations.admission.routes import staff_only
from app.conversations.appeals import service
from app.conversations.appeals.bodies import (
    AnswerBody,
    AppealBody,
    AppealsAnswer,
    LiftBody,
    MineAnswer,
    PauseBody,
    PausesAnswer,
)
from app.conversations.house import House
from app.conversations.ids import Kid
from app.wire.body_parts import Empty


def add_routes(router: APIRouter, house: House) -> None:
    """One's own pause and an appeal, for peers; all pauses and their end, for moderators and coordinators."""
    caller = Depends(staff_only(house.admission))

    @router.post("/pauses/mine")
    async def mine(_: Empty, staff: Annotated[StaffCaller, caller]) -> MineAnswer:
        """Whether one is paused, until when, and to whom one may appeal."""
        return MineAnswer.of(await service.mine(house, staff))

    @router.post("/pauses/appeal")
    async def appeal(body: AppealBody, staff: Annotated[StaffCaller, caller]) -> Empty:
        """Say to somebody new, once, why the pause is not right."""
        await service.appeal(house, staff, Kid(body.to), body.sealed)
        return Empty()

    @router.post("/pauses/list")
    async def listed(_: Empty, staff: Annotated[StaffCaller, caller]) -> PausesAnswer:
        """Every pause there is."""
        found = await service.listed(house, staff)
        return PausesAnswer(pauses=[PauseBody.of(pause, appeal) for pause, appeal in found])

    @router.post("/pauses/appeals")
    async def named(_: Empty, staff: Annotated[StaffCaller, caller]) -> AppealsAnswer:
        """The appeals that wait for the caller."""
        return AppealsAnswer.of(await service.named(house, staff))

    @router.post("/pauses/answer")
    async def answer(body: AnswerBody, staff: Annotated[StaffCaller, caller]) -> Empty:
        """Answer an appeal: the pause ends, or stands."""
        await service.answer(house, staff, Kid(body.kid), body.act, body.reason)
        return Empty()

    @router.post("/pauses/lift")
    async def lift(body: LiftBody, staff: Annotated[StaffCaller, caller]) -> Empty:
        """End a pause before its time."""
        await service.lift(house, staff, Kid(body.kid), body.reason)
        return Empty()
