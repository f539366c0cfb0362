"""Into the queue: opening a room, and coming back to it under a new epoch (docs/protocol.md, 8)."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.conversations.admission.callers import ClientCaller
from app.conversations.admission.service import InForce, secret_hash
from app.conversations.availability import store as shifts
from app.conversations.availability import turns
from app.conversations.errors import (
    DirExpired,
    Malformed,
    NConflict,
    PowInvalid,
    SealFormat,
    SlotTaken,
    StaleEpoch,
    Unknown,
)
from app.conversations.house import House
from app.conversations.ids import CLIENT_SEAT, Conversations, Kid, RoomId
from app.conversations.messages.rules import Envelope
from app.conversations.messages.store import append
from app.conversations.queue import proofs, rules, store
from app.conversations.queue.proofs import Proof
from app.conversations.queue.rules import Plan, Ticket
from app.conversations.queue.service import require_space
from app.conversations.queue.store import Place
from app.conversations.rooms import asks
from app.conversations.rooms import service as rooms
from app.conversations.rooms import store as rooms_store
from app.conversations.rooms.rules import Act, State, move
from app.conversations.rooms.store import TEAM_PEER, Room, Sealed
from app.conversations.seats import service as seats_service
from app.kit.clock import day_of
from app.kit.database import ReadTx, WriteTx
from app.wire.frames import Item, Send
from app.wire.sizes import EPOCHS, SEAL, WRAP


@dataclass(frozen=True, slots=True)
class Opening:
    """A new room: its key is sealed to the peer team (`team`: whose key) and boxed for the client."""

    room: RoomId = field(repr=False)
    secret: bytes = field(repr=False)
    wrap: bytes = field(repr=False)
    team: Kid = field(repr=False)
    sealed: bytes = field(repr=False)
    ticket: Ticket
    message: Send | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A room in the queue, or the one that an earlier answer was lost of."""

    state: State
    ke: int
    seq: int


@dataclass(frozen=True, slots=True)
class Rekey:
    """A new epoch: `frame` is the rekey message under the old one, `seals` hold the new keys."""

    ke: int
    frame: Send
    wrap: bytes = field(repr=False)
    seals: Sequence[Sealed] = field(repr=False)
    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """Where a rekey left the room."""

    state: State
    ke: int
    seq: int


async def open_room(house: House, opening: Opening, proof: Proof) -> Opened:
    """Open a room, or find it open already: the same id, secret and wrap again ask for no proof of work.

    Raises `SlotTaken` for an id in use or a tombstone, `DirExpired`, `Unknown` for a seal to another
    key than the peer team's in the directory in force, `SealFormat`, `Malformed` for a message that
    is not the room's first, `PowInvalid`, `QueueFull`.
    """
    _check(opening)
    async with house.db.read() as tx:
        existing = await _existing(tx, opening)
    if existing is not None:
        return existing
    await proofs.check(house, proof)
    try:
        opened, item = await _open(house, opening, proof)
    except (PowInvalid, SlotTaken):
        # Perhaps the same request twice at once, and the other one was quicker.
        async with house.db.read() as tx:
            existing = await _existing(tx, opening)
        if existing is None:
            raise
        return existing
    if item is not None:
        house.notices.committed([item])
    house.notices.queue_changed()
    return opened


def _check(opening: Opening) -> None:
    message = opening.message
    if len(opening.wrap) != WRAP:
        raise Malformed
    if len(opening.sealed) != SEAL:
        raise SealFormat
    if message is not None and (message.room, message.ke, message.n) != (opening.room, 1, 1):
        raise Malformed


async def _existing(tx: ReadTx[Conversations], opening: Opening) -> Opened | None:
    found = await rooms_store.at_tip(tx, opening.room)
    if found is None:
        return None
    room, tip = found
    same_secret = hmac.compare_digest(room.secret_hash, secret_hash(opening.secret))
    if room.wrap is None or not same_secret or not hmac.compare_digest(room.wrap, opening.wrap):
        raise SlotTaken
    return Opened(room.state, room.ke, tip.seq)


async def _open(house: House, opening: Opening, proof: Proof) -> tuple[Opened, Item | None]:
    now = house.now
    async with house.db.write() as tx:
        in_force = await house.admission.rely(tx)
        if not in_force.is_valid(now):
            raise DirExpired
        if opening.team != in_force.team:
            raise Unknown
        await proofs.spend(tx, proof)
        if (existing := await _existing(tx, opening)) is not None:
            return existing, None
        await require_space(house, tx, opening.ticket)
        room = Room(
            id=opening.room,
            secret_hash=secret_hash(opening.secret),
            wrap=opening.wrap,
            state=State.WAITING,
            ke=1,
            needs_rekey=False,
            opened_day=day_of(now),
            closed_day=None,
        )
        if not await rooms_store.add(tx, room, house.rules.keep_days):
            raise SlotTaken
        await rooms_store.put_seal(tx, room.id, 1, Sealed(opening.team, TEAM_PEER, opening.sealed))
        epoch = in_force.directory.teams["peer"].epoch
        await store.put(tx, room.id, Place(opening.ticket, (), epoch, now, now))
        item = None if opening.message is None else await append(tx, _envelope(opening.message))
        await store.count(tx, rules.spoken(opening.ticket.language), "opened", 0, now)
        return Opened(room.state, 1, 0 if item is None else item.seq), item


