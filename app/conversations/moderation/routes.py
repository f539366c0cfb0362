"""`/api/flags/…`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header

from app.conversations.admission.callers import Caller, StaffCaller
from app.conversations.admission.routes import staff_only
from app.conversations.house import House
from app.conversations.ids import FlagId, Kid, RoomId
from app.conversations.moderation import service
from app.conversations.moderation.bodies import (
    CaseAnswer,
    DecideBody,
    FlagBody,
    MineAnswer,
    MineBody,
    OpenFlagBody,
    OutcomeAnswer,
    ReportAnswer,
    TakeAnswer,
)
from app.conversations.moderation.rules import Decision
from app.wire.body_parts import Empty


def routes(house: House) -> APIRouter:
    """Flagging, for the client and the peers of a room; reading and deciding, for moderators."""
    router = APIRouter(prefix="/flags")
    router.include_router(_reporters(house))
    router.include_router(_moderators(house))
    return router


def _reporters(house: House) -> APIRouter:
    router = APIRouter()
    by_pass = staff_only(house.admission)

    async def reporter(room: bytes | None, secret: bytes | None, authorization: str) -> Caller:
        if room is None or secret is None:
            return await by_pass(authorization)
        async with house.db.read() as tx:
            return await house.admission.client(tx, RoomId(room), secret, even_deleted=True)

    @router.post("/open")
    async def open_flag(body: OpenFlagBody, authorization: Annotated[str, Header()] = "") -> OutcomeAnswer:
        """Show words of a room to the moderation team."""
        caller = await reporter(body.room, body.secret, authorization)
        outcome = await service.open_flag(
            house,
            caller,
            RoomId(body.room),
            FlagId(body.flag),
            body.category,
            Kid(body.kid),
            body.sealed,
        )
        return OutcomeAnswer(outcome=outcome)

    @router.post("/mine")
    async def mine(body: MineBody, authorization: Annotated[str, Header()] = "") -> MineAnswer:
        """What became of one's own flags."""
        caller = await reporter(body.room, body.secret, authorization)
        return MineAnswer(reports=[ReportAnswer.of(flag) for flag in await service.mine(house, caller)])

    return router


def _moderators(house: House) -> APIRouter:
    router = APIRouter()
    caller = Depends(staff_only(house.admission))

    @router.post("/take")
    async def take(_: Empty, staff: Annotated[StaffCaller, caller]) -> TakeAnswer:
        """One flag to read, for half an hour: one's own again, or the next."""
        return TakeAnswer.of(await service.take(house, staff))

    @router.post("/read")
    async def read(body: FlagBody, staff: Annotated[StaffCaller, caller]) -> CaseAnswer:
        """The sealed flag and its evidence, for the moderator who has it."""
        return CaseAnswer.of(await service.read(house, staff, FlagId(body.flag)))

    @router.post("/decide")
    async def decide(body: DecideBody, staff: Annotated[StaffCaller, caller]) -> OutcomeAnswer:
        """Decide it, and end the room where that is the decision."""
        decision = Decision(body.act, body.reason, body.sealed)
        return OutcomeAnswer(outcome=await service.decide(house, staff, FlagId(body.flag), decision))

    return router
