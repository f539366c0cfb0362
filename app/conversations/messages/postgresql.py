"""Batches on PostgreSQL: asyncpg with arrays, three statements whatever the size of the batch."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import asyncpg
from sqlalchemy.engine import URL

from app.conversations.errors import Unknown
from app.conversations.messages.rules import (
    Envelope,
    Ledger,
    Outcome,
    Placed,
    kept_longer,
    needed,
    room_head,
)
from app.conversations.rooms.tips import tip_of
from app.conversations.store import Life
from app.kit.errors import Unavailable
from app.wire.frames import Item
from app.wire.ids import RoomId, SeatId

COMMAND_SECONDS = 30
LOCK_SECONDS = 5
"""How long a batch waits for a room that another use case holds; all rooms wait with it."""
CLOSE_SECONDS = 5

_ENGINE_ERRORS = asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError
"""The last is what a line says that broke in the middle of an answer."""

_ROOMS = """
SELECT id, state, ke, expires_day, opened_day FROM rooms WHERE id = ANY($1::bytea[]) ORDER BY id FOR UPDATE
"""
_SEATS = """
SELECT s.room, s.seat, s.open, m.seq, m.head, m.counts
FROM unnest($1::bytea[], $2::bytea[]) AS wanted (room, seat)
JOIN seats s ON s.room = wanted.room AND s.seat = wanted.seat
LEFT JOIN LATERAL (
    SELECT seq, head, counts FROM messages WHERE room = wanted.room ORDER BY seq DESC LIMIT 1
) AS m ON true
"""
_SENT = """
SELECT m.room, m.seq, m.seat, m.ke, m.n, m.com, m.ct
FROM unnest($1::bytea[], $2::bytea[], $3::int[]) AS wanted (room, seat, n)
CROSS JOIN LATERAL (
    SELECT * FROM messages WHERE room = wanted.room AND seat = wanted.seat AND n = wanted.n
    ORDER BY seq DESC LIMIT 1
) AS m
"""
_ROWS = """
SELECT m.room, m.seq, m.seat, m.ke, m.n, m.com, m.ct FROM messages m
JOIN unnest($1::bytea[], $2::int[]) AS wanted (room, seq) ON m.room = wanted.room AND m.seq = wanted.seq
"""
_EMPTY = """
UPDATE messages SET ct = NULL FROM unnest($1::bytea[], $2::int[]) AS taken (room, seq)
WHERE messages.room = taken.room AND messages.seq = taken.seq
"""
_WRITE = """
INSERT INTO messages (room, seq, seat, ke, n, com, ct, head, counts)
SELECT * FROM unnest($1::bytea[], $2::int[], $3::bytea[], $4::int[], $5::int[], $6::bytea[], $7::bytea[],
    $8::bytea[], $9::bytea[])
"""
_KEEP = """
UPDATE rooms SET expires_day = new.day FROM unnest($1::int[], $2::bytea[]) AS new (day, id)
WHERE rooms.id = new.id
"""


class PostgresqlBatches:
    """One held connection, opened at the first batch and again after a failure."""

    def __init__(self, url: URL, life: Life) -> None:
        self._dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._life = life
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._leads_to: bytes | None = None
        """The life of the store that the connection is known to lead to."""

    async def commit(self, envelopes: Sequence[Envelope], keep_until: int) -> list[Outcome]:
        # The one that these envelopes were meant for, whatever becomes of it while the line is made.
        life = self._life.store
        try:
            connection = await self._connected(life)
            async with connection.transaction():
                ledger = await _load(connection, envelopes)
                outcomes = [ledger.place(envelope) for envelope in envelopes]
                placed = [outcome for outcome in outcomes if isinstance(outcome, Placed)]
                await _write(connection, ledger, placed, keep_until)
        except (*_ENGINE_ERRORS, OSError, TimeoutError):
            self._disconnect()
            raise Unavailable from None
        except asyncio.CancelledError:
            self._disconnect()
            raise
        return outcomes

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            # An engine that is gone takes the connection with it.
            with suppress(*_ENGINE_ERRORS, OSError, TimeoutError):
                await connection.close(timeout=CLOSE_SECONDS)

    async def _connected(self, life: bytes) -> "asyncpg.Connection[asyncpg.Record]":
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(
                self._dsn,
                timeout=5,
                command_timeout=COMMAND_SECONDS,
                server_settings={"lock_timeout": f"{LOCK_SECONDS}s"},
            )
            self._leads_to = await self._connection.fetchval("SELECT store FROM house")
        if self._leads_to != life:
            # Behind the address lies a restored copy: what was said to the other one is not for it. Or the
            # line still leads to the other one.
            self._disconnect()
            raise Unavailable
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None


async def _load(connection: "asyncpg.Connection[asyncpg.Record]", envelopes: Sequence[Envelope]) -> Ledger:
    # The rooms' rows are locked first and in order, as in every other writer: no deadlock,
    # and what is read after it is what the last committed batch left, on whichever node.
    rooms = await connection.fetch(_ROOMS, list({e.room for e in envelopes}))
    keys = list({(e.room, e.seat) for e in envelopes})
    seats = await connection.fetch(_SEATS, [k[0] for k in keys], [k[1] for k in keys])
    tips = {}
    for s in seats:
        with suppress(Unknown):
            tips[s["room"]] = tip_of(s["room"], (s["seq"], s["head"], s["counts"]))
    ledger = Ledger(
        {
            r["id"]: room_head(r["state"], r["ke"], r["expires_day"], r["opened_day"], tips[r["id"]])
            for r in rooms
            if r["id"] in tips
        },
        {(RoomId(s["room"]), SeatId(s["seat"])): s["open"] for s in seats},
    )
    repeats, taken_back = needed(envelopes, ledger.rooms)
    if repeats:
        columns = [list(column) for column in zip(*repeats, strict=True)]
        for item in map(_item, await connection.fetch(_SENT, *columns)):
            ledger.sent[item.room, item.seat, item.n] = item
    if taken_back:
        columns = [list(column) for column in zip(*taken_back, strict=True)]
        for item in map(_item, await connection.fetch(_ROWS, *columns)):
            ledger.rows[item.room, item.seq] = item
    return ledger


def _item(row: asyncpg.Record) -> Item:
    return Item(
        RoomId(row["room"]),
        row["seq"],
        SeatId(row["seat"]),
        row["ke"],
        row["n"],
        row["com"],
        row["ct"] or b"",
    )


async def _write(
    connection: "asyncpg.Connection[asyncpg.Record]",
    ledger: Ledger,
    placed: Sequence[Placed],
    keep_until: int,
) -> None:
    if not placed:
        return
    rows = [(*p.item, p.head, p.counts) for p in placed]
    await connection.execute(_WRITE, *(list(column) for column in zip(*rows, strict=True)))
    if later := kept_longer(ledger.rooms, placed, keep_until):
        await connection.execute(_KEEP, [day for day, _ in later], [room for _, room in later])
    emptied = [(p.emptied.room, p.emptied.seq) for p in placed if p.emptied is not None]
    if emptied:
        await connection.execute(_EMPTY, [room for room, _ in emptied], [seq for _, seq in emptied])
