"""Rooms that are there before the load begins: written into the store, past the server's doors."""

import hashlib
import secrets
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager

from sqlalchemy import Table, delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from app.conversations import tables
from app.conversations.availability.rules import FORGOTTEN
from app.conversations.rooms.tips import packed
from app.kit.clock import day_of
from app.wire.ids import CLIENT_SEAT, Kid
from app.wire.sizes import COM, CT_SIZES, SEAL, WRAP
from app.wire.transcript import chain_start
from tests.load.cast import Room
from tests.load.house import Folder

_KEEP_DAYS = 30
_AT_ONCE = 5_000


@asynccontextmanager
async def seeding(folder: Folder) -> AsyncIterator["Seeding"]:
    """Write into a folder's store until the block ends."""
    writer = Seeding(folder)
    try:
        yield writer
    finally:
        await writer.close()


class Seeding:
    """Writes rooms into a folder's store, before a server runs on it or between two requests to it."""

    def __init__(self, folder: Folder) -> None:
        self._staff = folder.staff
        self._engine = create_async_engine(folder.store, hide_parameters=True)
        self._today = day_of(time.time())

    async def settle(self) -> None:
        """Leave the store as a server at rest would: nothing in its log for the next commit to move, and
        PostgreSQL knows how large its tables are."""
        async with self._engine.connect() as store:
            await store.execution_options(isolation_level="AUTOCOMMIT")
            sqlite = self._engine.dialect.name == "sqlite"
            await store.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)" if sqlite else "ANALYZE")

    async def size(self) -> int:
        """Bytes of all tables and indexes."""
        sqlite = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        postgresql = "SELECT pg_database_size(current_database())"
        async with self._engine.connect() as store:
            asked = sqlite if self._engine.dialect.name == "sqlite" else postgresql
            return int((await store.exec_driver_sql(asked)).scalar_one())

    async def close(self) -> None:
        await self._engine.dispose()

    async def talking(self, rooms: Iterable[Room], said: int = 0) -> None:
        """Rooms in talk, `said` messages in each, all by the client."""
        rooms = list(rooms)
        async with self._engine.begin() as store:
            await _put(store, tables.rooms, [self._room(room, "talking") for room in rooms])
            await _put(store, tables.seats, [_client_seat(room) for room in rooms])
            await _put(store, tables.seats, [_peer_seat(room) for room in rooms])
            await _put(store, tables.seals, [_seal(room, room.kid, "seat-peer") for room in rooms])
            for room in rooms:
                await _put(store, tables.messages, [_message(room, seq) for seq in range(1, said + 1)])

    async def on_shift(self, peers: Iterable[Kid]) -> None:
        """Peers who are on, by requests alone: none of them has a page open. Said again, they stay on."""
        peers = list(peers)
        async with self._engine.begin() as store:
            await store.execute(delete(tables.availability).where(tables.availability.c.kid.in_(peers)))
            await _put(store, tables.availability, [_shift(peer) for peer in peers])

    async def waiting(self, rooms: Iterable[Room]) -> None:
        """Rooms whose clients left a note and went away: a claim counts as accepted."""
        rooms = list(rooms)
        now = int(time.time())
        async with self._engine.begin() as store:
            await _put(store, tables.rooms, [self._room(room, "waiting") for room in rooms])
            await _put(store, tables.seats, [_client_seat(room) for room in rooms])
            await _put(store, tables.seals, [_seal(room, self._staff.team, "team-peer") for room in rooms])
            await _put(
                store,
                tables.tickets,
                [_ticket(room, now - number % 3_600) for number, room in enumerate(rooms)],
            )

    def _room(self, room: Room, state: str) -> dict[str, object]:
        return {
            "id": room.room,
            "secret_hash": hashlib.sha256(room.secret).digest(),
            "wrap": secrets.token_bytes(WRAP),
            "state": state,
            "ke": 1,
            "needs_rekey": False,
            "opened_day": self._today,
            "closed_day": None,
            "expires_day": self._today + _KEEP_DAYS,
        }


def _client_seat(room: Room) -> dict[str, object]:
    return {"room": room.room, "seat": CLIENT_SEAT, "kid": None, "open": True, "alone_since_n": None}


def _peer_seat(room: Room) -> dict[str, object]:
    return {"room": room.room, "seat": room.staff_seat, "kid": room.kid, "open": True, "alone_since_n": None}


def _seal(room: Room, kid: Kid, purpose: str) -> dict[str, object]:
    return {"room": room.room, "kid": kid, "purpose": purpose, "ke": 1, "sealed": secrets.token_bytes(SEAL)}


def _message(room: Room, seq: int) -> dict[str, object]:
    """One of random bytes; the chain before it is not made, only begun."""
    return {
        "room": room.room,
        "seq": seq,
        "seat": CLIENT_SEAT,
        "ke": 1,
        "n": seq,
        "com": secrets.token_bytes(COM),
        "ct": secrets.token_bytes(CT_SIZES[0]),
        "head": chain_start(room.room),
        "counts": packed({CLIENT_SEAT: seq}),
    }


def _ticket(room: Room, since: int) -> dict[str, object]:
    return {
        "room": room.room,
        "language": "en",
        "urgent": False,
        "back": None,
        "note": True,
        "topics": ("worry",),
        "lived": (),
        "refused": (),
        "later": (),
        "peer_epoch": 1,
        "waiting_since": since,
        "seen_at": 0,
    }


def _shift(kid: Kid) -> dict[str, object]:
    return {
        "kid": kid,
        "state": "on",
        "room_limit": 2,
        "buffer_until": None,
        "seen_at": int(time.time()) - FORGOTTEN // 2,
        "met_quarter": None,
    }


async def _put(store: AsyncConnection, table: Table, rows: Sequence[dict[str, object]]) -> None:
    for start in range(0, len(rows), _AT_ONCE):
        await store.execute(insert(table), list(rows[start : start + _AT_ONCE]))
