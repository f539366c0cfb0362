"""Putting a signed directory in force, and what follows for those who are not in it any more.

The pinned root's signature is the only authority asked (docs/protocol.md, 5 and 7).
"""

from app.conversations.admission import store as admission_store
from app.conversations.admission.service import in_force
from app.conversations.availability import pauses
from app.conversations.availability import store as shifts
from app.conversations.errors import DirConflict, DirSignature, Malformed, refusal_of
from app.conversations.house import House
from app.conversations.ids import Conversations, Kid, RoomId
from app.conversations.lines import store as lines
from app.conversations.queue import offer_store, pausing, store
from app.conversations.queue.service import AT_ONCE
from app.conversations.rooms import asks
from app.conversations.rooms import service as rooms
from app.conversations.rooms import store as rooms_store
from app.conversations.rooms.rules import Act, State, move
from app.conversations.trail import store as trail
from app.kit.clock import day_of
from app.kit.database import WriteTx
from app.wire.directory import Directory, SignedDirectory, accept, check_holders
from app.wire.errors import WireError


async def publish(house: House, signed: SignedDirectory) -> None:
    """Put a directory in force; the identical one again succeeds.

    Raises `DirSignature`, `DirExpired`, `DirRollback`, `DirConflict` for the serial in force with
    other bytes, `Malformed` also where the peer team's epoch falls, its key changes within one, or a team is
    not exactly those whose work it is.
    """
    pinned = house.pinned()
    if pinned is None:
        raise DirSignature
    async with house.db.write() as tx:
        await admission_store.replace_directory(tx)
        serial = await admission_store.newest_serial(tx)
        before = await admission_store.directory(tx, serial) if serial else None
        if before is not None and before.payload == signed.payload:
            return
        try:
            directory = accept(signed, pinned.roots, pinned.instance, serial, house.now)
            check_holders(directory)
        except WireError as error:
            raise refusal_of(error) from None
        if directory.serial == serial:
            raise DirConflict
        old = None if before is None else in_force(before.payload).directory
        _check_peer_team(old, directory)
        await admission_store.add_directory(tx, signed, day_of(house.now))
        changed = await _part_with(house, tx, () if old is None else departed(old, directory))
        peers = directory.teams["peer"]
        await store.put_epoch(tx, peers.epoch, peers.members)
    await house.admission.refresh()
    house.notices.staff_changed()
    for room in changed:
        house.notices.room_changed(room)
    house.notices.queue_changed()


def departed(old: Directory, new: Directory) -> tuple[Kid, ...]:
    """Keys that are not listed any more, or not in a role they had."""
    roles = {member.kid: set(member.roles) for member in new.staff}
    return tuple(member.kid for member in old.staff if not set(member.roles) <= roles.get(member.kid, set()))


def _check_peer_team(old: Directory | None, new: Directory) -> None:
    if old is None:
        return
    before, after = old.teams["peer"], new.teams["peer"]
    # A ticket names its epoch: two keys under one number could not be told apart.
    if after.epoch < before.epoch or (after.epoch == before.epoch and after.pub != before.pub):
        raise Malformed


async def _part_with(house: House, tx: WriteTx[Conversations], kids: tuple[Kid, ...]) -> list[RoomId]:
    """End every seat and meeting of these keys; the rooms that changed, in the order of their ids."""
    if not kids:
        return []
    # Behind the directory no pause begins any more, and whoever is on the trail holds no room yet.
    await trail.one_at_a_time(tx)
    await pausing.note_over(house, tx, await pauses.forget(tx, kids), pausing.Over.KEY)
    waiting = await store.rooms_under(tx, await store.epochs_of(tx, kids))
    shared = await rooms_store.rooms_with(tx, kids)
    changed = sorted({*waiting, *shared})
    for start in range(0, len(changed), AT_ONCE):
        for room in await rooms_store.lock_all(tx, changed[start : start + AT_ONCE]):
            await rooms_store.set_needs_rekey(tx, room.id)
            for kid in kids:
                await rooms_store.close_seat(tx, room.id, kid)
            await _settle(house, tx, room, kids)
    await store.drop_holders(tx, kids)
    await shifts.forget(tx, kids)
    await offer_store.forget(tx, kids)
    await lines.forget(tx, kids)
    return sorted({*changed, *await asks.forget(tx, kids)})


async def _settle(
    house: House, tx: WriteTx[Conversations], room: rooms_store.Room, kids: tuple[Kid, ...]
) -> None:
    """A meeting with one of these keys is over; a talk with nobody left rests."""
    meeting = await rooms_store.meeting(tx, room.id)
    if meeting is not None and meeting.kid in kids:
        await rooms_store.end_meeting(tx, room.id)
        await rooms.enter_state(house, tx, room, move(room.state, Act.PART))
    elif room.state is State.TALKING:
        seats = await rooms_store.seats_of(tx, room.id)
        if not any(seat.open and seat.kid is not None for seat in seats):
            await rooms.enter_state(house, tx, room, move(room.state, Act.REST))
