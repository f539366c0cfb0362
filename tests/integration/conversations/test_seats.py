"""A second peer in a talk: asked by one who sits there, willing, and let in by the client alone."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from app.companion.envelope import Place, encrypt
from app.companion.keys import StaffKey
from app.companion.seals import open_room as open_seal
from app.conversations import tables
from app.conversations.availability import pauses
from app.conversations.availability.rules import Pause, ShiftState
from app.conversations.errors import Closed, GapSender, Paused, SlowDown, Unknown
from app.conversations.ids import FlagId, Kid, RoomId
from app.conversations.messages.rules import Envelope
from app.conversations.messages.store import append
from app.conversations.queue import pausing
from app.conversations.queue.directory import publish
from app.conversations.queue.opening import Rekeyed, rekey
from app.conversations.rooms import asks
from app.conversations.rooms import service as rooms
from app.conversations.rooms.asks import Ask, Purpose
from app.conversations.rooms.rules import State
from app.conversations.seats import service
from app.kit.clock import day_of
from app.wire.ids import seat_id
from tests.builders import (
    Guest,
    Stage,
    kids,
    on_shift,
    opened,
    rekeying,
    rows,
    stage_on,
    talking,
    ticket,
    view,
)
from tests.cast import without

COMPANY, HANDOVER = Purpose.COMPANY, Purpose.HANDOVER


@pytest.fixture
async def quick(tmp_path: Path) -> AsyncIterator[Stage]:
    """The house on the engine that starts at once, where no race is at stake."""
    async with stage_on(f"sqlite+aiosqlite:///{tmp_path / 'store.sqlite'}") as stage:
        yield stage


async def with_mara(stage: Stage) -> Guest:
    guest = await opened(stage)
    await talking(stage, guest, stage.cast.mara)
    stage.heard.forget()
    return guest


async def asked(stage: Stage, guest: Guest, purpose: Purpose = COMPANY) -> None:
    """Mara asks Sol in."""
    await service.ask(stage.house, stage.staff(stage.cast.mara), guest.room, stage.cast.sol.kid, purpose)


async def come(stage: Stage, guest: Guest, *, yes: bool = True) -> None:
    """Sol's answer."""
    await service.come(stage.house, stage.staff(stage.cast.sol), guest.room, come=yes)


async def willing(stage: Stage) -> Guest:
    """A talk with Mara, into which Sol would come."""
    guest = await with_mara(stage)
    await asked(stage, guest)
    await come(stage, guest)
    return guest


async def let_in(stage: Stage, guest: Guest, *to: StaffKey) -> Rekeyed:
    """The client's rekey to these; where it is refused, the client is as it was."""
    n, keys = guest.n, dict(guest.keys)
    try:
        return await rekey(stage.house, guest.caller, rekeying(stage, guest, to=to))
    except BaseException:
        guest.n, guest.keys = n, keys
        raise


async def both(stage: Stage, guest: Guest) -> Rekeyed:
    return await let_in(stage, guest, stage.cast.mara, stage.cast.sol)


async def say(stage: Stage, guest: Guest, peer: StaffKey, n: int) -> int:
    """A message of this peer's own seat, and its number in the room."""
    seat = seat_id(guest.room, peer.kid)
    com, ct = encrypt(guest.keys[guest.epoch], Place(guest.room, guest.epoch, seat, n), b'{"k":"text"}')
    async with stage.db.write() as tx:
        return (await append(tx, Envelope(guest.room, seat, guest.epoch, n, com, ct))).seq


async def asks_seen(stage: Stage, guest: Guest) -> tuple[tuple[Ask, ...], tuple[Ask, ...]]:
    """Who is asked in, as the client and as Mara see it."""
    own = await view(stage, guest.caller, guest.room)
    return own.asks, (await view(stage, stage.staff(stage.cast.mara), guest.room)).asks


async def pause(stage: Stage, peer: StaffKey) -> None:
    """This peer takes no new talks."""
    by = stage.cast.moderator.kid
    async with stage.db.write() as tx:
        now = Pause(peer.kid, FlagId(bytes(16)), by, None, "other", day_of(stage.now), None)
        await pauses.put(tx, now)


