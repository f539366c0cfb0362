"""What has served its time goes, and what stays keeps no trace of when it was written."""

import asyncio
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import Table, func, select
from sqlalchemy.exc import IntegrityError

from app.companion.keys import StaffKey
from app.conversations import tables
from app.conversations.errors import SlotTaken, Unknown
from app.conversations.ids import CLIENT_SEAT
from app.conversations.messages.rules import Envelope
from app.conversations.messages.store import append
from app.conversations.purge import purge, rewrite, window_day
from app.conversations.queue.directory import publish
from app.conversations.rooms import service as rooms
from app.kit.clock import DAY
from app.kit.errors import Unavailable
from tests.builders import (
    NOW,
    Guest,
    Stage,
    new_guest,
    open_again,
    opened,
    opening,
    rows,
    stage_on,
    talking,
    view,
)
from tests.cast import without


async def count(stage: Stage, table: Table) -> int:
    async with stage.db.read() as tx:
        found: int = (await tx.connection.execute(select(func.count()).select_from(table))).scalar_one()
        return found


async def said(stage: Stage, guest: Guest) -> None:
    frame = guest.next_frame()
    async with stage.db.write() as tx:
        await append(tx, Envelope(frame.room, CLIENT_SEAT, frame.ke, frame.n, frame.com, frame.ct))


async def test_a_room_that_nothing_happened_in_for_its_days_is_gone(stage: Stage) -> None:
    old = await opened(stage, words=True)
    await talking(stage, old, stage.cast.mara)
    stage.clock.advance(29 * DAY)
    young = await opened(stage, words=True)
    await purge(stage.db, stage.clock, 90)
    assert (await view(stage, old.caller, old.room)).seq == 1

    stage.clock.advance(DAY)
    assert await purge(stage.db, stage.clock, 90) == 3
    with pytest.raises(Unknown):
        await view(stage, old.caller, old.room)
    [stone] = await rows(stage, tables.rooms, old.room)
    assert (stone.state, stone.wrap, stone.secret_hash, stone.ke) == ("deleted", None, b"", 0)
    for table in (tables.messages, tables.seats, tables.seals, tables.tickets, tables.meetings):
        assert await rows(stage, table, old.room) == []
    assert (await view(stage, young.caller, young.room)).seq == 1


async def test_a_deleted_rooms_headers_stay_a_week(stage: Stage) -> None:
    guest = await opened(stage, words=True)
    await rooms.delete(stage.house, guest.caller)
    stage.clock.advance(6 * DAY)
    await purge(stage.db, stage.clock, 90)
    [header] = await rows(stage, tables.messages, guest.room)
    assert (header.seq, header.ct) == (1, None)

    stage.clock.advance(DAY)
    await purge(stage.db, stage.clock, 90)
    assert await rows(stage, tables.messages, guest.room) == []
    assert await rows(stage, tables.seats, guest.room) == []


async def test_an_id_stays_taken_as_long_as_pages_search_for_it(stage: Stage) -> None:
    guest = new_guest()
    await open_again(stage, opening(stage, guest))
    await rooms.delete(stage.house, guest.caller)
    months = 31 * DAY
    for _ in range(13):
        stage.clock.advance(months)
        await purge(stage.db, stage.clock, 90)
    assert len(await rows(stage, tables.rooms, guest.room)) == 1
    stage.signed = stage.cast.sign(stage.cast.directory(stage.now, serial=2))
    await publish(stage.house, stage.signed)
    with pytest.raises(SlotTaken):
        await open_again(stage, opening(stage, guest))
    stage.clock.advance(months)
    await purge(stage.db, stage.clock, 90)
    assert await rows(stage, tables.rooms, guest.room) == []


def test_the_window_is_fourteen_months() -> None:
    # 2026-11-22 back to 2025-10-01: this month and thirteen before it.
    assert window_day(NOW) * DAY == 1_759_276_800


