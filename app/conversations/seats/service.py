"""Asking a colleague into a talk: one function a use case, one transaction each.

Nobody comes in by this. The client's own rekey opens the seat (app/conversations/queue/opening.py).
"""

from collections.abc import Sequence

from app.conversations.admission.callers import ClientCaller, StaffCaller
from app.conversations.availability import pauses
from app.conversations.availability import store as shifts
from app.conversations.availability.rules import ShiftState
from app.conversations.errors import Closed, Paused, SlowDown, Unknown
from app.conversations.house import House
from app.conversations.ids import Conversations, Kid, RoomId
from app.conversations.rooms import asks
from app.conversations.rooms import service as rooms
from app.conversations.rooms import store as rooms_store
from app.conversations.rooms.asks import REFUSED, WILLING, Ask, Purpose
from app.conversations.rooms.rules import State
from app.conversations.rooms.store import Room
from app.conversations.seats import rules
from app.kit.database import ReadTx, WriteTx


async def whom(house: House, caller: StaffCaller, room: RoomId) -> list[Kid]:
    """Who could come into a talk of this peer's now, in the order of their keys.

    On, with their page open and a place beside them, not in the room and not refused by its client.
    `Unknown` without an open seat in the room, `Closed` outside a talk.
    """
    async with house.db.read() as tx:
        await rooms.require_seat(tx, caller, room)
        found = await rooms_store.find(tx, room)
        if found is None or found.state is not State.TALKING:
            raise Closed
        return sorted(await _could_come(house, tx, room))


async def ask(house: House, caller: StaffCaller, room_id: RoomId, kid: Kid, purpose: Purpose) -> None:
    """Ask a colleague in, for ten minutes. Somebody who is asked already stays so.

    `Unknown` without an open seat in the room; `Closed` outside a talk and for whom `whom` does not name;
    `SlowDown` for a fourth person at once.
    """
    async with house.db.write() as tx:
        room = await _talk_of(house, tx, caller, room_id)
        standing = await asks.of_room(tx, room.id, house.now)
        if any(each.kid == kid for each in standing):
            return
        if kid not in await _could_come(house, tx, room.id):
            raise Closed
        if len(standing) >= rules.MOST_ASKED:
            raise SlowDown
        await asks.put(tx, Ask(room.id, kid, caller.kid, purpose), house.now + rules.ASKED)
    house.notices.room_changed(room.id)


async def withdraw(house: House, caller: StaffCaller, room_id: RoomId, kid: Kid) -> None:
    """Ask somebody in no more, whom this peer asked. Repeats succeed. `Unknown`, `Closed` as for `ask`."""
    async with house.db.write() as tx:
        room = await _talk_of(house, tx, caller, room_id)
        mine = [each for each in await asks.of_room(tx, room.id, house.now) if each.by == caller.kid]
        if not any(each.kid == kid for each in mine):
            return
        await asks.drop(tx, room.id, [kid])
    house.notices.room_changed(room.id)


async def come(house: House, caller: StaffCaller, room_id: RoomId, *, come: bool) -> None:
    """What the asked person says: would come, or not now. Repeats succeed.

    `Unknown` for who is not asked; to come also `Paused`, and `Closed` for who is not on or has no place.
    """
    async with house.db.write() as tx:
        await _rely_on_peer(house, tx, caller)
        room = await rooms.locked(tx, room_id)
        mine = next(
            (each for each in await asks.of_room(tx, room.id, house.now) if each.kid == caller.kid), None
        )
        if mine is None:
            raise Unknown
        if not come:
            await asks.drop(tx, room.id, [caller.kid])
        elif await pauses.paused(tx, [caller.kid], house.now):
            raise Paused
        else:
            # Asks before the shift, as everywhere. Whoever lets them in sees no pass, only the shift.
            await asks.set_answer(tx, room.id, caller.kid, WILLING)
            await shifts.lower_limit(tx, caller.kid, caller.limit)
            if caller.kid not in await able(house, tx, [caller.kid]):
                raise Closed
            if mine.willing:
                return
    house.notices.room_changed(room.id)


async def refuse(house: House, caller: ClientCaller, kid: Kid) -> None:
    """The client does not let somebody in, and is asked about them no more in this talk. Repeats succeed.

    `Unknown` for who is not asked in, or did not say that they would come.
    """
    async with house.db.write() as tx:
        room = await rooms.locked(tx, caller.room)
        if kid in await asks.refused(tx, room.id):
            return
        standing = await asks.of_room(tx, room.id, house.now)
        if not any(each.kid == kid and each.willing for each in standing):
            raise Unknown
        await asks.set_answer(tx, room.id, kid, REFUSED)
    house.notices.room_changed(room.id)


async def willing(house: House, tx: ReadTx[Conversations], room: RoomId) -> list[Kid]:
    """Who said that they would come into this talk, and still can: whom its client may let in."""
    found = await asks.of_room(tx, room, house.now)
    return await able(house, tx, [each.kid for each in found if each.willing])


async def able(house: House, tx: ReadTx[Conversations], kids: Sequence[Kid]) -> list[Kid]:
    """Those of these peers who are listed, on, not paused, and have a place for one more room."""
    paused = await pauses.paused(tx, kids, house.now)
    found = await shifts.of(tx, [kid for kid in kids if kid in _peers(house) - paused])
    return [
        kid
        for kid, shift in found.items()
        if shift.state is ShiftState.ON and await shifts.rooms_held(tx, kid) < shift.room_limit
    ]


async def sweep(house: House) -> None:
    """End the asks whose time is over, or whose people can come no more."""
    async with house.db.read() as tx:
        found = await _over(house, tx, await asks.running(tx))
    for room in sorted({each.room for each in found}):
        async with house.db.write() as tx:
            await rooms_store.lock(tx, room)
            # Looked at anew: somebody may have been asked again since, or be on again.
            over = await _over(house, tx, await asks.running(tx, room))
            await asks.drop(tx, room, [each.kid for each in over])
        if over:
            house.notices.room_changed(room)


async def _over(house: House, tx: ReadTx[Conversations], standing: Sequence[tuple[Ask, int]]) -> list[Ask]:
    still = await able(house, tx, sorted({each.kid for each, _ in standing}))
    return [each for each, until in standing if until <= house.now or each.kid not in still]


async def _talk_of(house: House, tx: WriteTx[Conversations], caller: StaffCaller, room_id: RoomId) -> Room:
    """The room in which this peer talks, locked."""
    await _rely_on_peer(house, tx, caller)
    room = await rooms.locked(tx, room_id)
    await rooms.require_seat(tx, caller, room.id)
    if room.state is not State.TALKING:
        raise Closed
    return room


async def _rely_on_peer(house: House, tx: WriteTx[Conversations], caller: StaffCaller) -> None:
    await house.admission.rely(tx)
    if caller.role != "peer" or not house.admission.still_listed(caller):
        raise Unknown


async def _could_come(house: House, tx: ReadTx[Conversations], room: RoomId) -> set[Kid]:
    now = house.now
    free = {peer.kid for peer in await shifts.on_now(tx, now) if peer.can_meet(now)} & _peers(house)
    sitting = {seat.kid for seat in await rooms_store.seats_of(tx, room) if seat.open}
    return free - sitting - await asks.refused(tx, room) - await pauses.paused(tx, sorted(free), now)


def _peers(house: House) -> set[Kid]:
    """The peers of the directory in force."""
    in_force = house.admission.in_force
    staff = () if in_force is None else in_force.directory.staff
    return {member.kid for member in staff if "peer" in member.roles}
