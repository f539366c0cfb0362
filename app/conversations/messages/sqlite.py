"""Batches on SQLite: plain `sqlite3` on one thread, which costs less than half of an async driver."""

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from app.conversations.errors import Unknown
from app.conversations.messages.rules import (
    Envelope,
    Ledger,
    Outcome,
    Placed,
    RoomHead,
    kept_longer,
    needed,
    room_head,
)
from app.conversations.rooms.tips import tip_of
from app.kit.database import engine_errors, sqlite_pragmas
from app.wire.frames import Item
from app.wire.ids import RoomId, SeatId

REMEMBERED = 50_000
"""Seats that are kept in memory; past it all are read anew."""

_ROW = "SELECT room, seq, seat, ke, n, com, ct FROM messages"
_ROOM = """
SELECT r.state, r.ke, r.expires_day, r.opened_day, m.seq, m.head, m.counts
FROM rooms r
LEFT JOIN messages m ON m.room = r.id AND m.seq = (SELECT max(seq) FROM messages WHERE room = r.id)
WHERE r.id = ?
"""
_INSERT = """
INSERT INTO messages (room, seq, seat, ke, n, com, ct, head, counts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class SqliteBatches:
    """One connection on one thread, opened at the first batch and again after a failure."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="messages")
        self._connection: sqlite3.Connection | None = None
        self._version: int | None = None
        self._rooms: dict[RoomId, RoomHead] = {}
        self._seats: dict[tuple[RoomId, SeatId], bool] = {}

    async def commit(self, envelopes: Sequence[Envelope], keep_until: int) -> list[Outcome]:
        with engine_errors():
            return await asyncio.get_running_loop().run_in_executor(
                self._thread, self._commit, envelopes, keep_until
            )

    async def close(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._disconnect)
        self._thread.shutdown()

    def _commit(self, envelopes: Sequence[Envelope], keep_until: int) -> list[Outcome]:
        connection = self._connected()
        try:
            connection.execute("BEGIN IMMEDIATE")
            ledger = self._ledger(connection, envelopes)
            outcomes = [ledger.place(envelope) for envelope in envelopes]
            _write(connection, ledger, [o for o in outcomes if isinstance(o, Placed)], keep_until)
            connection.execute("COMMIT")
        except BaseException:
            # Whatever state the connection is in, closing it rolls back.
            self._disconnect()
            raise
        return outcomes

    def _ledger(self, connection: sqlite3.Connection, envelopes: Sequence[Envelope]) -> Ledger:
        """The rooms and seats of a batch, from memory as long as nobody else wrote to the file.

        `data_version` changes with every commit of another connection, also of this process; it
        is read inside the transaction, when nobody else can write.
        """
        version = connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version or len(self._seats) > REMEMBERED:
            self._version = version
            self._rooms.clear()
            self._seats.clear()
        ledger = Ledger(self._rooms, self._seats)
        _load(connection, envelopes, ledger)
        return ledger

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            connection = sqlite3.connect(self._path, isolation_level=None, cached_statements=64)
            for pragma in sqlite_pragmas(read_only=False):
                connection.execute(pragma)
            self._connection = connection
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            # What was placed in memory may not have reached the disk.
            self._version = None


def _load(connection: sqlite3.Connection, envelopes: Sequence[Envelope], ledger: Ledger) -> None:
    rooms, seats = ledger.rooms, ledger.seats
    for room in {e.room for e in envelopes if e.room not in rooms}:
        row = connection.execute(_ROOM, (room,)).fetchone()
        if row is not None:
            state, ke, expires_day, opened_day, *last = row
            with suppress(Unknown):
                rooms[room] = room_head(state, ke, expires_day, opened_day, tip_of(room, last))
    for key in {(e.room, e.seat) for e in envelopes if (e.room, e.seat) not in seats}:
        row = connection.execute("SELECT open FROM seats WHERE room = ? AND seat = ?", key).fetchone()
        if row is not None:
            seats[key] = bool(row[0])
    repeats, taken_back = needed(envelopes, rooms)
    for sent in repeats:
        # From the newest backwards: a repeat is nearly always of the last message.
        found = f"{_ROW} WHERE room = ? AND seat = ? AND n = ? ORDER BY seq DESC LIMIT 1"
        for item in _items(connection.execute(found, sent)):
            ledger.sent[sent] = item
    for place in taken_back:
        for item in _items(connection.execute(f"{_ROW} WHERE room = ? AND seq = ?", place)):
            ledger.rows[place] = item


def _items(rows: Iterable[tuple[bytes, int, bytes, int, int, bytes, bytes | None]]) -> list[Item]:
    return [
        Item(RoomId(r), seq, SeatId(seat), ke, n, com, ct or b"") for r, seq, seat, ke, n, com, ct in rows
    ]


def _write(connection: sqlite3.Connection, ledger: Ledger, placed: Sequence[Placed], keep_until: int) -> None:
    if not placed:
        return
    connection.executemany(_INSERT, [(*p.item, p.head, p.counts) for p in placed])
    emptied = [(p.emptied.room, p.emptied.seq) for p in placed if p.emptied is not None]
    if emptied:
        connection.executemany("UPDATE messages SET ct = NULL WHERE room = ? AND seq = ?", emptied)
    if later := kept_longer(ledger.rooms, placed, keep_until):
        connection.executemany("UPDATE rooms SET expires_day = ? WHERE id = ?", later)