async def test_a_colleague_comes_in_by_the_clients_own_rekey_and_both_speak(stage: Stage) -> None:
    mara, sol = stage.cast.mara, stage.cast.sol
    guest = await with_mara(stage)
    assert await service.whom(stage.house, stage.staff(mara), guest.room) == [sol.kid]
    for _ in range(2):
        await asked(stage, guest, HANDOVER)
    ask = Ask(guest.room, sol.kid, mara.kid, HANDOVER)
    assert await asks_seen(stage, guest) == ((), (ask,))
    for _ in range(2):
        await come(stage, guest)
    ask = Ask(guest.room, sol.kid, mara.kid, HANDOVER, willing=True)
    assert await asks_seen(stage, guest) == ((ask,), (ask,))
    assert stage.heard.rooms == [guest.room] * 2
    with pytest.raises(Unknown):
        await view(stage, stage.staff(sol), guest.room)
    done = await both(stage, guest)
    assert (done.state, done.ke) == (State.TALKING, 2)
    seen = await view(stage, stage.staff(sol), guest.room)
    assert open_seal(sol, "seat-peer", guest.room, 2, seen.seal or b"").keys == guest.keys
    assert (await asks_seen(stage, guest), await rows(stage, tables.asks, guest.room)) == (((), ()), [])
    assert [(await say(stage, guest, peer, 1)) for peer in (mara, sol)] == [2, 3]
    with pytest.raises(GapSender):
        await say(stage, guest, sol, 3)


async def test_only_who_was_asked_would_come_and_still_can_is_let_in(quick: Stage) -> None:
    stage, cast = quick, quick.cast
    await on_shift(stage, cast.sol, rooms=1)

    async def not_willing(guest: Guest) -> None:
        await come(stage, guest, yes=False)
        await asked(stage, guest)

    async def withdrawn(guest: Guest) -> None:
        for _ in range(2):
            await service.withdraw(stage.house, stage.staff(cast.mara), guest.room, cast.sol.kid)

    async def refused(guest: Guest) -> None:
        for _ in range(2):
            await service.refuse(stage.house, guest.caller, cast.sol.kid)

    async def overdue(guest: Guest) -> None:
        stage.clock.advance(600)

    async def off(guest: Guest) -> None:
        await stage.queue.offering.say(stage.staff(cast.sol), ShiftState.BREAK)

    async def full(guest: Guest) -> None:
        await talking(stage, await opened(stage), cast.sol)

    async def paused(guest: Guest) -> None:
        await pause(stage, cast.sol)

    async def let_go(guest: Guest) -> None:
        directory = cast.directory(stage.now, serial=2)
        await publish(stage.house, cast.sign(without(directory, cast.sol.kid, cast.peer_team)))

    spoilt: list[Callable[[Guest], Awaitable[None]]] = [
        not_willing, withdrawn, refused, overdue, off, full, paused, let_go,
    ]  # fmt: skip
    guest = await with_mara(stage)
    with pytest.raises(Unknown):
        await both(stage, guest)
    for spoil in spoilt:
        guest = await willing(stage)
        await spoil(guest)
        with pytest.raises(Unknown):
            await both(stage, guest)
        with pytest.raises(Unknown):
            await let_in(stage, guest, cast.moderator)
        assert (await let_in(stage, guest, cast.mara)).state is State.TALKING, spoil.__name__
        if spoil is let_go:
            assert await rows(stage, tables.asks, guest.room) == []
            break
        await rooms.rest(stage.house, guest.caller)
        await _sol_again(stage)
        guest = await willing(stage)
        assert (await both(stage, guest)).ke == 2, spoil.__name__
        await rooms.rest(stage.house, guest.caller)
        await _sol_again(stage)


async def _sol_again(stage: Stage) -> None:
    """Sol has a place again and is not paused; nobody has quiet minutes."""
    sol = stage.cast.sol
    async with stage.db.write() as tx:
        await pauses.lift(tx, sol.kid)
    for room in await _rooms_of(stage, sol.kid):
        await stage.queue.release(stage.staff(sol), room, None)
    for peer, most in ((stage.cast.mara, 20), (sol, 1)):
        caller = stage.staff(peer, limit=20)
        await stage.queue.offering.say(caller, ShiftState.ON, most, ready=True)


async def _rooms_of(stage: Stage, kid: Kid) -> list[RoomId]:
    async with stage.db.read() as tx:
        found = await tx.connection.execute(
            tables.seats.select().where(tables.seats.c.kid == kid, tables.seats.c.open)
        )
        return [RoomId(row.room) for row in found]


