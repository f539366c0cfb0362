"""The references: what any server of this shape must pay, with Beside's frames and nothing of Beside.

`python -m tests.load.relay PORT` relays in memory; `python -m tests.load.relay PORT STORE` first commits each
message to a store (a path: SQLite; a URL: PostgreSQL; tests/load/group_commit.py). All acknowledge to the
sender and hand the item to every socket of the room, the sender's included (docs/protocol.md, 12). They check
nothing: no length, no seat, no count.
"""

import json
import struct
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

import uvicorn

from app.wire.encoding import b64u, unb64u
from tests.load.group_commit import GroupCommit, Row, group_commit

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
SendOut = Callable[[Event], Awaitable[None]]

SEND = struct.Struct(">B16sHI32s")
ACK = struct.Struct(">B16sII")
ITEM = struct.Struct(">B16sI16sHI32s")
CLIENT, STAFF = bytes(16), b"\xff" * 16
STORE = b64u(bytes(16))


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

    def row(self) -> Row:
        _, room, ke, n, com = SEND.unpack_from(self.frame)
        return room, self.seq, self.seat, ke, n, com, self.frame[SEND.size :]


async def deliver(message: Message) -> None:
    """The ack to its sender, the item to all."""
    _, room, ke, n, com = SEND.unpack_from(message.frame)
    await message.sender({"type": "websocket.send", "bytes": ACK.pack(2, room, n, message.seq)})
    item = ITEM.pack(3, room, message.seq, message.seat, ke, n, com) + message.frame[SEND.size :]
    event = {"type": "websocket.send", "bytes": item}
    for socket in message.room.sockets:
        await socket(event)


async def deliver_all(messages: list[Message]) -> None:
    """What was committed together, in order."""
    for message in messages:
        await deliver(message)


class Relay:
    """The ASGI application."""

    def __init__(self, store: str | None) -> None:
        self._store = store
        self._rooms: dict[bytes, Room] = {}
        self._writer: GroupCommit[Message] | None = None

    async def __call__(self, scope: Event, receive: Receive, send: SendOut) -> None:
        if scope["type"] != "websocket":
            return
        if self._store is not None and self._writer is None:
            self._writer = group_commit(self._store, Message.row, deliver_all)
        writer = self._writer
        await receive()
        await send({"type": "websocket.accept"})
        room, seat = Room(), STAFF
        try:
            while (event := await receive())["type"] != "websocket.disconnect":
                frame = event.get("bytes")
                if frame is not None:
                    room.seq += 1
                    message = Message(room, room.seq, seat, frame, send)
                    if writer is None:
                        await deliver(message)
                    else:
                        writer.take(message)
                    continue
                told = json.loads(event["text"])
                if told["type"] == "hello":
                    await _tell(send, welcome())
                else:
                    room = self._rooms.setdefault(unb64u(told["room"]), Room())
                    seat = CLIENT if "secret" in told else STAFF
                    room.sockets.append(send)
                    await _tell(send, entered(told, room.seq))
        finally:
            if send in room.sockets:
                room.sockets.remove(send)


def welcome() -> str:
    """The answer to a hello."""
    return json.dumps({"type": "welcome", "store": STORE})


def entered(told: dict[str, Any], seq: int) -> str:
    """The answer to an enter."""
    return json.dumps({"type": "entered", "room": told["room"], "seq": seq})


async def _tell(send: SendOut, text: str) -> None:
    await send({"type": "websocket.send", "text": text})


def main(port: int, store: str | None) -> None:
    """Serve on loopback until told to stop, with the same server settings as Beside."""
    uvicorn.run(
        Relay(store),
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
