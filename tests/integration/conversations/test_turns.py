"""What happens in the same moment on PostgreSQL, where writers do not wait for each other by themselves.

Each test stops somebody half-way at a lock, lets the others run into it, and lets go.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Table, event, insert, select, text, update

from app.companion.keys import StaffKey
from app.conversations import tables
from app.conversations.availability import pauses
from app.conversations.availability.rules import Pause
from app.conversations.errors import SlowDown, Unknown
from app.conversations.ids import Conversations, FlagId
from app.conversations.lines import service as lines
from app.conversations.lines import store as lines_store
from app.conversations.lines.rules import MOST_SHOWN
from app.conversations.lines.store import Shown
from app.conversations.purge import purge
from app.conversations.queue import pausing
from app.conversations.rooms import asks
from app.conversations.rooms.asks import Ask, Purpose
from app.conversations.seats import service as seats
from app.conversations.service.rules import Change
from app.kit.clock import day_of
from app.kit.database import Database
from tests.builders import Guest, Stage, on_shift, opened, rekeyed, rows, stage_on, talking
from tests.flagging import flagged
from tests.talkers import eventually

FLAG = FlagId(b"f" * 16)
LATER = FlagId(b"g" * 16)
SEALED = bytes(4096 + 81)


@pytest.fixture
async def stage(postgres_url: Callable[[str], Awaitable[str]]) -> AsyncIterator[Stage]:
    async with stage_on(await postgres_url("turns")) as stage:
        yield stage


@asynccontextmanager
async def locked(stage: Stage, table: Table, row: ColumnElement[bool]) -> AsyncIterator[None]:
    """Somebody else has this row."""
    async with stage.db.write() as tx:
        assert (await tx.connection.execute(select(table).where(row).with_for_update())).all()
        yield


async def started(stage: Stage, *acts: Coroutine[Any, Any, Any]) -> list[asyncio.Task[Any]]:
    """One after the other is begun, and waits for somebody or is done before the next."""
    tasks: list[asyncio.Task[Any]] = []
    for act in acts:
        tasks.append(asyncio.create_task(act))

        async def stands_still() -> bool:
            async with stage.db.read() as tx:
                waiting = await tx.connection.execute(
                    text(
                        "SELECT count(*) FROM pg_stat_activity"
                        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                    )
                )
                return int(waiting.scalar_one()) + sum(task.done() for task in tasks) >= len(tasks)

        await eventually(stands_still)
    return tasks


async def with_mara_and_sol_willing(stage: Stage) -> Guest:
    """A talk with Mara, into which Sol would come."""
    guest, mara, sol = await opened(stage), stage.cast.mara, stage.cast.sol
    await talking(stage, guest, mara)
    await seats.ask(stage.house, stage.staff(mara), guest.room, sol.kid, Purpose.HANDOVER)
    await seats.come(stage.house, stage.staff(sol), guest.room, come=True)
    return guest


def pause_of(stage: Stage, peer: StaffKey, flag: FlagId, until: int | None) -> Pause:
    return Pause(peer.kid, flag, stage.cast.moderator.kid, None, "abuse", day_of(stage.now), until)


async def paused(stage: Stage, peer: StaffKey) -> None:
    async with stage.db.write() as tx:
        await stage.house.admission.rely(tx)
        await pausing.begin(stage.house, tx, pause_of(stage, peer, LATER, None))


async def test_a_pause_that_begins_as_an_older_one_runs_out_stays(stage: Stage) -> None:
    mara, url = stage.cast.mara, stage.db.url.render_as_string(hide_password=False)
    async with stage.db.write() as tx:
        await pauses.put(tx, pause_of(stage, mara, FLAG, stage.now))
    again = pause_of(stage, mara, LATER, None)

    async def pause_again() -> None:
        db = Database[Conversations](url)
        async with db.write() as tx:
            await pauses.put(tx, again)
        await db.close()

    seen: list[str] = []

    def just_before(*args: Any) -> None:
        if str(args[2]).startswith("DELETE FROM pauses") and not seen:
            seen.append(str(args[2]))
            other = Thread(target=lambda: asyncio.run(pause_again()))
            other.start()
            other.join()

    event.listen(stage.db._writer.sync_engine, "before_cursor_execute", just_before)
    await pausing.end_those_over(stage.house)
    assert seen
    async with stage.db.read() as look:
        assert await pauses.of(look, mara.kid, stage.now) == again


async def test_a_pause_and_a_handover_of_the_same_peer_do_not_stop_each_other(stage: Stage) -> None:
    guest, mara, sol = await with_mara_and_sol_willing(stage), stage.cast.mara, stage.cast.sol
    async with locked(stage, tables.availability, tables.availability.c.kid == mara.kid):
        both = await started(stage, rekeyed(stage, guest, to=[sol]), paused(stage, sol))
    for each in both:
        await each
    async with stage.db.read() as tx:
        assert await pauses.of(tx, sol.kid, stage.now) is not None
    assert [seat.kid for seat in await rows(stage, tables.seats, guest.room) if seat.open and seat.kid] == [
        sol.kid
    ]


async def test_two_clients_who_let_the_same_peer_in_at_once_do_not_exceed_their_limit(stage: Stage) -> None:
    mara, sol = stage.cast.mara, stage.cast.sol
    await on_shift(stage, sol, rooms=1)
    guests = [await with_mara_and_sol_willing(stage) for _ in range(2)]
    async with locked(stage, tables.availability, tables.availability.c.kid == sol.kid):
        both = await started(stage, *(rekeyed(stage, guest, to=[mara, sol]) for guest in guests))
    first, second = await asyncio.gather(*both, return_exceptions=True)
    assert not isinstance(first, BaseException)
    assert isinstance(second, Unknown)


async def hold_begins(stage: Stage, purged: Table, guest: Guest) -> int:
    """The coordinator's hold; how many rows there are when it is answered."""
    coordinator = stage.staff(stage.cast.coordinator, role="coordinator")
    await stage.house.service.change(coordinator, Change({"hold": True}, "an order"))
    return len(await rows(stage, purged, guest.room))