async def test_who_cannot_come_is_not_asked_and_may_not_say_that_they_would(quick: Stage) -> None:
    stage, cast = quick, quick.cast
    guest = await with_mara(stage)
    for kid in kids(cast.mara, cast.moderator):
        with pytest.raises(Closed):
            await service.ask(stage.house, stage.staff(cast.mara), guest.room, kid, COMPANY)
    with pytest.raises(Unknown):
        await come(stage, guest)
    await asked(stage, guest)
    await stage.queue.offering.say(stage.staff(cast.sol), ShiftState.BREAK)
    with pytest.raises(Closed):
        await come(stage, guest)
    await on_shift(stage, cast.sol)
    await pause(stage, cast.sol)
    with pytest.raises(Paused):
        await come(stage, guest)
    await come(stage, guest, yes=False)
    # Why somebody cannot come is told to nobody: a pause looks like a break.
    for _ in range(2):
        assert await service.whom(stage.house, stage.staff(cast.mara), guest.room) == []
        with pytest.raises(Closed):
            await asked(stage, guest)
        async with stage.db.write() as tx:
            await pauses.lift(tx, cast.sol.kid)
        await stage.queue.offering.say(stage.staff(cast.sol), ShiftState.BREAK)
    await on_shift(stage, cast.sol)
    await asked(stage, guest)
    await come(stage, guest)


async def test_who_would_come_has_no_more_places_than_their_pass_allows_now(quick: Stage) -> None:
    stage, sol = quick, quick.cast.sol
    guest = await with_mara(stage)
    await talking(stage, await opened(stage), sol)
    await asked(stage, guest)
    # On since the morning for twenty; by the pass of this hour for one.
    with pytest.raises(Closed):
        await service.come(stage.house, stage.staff(sol, limit=1), guest.room, come=True)
    await service.come(stage.house, stage.staff(sol, limit=2), guest.room, come=True)
    assert (await both(stage, guest)).ke == 2


async def test_an_ask_ends_with_its_time_its_talk_or_who_asked_and_the_room_is_told(quick: Stage) -> None:
    stage, cast = quick, quick.cast
    guest = await willing(stage)
    stage.clock.advance(599)
    await _seen(stage)
    await stage.queue.sweep()
    assert len((await asks_seen(stage, guest))[0]) == 1
    stage.heard.forget()
    stage.clock.advance(1)
    assert await asks_seen(stage, guest) == ((), ())
    await stage.queue.sweep()
    assert (stage.heard.rooms, await rows(stage, tables.asks, guest.room)) == ([guest.room], [])
    with pytest.raises(Unknown):
        await come(stage, guest)
    # Somebody who goes on a break can come no more; the page of whoever asked says so at once.
    await asked(stage, guest)
    stage.heard.forget()
    await stage.queue.offering.say(stage.staff(cast.sol), ShiftState.BREAK)
    await stage.queue.sweep()
    assert (stage.heard.rooms, await rows(stage, tables.asks, guest.room)) == ([guest.room], [])
    await on_shift(stage, cast.sol)
    await asked(stage, guest)
    await rooms.rest(stage.house, guest.caller)
    assert await rows(stage, tables.asks, guest.room) == []
    # A pause of who is asked ends it there and then, and the talk it was about is told.
    guest = await willing(stage)
    pause = Pause(cast.sol.kid, FlagId(bytes(16)), cast.moderator.kid, None, "abuse", day_of(stage.now), None)
    async with stage.db.write() as tx:
        await stage.house.admission.rely(tx)
        assert await pausing.begin(stage.house, tx, pause) == [guest.room]
    assert await rows(stage, tables.asks, guest.room) == []
    async with stage.db.write() as tx:
        await pausing.lift(tx, cast.sol.kid)
    await on_shift(stage, cast.sol)
    # With two in the talk, what one asked ends when that one leaves; the client's no is kept.
    guest = await willing(stage)
    await both(stage, guest)
    async with stage.db.write() as tx:
        await asks.put(tx, Ask(guest.room, cast.moderator.kid, cast.mara.kid, COMPANY), stage.now + 9)
    await stage.queue.release(stage.staff(cast.mara), guest.room, None)
    assert await rows(stage, tables.asks, guest.room) == []
    assert (await view(stage, guest.caller, guest.room)).needs_rekey


async def _seen(stage: Stage) -> None:
    """The peers' pages are still open."""
    await stage.queue.offering.seen(list(kids(stage.cast.mara, stage.cast.sol)))


async def test_whom_a_client_refused_is_not_asked_about_twice_in_a_talk(quick: Stage) -> None:
    stage = quick
    guest = await with_mara(stage)
    await asked(stage, guest)
    with pytest.raises(Unknown):
        await service.refuse(stage.house, guest.caller, stage.cast.sol.kid)
    await come(stage, guest)
    await service.refuse(stage.house, guest.caller, stage.cast.sol.kid)
    assert await asks_seen(stage, guest) == ((), ())
    with pytest.raises(Closed):
        await asked(stage, guest)
    stage.clock.advance(700)
    await _seen(stage)
    await stage.queue.sweep()
    with pytest.raises(Closed):
        await asked(stage, guest)
    other = await with_mara(stage)
    await asked(stage, other)


