"""Finding, entering and ending a room."""

import asyncio

import pytest

from app.conversations import tables
from app.conversations.errors import Closed, Malformed, Unknown
from app.conversations.ids import RoomId
from app.conversations.rooms import service as rooms
from app.conversations.rooms.rules import State
from tests.builders import Guest, Stage, listed, meeting, new_guest, opened, rows, talking, view


async def in_state(stage: Stage, state: State) -> Guest:
    guest = await opened(stage, words=True)
    if state is State.MEETING:
        await meeting(stage, guest, stage.cast.mara)
    if state is State.TALKING:
        await talking(stage, guest, stage.cast.mara)
    if state is State.RESTING:
        await rooms.rest(stage.house, guest.caller)
    if state is State.CLOSED:
        await rooms.close(stage.house, guest.caller)
    return guest


async def probed(stage: Stage, *slots: tuple[RoomId, bytes]) -> list[rooms.Slot | None]:
    month = [*slots, *((new_guest().room, bytes(32)) for _ in range(8 - len(slots)))]
    async with stage.db.read() as tx:
        return await rooms.probe(tx, month)


async def test_a_seat_secret_opens_its_own_room_and_no_other(stage: Stage) -> None:
    guest, other = await opened(stage), await opened(stage)
    async with stage.db.read() as tx:
        caller = await stage.house.admission.client(tx, guest.room, guest.secret)
        for room, secret in ((guest.room, other.secret), (new_guest().room, guest.secret)):
            with pytest.raises(Unknown):
                await stage.house.admission.client(tx, room, secret)
    assert (await view(stage, caller, guest.room)).purpose == "wrap"
    with pytest.raises(Unknown):
        await view(stage, caller, other.room)


async def test_a_probe_finds_rooms_and_hides_why_it_does_not(stage: Stage) -> None:
    guest, gone = await opened(stage), await opened(stage)
    await rooms.delete(stage.house, gone.caller)
    found = await probed(
        stage, (guest.room, guest.secret), (guest.room, gone.secret), (gone.room, gone.secret)
    )
    assert found[0] is not None
    [row] = await rows(stage, tables.rooms, guest.room)
    assert (found[0].state, found[0].ke, found[0].wrap) == (State.WAITING, 1, row.wrap)
    assert found[1:] == [None] * 7


async def test_a_probe_has_the_shape_of_a_month(stage: Stage) -> None:
    async with stage.db.read() as tx:
        for count in (0, 7, 9):
            with pytest.raises(Malformed):
                await rooms.probe(tx, [(new_guest().room, bytes(32))] * count)
    assert await probed(stage) == [None] * 8


@pytest.mark.parametrize("state", [State.WAITING, State.TALKING])
async def test_at_rest_only_the_client_holds_the_key(stage: Stage, state: State) -> None:
    guest = await in_state(stage, state)
    for _ in range(2):
        assert await rooms.rest(stage.house, guest.caller) is State.RESTING
    assert await rows(stage, tables.seals, guest.room) == []
    assert await rows(stage, tables.tickets, guest.room) == []
    assert await listed(stage, stage.cast.sol) == []
    seen = await view(stage, guest.caller, guest.room)
    assert (seen.purpose, [seat.open for seat in seen.seats].count(True)) == ("wrap", 1)
    with pytest.raises(Unknown):
        await view(stage, stage.staff(stage.cast.mara), guest.room)


@pytest.mark.parametrize("state", [State.MEETING, State.CLOSED])
async def test_there_is_no_rest_in_a_meeting_or_after_the_end(stage: Stage, state: State) -> None:
    guest = await in_state(stage, state)
    with pytest.raises(Closed):
        await rooms.rest(stage.house, guest.caller)


@pytest.mark.parametrize("state", [State.WAITING, State.MEETING, State.TALKING, State.RESTING])
async def test_a_room_closes_from_any_state_and_for_good(stage: Stage, state: State) -> None:
    guest = await in_state(stage, state)
    for _ in range(2):
        assert await rooms.close(stage.house, guest.caller) is State.CLOSED
    seen = await view(stage, guest.caller, guest.room)
    assert (seen.state, seen.seq, seen.seal is not None) == (State.CLOSED, 1, True)
    assert await rows(stage, tables.meetings, guest.room) == []
    with pytest.raises(Unknown):
        await view(stage, stage.staff(stage.cast.mara), guest.room)
    with pytest.raises(Unknown):
        await stage.queue.claim(stage.staff(stage.cast.sol), guest.room)


@pytest.mark.parametrize("state", list(State)[:-1])
async def test_delete_leaves_no_wrap_seal_or_ciphertext(stage: Stage, state: State) -> None:
    guest = await in_state(stage, state)
    for _ in range(2):
        assert await rooms.delete(stage.house, guest.caller) is State.DELETED
    [room] = await rows(stage, tables.rooms, guest.room)
    assert (room.state, room.wrap) == ("deleted", None)
    for table in (tables.seals, tables.tickets, tables.meetings):
        assert await rows(stage, table, guest.room) == []
    assert [message.ct for message in await rows(stage, tables.messages, guest.room)] == [None]
    with pytest.raises(Unknown):
        await view(stage, guest.caller, guest.room)
    for act in (rooms.rest, rooms.close):
        with pytest.raises(Unknown):
            await act(stage.house, guest.caller)


async def test_a_tombstone_lets_nobody_in_but_the_repeated_delete(stage: Stage) -> None:
    guest = await opened(stage)
    await rooms.delete(stage.house, guest.caller)
    async with stage.db.read() as tx:
        with pytest.raises(Unknown):
            await stage.house.admission.client(tx, guest.room, guest.secret)
        with pytest.raises(Unknown):
            await stage.house.admission.client(tx, guest.room, bytes(32), even_deleted=True)
        await stage.house.admission.client(tx, guest.room, guest.secret, even_deleted=True)


async def test_resting_and_claiming_at_once_leave_one_consistent_room(stage: Stage) -> None:
    for _ in range(3):
        guest = await opened(stage)
        await asyncio.gather(
            rooms.rest(stage.house, guest.caller),
            stage.queue.claim(stage.staff(stage.cast.mara, limit=9), guest.room),
            return_exceptions=True,
        )
        seen = await view(stage, guest.caller, guest.room)
        assert (seen.state is State.MEETING) is (seen.meet is not None)
        assert bool(await rows(stage, tables.tickets, guest.room)) is (seen.state is State.MEETING)
        if seen.state is State.MEETING:
            await rooms.delete(stage.house, guest.caller)