async def test_old_directories_and_epochs_nobody_waits_under_are_forgotten(stage: Stage) -> None:
    guest = await opened(stage)
    gone = without(stage.cast.directory(NOW), stage.cast.mara.kid, StaffKey.generate())
    await publish(stage.house, stage.cast.sign(gone))
    await purge(stage.db, stage.clock, 90)
    assert (await count(stage, tables.directories), await count(stage, tables.peer_epochs)) == (2, 2)
    await rooms.rest(stage.house, guest.caller)
    stage.clock.advance(35 * DAY)
    await purge(stage.db, stage.clock, 90)
    assert (await count(stage, tables.directories), await count(stage, tables.peer_epochs)) == (1, 1)


async def test_spent_salts_go_when_their_challenge_is_over(stage: Stage) -> None:
    await opened(stage)
    stage.clock.advance(599)
    await purge(stage.db, stage.clock, 90)
    assert await count(stage, tables.spent_salts) == 1
    stage.clock.advance(1)
    await purge(stage.db, stage.clock, 90)
    assert await count(stage, tables.spent_salts) == 0


async def physical_order(stage: Stage) -> list[tuple[bytes, int]]:
    place = "rowid" if stage.db.is_sqlite else "ctid"
    async with stage.db.read() as tx:
        found = await tx.connection.exec_driver_sql(f"SELECT room, seq FROM messages ORDER BY {place}")
        return [(row.room, row.seq) for row in found]


async def test_the_rewrite_puts_messages_in_the_order_of_their_rooms(stage: Stage) -> None:
    guests = [await opened(stage, words=True) for _ in range(4)]
    for _ in range(3):
        for guest in guests:
            await said(stage, guest)
    before = [await rows(stage, tables.messages, guest.room) for guest in guests]
    assert (order := await physical_order(stage)) != sorted(order)

    await rewrite(stage.db)
    assert (order := await physical_order(stage)) == sorted(order)
    assert [await rows(stage, tables.messages, guest.room) for guest in guests] == before
    await said(stage, guests[0])
    assert (await view(stage, guests[0].caller, guests[0].room)).seq == 5


async def test_the_rewritten_table_is_as_append_only_as_the_old_one(stage: Stage) -> None:
    await opened(stage, words=True)
    await rewrite(stage.db)
    await rewrite(stage.db)
    statements: tuple[Any, ...] = (
        tables.messages.update().values(n=9),
        tables.messages.delete(),
        tables.messages.insert().from_select(tables.messages.columns.keys(), select(tables.messages)),
    )
    for statement in statements:
        with pytest.raises(IntegrityError):
            async with stage.db.write() as tx:
                await tx.connection.execute(statement)


async def test_people_may_open_and_write_while_the_rewrite_runs(stage: Stage) -> None:
    guest = await opened(stage, words=True)
    await asyncio.gather(rewrite(stage.db), said(stage, guest), opened(stage), rewrite(stage.db))
    assert (await view(stage, guest.caller, guest.room)).seq == 2


async def test_a_store_that_gives_no_turn_is_unavailable_and_whole(tmp_path: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("app.kit.database.BUSY_MILLISECONDS", 50)
    path = tmp_path / "store.sqlite"
    async with stage_on(f"sqlite+aiosqlite:///{path}") as stage:
        guest = await opened(stage, words=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(Unavailable):
                await rewrite(stage.db)
        await rewrite(stage.db)
        assert (await view(stage, guest.caller, guest.room)).seq == 1


async def test_after_the_purge_a_deleted_rooms_bytes_are_in_no_sqlite_file(tmp_path: Any) -> None:
    path = tmp_path / "store.sqlite"
    async with stage_on(f"sqlite+aiosqlite:///{path}") as stage:
        guest = await opened(stage, words=True)
        [message] = await rows(stage, tables.messages, guest.room)
        [room] = await rows(stage, tables.rooms, guest.room)
        [seal] = await rows(stage, tables.seals, guest.room)
        contents = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert message.ct[:64] in contents
        await rooms.delete(stage.house, guest.caller)
        await purge(stage.db, stage.clock, 90)
        contents = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        for secret in (message.ct, room.wrap, seal.sealed):
            assert secret[:64] not in contents
            assert secret[-64:] not in contents
