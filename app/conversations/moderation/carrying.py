"""What an act does to a room or to a peer, whoever decided it."""

from dataclasses import dataclass, field

from app.conversations.availability.rules import Pause
from app.conversations.house import House
from app.conversations.ids import Conversations, Kid, RoomId
from app.conversations.moderation.rules import Act, Flag, Reason
from app.conversations.queue import pausing
from app.conversations.rooms import rules as moves
from app.conversations.rooms import service as rooms
from app.conversations.rooms import store as rooms_store
from app.conversations.rooms.rules import State
from app.conversations.rooms.store import Room
from app.kit.clock import day_of
from app.kit.database import WriteTx


@dataclass(frozen=True, slots=True)
class Carried:
    """What is to be told after the commit: a room that is not as it was, or rooms of a paused peer."""

    room: Room | None = None
    paused: list[RoomId] | None = field(default=None, repr=False)

    def tell(self, house: House) -> None:
        """After the commit."""
        if self.room is not None:
            rooms.tell(house, self.room)
        if self.paused is not None:
            pausing.tell(house, self.paused)


@dataclass(frozen=True, slots=True)
class Pausing:
    """Which peer is to be paused, on whose word, and until when (unix seconds; None: until it is lifted)."""

    kid: Kid = field(repr=False)
    by: Kid = field(repr=False)
    second: Kid | None = field(repr=False)
    until: int | None


async def carry_out(
    house: House, tx: WriteTx[Conversations], flag: Flag, act: Act, reason: Reason, whom: Pausing | None
) -> Carried:
    """Do what was decided, where there is something to do; before the flag changes. `whom`: for a pause."""
    match act:
        case Act.CLOSE:
            return Carried(room=await _close(house, tx, flag.report.room))
        case Act.REOFFER:
            return Carried(room=await _part(house, tx, flag.report.room))
        case Act.PAUSE if whom is not None:
            pause = Pause(
                whom.kid, flag.report.flag, whom.by, whom.second, reason, day_of(house.now), whom.until
            )
            return Carried(paused=await pausing.begin(house, tx, pause))
        case _:
            return Carried()


async def _close(house: House, tx: WriteTx[Conversations], room_id: RoomId) -> Room | None:
    """End a room for good, as its client could; None where that is done, or the room is gone."""
    room = await rooms_store.lock(tx, room_id)
    if room is None or room.state in (State.CLOSED, State.DELETED):
        return None
    await rooms.end(house, tx, room)
    return room


async def _part(house: House, tx: WriteTx[Conversations], room_id: RoomId) -> Room | None:
    """Nobody of the staff sits here any more, and only a new key serves; None where the room is over.

    Whoever waits goes on waiting at the old place; a talk rests until its client comes for the next peer.
    """
    room = await rooms_store.lock(tx, room_id)
    if room is None or room.state in (State.CLOSED, State.DELETED):
        return None
    await rooms.dismiss(house, tx, room)
    await rooms_store.set_needs_rekey(tx, room.id)
    if room.state is State.MEETING:
        await rooms_store.end_meeting(tx, room.id)
        await rooms.enter_state(house, tx, room, moves.move(room.state, moves.Act.PART))
    elif room.state is State.TALKING:
        await rooms_store.end_wait(tx, room.id)
        await rooms.enter_state(house, tx, room, moves.move(room.state, moves.Act.REST))
    return room