async def test_once_a_hold_is_answered_the_purge_takes_nothing_more(stage: Stage) -> None:
    over, reported = await opened(stage, words=True), await opened(stage, words=True)
    await talking(stage, reported, stage.cast.mara)
    await flagged(stage, reported)
    async with stage.db.write() as tx:
        late = tables.rooms.c.id == over.room
        await tx.connection.execute(update(tables.rooms).where(late).values(expires_day=0))
        await tx.connection.execute(update(tables.flags).values(decided_day=0, act="none"))
    coordinator = stage.staff(stage.cast.coordinator, role="coordinator")
    for guest, purged in ((over, tables.messages), (reported, tables.flags)):
        async with locked(stage, tables.rooms, tables.rooms.c.id == guest.room):
            purging, holding = await started(
                stage, purge(stage.db, stage.clock, 90), hold_begins(stage, purged, guest)
            )
        then = await holding
        await purging
        assert len(await rows(stage, purged, guest.room)) == then, purged.name
        await stage.house.service.change(coordinator, Change({"hold": False}, "over"))


async def test_a_sweep_lets_be_who_was_asked_anew_since_it_looked(stage: Stage) -> None:
    guest, mara, sol = await opened(stage), stage.cast.mara, stage.cast.sol
    await talking(stage, guest, mara)
    ask = Ask(guest.room, sol.kid, mara.kid, Purpose.COMPANY)
    async with stage.db.write() as tx:
        await asks.put(tx, ask, stage.now)
    async with stage.db.write() as tx:
        await asks.put(tx, ask, stage.now + 600)
        row = select(tables.rooms).where(tables.rooms.c.id == guest.room)
        await tx.connection.execute(row.with_for_update())
        [sweep] = await started(stage, seats.sweep(stage.house))
    await sweep
    assert [row.until for row in await rows(stage, tables.asks, guest.room)] == [stage.now + 600]


async def test_lines_of_two_talks_that_are_shown_at_once_are_counted_together(stage: Stage) -> None:
    mara, to = stage.staff(stage.cast.mara), stage.cast.moderator.kid
    guests = [await opened(stage) for _ in range(2)]
    for guest in guests:
        await talking(stage, guest, stage.cast.mara)
    ids = [FlagId(n.to_bytes(16, "big")) for n in range(MOST_SHOWN + 1)]
    async with stage.db.write() as tx:
        for each in ids[2:]:
            kept = Shown(each, guests[0].room, mara.kid, to, day_of(stage.now), SEALED)
            assert await lines_store.add(tx, kept)
    async with stage.db._writer.connect() as other:
        row = {"room": b"", "by_kid": b"", "to_kid": b"", "day": 0, "sealed": b""}
        for each in ids[:2]:
            await other.execute(insert(tables.lines).values(id=each, **row))
        both = await started(
            stage,
            *(
                lines.show(stage.house, mara, guest.room, to, each, SEALED)
                for guest, each in zip(guests, ids[:2], strict=True)
            ),
        )
        await other.rollback()
    answers = await asyncio.gather(*both, return_exceptions=True)
    assert [type(answer) for answer in answers] == [type(None), SlowDown]
