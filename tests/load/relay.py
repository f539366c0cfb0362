"""The two references: what any server of this shape must pay, with Beside's frames and nothing of Beside.

`python -m tests.load.relay PORT` relays in memory; `python -m tests.load.relay PORT FILE` first commits
each message to SQLite (WAL, synchronous=FULL) on a thread of its own, where what piled up during one
commit is the next batch. Both acknowledge to the sender and hand the item to every socket of the room,
the sender's included (docs/protocol.md, 12). They check nothing: no length, no seat, no count.
"""

import asyncio
import json
import sqlite3
import struct
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import uvicorn

from app.wire.encoding import b64u, unb64u

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
SendOut = Callable[[Event], Awaitable[None]]

_SEND = struct.Struct(">B16sHI32s")
_ACK = struct.Struct(">B16sII")
_ITEM = struct.Struct(">B16sI16sHI32s")
_CLIENT, _STAFF = bytes(16), b"\xff" * 16
_STORE = b64u(bytes(16))


@dataclass(slots=True)
class Room:
    """Who listens, and how many messages there were."""

    seq: int = 0
    sockets: list[SendOut] = field(default_factory=list)


@dataclass(slots=True)
class Message:
    """A numbered message on its way to the disk and to its readers."""

    room: Room
    seq: int
    seat: bytes
    frame: bytes
    sender: SendOut

    def row(self) -> tuple[bytes, int, bytes, int, int, bytes, bytes]:
        _, room, ke, n, com = _SEND.unpack_from(self.frame)
        return room, self.seq, self.seat, ke, n, com, self.frame[_SEND.size :]


async def deliver(message: Message) -> None:
    """The ack to its sender, the item to all."""
    _, room, ke, n, com = _SEND.unpack_from(message.frame)
    await message.sender({"type": "websocket.send", "bytes": _ACK.pack(2, room, n, message.seq)})
    item = _ITEM.pack(3, room, message.seq, message.seat, ke, n, com) + message.frame[_SEND.size :]
    event = {"type": "websocket.send", "bytes": item}
    for socket in message.room.sockets:
        await socket(event)


class GroupCommit:
    """A thread that inserts all that waits in one transaction; then `deliver` gets it in order."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._waiting: SimpleQueue[Message] = SimpleQueue()
        self._committed: asyncio.Queue[list[Message]] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._thread = Thread(target=self._write, daemon=True)
        self._thread.start()
        self._delivery = asyncio.create_task(self._deliver())

    async def take(self, message: Message) -> None:
        self._waiting.put(message)

    def _write(self) -> None:
        database = sqlite3.connect(self._file, isolation_level=None)
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute(
            "CREATE TABLE messages (room BLOB, seq INTEGER, seat BLOB, ke INTEGER, n INTEGER,"
            " com BLOB, ct BLOB, UNIQUE (room, seq))"
        )
        while True:
            batch = [self._waiting.get()]
            try:
                while True:
                    batch.append(self._waiting.get_nowait())
            except Empty:
                pass
            database.execute("BEGIN IMMEDIATE")
            database.executemany(
                "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?)", [m.row() for m in batch]
            )
            database.execute("COMMIT")
            self._loop.call_soon_threadsafe(self._committed.put_nowait, batch)

    async def _deliver(self) -> None:
        while True:
            for message in await self._committed.get():
                await deliver(message)


class Relay:
    """The ASGI application."""

    def __init__(self, file: str | None) -> None:
        self._file = file
        self._rooms: dict[bytes, Room] = {}
        self._writer: GroupCommit | None = None

    async def __call__(self, scope: Event, receive: Receive, send: SendOut) -> None:
        if scope["type"] != "websocket":
            return
        if self._file is not None and self._writer is None:
            self._writer = GroupCommit(self._file)
        take = deliver if self._writer is None else self._writer.take
        await receive()
        await send({"type": "websocket.accept"})
        room, seat = Room(), _STAFF
        try:
            while (event := await receive())["type"] != "websocket.disconnect":
                frame = event.get("bytes")
                if frame is not None:
                    room.seq += 1
                    await take(Message(room, room.seq, seat, frame, send))
                    continue
                told = json.loads(event["text"])
                if told["type"] == "hello":
                    await _tell(send, {"type": "welcome", "store": _STORE})
                else:
                    room = self._rooms.setdefault(unb64u(told["room"]), Room())
                    seat = _CLIENT if "secret" in told else _STAFF
                    room.sockets.append(send)
                    await _tell(send, {"type": "entered", "room": told["room"], "seq": room.seq})
        finally:
            if send in room.sockets:
                room.sockets.remove(send)


async def _tell(send: SendOut, frame: dict[str, object]) -> None:
    await send({"type": "websocket.send", "text": json.dumps(frame)})


def main(port: int, file: str | None) -> None:
    """Serve on loopback until told to stop, with the same server settings as Beside."""
    uvicorn.run(
        Relay(file),
        host="127.0.0.1",
        port=port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        lifespan="off",
        access_log=False,
        log_level="warning",
        backlog=4096,
        timeout_graceful_shutdown=1,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
