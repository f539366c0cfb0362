"""`/api/service`, `/api/queue/…`, and those of `/api/rooms/…` that change who waits."""

from typing import Annotated

from fastapi import APIRouter, Depends

from app.conversations.admission.callers import ClientCaller, StaffCaller
from app.conversations.admission.routes import staff_only
from app.conversations.house import House
from app.conversations.ids import Kid, RoomId
from app.conversations.queue import directory, opening, proofs
from app.conversations.queue.bodies import (
    ClaimAnswer,
    ClaimBody,
    DirectoryBody,
    HistoryAnswer,
    HistoryBody,
    MeetBody,
    NarrowBody,
    OpenAnswer,
    OpenBody,
    OpeningHours,
    PassBody,
    QueueState,
    RekeyAnswer,
    RekeyBody,
    ReleaseBody,
    ServiceAnswer,
    SetTicketBody,
    read_send,
)
from app.conversations.queue.history import history
from app.conversations.queue.opening import Opening, Rekey
from app.conversations.queue.proofs import Proof
from app.conversations.queue.service import Queue
from app.conversations.rooms.routes import StateAnswer
from app.wire.body_parts import ChallengeAnswer, ChallengeBody, Empty


def add_routes(router: APIRouter, house: House, queue: Queue) -> None:
    _service(router, house, queue)
    _client(router, house, queue)
    _staff(router, house, queue)


def _service(router: APIRouter, house: House, queue: Queue) -> None:

    @router.get("/service")
    async def service() -> ServiceAnswer:
        """Whether the service is open, how long people wait, and whose directory is in force."""
        in_force = house.admission.in_force
        async with house.db.read() as tx:
            outlook = await queue.outlook(tx)
            is_open = await queue.is_open(tx)
        return ServiceAnswer(
            time=house.now,
            store=house.life.store,
            open=in_force is not None and in_force.is_valid(house.now),
            serial=None if in_force is None else in_force.directory.serial,
            directory=None if in_force is None else in_force.hash,
            keep_days=house.rules.keep_days,
            hold=house.rules.hold,
            wait={language: (found.low, found.high) for language, found in outlook.waits.items()},
            hours={
                language: OpeningHours(open=found.open, until=found.until, opens=found.opens)
                for language, found in outlook.hours.items()
            },
            on=outlook.languages,
            queue=QueueState(open=is_open),
        )

    @router.post("/service/directory")
    async def publish(body: DirectoryBody) -> Empty:
        """Put a directory in force: the pinned root's signature is all the authority needed."""
        await directory.publish(house, body.directory.signed())
        return Empty()


def _client(router: APIRouter, house: House, queue: Queue) -> None:

    async def client(room: bytes, secret: bytes) -> ClientCaller:
        async with house.db.read() as tx:
            return await house.admission.client(tx, RoomId(room), secret)

    @router.post("/rooms/challenge")
    async def challenge(_: Empty) -> ChallengeAnswer:
        """A proof of work to do before a room opens."""
        return ChallengeAnswer(challenge=ChallengeBody.of(await proofs.challenge(house)))

    @router.post("/rooms/open")
    async def open_room(body: OpenBody) -> OpenAnswer:
        """Open a room and get in line."""
        room = RoomId(body.room)
        wish = Opening(
            room,
            body.secret,
            body.wrap,
            Kid(body.seal.kid),
            body.seal.sealed,
            body.ticket.ticket(),
            None if body.message is None else read_send(body.message, room),
        )
        proof = Proof(body.proof.challenge.challenge(), body.proof.solution)
        opened = await opening.open_room(house, wish, proof)
        return OpenAnswer(state=opened.state, ke=opened.ke, seq=opened.seq, store=house.life.store)

    @router.post("/rooms/history")
    async def read(body: HistoryBody) -> HistoryAnswer:
        """The room and its items behind a number; the client counts as here."""
        found = await history(house, queue, await client(body.room, body.secret), body.after)
        return HistoryAnswer.of(found, house.life.store)

    @router.post("/rooms/rekey")
    async def rekey(body: RekeyBody) -> RekeyAnswer:
        """Put a new epoch in force, and get in line with a ticket."""
        caller = await client(body.room, body.secret)
        done = await opening.rekey(
            house,
            caller,
            Rekey(
                body.ke,
                read_send(body.frame, caller.room),
                body.wrap,
                [seal.seal() for seal in body.seals],
                None if body.ticket is None else body.ticket.ticket(),
            ),
        )
        return RekeyAnswer(state=done.state, ke=done.ke, seq=done.seq)

    @router.post("/queue/ticket")
    async def ticket(body: SetTicketBody) -> StateAnswer:
        """Another wish, at the same place in line."""
        caller = await client(body.room, body.secret)
        return StateAnswer(state=await queue.set_ticket(caller, body.ticket.ticket(), body.ticket.left_out()))

    @router.post("/queue/meet")
    async def meet(body: MeetBody) -> StateAnswer:
        """Say hello to the peer who is here, or wait for someone else."""
        caller = await client(body.room, body.secret)
        state = await queue.meet(caller, Kid(body.kid), accept=body.answer == "accept")
        return StateAnswer(state=state)


def _staff(router: APIRouter, house: House, queue: Queue) -> None:
    caller = Depends(staff_only(house.admission))

    @router.post("/queue/claim")
    async def claim(body: ClaimBody, staff: Annotated[StaffCaller, caller]) -> ClaimAnswer:
        """Reserve a waiting room for a minute, or see how one's own meeting stands."""
        got = await queue.claim(staff, RoomId(body.room))
        return ClaimAnswer(
            state=got.state,
            ke=got.ke,
            accepted=got.accepted,
            seal=got.seal,
            purpose=None if got.seal is None else "team-peer",
        )

    @router.post("/queue/pass")
    async def pass_on(body: PassBody, staff: Annotated[StaffCaller, caller]) -> Empty:
        """No to an offer: it goes to somebody else, and nobody counts."""
        await queue.offering.pass_on(staff, RoomId(body.room))
        return Empty()

    @router.post("/queue/release")
    async def release(body: ReleaseBody, staff: Annotated[StaffCaller, caller]) -> StateAnswer:
        """Leave a room, or give a meeting up."""
        return StateAnswer(state=await queue.release(staff, RoomId(body.room), body.back()))

    @router.post("/rooms/seal")
    async def narrow(body: NarrowBody, staff: Annotated[StaffCaller, caller]) -> StateAnswer:
        """Keep the key for oneself alone: the team's seal and the ticket go, the talk begins."""
        return StateAnswer(state=await queue.narrow(staff, RoomId(body.room), body.ke, body.sealed))
