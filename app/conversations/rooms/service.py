"""Entering a room, finding it again, and ending it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from app.conversations.admission.callers import Caller, ClientCaller, Knocking, StaffCaller
from app.conversations.admission.service import is_right
from app.conversations.availability import store as shifts
from app.conversations.errors import Malformed, Unknown
from app.conversations.house import House
from app.conversations.ids import Conversations, Kid, RoomId, SeatId
from app.conversations.rooms import asks, store
from app.conversations.rooms.asks import Ask
from app.conversations.rooms.rules import Act, State, move
from app.conversations.rooms.tips import Tip
from app.kit.clock import day_of
from app.kit.database import Look, ReadTx, WriteTx
from app.wire.transcript import chain_start

Purpose = Literal["wrap", "seat-peer", "team-peer"]

SLOTS = 8
"""Slots in one probe: a month's worth, always (docs/protocol.md, 3)."""


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat as participants see it; the client's has no kid.

    `on` and `paused` for the client alone: whether this peer could meet them again now, None where they sit
    here; and whether this peer takes no new talks.
    """

    seat: SeatId = field(repr=False)
    kid: Kid | None = field(repr=False)
    open: bool
    on: bool | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Meet:
    """Who has the room reserved, and until when (unix seconds)."""

    kid: Kid = field(repr=False)
    accepted: bool
    deadline: int


@dataclass(frozen=True, slots=True)
class RoomView:
    """A room as one caller may see it.

    `asks`: whom a peer would bring in; the client sees those alone who would come.
    A peer whose meeting is not accepted yet sees its state and the meeting alone: no seats, no
    seal, epoch 0, seq 0 and the head of an empty room; no item goes to them.
    """

    room: RoomId = field(repr=False)
    state: State
    ke: int
    needs_rekey: bool
    seq: int
    head: bytes = field(repr=False)
    seats: tuple[SeatView, ...]
    seal: bytes | None = field(repr=False)
    purpose: Purpose | None
    meet: Meet | None
    asks: tuple[Ask, ...] = ()

    @property
    def is_shown(self) -> bool:
        """Whether the caller may read the room's items."""
        return bool(self.seats)


@dataclass(frozen=True, slots=True)
class DeskView:
    """A room as a peer finds it on their desk; before the client's yes without a seal, at epoch 0."""

    room: RoomId = field(repr=False)
    state: State
    ke: int
    seal: bytes | None = field(repr=False)
    purpose: Purpose | None


@dataclass(frozen=True, slots=True)
class Slot:
    """A room found by its id and secret."""

    state: State
    ke: int
    wrap: bytes | None = field(repr=False)


async def enter(look: Look[Conversations], caller: Caller | Knocking, room: RoomId, now: int) -> RoomView:
    """The room, for its client, a peer with an open seat or the peer who has it reserved. Else `Unknown`."""
    if isinstance(caller, StaffCaller) and caller.role != "peer":
        raise Unknown
    entered = await store.entered(look, room)
    if isinstance(caller, Knocking) and not is_right(
        caller.secret, None if entered is None else entered[0].secret_hash
    ):
        raise Unknown
    if entered is None or entered[0].state is State.DELETED:
        raise Unknown
    found, tip, meeting = entered
    meet = None if meeting is None else Meet(meeting.kid, meeting.accepted, meeting.deadline)
    seats = await store.seats_now(look, room, now)
    if not isinstance(caller, StaffCaller):
        if isinstance(caller, ClientCaller) and caller.room != room:
            raise Unknown
        shown = tuple(SeatView(seat, kid, is_open, paused=paused) for seat, kid, is_open, paused in seats)
        view = _view(found, tip, await _with_free(look, shown, now), found.wrap, "wrap", meet)
        return await _with_asks(look, view, now, willing_alone=True)
    mine = meet if meet is not None and meet.kid == caller.kid else None
    if mine is not None and not mine.accepted:
        return RoomView(room, found.state, 0, False, 0, chain_start(room), (), None, None, mine)
    shown = tuple(SeatView(seat, kid, is_open) for seat, kid, is_open, _ in seats)
    if not any(seat.open and seat.kid == caller.kid for seat in shown):
        raise Unknown
    if mine is not None:
        team = await store.seal(look, room, store.TEAM_PEER)
        return _view(found, tip, shown, _bytes(team), "team-peer", mine)
    own = await store.seal(look, room, store.SEAT_PEER, caller.kid)
    return await _with_asks(look, _view(found, tip, shown, _bytes(own), "seat-peer", meet), now)


async def _with_free(
    look: Look[Conversations], seats: tuple[SeatView, ...], now: int
) -> tuple[SeatView, ...]:
    """Seats, and which peers who left could be met again now."""
    if all(seat.open for seat in seats):
        return seats
    free = {peer.kid for peer in await shifts.on_now(look, now) if peer.can_meet(now)}
    return tuple(
        seat if seat.open else replace(seat, on=seat.kid in free and not seat.paused) for seat in seats
    )


async def _with_asks(
    look: Look[Conversations], view: RoomView, now: int, *, willing_alone: bool = False
) -> RoomView:
    if view.state is not State.TALKING:
        return view
    found = await asks.of_room(look, view.room, now)
    if not found:
        return view
    return replace(view, asks=tuple(ask for ask in found if ask.willing or not willing_alone))