async def test_only_a_peer_who_sits_in_the_talk_asks_and_at_most_three_at_once(quick: Stage) -> None:
    stage, cast = quick, quick.cast
    guest, resting = await with_mara(stage), await with_mara(stage)
    await stage.queue.release(stage.staff(cast.mara), resting.room, None)
    foreign = await opened(stage)
    await talking(stage, foreign, cast.sol)
    coordinator = stage.house.admission.staff(stage.token(cast.coordinator, role="coordinator"))
    for caller, room in (
        (stage.staff(cast.sol), guest.room),
        (stage.staff(cast.mara), foreign.room),
        (stage.staff(cast.mara), resting.room),
        (coordinator, guest.room),
    ):
        for act in (
            service.whom(stage.house, caller, room),
            service.ask(stage.house, caller, room, cast.sol.kid, COMPANY),
            service.withdraw(stage.house, caller, room, cast.sol.kid),
            service.come(stage.house, caller, room, come=True),
        ):
            with pytest.raises(Unknown):
                await act
    async with stage.db.write() as tx:
        for kid in (b"a", b"b", b"c"):
            full = Ask(guest.room, Kid(kid * 16), cast.mara.kid, COMPANY)
            await asks.put(tx, full, stage.now + 600)
    with pytest.raises(SlowDown):
        await asked(stage, guest)
    await service.withdraw(stage.house, stage.staff(cast.mara), guest.room, Kid(b"a" * 16))
    await asked(stage, guest)


async def test_a_removed_seat_opens_nothing_newer_and_the_talk_goes_on(quick: Stage) -> None:
    stage, cast = quick, quick.cast
    guest = await willing(stage)
    await both(stage, guest)
    assert (await let_in(stage, guest, cast.sol)).state is State.TALKING
    with pytest.raises(Unknown):
        await view(stage, stage.staff(cast.mara), guest.room)
    assert {row.kid for row in await rows(stage, tables.seals, guest.room)} == {cast.sol.kid}
    assert [seat.kid for seat in (await view(stage, guest.caller, guest.room)).seats if seat.open] == [
        None, cast.sol.kid,
    ]  # fmt: skip
    # Looking for somebody else, the client is not brought back to whoever is still there.
    wish = ticket()
    await rekey(stage.house, guest.caller, rekeying(stage, guest, to_team=True, wish=wish))
    [place] = await rows(stage, tables.tickets, guest.room)
    assert len(place.refused) == 1


async def test_when_one_of_two_is_let_go_the_talk_goes_on_and_asks_for_new_keys(quick: Stage) -> None:
    stage, cast = quick, quick.cast
    guest = await willing(stage)
    await both(stage, guest)
    directory = cast.directory(stage.now, serial=2)
    await publish(stage.house, cast.sign(without(directory, cast.mara.kid, cast.peer_team)))
    seen = await view(stage, guest.caller, guest.room)
    assert (seen.state, seen.needs_rekey) == (State.TALKING, True)
    assert {row.kid for row in await rows(stage, tables.seals, guest.room)} == {cast.sol.kid}
    assert await say(stage, guest, cast.sol, 1) == 2
    with pytest.raises(Unknown):
        await say(stage, guest, cast.mara, 1)
    with pytest.raises(Unknown):
        await both(stage, guest)
    assert (await let_in(stage, guest, cast.sol)).ke == 3


async def test_clients_are_told_which_peers_of_their_talk_take_no_new_ones(quick: Stage) -> None:
    stage, cast = quick, quick.cast
    guest = await with_mara(stage)
    assert not any(seat.paused for seat in (await view(stage, guest.caller, guest.room)).seats)
    await pause(stage, cast.mara)
    seats = (await view(stage, guest.caller, guest.room)).seats
    assert [(seat.kid, seat.paused) for seat in seats] == [(None, False), (cast.mara.kid, True)]
    mine = await view(stage, stage.staff(cast.mara), guest.room)
    assert not any(seat.paused for seat in mine.seats)
    # Of who left: the same word, and no place beside them until the pause is over.
    await rooms.rest(stage.house, guest.caller)
    stage.clock.advance(601)
    await _seen(stage)
    for on in (False, True):
        [_, left] = (await view(stage, guest.caller, guest.room)).seats
        assert (left.on, left.paused) == (on, not on)
        async with stage.db.write() as tx:
            await pauses.lift(tx, cast.mara.kid)