async def rekey(house: House, caller: ClientCaller, new: Rekey) -> Rekeyed:
    """Put a new epoch in force: rekey message, wrap, seals, seats, ticket and state in one transaction.

    The identical rekey again succeeds. Raises what `rules.plan_rekey` says, `SealFormat`,
    `StaleEpoch` for an epoch that does not rise, `Malformed` above 15, what the message itself may
    be refused for; for a ticket also `DirExpired` and `QueueFull`.
    """
    _check_rekey(caller, new)
    async with house.db.write() as tx:
        in_force = await house.admission.rely(tx)
        # Whoever is let in may be let in elsewhere, or claim, or be paused at this moment.
        await turns.take(tx, [sealed.kid for sealed in new.seals])
        room = await rooms.locked(tx, caller.room)
        if new.ke <= room.ke:
            return await _repeated(tx, room, new)
        plan = await _plan(house, tx, room, new, in_force)
        if new.ticket is not None:
            if not in_force.is_valid(house.now):
                raise DirExpired
            await require_space(house, tx, new.ticket)
        ticket = new.ticket if new.ticket is None else await _not_again(tx, room, new.ticket)
        item = await _commit(house, tx, room, new, plan)
        await _queue(house, tx, room, ticket, in_force)
    house.notices.committed([item])
    house.notices.room_changed(room.id)
    if State.WAITING in (room.state, plan.state):
        house.notices.queue_changed()
    return Rekeyed(plan.state, new.ke, item.seq)


def _check_rekey(caller: ClientCaller, new: Rekey) -> None:
    if len(new.wrap) != WRAP or new.ke > EPOCHS or new.frame.room != caller.room or new.frame.ke >= new.ke:
        raise Malformed
    if any(len(sealed.sealed) != SEAL for sealed in new.seals):
        raise SealFormat


async def _repeated(tx: WriteTx[Conversations], room: Room, new: Rekey) -> Rekeyed:
    """The answer to a rekey that is on disk; anything else comes too late."""
    tip = await rooms_store.tip(tx, room.id)
    if new.frame.n > tip.counts.get(CLIENT_SEAT, 0):
        raise StaleEpoch
    await append(tx, _envelope(new.frame))
    return Rekeyed(room.state, room.ke, tip.seq)


async def _plan(house: House, tx: ReadTx[Conversations], room: Room, new: Rekey, in_force: InForce) -> Plan:
    seats = await rooms_store.seats_of(tx, room.id)
    return rules.plan_rekey(
        room.state,
        [(sealed.purpose, sealed.kid) for sealed in new.seals],
        new.ticket is not None,
        in_force.team,
        [seat.kid for seat in seats if seat.open and seat.kid is not None],
        [member.kid for member in in_force.directory.staff],
        await seats_service.willing(house, tx, room.id),
    )


async def _not_again(tx: ReadTx[Conversations], room: Room, ticket: Ticket) -> Ticket:
    """The ticket of somebody who goes from one peer to another: not back to the one they leave."""
    seats = await rooms_store.seats_of(tx, room.id)
    left = [seat.kid for seat in seats if seat.open and seat.kid is not None and seat.kid != ticket.back]
    refused = tuple(dict.fromkeys((*ticket.refused, *left)))
    return replace(ticket, refused=refused[-rules.MOST_REMEMBERED :])


async def _commit(house: House, tx: WriteTx[Conversations], room: Room, new: Rekey, plan: Plan) -> Item:
    # The message is judged like any other, and a resting room takes none: so out of rest the state
    # moves before it, into rest after it.
    if plan.state is State.WAITING and room.state is not State.WAITING:
        await rooms.enter_state(house, tx, room, move(room.state, Act.REQUEUE))
    before = await rooms_store.tip(tx, room.id)
    item = await append(tx, _envelope(new.frame))
    if item.seq <= before.seq:
        # An older message, sent again: no epoch begins with it.
        raise NConflict
    if plan.state is State.RESTING:
        await rooms.enter_state(house, tx, room, move(room.state, Act.REST))
    await rooms.dismiss(house, tx, room, but=plan.keeps)
    await _let_in(house, tx, room, plan.opens)
    await rooms_store.enter_epoch(tx, room.id, new.ke, new.wrap)
    for sealed in new.seals:
        await rooms_store.put_seal(tx, room.id, new.ke, sealed)
    return item


async def _let_in(house: House, tx: WriteTx[Conversations], room: Room, kids: Sequence[Kid]) -> None:
    """Seat those who were asked in; each ask goes in this very transaction."""
    for kid in kids:
        await rooms_store.open_seat(tx, room.id, kid, alone_since_n=None)
        await shifts.met(tx, kid, house.now)
    await asks.drop(tx, room.id, kids)


async def _queue(
    house: House, tx: WriteTx[Conversations], room: Room, ticket: Ticket | None, in_force: InForce
) -> None:
    """A place in line for a ticket that came along; a room that waits already keeps its own."""
    peer_epoch = in_force.directory.teams["peer"].epoch
    if ticket is not None:
        await store.put(tx, room.id, Place(ticket, (), peer_epoch, house.now, house.now))
    elif room.state is State.WAITING:
        await store.set_epoch(tx, room.id, peer_epoch)


def _envelope(frame: Send) -> Envelope:
    return Envelope(frame.room, CLIENT_SEAT, frame.ke, frame.n, frame.com, frame.ct)
