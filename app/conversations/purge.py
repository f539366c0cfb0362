"""The daily purge: what has served its time goes, and the order of writing with it (docs/protocol.md, 15)."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime

from sqlalchemy import MetaData, delete, func, insert, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from app.conversations.availability import store as shifts
from app.conversations.ids import Conversations, RoomId
from app.conversations.lines import store as lines
from app.conversations.lines.rules import KEPT_DAYS
from app.conversations.moderation import second_store
from app.conversations.moderation import store as flags_store
from app.conversations.moderation.rules import PACK_DAYS
from app.conversations.queue.store import drop_expired
from app.conversations.rooms.rules import State
from app.conversations.rooms.store import empty, enter_state, lock, lock_all
from app.conversations.service import store as service_store
from app.conversations.tables import (
    directories,
    messages,
    peer_epochs,
    rooms,
    seats,
    tickets,
    triggers,
)
from app.kit.clock import Clock, day_of
from app.kit.database import Database, WriteTx, engine_errors, sqlite_pragmas

HEADER_DAYS = 7
"""Days that a deleted room's rows without words stay, so that a flag can still be proven."""

WINDOW_MONTHS = 14
"""Months that pages search for a room; so long its id must not be taken again."""

REPLACED_DAYS = 35
"""Days that a replaced directory is kept: the longest life of one."""

AT_ONCE = 100
"""Rooms in one transaction, so that nobody waits long for the purge."""

ORDERED = {
    "messages": "messages_room_seq",
    "rooms": "rooms_pkey",
    "seats": "seats_pkey",
    "seals": "seals_pkey",
    "tickets": "tickets_pkey",
    "availability": "availability_pkey",
    "offers": "offers_pkey",
    "passes": "passes_pkey",
    "samples": "samples_pkey",
    "notes": "notes_pkey",
    "asks": "asks_pkey",
    "lines": "lines_pkey",
    "pauses": "pauses_pkey",
    "flags": "flags_pkey",
    "flag_notes": "flag_notes_pkey",
    "proposals": "proposals_pkey",
    "evidence": "evidence_pkey",
    "evidence_seats": "evidence_seats_pkey",
}
"""Tables that PostgreSQL rewrites, and the index in whose order."""


async def purge(db: Database[Conversations], clock: Clock, flag_days: int) -> int:
    """Delete what is over and rewrite what is left in the order of its keys; how many rows went.

    Rooms past their day, header rows of rooms deleted a week ago, tombstones behind the search
    window, flags `flag_days` after their decision, lines shown two weeks ago, flags shown to second persons a
    week ago, spent salts, samples, passes, shifts that are over, old directories and the epochs nobody waits
    under. While a coordinator's hold is on, no flag goes, and of rooms only what a client deleted; copies
    that were shown to somebody go all the same. The rewrite shuts other writers out while it runs;
    `Unavailable` where it finds no place or no turn.
    """
    now = int(clock.now())
    gone = await _end_rooms(db, day_of(now))
    gone += await _bury_rooms(db, day_of(now))
    gone += await _forget_flags(db, day_of(now) - flag_days)
    async with db.write() as tx:
        gone += await _forget_tombstones(tx, now)
        gone += await _forget_directories(tx, day_of(now))
        gone += await lines.forget_old(tx, day_of(now) - KEPT_DAYS)
        # Shifts before passes: whoever ends a talk locks them in this order.
        await shifts.forget_over(tx, now)
        await second_store.drop_shown(tx, day_of(now) - PACK_DAYS)
        await drop_expired(tx, now)
    await rewrite(db)
    return gone


async def _end_rooms(db: Database[Conversations], today: int) -> int:
    """Delete rooms that nothing happened in for too long, to the last row."""
    gone = 0
    over = select(rooms.c.id).where(rooms.c.expires_day <= today, rooms.c.state != State.DELETED.value)
    while True:
        async with db.write() as tx:
            if await service_store.is_held(tx):
                return gone
            found = [RoomId(row.id) for row in await tx.connection.execute(over.limit(AT_ONCE))]
            if not found:
                return gone
            for room in await lock_all(tx, sorted(found)):
                await enter_state(tx, room, State.DELETED, today, 0)
                await empty(tx, room.id)
            gone += await _bury(tx, found)


