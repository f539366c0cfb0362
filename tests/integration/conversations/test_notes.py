"""A peer's private notes: one's own, in a room where one sits, and gone with the seat."""

import asyncio
import secrets
from typing import Any

import pytest

from app.companion.keys import StaffKey
from app.conversations import tables
from app.conversations.errors import Unknown, VConflict
from app.conversations.ids import RoomId
from app.conversations.notes import service as notes
from app.conversations.notes.store import Note
from app.conversations.purge import purge
from app.conversations.queue.directory import publish
from app.conversations.queue.opening import rekey
from app.conversations.rooms import service as rooms
from app.kit.clock import DAY
from app.wire.sizes import NOTE_BOX
from tests.builders import (
    Guest,
    Stage,
    meeting,
    new_guest,
    opened,
    rekeying,
    rows,
    talking,
    ticket,
)
from tests.cast import without


def note(version: int = 1) -> Note:
    return Note(version, secrets.token_bytes(NOTE_BOX))


async def with_notes(stage: Stage) -> tuple[Guest, Note]:
    """A talk with Mara, who has written something down."""
    guest, written = await opened(stage, words=True), note()
    await talking(stage, guest, stage.cast.mara)
    await notes.put(stage.house, stage.staff(stage.cast.mara), guest.room, written)
    return guest, written


async def held(stage: Stage, room: RoomId) -> list[tuple[bytes, int]]:
    return [(row.kid, row.version) for row in await rows(stage, tables.notes, room)]


async def test_what_was_put_is_got_again_by_its_writer(stage: Stage) -> None:
    guest = await opened(stage)
    await talking(stage, guest, stage.cast.mara)
    mara = stage.staff(stage.cast.mara)
    assert await notes.get(stage.house, mara, guest.room) is None
    for version in (1, 2):
        written = note(version)
        await notes.put(stage.house, mara, guest.room, written)
        assert await notes.get(stage.house, mara, guest.room) == written
    assert await held(stage, guest.room) == [(mara.kid, 2)]


async def test_only_the_next_version_is_taken_and_the_same_again_succeeds(stage: Stage) -> None:
    guest, first = await with_notes(stage)
    mara = stage.staff(stage.cast.mara)
    await notes.put(stage.house, mara, guest.room, first)
    for version in (1, 3, 2**32 - 1):
        with pytest.raises(VConflict):
            await notes.put(stage.house, mara, guest.room, note(version))
    second = note(2)
    await notes.put(stage.house, mara, guest.room, second)
    with pytest.raises(VConflict):
        await notes.put(stage.house, mara, guest.room, first)
    assert await notes.get(stage.house, mara, guest.room) == second


async def test_of_two_pages_that_write_at_once_one_is_told(stage: Stage) -> None:
    guest, _ = await with_notes(stage)
    mara, tries = stage.staff(stage.cast.mara), [note(2) for _ in range(3)]
    outcomes = await asyncio.gather(
        *(notes.put(stage.house, mara, guest.room, each) for each in tries), return_exceptions=True
    )
    assert sorted(map(type, outcomes), key=str) == sorted([type(None), VConflict, VConflict], key=str)
    assert await notes.get(stage.house, mara, guest.room) == tries[outcomes.index(None)]


async def test_nobody_writes_or_reads_without_an_open_seat(stage: Stage) -> None:
    guest, written = await with_notes(stage)
    waiting = await opened(stage)
    mara, sol = stage.staff(stage.cast.mara), stage.staff(stage.cast.sol)
    moderator = stage.house.admission.staff(stage.token(stage.cast.moderator, "moderator"))
    await stage.queue.claim(sol, waiting.room)
    for caller, room in (
        (sol, guest.room),
        (moderator, guest.room),
        (mara, new_guest().room),
        (mara, waiting.room),
        (sol, waiting.room),
    ):
        with pytest.raises(Unknown):
            await notes.get(stage.house, caller, room)
        with pytest.raises(Unknown):
            await notes.put(stage.house, caller, room, note())
    assert await notes.get(stage.house, mara, guest.room) == written


async def left(stage: Stage, guest: Guest) -> None:
    await stage.queue.release(stage.staff(stage.cast.mara), guest.room, None)


async def rested(stage: Stage, guest: Guest) -> None:
    await rooms.rest(stage.house, guest.caller)


async def closed(stage: Stage, guest: Guest) -> None:
    await rooms.close(stage.house, guest.caller)


async def deleted(stage: Stage, guest: Guest) -> None:
    await rooms.delete(stage.house, guest.caller)


async def switched(stage: Stage, guest: Guest) -> None:
    await rekey(stage.house, guest.caller, rekeying(stage, guest, to_team=True, wish=ticket()))


async def departed(stage: Stage, guest: Guest) -> None:
    after = without(stage.cast.directory(stage.now), stage.cast.mara.kid, StaffKey.generate())
    await publish(stage.house, stage.cast.sign(after))


async def purged(stage: Stage, guest: Guest) -> None:
    stage.clock.advance(stage.house.settings.keep_days * DAY)
    await purge(stage.db, stage.clock, 90)


@pytest.mark.parametrize("end", [left, rested, closed, deleted, switched, departed, purged])
async def test_a_note_goes_with_its_seat(stage: Stage, end: Any) -> None:
    guest, _ = await with_notes(stage)
    assert len(await held(stage, guest.room)) == 1
    await end(stage, guest)
    assert await held(stage, guest.room) == []


async def test_a_note_goes_when_the_meeting_does_not_become_a_talk(stage: Stage) -> None:
    guest, mara = await opened(stage), stage.staff(stage.cast.mara)
    await meeting(stage, guest, stage.cast.mara)
    await notes.put(stage.house, mara, guest.room, note())
    await left(stage, guest)
    assert await held(stage, guest.room) == []


async def test_new_keys_for_the_same_peer_leave_the_note_alone(stage: Stage) -> None:
    guest, written = await with_notes(stage)
    await rekey(stage.house, guest.caller, rekeying(stage, guest, to=[stage.cast.mara]))
    assert await notes.get(stage.house, stage.staff(stage.cast.mara), guest.room) == written


async def test_a_note_stays_through_a_purge_while_its_room_lives(stage: Stage) -> None:
    guest, written = await with_notes(stage)
    await purge(stage.db, stage.clock, 90)
    assert await notes.get(stage.house, stage.staff(stage.cast.mara), guest.room) == written
