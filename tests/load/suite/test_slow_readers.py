"""People whose page hangs, so that they read nothing: they are cut, come back and miss nothing."""

import asyncio
import json
import socket
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from app.live.frames import CloseCode
from app.live.outbox import BYTES
from app.wire.frames import Ack, Item, Send, parse
from app.wire.sizes import COM, CT_SIZES
from tests.load import cast
from tests.load.cast import Room
from tests.load.figures import Row
from tests.load.house import Folder
from tests.load.messages import seed
from tests.load.processes import Server
from tests.load.suite import kept
from tests.load.systems import Systems
from tests.load.talk import Load
from tests.load.terminal import say

FLOOD = 12 * BYTES // CT_SIZES[-1]
"""Messages of the longest kind to one reader: more than an outbox and the buffers of both kernels hold."""
WINDOW = 65_536
"""Bytes that a reader's own kernel takes in before it asks the server to wait."""
AHEAD = 16
PATIENCE = 60.0


@dataclass
class Flooded:
    """A room whose client reads nothing while the peer talks on."""

    room: Room
    folder: Folder
    line: ClientConnection | None = None
    store: str = ""
    heard: list[Item] = field(default_factory=list)

    async def hang(self, server: Server) -> None:
        """Enter, and read nothing from then on."""
        self.line = await self._entered(server, max_queue=1)

    async def flood(self, server: Server) -> None:
        """The peer says everything there is to say, and gets an ack for each."""
        seat = cast.peer(self.room, self.folder.pass_for)
        async with asyncio.timeout(PATIENCE), _line(server) as line:
            await line.send(seat.hello)
            store = (await _told(line, "welcome"))["store"]
            await line.send(seat.enter(store))
            acked = 0
            for n in range(1, FLOOD + 1):
                com, ct = token_bytes(COM), token_bytes(CT_SIZES[-1])
                await line.send(Send(self.room.room, 1, n, com, ct).pack())
                while n - acked >= AHEAD:
                    acked += await _is_ack(line)
            while acked < FLOOD:
                acked += await _is_ack(line)

    async def wake(self, server: Server) -> int | None:
        """Read at last what came, find the line cut, come back for the rest; the code of the cut, or None."""
        assert self.line is not None
        code = await self._read(self.line)
        assert len(self.heard) < FLOOD
        line = await self._entered(server)
        try:
            async with asyncio.timeout(PATIENCE):
                while len(self.heard) < FLOOD:
                    if await self._take(await line.recv()):
                        await line.send(self._enter())
        finally:
            await line.close()
        return code

    async def _read(self, line: ClientConnection) -> int | None:
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    await self._take(await line.recv())
        except ConnectionClosed as error:
            return None if error.rcvd is None else error.rcvd.code

    async def _take(self, data: str | bytes) -> bool:
        """Whether there is more to ask for."""
        if isinstance(data, str):
            return bool(json.loads(data)["type"] == "more")
        item = parse(data)
        assert isinstance(item, Item)
        if item.seq > len(self.heard):
            # In order and without a gap, over both lines.
            assert item.seq == len(self.heard) + 1
            self.heard.append(item)
        return False

    async def _entered(self, server: Server, **reading: Any) -> ClientConnection:
        line = await _line(server, **reading)
        await line.send(cast.client(self.room).hello)
        self.store = (await _told(line, "welcome"))["store"]
        await line.send(self._enter())
        await _told(line, "entered")
        return line

    def _enter(self) -> str:
        return cast.client(self.room, after=len(self.heard)).enter(self.store)


@pytest.mark.parametrize(("slow", "talking"), [(1, 10), pytest.param(20, 100, marks=pytest.mark.load)])
async def test_readers_who_never_read_are_cut_and_resume_without_a_gap_while_others_talk_on(
    systems: Systems, slow: int, talking: int
) -> None:
    rooms = cast.rooms(slow + talking, list(systems.staff.peers))
    folder = await systems.folder("slow")
    await seed(folder, rooms)
    flooded = [Flooded(room, folder) for room in rooms[:slow]]
    with systems.beside(folder) as server:
        load = Load([server])
        try:
            await load.open([(cast.client(room), cast.peer(room, folder.pass_for)) for room in rooms[slow:]])
            before = Row.of([await load.round(load.talks, 0.5, 0.1)])
            for each in flooded:
                await each.hang(server)
            floods = [asyncio.create_task(each.flood(server)) for each in flooded]
            rounds = [await load.round(load.talks, 0.5, 0.0)]
            while not all(flood.done() for flood in floods):
                rounds.append(await load.round(load.talks, 0.5, 0.0))
            await asyncio.gather(*floods)
            during = Row.of(rounds)
            codes = await asyncio.gather(*(each.wake(server) for each in flooded))
            # Where the reader wakes after the line was cut, its code is lost with it.
            assert set(codes) <= {CloseCode.SLOW_READER, None}
            await load.round(load.talks, 0.5, 0.0)
        finally:
            load.close()
    say(
        f"{slow} slow readers, {talking} rooms talk: delivered within {during.delivery_p50:.1f} ms (p50), "
        f"{during.delivery_p99:.1f} ms (p99); before {before.delivery_p50:.1f} and {before.delivery_p99:.1f}"
    )
    said = {talk.sender.seat.room: talk.seq for talk in load.talks}
    await kept.check(folder, said | {each.room.room: FLOOD for each in flooded})


def _line(server: Server, **reading: Any) -> connect:
    small = socket.socket()
    small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WINDOW)
    small.setblocking(False)
    small.connect_ex(("127.0.0.1", server.port))
    return connect(
        f"ws://127.0.0.1:{server.port}/api/live",
        sock=small,
        compression=None,
        proxy=None,
        ping_interval=None,
        **reading,
    )


async def _told(line: ClientConnection, kind: str) -> dict[str, Any]:
    while True:
        data = await line.recv()
        if isinstance(data, str) and (told := json.loads(data))["type"] == kind:
            return dict(told)


async def _is_ack(line: ClientConnection) -> bool:
    data = await line.recv()
    if isinstance(data, str):
        assert json.loads(data)["type"] != "error", data
        return False
    return isinstance(parse(data), Ack)
