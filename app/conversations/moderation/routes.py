"""`/api/flags/…`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header

from app.conversations.admission.callers import Caller, StaffCaller
from app.conversations.admission.routes import staff_only
from app.conversations.house import House
from app.conversations.ids import FlagId, Kid, RoomId
from app.conversations.moderation import keeping, second, service
from app.conversations.moderation.bodies import (
    AgreedAnswer,
    AskedAnswer,
    CaseAnswer,
    DecideBody,
    FlagBody,
    HoldBody,
    KeptAnswer,
    KeptBody,
    KeptFlag,
    LineBody,
    MineAnswer,
    MineBody,
    MoreBody,
    OpenFlagBody,
    OutcomeAnswer,
    ReportAnswer,
    ResealBody,
    SecondBody,
    StaleAnswer,
    StaleBody,
    StaleFlag,
    TakeAnswer,
    TakeBody,
    TrailAnswer,
    TrailBody,
)
from app.conversations.moderation.keeping import Resealed
from app.wire.body_parts import Empty


def add_routes(router: APIRouter, house: House) -> None:
    """Flagging, for the client and the peers of a room; the rest for moderators and coordinators."""
    _reporters(router, house)
    for part in (_moderators, _seconds, _keepers):
        part(router, house)


def _reporters(router: APIRouter, house: House) -> None:
    by_pass = staff_only(house.admission)

    async def reporter(room: bytes | None, secret: bytes | None, authorization: str) -> Caller:
        if room is None or secret is None:
            return await by_pass(authorization)
        async with house.db.read() as tx:
            return await house.admission.client(tx, RoomId(room), secret, even_deleted=True)

    @router.post("/flags/open")
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

    @router.post("/flags/mine")
    async def mine(body: MineBody, authorization: Annotated[str, Header()] = "") -> MineAnswer:
        """What became of one's own flags."""
        caller = await reporter(body.room, body.secret, authorization)
        return MineAnswer(reports=[ReportAnswer.of(flag) for flag in await service.mine(house, caller)])

    @router.post("/flags/more")
    async def more(body: MoreBody, authorization: Annotated[str, Header()] = "") -> OutcomeAnswer:
        """Give a moderator who asked more words of the room, or rather not."""
        caller = await reporter(body.room, body.secret, authorization)
        outcome = await service.give_more(
            house, caller, RoomId(body.room), FlagId(body.flag), Kid(body.kid), body.sealed
        )
        return OutcomeAnswer(outcome=outcome)


def _moderators(router: APIRouter, house: House) -> None:
    caller = Depends(staff_only(house.admission))

    @router.post("/flags/take")
    async def take(body: TakeBody, staff: Annotated[StaffCaller, caller]) -> TakeAnswer:
        """One flag to read, for half an hour: one's own again, or the next."""
        return TakeAnswer.of(await service.take(house, staff, body.skip))

    @router.post("/flags/read")
    async def read(body: FlagBody, staff: Annotated[StaffCaller, caller]) -> CaseAnswer:
        """The sealed flag and its evidence, for the moderator who has it."""
        return CaseAnswer.of(await service.read(house, staff, FlagId(body.flag)))

    @router.post("/flags/decide")
    async def decide(body: DecideBody, staff: Annotated[StaffCaller, caller]) -> OutcomeAnswer:
        """Decide it, and do what was decided, where that does not take two."""
        outcome = await service.decide(house, staff, FlagId(body.flag), body.wish)
        return OutcomeAnswer(outcome=outcome)

    @router.post("/flags/hand-on")
    async def hand_on(body: LineBody, staff: Annotated[StaffCaller, caller]) -> Empty:
        """Leave it to another moderator, with a line for them."""
        await service.hand_on(house, staff, FlagId(body.flag), body.line)
        return Empty()

    @router.post("/flags/context")
    async def context(body: FlagBody, staff: Annotated[StaffCaller, caller]) -> Empty:
        """Ask the reporter once for more words; they may refuse."""
        await service.ask_for_more(house, staff, FlagId(body.flag))
        return Empty()


def _seconds(router: APIRouter, house: House) -> None:
    caller = Depends(staff_only(house.admission))

    @router.post("/flags/second")
    async def ask(body: SecondBody, staff: Annotated[StaffCaller, caller]) -> Empty:
        """Ask a second person, who reads it before they hear what one would do."""
        await second.ask(house, staff, FlagId(body.flag), Kid(body.to), body.shown, body.wish)
        return Empty()

    @router.post("/flags/asked")
    async def asked(_: Empty, staff: Annotated[StaffCaller, caller]) -> AskedAnswer:
        """What others ask one to answer as a second person, and what one asks others."""
        return AskedAnswer.of(await second.questions(house, staff))

    @router.post("/flags/second-read")
    async def read(body: FlagBody, staff: Annotated[StaffCaller, caller]) -> CaseAnswer:
        """The flag as it was sealed to the second person, and its evidence."""
        return CaseAnswer.of(await second.read(house, staff, FlagId(body.flag)))

    @router.post("/flags/second-answer")
    async def answer(body: DecideBody, staff: Annotated[StaffCaller, caller]) -> AgreedAnswer:
        """What the second person would do; where it is the same, it is done."""
        return AgreedAnswer(agreed=await second.answer(house, staff, FlagId(body.flag), body.wish))

    @router.post("/flags/pack")
    async def pack(body: FlagBody, staff: Annotated[StaffCaller, caller]) -> CaseAnswer:
        """A flag that two agreed to report, for those two."""
        return CaseAnswer.of(await second.pack(house, staff, FlagId(body.flag)))


def _keepers(router: APIRouter, house: House) -> None:
    caller = Depends(staff_only(house.admission))

    @router.post("/flags/stale")
    async def stale(body: StaleBody, staff: Annotated[StaffCaller, caller]) -> StaleAnswer:
        """Undecided flags of which something is under an older moderation key."""
        found = await keeping.stale(house, staff, _flag(body.after))
        return StaleAnswer(flags=[StaleFlag.of(each) for each in found])

    @router.post("/flags/reseal")
    async def reseal(body: ResealBody, staff: Annotated[StaffCaller, caller]) -> Empty:
        """Put one of them under the present key."""
        notes = {note.n: note.sealed for note in body.notes}
        new = Resealed(Kid(body.kid), body.sealed, body.more, notes)
        await keeping.reseal(house, staff, FlagId(body.flag), Kid(body.old), new)
        return Empty()

    @router.post("/flags/hold")
    async def hold(body: HoldBody, staff: Annotated[StaffCaller, caller]) -> Empty:
        """Keep a flag from the purge, or let it go again."""
        await keeping.hold(house, staff, FlagId(body.flag), body.hold, body.reason)
        return Empty()

    @router.post("/flags/kept")
    async def kept(body: KeptBody, staff: Annotated[StaffCaller, caller]) -> KeptAnswer:
        """What is held, and what was decided and is still kept."""
        found = await keeping.kept(house, staff, _flag(body.before))
        return KeptAnswer(flags=[KeptFlag.of(*each) for each in found])

    @router.post("/flags/trail")
    async def entries(body: TrailBody, staff: Annotated[StaffCaller, caller]) -> TrailAnswer:
        """What staff did about flags and pauses, for coordinators."""
        return TrailAnswer.of(await keeping.entries(house, staff, body.before))


def _flag(last: bytes | None) -> FlagId | None:
    return None if last is None else FlagId(last)
