"""Opening a room: what gets in line, and what is turned away."""

import asyncio
import secrets
from dataclasses import replace

import pytest

from app.companion.keys import StaffKey
from app.conversations import tables
from app.conversations.errors import (
    DirExpired,
    Malformed,
    PowInvalid,
    QueueFull,
    SealFormat,
    SlotTaken,
    Unknown,
)
from app.conversations.ids import CLIENT_SEAT, RoomId
from app.conversations.queue.opening import open_room
from app.conversations.rooms import service as rooms
from app.conversations.rooms.rules import State
from app.wire.directory import LIFETIME, SLACK
from app.wire.pow import solves
from app.wire.transcript import chain_start
from tests.builders import (
    Stage,
    listed,
    new_guest,
    open_again,
    opened,
    opening,
    proof,
    rows,
    stage_on,
    ticket,
    view,
)


async def test_a_new_room_waits_with_its_seal_its_ticket_and_its_first_message(stage: Stage) -> None:
    guest = await opened(stage, words=True)

    seen = await view(stage, guest.caller, guest.room)
    assert (seen.state, seen.ke, seen.seq, seen.purpose) == (State.WAITING, 1, 1, "wrap")
    assert [(seat.seat, seat.kid) for seat in seen.seats] == [(CLIENT_SEAT, None)]
    [seal] = await rows(stage, tables.seals, guest.room)
    assert (seal.purpose, seal.kid) == ("team-peer", stage.cast.peer_team.kid)
    assert await listed(stage, stage.cast.mara) == [guest.room]
    assert [item.seq for item in stage.heard.items] == [1]
    assert stage.heard.queue == 1


async def test_a_room_without_words_starts_at_the_empty_head(stage: Stage) -> None:
    guest = await opened(stage)
    seen = await view(stage, guest.caller, guest.room)
    assert (seen.seq, seen.head) == (0, chain_start(guest.room))


async def test_the_same_opening_again_finds_the_room_without_proof_of_work(stage: Stage) -> None:
    guest = new_guest()
    wish, done = opening(stage, guest), await proof(stage)
    first = await open_room(stage.house, wish, done)
    assert await open_room(stage.house, wish, done) == first


async def test_the_same_opening_twice_at_once_opens_one_room(stage: Stage) -> None:
    guest = new_guest()
    wish = opening(stage, guest)
    one, other = await proof(stage), await proof(stage)
    answers = await asyncio.gather(
        open_room(stage.house, wish, one),
        open_room(stage.house, wish, one),
        open_room(stage.house, wish, other),
    )
    assert {answer.state for answer in answers} == {State.WAITING}
    assert len(await rows(stage, tables.tickets, guest.room)) == 1


@pytest.mark.parametrize("change", ["secret", "wrap"])
async def test_an_id_in_use_is_taken_for_everybody_else(stage: Stage, change: str) -> None:
    guest = await opened(stage)
    other = new_guest()
    other.room, other.keys = guest.room, guest.keys
    if change == "wrap":
        other.secret = guest.secret
    with pytest.raises(SlotTaken):
        await open_again(stage, opening(stage, other))


async def test_a_deleted_rooms_id_stays_taken(stage: Stage) -> None:
    guest = new_guest()
    wish = opening(stage, guest)
    await open_again(stage, wish)
    await rooms.delete(stage.house, guest.caller)
    with pytest.raises(SlotTaken):
        await open_again(stage, wish)


async def test_a_proof_of_work_counts_once(stage: Stage) -> None:
    done = await proof(stage)
    await open_room(stage.house, opening(stage, new_guest()), done)
    with pytest.raises(PowInvalid):
        await open_room(stage.house, opening(stage, new_guest()), done)


async def test_a_wrong_expired_or_foreign_proof_of_work_opens_nothing(stage: Stage) -> None:
    good = await proof(stage)
    wish = opening(stage, new_guest())
    last = len(good.solution) - 1
    wrong = next(c for c in range(1_000) if not solves(good.challenge.salt, 1, good.challenge.bits, last, c))
    for bad in (
        replace(good, solution=[*good.solution[:-1], wrong]),
        replace(good, solution=good.solution[:-1]),
        replace(good, challenge=replace(good.challenge, mac=bytes(32))),
        replace(good, challenge=replace(good.challenge, bits=0)),
    ):
        with pytest.raises(PowInvalid):
            await open_room(stage.house, wish, bad)
    stage.clock.advance(601)
    with pytest.raises(PowInvalid):
        await open_room(stage.house, wish, good)
    assert (await open_again(stage, wish)).state is State.WAITING


async def test_a_seal_to_another_key_than_the_teams_is_unknown(stage: Stage) -> None:
    guest = new_guest()
    wish = opening(stage, guest)
    with pytest.raises(Unknown):
        await open_again(stage, replace(wish, team=StaffKey.generate().kid))
    assert (await open_again(stage, wish)).ke == 1


@pytest.mark.parametrize("length", [0, 624, 626])
async def test_a_seal_of_another_length_is_refused(stage: Stage, length: int) -> None:
    wish = opening(stage, new_guest())
    with pytest.raises(SealFormat):
        await open_again(stage, replace(wish, sealed=bytes(length)))


async def test_a_first_message_must_be_the_rooms_first(stage: Stage) -> None:
    guest = new_guest()
    good = guest.frame(1)
    for bad in (good._replace(n=2), good._replace(ke=2), good._replace(room=RoomId(secrets.token_bytes(16)))):
        with pytest.raises(Malformed):
            await open_again(stage, opening(stage, guest, message=bad))
    assert (await open_again(stage, opening(stage, guest, message=good))).seq == 1


async def test_under_an_expired_directory_no_room_opens(stage: Stage) -> None:
    stage.clock.advance(LIFETIME + SLACK)
    await opened(stage)
    stage.clock.advance(1)
    with pytest.raises(DirExpired):
        await opened(stage)


async def test_a_full_queue_refuses_silent_tickets_and_takes_notes(engine_url: str) -> None:
    async with stage_on(engine_url, tickets_limit=2, notes_limit=1) as stage:
        await opened(stage)
        first = await opened(stage)
        with pytest.raises(QueueFull):
            await opened(stage)
        await opened(stage, ticket(note=True), words=True)
        with pytest.raises(QueueFull):
            await opened(stage, ticket(note=True), words=True)

        # Whose page is gone counts no more, and loses nothing.
        stage.clock.advance(121)
        await stage.queue.seen([first.room])
        late = await opened(stage)
        assert len(await rows(stage, tables.tickets, late.room)) == 1
        with pytest.raises(QueueFull):
            await opened(stage)


async def test_puzzles_get_harder_as_the_queue_fills(engine_url: str) -> None:
    async with stage_on(engine_url, tickets_limit=4) as stage:
        empty = (await proof(stage)).challenge.bits
        await opened(stage)
        await opened(stage)
        assert (await proof(stage)).challenge.bits == empty + 2
