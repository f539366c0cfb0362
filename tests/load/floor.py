"""The floor: the bare relay's work on a WebSocket server written in C (picows), nothing kept.

`python -m tests.load.floor PORT`. What is left to Python for a message is little more than to hand on bytes.
"""

import asyncio
import json
import sys
from dataclasses import dataclass, field

import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server

from app.wire.encoding import unb64u
from tests.load.relay import ACK, CLIENT, ITEM, SEND, STAFF, entered, welcome


@dataclass(slots=True)
class Room:
    """Who listens, and how many messages there were."""

    seq: int = 0
    sockets: list[WSTransport] = field(default_factory=list)


class Person(WSListener):
    """One socket."""

    def __init__(self, rooms: dict[bytes, Room]) -> None:
        self._rooms = rooms
        self._room = Room()
        self._seat = STAFF

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.BINARY:
            self._relay(transport, frame.get_payload_as_bytes())
        elif frame.msg_type == WSMsgType.TEXT:
            transport.send(WSMsgType.TEXT, self._answer(transport, frame.get_payload_as_utf8_text()).encode())
        elif frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        if transport in self._room.sockets:
            self._room.sockets.remove(transport)

    def _relay(self, transport: WSTransport, frame: bytes) -> None:
        room = self._room
        room.seq += 1
        _, name, ke, n, com = SEND.unpack_from(frame)
        transport.send(WSMsgType.BINARY, ACK.pack(2, name, n, room.seq))
        item = ITEM.pack(3, name, room.seq, self._seat, ke, n, com) + frame[SEND.size :]
        for socket in room.sockets:
            socket.send(WSMsgType.BINARY, item)

    def _answer(self, transport: WSTransport, text: str) -> str:
        told = json.loads(text)
        if told["type"] == "hello":
            return welcome()
        self._room = self._rooms.setdefault(unb64u(told["room"]), Room())
        self._seat = CLIENT if "secret" in told else STAFF
        self._room.sockets.append(transport)
        return entered(told, self._room.seq)


async def main(port: int) -> None:
    """Serve on loopback until told to stop."""
    rooms: dict[bytes, Room] = {}

    def admit(_: WSUpgradeRequest) -> Person:
        return Person(rooms)

    server = await ws_create_server(admit, "127.0.0.1", port, backlog=4096)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.install()
    asyncio.run(main(int(sys.argv[1])))