async def _bury_rooms(db: Database[Conversations], today: int) -> int:
    """Take what a deleted room left, once its week is over."""
    gone = 0
    over = select(rooms.c.id).where(
        rooms.c.state == State.DELETED.value,
        rooms.c.closed_day <= today - HEADER_DAYS,
        func.length(rooms.c.secret_hash) > 0,
    )
    while True:
        async with db.write() as tx:
            found = [RoomId(row.id) for row in await tx.connection.execute(over.limit(AT_ONCE))]
            if not found:
                return gone
            gone += await _bury(tx, found)


async def _bury(tx: WriteTx[Conversations], these: Sequence[RoomId]) -> int:
    """Leave nothing of deleted rooms but the id and the day: not even how much was said."""
    headers = await tx.connection.execute(delete(messages).where(messages.c.room.in_(these)))
    held = await tx.connection.execute(delete(seats).where(seats.c.room.in_(these)))
    await tx.connection.execute(update(rooms).where(rooms.c.id.in_(these)).values(secret_hash=b"", ke=0))
    return headers.rowcount + held.rowcount


async def _forget_flags(db: Database[Conversations], day: int) -> int:
    """Take flags decided by this day, and evidence with the last of a room. Undecided ones stay."""
    gone = 0
    while True:
        async with db.write() as tx:
            if await service_store.is_held(tx):
                return gone
            found = await flags_store.rooms_due(tx, day, AT_ONCE)
            if not found:
                return gone
            for room in found:
                # Whoever flags in this room waits, and then finds its evidence gone or whole.
                await lock(tx, room)
            gone += await flags_store.forget(tx, found, day)


async def _forget_tombstones(tx: WriteTx[Conversations], now: int) -> int:
    done = await tx.connection.execute(
        delete(rooms).where(
            rooms.c.state == State.DELETED.value,
            func.length(rooms.c.secret_hash) == 0,
            rooms.c.opened_day < window_day(now),
        )
    )
    return done.rowcount


def window_day(now: int) -> int:
    """The first day of the oldest month that pages still search, counting the present one."""
    today = datetime.fromtimestamp(now, UTC)
    month = today.year * 12 + today.month - WINDOW_MONTHS
    first = date(month // 12, month % 12 + 1, 1)
    return (first - date(1970, 1, 1)).days


async def _forget_directories(tx: WriteTx[Conversations], today: int) -> int:
    done = await tx.connection.execute(
        delete(directories).where(directories.c.replaced_day <= today - REPLACED_DAYS)
    )
    newest = select(func.max(peer_epochs.c.epoch)).scalar_subquery()
    await tx.connection.execute(
        delete(peer_epochs).where(
            peer_epochs.c.epoch < newest, peer_epochs.c.epoch.not_in(select(tickets.c.peer_epoch))
        )
    )
    return done.rowcount


async def rewrite(db: Database[Conversations]) -> None:
    """Put rows in the order of their keys: the order of writing tells who talked when.

    The bytes of deleted rows go with the old copy.
    """
    if not db.is_sqlite:
        for table, index in ORDERED.items():
            async with db.write() as tx:
                await tx.connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
                await tx.connection.exec_driver_sql(f"CLUSTER {table} USING {index}")
        return
    async with db.exclusive():
        with engine_errors():
            await asyncio.to_thread(_rewrite_sqlite, str(db.url.database))


def _rewrite_sqlite(path: str) -> None:
    """Build `messages` anew on a connection of its own, then cut the write-ahead log."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in sqlite_pragmas(read_only=False):
            connection.execute(pragma)
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in _rewriting():
                connection.execute(statement)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _rewriting() -> tuple[str, ...]:
    ordered = messages.to_metadata(MetaData(), name="messages_ordered")
    rows = select(messages).order_by(messages.c.room, messages.c.seq)
    copy = insert(ordered).from_select([column.name for column in messages.columns], rows)
    dialect = sqlite.dialect()
    return (
        # The indexes of the copy would have the names of the present ones, so they come last.
        str(CreateTable(ordered).compile(dialect=dialect)),
        str(copy.compile(dialect=dialect)),
        "DROP TABLE messages",
        "ALTER TABLE messages_ordered RENAME TO messages",
        *(str(CreateIndex(index).compile(dialect=dialect)) for index in messages.indexes),
        *triggers("sqlite"),
    )