async def require_seat(tx: ReadTx[Conversations], caller: StaffCaller, room: RoomId) -> None:
    """`Unknown` for everybody but a peer with an open seat in the room."""
    seats = await store.seats_of(tx, room)
    if caller.role != "peer" or not any(seat.open and seat.kid == caller.kid for seat in seats):
        raise Unknown


def _bytes(sealed: store.Sealed | None) -> bytes | None:
    return None if sealed is None else sealed.sealed


def _view(
    room: store.Room,
    tip: Tip,
    seats: tuple[SeatView, ...],
    seal: bytes | None,
    purpose: Purpose,
    meet: Meet | None,
) -> RoomView:
    return RoomView(
        room.id,
        room.state,
        room.ke,
        room.needs_rekey,
        tip.seq,
        tip.head,
        seats,
        seal,
        None if seal is None else purpose,
        meet,
    )


async def desk(look: Look[Conversations], caller: StaffCaller) -> tuple[DeskView, ...]:
    """Every room in which this peer sits or has a meeting, by its id; none for other staff."""
    if caller.role != "peer":
        return ()
    return tuple(_on_desk(place) for place in await store.desk(look, caller.kid))


def _on_desk(place: store.OnDesk) -> DeskView:
    """As `enter` shows the same room."""
    if place.met is False:
        return DeskView(place.room, place.state, 0, None, None)
    purpose: Purpose = "seat-peer" if place.met is None else "team-peer"
    seal = place.own if place.met is None else place.team
    return DeskView(place.room, place.state, place.ke, seal, None if seal is None else purpose)


async def probe(tx: ReadTx[Conversations], month: Sequence[tuple[RoomId, bytes]]) -> list[Slot | None]:
    """What a month's eight slots hold, in order; None alike for no room, a wrong secret and a tombstone."""
    if len(month) != SLOTS:
        raise Malformed
    return [await _slot(tx, room, secret) for room, secret in month]


async def _slot(tx: ReadTx[Conversations], room: RoomId, secret: bytes) -> Slot | None:
    found = await store.find(tx, room)
    right = is_right(secret, None if found is None else found.secret_hash)
    if found is None or not right or found.state is State.DELETED:
        return None
    return Slot(found.state, found.ke, found.wrap)


async def rest(house: House, caller: ClientCaller) -> State:
    """End for now: only the client holds the key. `Closed` in a meeting and once closed. Repeats succeed."""
    async with house.db.write() as tx:
        room = await locked(tx, caller.room)
        if room.state is State.RESTING:
            return room.state
        state = move(room.state, Act.REST)
        await dismiss(house, tx, room)
        await store.end_wait(tx, room.id)
        await enter_state(house, tx, room, state)
    tell(house, room)
    return state


async def close(house: House, caller: ClientCaller) -> State:
    """End for good: nobody of the staff sits here any more; the client may still read. Repeats succeed."""
    async with house.db.write() as tx:
        room = await locked(tx, caller.room)
        if room.state is State.CLOSED:
            return room.state
        state = await end(house, tx, room)
    tell(house, room)
    return state


async def end(house: House, tx: WriteTx[Conversations], room: store.Room) -> State:
    """End a locked, living room for good, whoever says so: seats, seals, ticket and meeting are over."""
    state = move(room.state, Act.CLOSE)
    await dismiss(house, tx, room)
    await store.end_wait(tx, room.id)
    await enter_state(house, tx, room, state)
    return state


async def delete(house: House, caller: ClientCaller) -> State:
    """Remove every ciphertext, wrap and seal at once; a tombstone keeps the id. Repeats succeed."""
    async with house.db.write() as tx:
        room = await store.lock(tx, caller.room)
        if room is None:
            raise Unknown
        if room.state is State.DELETED:
            return room.state
        state = move(room.state, Act.DELETE)
        await dismiss(house, tx, room)
        await enter_state(house, tx, room, state)
        await store.empty(tx, room.id)
    tell(house, room)
    return state


async def dismiss(
    house: House, tx: WriteTx[Conversations], room: store.Room, *, but: tuple[Kid, ...] = ()
) -> None:
    """Close the staff seats of a locked room, except those named; out of a talk, quiet minutes begin."""
    seats = await store.seats_of(tx, room.id)
    gone = [seat.kid for seat in seats if seat.open and seat.kid is not None and seat.kid not in but]
    await store.close_seats(tx, room.id, but=but)
    if room.state is State.TALKING:
        await shifts.room_ended(tx, gone, house.now)


async def locked(tx: WriteTx[Conversations], room: RoomId) -> store.Room:
    """A living room, unchanged by others until the transaction ends. `Unknown` for none or a tombstone."""
    found = await store.lock(tx, room)
    if found is None or found.state is State.DELETED:
        raise Unknown
    return found


async def enter_state(house: House, tx: WriteTx[Conversations], room: store.Room, state: State) -> None:
    """Move a room to a state that `move` allowed, today."""
    await store.enter_state(tx, room, state, day_of(house.now), house.rules.keep_days)


def tell(house: House, room: store.Room) -> None:
    """After the commit: the room is not as it was (`room`: before); nor is the queue, if it was in there."""
    house.notices.room_changed(room.id)
    if room.state in (State.WAITING, State.MEETING):
        house.notices.queue_changed()
