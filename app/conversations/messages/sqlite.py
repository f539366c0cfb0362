"""Batches on SQLite: plain `sqlite3` on one thread, which costs less than half of an async driver."""

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from app.conversations.messages.rules import (
    Envelope,
    Ledger,
    Outcome,
    Placed,
    RoomHead,
    SeatCount,
    needed_repeats,
    needed_rows,
)
from app.conversations.rooms.rules import LONGEST_LIFE
from app.kit.database import engine_errors, sqlite_pragmas
from app.wire.frames import Item
from app.wire.ids import RoomId, SeatId

REMEMBERED = 50_000
"""Seats whose counts are kept in memory; past it all are read anew."""

_ROW = "SELECT room, seq, seat, ke, n, com, ct FROM messages"

AT_ONCE = 64
"""Rows in one statement. Around each statement Python's lock changes hands, and on one core the
processor with it."""


class SqliteBatches:
    """One connection on one thread, opened at the first batch and again after a failure."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="messages")
        self._connection: sqlite3.Connection | None = None
        self._version: int | None = None
        self._rooms: dict[RoomId, RoomHead] = {}
        self._seats: dict[tuple[RoomId, SeatId], SeatCount] = {}

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
        row = connection.execute("SELECT state, ke, seq, head FROM rooms WHERE id = ?", (room,)).fetchone()
        if row is not None:
            rooms[room] = RoomHead(*row)
    for key in {(e.room, e.seat) for e in envelopes if (e.room, e.seat) not in seats}:
        row = connection.execute("SELECT open, n FROM seats WHERE room = ? AND seat = ?", key).fetchone()
        if row is not None:
            seats[key] = SeatCount(bool(row[0]), row[1])
    for sent in needed_repeats(envelopes, seats):
        # From the newest backwards: a repeat is nearly always of the last message.
        found = f"{_ROW} WHERE room = ? AND seat = ? AND n = ? ORDER BY seq DESC LIMIT 1"
        for item in _items(connection.execute(found, sent)):
            ledger.sent[sent] = item
    for place in needed_rows(envelopes, rooms):
        for item in _items(connection.execute(f"{_ROW} WHERE room = ? AND seq = ?", place)):
            ledger.rows[place] = item


def _items(rows: Iterable[tuple[bytes, int, bytes, int, int, bytes, bytes | None]]) -> list[Item]:
    return [
        Item(RoomId(r), seq, SeatId(seat), ke, n, com, ct or b"") for r, seq, seat, ke, n, com, ct in rows
    ]


def _write(connection: sqlite3.Connection, ledger: Ledger, placed: Sequence[Placed], keep_until: int) -> None:
    if not placed:
        return
    items = [p.item for p in placed]
    _in_groups(connection, "INSERT INTO messages (room, seq, seat, ke, n, com, ct) {rows}", items)
    emptied = [(p.emptied.room, p.emptied.seq) for p in placed if p.emptied is not None]
    if emptied:
        connection.executemany("UPDATE messages SET ct = NULL WHERE room = ? AND seq = ?", emptied)
    moved = {i.room: ledger.rooms[i.room] for i in items}
    _in_groups(
        connection,
        "UPDATE rooms SET seq = new.column2, head = new.column3,"
        " expires_day = max(expires_day, min(new.column4, opened_day + new.column5))"
        " FROM ({rows}) AS new WHERE rooms.id = new.column1",
        [(room, r.seq, r.head, keep_until, LONGEST_LIFE) for room, r in moved.items()],
    )
    counted = {(i.room, i.seat): ledger.seats[i.room, i.seat] for i in items}
    _in_groups(
        connection,
        "UPDATE seats SET n = new.column3 FROM ({rows}) AS new"
        " WHERE seats.room = new.column1 AND seats.seat = new.column2",
        [(*key, s.n) for key, s in counted.items()],
    )


def _in_groups(connection: sqlite3.Connection, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Execute with a VALUES list in place of `{rows}`: of AT_ONCE rows, then of halves of that, so that few
    different statements have to be kept."""
    places = f"({', '.join('?' * len(rows[0]))})"
    done, size = 0, AT_ONCE
    while done < len(rows):
        while size > len(rows) - done:
            size //= 2
        values = f"VALUES {', '.join([places] * size)}"
        group = rows[done : done + size]
        connection.execute(statement.replace("{rows}", values), [value for row in group for value in row])
        done += size
