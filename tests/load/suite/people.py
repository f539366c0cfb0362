"""People whose lines break and who come back: each knows what they said, what is kept and what they heard.

Unlike `tests.load.talk`, where a broken line is the end, and lighter than `tests.faults.crowd`, whose few
voices remember all that was ever said: here thousands remember only what is not settled yet.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from secrets import token_bytes

from app.wire.frames import Ack, Item, Send, parse
from app.wire.ids import CLIENT_SEAT, RoomId, SeatId
from app.wire.sizes import COM, CT_SIZES
from tests.load import cast
from tests.load.cast import Pass, Room, Seat
from tests.load.talk import Lost
from tests.load.websocket import BINARY, Socket, connect, pack

SECONDS_TO_SETTLE = 180.0


class Person:
    """One seat, however often its line breaks."""

    def __init__(self, room: RoomId, seat: SeatId, way_in: Callable[[int], Seat]) -> None:
        self.said = 0
        self.heard = 0
        """The number of the newest message that came."""
        self.again = 0
        """Items that came once more, as they may on the wire; a page shows them once."""
        self.broken: Exception | None = None
        """Why the line is gone, if it is."""
        self.lost: Lost | None = None
        """How the server broke its word, if it did."""
        self.told: Callable[[], None] = _nobody
        """Called after each change."""
        self._room, self._seat, self._way_in = room, seat, way_in
        self._socket: Socket | None = None
        self._owed: dict[int, bytes] = {}
        self._acked: dict[int, int] = {}
        self._unheard: dict[int, bytes] = {}
        self._counts: dict[SeatId, int] = {}

    @property
    def is_in(self) -> bool:
        """Whether there is a line."""
        return self._socket is not None

    @property
    def is_settled(self) -> bool:
        """Whether all that was said has its ack and came back."""
        return not self._owed and not self._unheard

    def say(self) -> None:
        """Compose the next message, and send it if there is a line."""
        self.said += 1
        com = token_bytes(COM)
        frame = pack(BINARY, Send(self._room, 1, self.said, com, token_bytes(CT_SIZES[0])).pack())
        self._owed[self.said], self._unheard[self.said] = frame, com
        if self._socket is not None:
            self._socket.send(frame)

    async def enter(self, port: int, source: str | None = None) -> None:
        """Come in behind the last message heard, and say again what has no ack. Refused or OSError where the
        server does not want it."""
        way_in = self._way_in(self.heard)
        socket = await connect(port, source)
        socket.on_binary = self._hear
        try:
            await socket.join(way_in.hello, way_in.enter)
        except BaseException:
            socket.close()
            raise
        self.broken = None
        socket.failed = self._break
        self._socket = socket
        for frame in self._owed.values():
            socket.send(frame)

    def leave(self) -> None:
        """Hang up without a word."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _break(self, error: Exception) -> None:
        self.broken, self._socket = error, None
        self.told()

    def _hear(self, data: bytes, start: int, length: int) -> None:
        frame = parse(data[start : start + length])
        if isinstance(frame, Ack):
            self._take_ack(frame)
        elif isinstance(frame, Item):
            self._take_item(frame)
        self.told()

    def _take_ack(self, ack: Ack) -> None:
        if not 0 < ack.n <= self.said:
            self.lost = Lost("an ack of what was never said")
        self._owed.pop(ack.n, None)
        if ack.n in self._unheard and self._acked.setdefault(ack.n, ack.seq) != ack.seq:
            self.lost = Lost("a message acknowledged in two places")

    def _take_item(self, item: Item) -> None:
        if item.seq <= self.heard:
            self.again += 1
            return
        if item.seq != self.heard + 1:
            self.lost = Lost("a gap between two messages")
        if item.n != self._counts.get(item.seat, 0) + 1:
            self.lost = Lost("a message that is missing, or there twice")
        self.heard, self._counts[item.seat] = item.seq, item.n
        if item.seat == self._seat:
            if self._unheard.pop(item.n, None) != item.com:
                self.lost = Lost("another message than was said")
            if self._acked.pop(item.n, item.seq) != item.seq:
                self.lost = Lost("a message elsewhere than its ack said")


class Pair:
    """The two people of a room."""

    def __init__(self, room: Room, pass_for: Pass) -> None:
        self.room = room
        client = Person(room.room, CLIENT_SEAT, lambda after: cast.client(room, after=after))
        peer = Person(room.room, room.staff_seat, lambda after: cast.peer(room, pass_for, after=after))
        self.people = (client, peer)
        self._changed = asyncio.Event()
        for person in self.people:
            person.told = self._changed.set

    @property
    def said(self) -> int:
        """Messages of both."""
        return sum(person.said for person in self.people)

    async def settled(self) -> None:
        """Wait until both have heard everything that both said. Lost where the server breaks its word."""
        try:
            async with asyncio.timeout(SECONDS_TO_SETTLE):
                while not self._is_settled():
                    await self.changed()
        except TimeoutError:
            raise Lost("a message that never came") from None

    async def changed(self) -> None:
        """Wait until something comes, or breaks."""
        self._changed.clear()
        await self._changed.wait()

    async def cut(self) -> None:
        """Wait until both have lost their lines."""
        while not all(person.broken for person in self.people):
            await self.changed()

    def leave(self) -> None:
        """Both hang up."""
        for person in self.people:
            person.leave()

    def _is_settled(self) -> bool:
        for person in self.people:
            if person.lost is not None:
                raise person.lost
        return all(person.is_settled and person.heard == self.said for person in self.people)


async def at_once(work: Iterable[Awaitable[None]], most: int) -> None:
    """Do all of this, so many at the same time."""
    gate = asyncio.Semaphore(most)

    async def one(task: Awaitable[None]) -> None:
        async with gate:
            await task

    async with asyncio.TaskGroup() as group:
        for task in work:
            group.create_task(one(task))


def _nobody() -> None:
    pass
