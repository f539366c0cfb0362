"""Showing one's own lines to a colleague: one function a use case, one transaction each."""

from dataclasses import dataclass, field, replace

from app.conversations.admission.callers import StaffCaller
from app.conversations.availability import turns
from app.conversations.errors import FlagFormat, SlotTaken, SlowDown, Unknown
from app.conversations.house import House
from app.conversations.ids import Conversations, FlagId, Kid, RoomId
from app.conversations.lines import rules, store
from app.conversations.lines.store import Row, Shown
from app.conversations.rooms import service as rooms
from app.conversations.rooms import store as rooms_store
from app.kit.clock import day_of
from app.kit.database import ReadTx
from app.wire.sizes import FLAG_SEALS


@dataclass(frozen=True, slots=True)
class Proven:
    """Shown lines with the headers of the seat that shows them: of its own words, and of nobody else's."""

    shown: Shown
    rows: tuple[Row, ...] = field(repr=False)


async def show(
    house: House, caller: StaffCaller, room_id: RoomId, to: Kid, id_: FlagId, sealed: bytes
) -> None:
    """Show own lines to one colleague, sealed to that person's key. An identical repeat succeeds.

    `FlagFormat`; `Unknown` for who never had a seat in the room as a peer, and for a key that is not
    listed or one's own; `SlotTaken`; `SlowDown` above ten at once.
    """
    if len(sealed) not in FLAG_SEALS:
        raise FlagFormat
    async with house.db.write() as tx:
        in_force = await house.admission.rely(tx)
        if caller.role != "peer" or not house.admission.still_listed(caller):
            raise Unknown
        # Before the room: what the same peer shows in another at this moment counts, too.
        await turns.take(tx, [caller.kid])
        room = await rooms.locked(tx, room_id)
        if not any(seat.kid == caller.kid for seat in await rooms_store.seats_of(tx, room.id)):
            raise Unknown
        if to == caller.kid or in_force.directory.member(to) is None:
            raise Unknown
        new = Shown(id_, room.id, caller.kid, to, day_of(house.now), sealed)
        held = await store.find(tx, id_)
        if held is not None and replace(held, day=new.day) == new:
            return
        if held is None and await store.count_by(tx, caller.kid) >= rules.MOST_SHOWN:
            raise SlowDown
        if not await store.add(tx, new):
            raise SlotTaken


async def mine(house: House, caller: StaffCaller) -> list[Proven]:
    """What this peer shows to others."""
    async with house.db.read() as tx:
        return [await _proven(tx, each) for each in await store.by(tx, caller.kid)]


async def shown(house: House, caller: StaffCaller) -> list[Proven]:
    """The newest of what others show to this member of the staff."""
    async with house.db.read() as tx:
        return [await _proven(tx, each) for each in await store.to(tx, caller.kid)]


async def drop(house: House, caller: StaffCaller, id_: FlagId) -> None:
    """Take shown lines back, or put them away: either of the two may. `Unknown` for others and for none."""
    async with house.db.write() as tx:
        held = await store.find(tx, id_)
        if held is None or caller.kid not in (held.by, held.to):
            raise Unknown
        await store.drop(tx, id_)


async def _proven(tx: ReadTx[Conversations], each: Shown) -> Proven:
    return Proven(each, tuple(await store.rows_of(tx, each.room, each.by)))
