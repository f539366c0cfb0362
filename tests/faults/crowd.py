"""People who talk without pause through live sockets, whatever happens to the line and to the server.

A voice knows what it sent, what was acknowledged and what it heard. After a lost line it enters again behind
the last message it heard, and says again, as it was, all that has no ack.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from app.companion.keys import StaffKey
from app.conversations import tables
from app.conversations.ids import Conversations
from app.conversations.rooms.store import tip
from app.kit.database import Database
from app.wire.frames import Ack, Item, Send, parse
from app.wire.ids import CLIENT_SEAT, RoomId, SeatId, seat_id
from app.wire.transcript import chain_next, chain_start, header
from tests.builders import Guest
from tests.faults.process import PATIENCE
from tests.talkers import Tab, Town, said_by

AHEAD = 6
"""Messages that a voice has on the way at once."""

REFUSED_FOR_NOW = ("unavailable", "gap_sender")
"""What a voice may be told while a store is away: the second for those behind the first."""


class Refused(Exception):
    """The server would not take a message now: all that has no ack is said again."""


@dataclass
class Voice:
    """One seat of one room, without end."""

    room: RoomId
    seat: SeatId
    compose: Callable[[int], Send]
    secret: bytes | None
    token: Callable[[], str] | None
    sent: dict[int, Send] = field(default_factory=dict)
    acked: dict[int, int] = field(default_factory=dict)
    """n → seq."""
    heard: list[Item] = field(default_factory=list)
    said_again: int = 0
    closed: list[int] = field(default_factory=list)
    """The code of each close frame that came."""

    @property
    def owes(self) -> list[int]:
        """The counts that have no ack, in order."""
        return [n for n in self.sent if n not in self.acked]


class Crowd:
    """All voices of some rooms, and the word whether a server is there for them."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.voices: list[Voice] = []
        self.up = asyncio.Event()
        self.up.set()
        self._finishing = False
        self._talking = 0
        self._progress = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def gather(self, rooms: int) -> None:
        """Open rooms, half of them with each peer, and begin."""
        peers = self.town.cast.mara, self.town.cast.sol
        for number in range(rooms):
            self._seat(await self.town.talking(peers[number % 2]), peers[number % 2])
        self._tasks = [asyncio.create_task(self._live(voice)) for voice in self.voices]

    @property
    def acks(self) -> int:
        return sum(len(voice.acked) for voice in self.voices)

    async def acknowledged(self, more: int) -> None:
        """Wait for so many more acks."""
        wanted = self.acks + more
        async with asyncio.timeout(PATIENCE):
            while self.acks < wanted:
                self._watch()
                self._progress.clear()
                await self._progress.wait()

    async def is_cut(self) -> bool:
        """Whether every voice waits for a server."""
        self._watch()
        return not self._talking

    async def finish(self) -> None:
        """Say nothing new, get an ack for everything and hear everything."""
        self._finishing = True
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*self._tasks)
        # Whoever went first has not heard the last words of the other.
        for voice in self.voices:
            await self._catch_up(voice)

    async def disperse(self) -> None:
        """Stop at once, as a failed test does."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _seat(self, guest: Guest, peer: StaffKey) -> None:
        self.voices.append(Voice(guest.room, CLIENT_SEAT, guest.frame, guest.secret, None))
        self.voices.append(
            Voice(
                guest.room,
                seat_id(guest.room, peer.kid),
                lambda n: said_by(guest, peer, n),
                None,
                lambda: self.town.token(peer),
            )
        )

    def _watch(self) -> None:
        for task in self._tasks:
            if task.done():
                task.result()

    async def _live(self, voice: Voice) -> None:
        while not (self._finishing and not voice.owes):
            await self.up.wait()
            self._talking += 1
            try:
                async with self._line() as socket:
                    await self._talk(voice, Tab(socket))
            except ConnectionClosed as error:
                voice.closed += [] if error.rcvd is None else [error.rcvd.code]
            except (Refused, WebSocketException, OSError, EOFError, TimeoutError):
                pass  # the next line begins where this one broke
            finally:
                self._talking -= 1
                self._progress.set()

    def _line(self) -> connect:
        # No limit to what waits here: behind it a goodbye would wait too.
        return connect(self.town.served.live_url, compression=None, proxy=None, max_queue=None)

    async def _talk(self, voice: Voice, tab: Tab) -> None:
        await self._enter(voice, tab)
        for n in voice.owes:
            voice.said_again += 1
            await tab.send(voice.sent[n])
        while not (self._finishing and not voice.owes):
            while not self._finishing and len(voice.owes) < AHEAD:
                n = len(voice.sent) + 1
                voice.sent[n] = voice.compose(n)
                await tab.send(voice.sent[n])
            await self._hear(voice, tab)

    async def _catch_up(self, voice: Voice) -> None:
        newest = max(seq for other in self.voices if other.room == voice.room for seq in other.acked.values())
        async with self._line() as socket:
            tab = Tab(socket)
            await self._enter(voice, tab)
            async with asyncio.timeout(PATIENCE):
                while len(voice.heard) < newest:
                    await self._hear(voice, tab)

    async def _enter(self, voice: Voice, tab: Tab) -> None:
        shown = {} if voice.token is None else {"pass": voice.token()}
        await tab.say("hello", v=1, **shown)
        await self._ask_in(voice, tab)

    async def _ask_in(self, voice: Voice, tab: Tab) -> None:
        proof = {} if voice.secret is None else {"secret": voice.secret}
        await tab.say("enter", room=voice.room, after=len(voice.heard), **proof)

    async def _hear(self, voice: Voice, tab: Tab) -> None:
        data = await tab.socket.recv()
        frame: Any = parse(data) if isinstance(data, bytes) else json.loads(data)
        if isinstance(frame, Ack):
            assert voice.acked.setdefault(frame.n, frame.seq) == frame.seq
            self._progress.set()
        elif isinstance(frame, Item):
            # In order and without a gap; what came already may come again, the same.
            assert frame.seq <= len(voice.heard) + 1
            if frame.seq > len(voice.heard):
                voice.heard.append(frame)
            assert voice.heard[frame.seq - 1] == frame
        elif frame["type"] == "more":
            await self._ask_in(voice, tab)
        elif frame["type"] == "error":
            assert frame["code"] in REFUSED_FOR_NOW, frame["code"]
            raise Refused


async def check(crowd: Crowd, store: str) -> None:
    """Everything that was sent is there once, where its ack said; order, counts and chain hold."""
    for room in {voice.room for voice in crowd.voices}:
        items, seq, head, counts = await stored(store, room)
        voices = [voice for voice in crowd.voices if voice.room == room]
        assert [item.seq for item in items] == list(range(1, seq + 1))
        assert head == _head(room, items)
        for voice in voices:
            own = [item for item in items if item.seat == voice.seat]
            assert [item.n for item in own] == list(range(1, len(voice.sent) + 1))
            assert [(item.com, item.ct) for item in own] == [(f.com, f.ct) for f in voice.sent.values()]
            assert {item.n: item.seq for item in own} == voice.acked
            assert counts.get(voice.seat, 0) == len(voice.sent)
            assert voice.heard == items
        assert len(items) == sum(len(voice.sent) for voice in voices)


async def check_acknowledged(crowd: Crowd, store: str) -> None:
    """What has an ack is there, where its ack said; what has none may be there."""
    for voice in crowd.voices:
        items, _, _, _ = await stored(store, voice.room)
        placed = {item.n: (item.seq, item.com) for item in items if item.seat == voice.seat}
        assert voice.acked.items() <= {n: seq for n, (seq, _) in placed.items()}.items()
        assert {n: com for n, (_, com) in placed.items()}.items() <= {
            n: frame.com for n, frame in voice.sent.items()
        }.items()


def _head(room: RoomId, items: list[Item]) -> bytes:
    head = chain_start(room)
    for item in items:
        head = chain_next(head, item.seq, header(room, item.ke, item.seat, item.n), item.com)
    return head


async def stored(store: str, room: RoomId) -> tuple[list[Item], int, bytes, dict[SeatId, int]]:
    """A room as it lies in its store: messages in order, newest number, chain head, count of each seat."""
    database = Database[Conversations](store)
    try:
        async with database.read() as tx:
            rows: Any = await tx.connection.execute(
                select(tables.messages).where(tables.messages.c.room == room).order_by(tables.messages.c.seq)
            )
            items = [Item(r.room, r.seq, r.seat, r.ke, r.n, r.com, r.ct or b"") for r in rows]
            return items, *await tip(tx, room)
    finally:
        await database.close()


def in_doubt(crowd: Crowd) -> int:
    """Messages that were said again because a line had broken before their ack."""
    return sum(voice.said_again for voice in crowd.voices)
