"""Several nodes in one test: real hubs and neighbours, one made-up store, and a bus that a test may spoil."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from app.bus.port import NodeId
from app.conversations.admission.callers import Caller, ClientCaller, Knocking, StaffCaller
from app.conversations.rooms.marks import Mark, shown
from app.conversations.rooms.rules import State
from app.conversations.rooms.service import RoomView, SeatView
from app.kit.errors import Refusal
from app.live.hub import Hub
from app.live.neighbours import Neighbours
from app.wire.frames import Item, parse
from app.wire.ids import CLIENT_SEAT, Kid, RoomId, SeatId, seat_id

PEER = Kid(b"p" * 16)
STORE = b"s" * 16
PAGE = 5


def room_of(number: int) -> RoomId:
    return RoomId(number.to_bytes(16, "big"))


@dataclass
class Room:
    items: list[Item] = field(default_factory=list)
    ke: int = 1
    reports: frozenset[tuple[SeatId, bytes, bool, str]] = frozenset()

    def view(self, room: RoomId) -> RoomView:
        seats = (SeatView(CLIENT_SEAT, None, True), SeatView(seat_id(room, PEER), PEER, True))
        return RoomView(
            room, State.TALKING, self.ke, False, len(self.items), bytes(32), seats, None, None, None
        )


class Store:
    """Rooms that all nodes share."""

    def __init__(self) -> None:
        self.rooms: dict[RoomId, Room] = {}

    def commit(self, room: RoomId) -> Item:
        held = self.rooms[room]
        seq = len(held.items) + 1
        held.items.append(Item(room, seq, CLIENT_SEAT, held.ke, seq, bytes(32), b"x" * 1040))
        return held.items[-1]

    async def look(
        self, callers: Sequence[Caller | Knocking], room: RoomId, after: int
    ) -> tuple[list[RoomView | Refusal], list[Item], int]:
        held = self.rooms[room]
        view = held.view(room)
        items, newest = held.items[after : after + PAGE], len(held.items)
        await asyncio.sleep(0)
        return [view for _ in callers], list(items), newest

    async def newest(self, rooms: Sequence[RoomId]) -> dict[RoomId, int]:
        return {room: len(self.rooms[room].items) for room in rooms}

    async def marks(self, rooms: Sequence[RoomId]) -> dict[RoomId, Mark]:
        found = {}
        for room in rooms:
            held = self.rooms[room]
            client, peer = (shown(held.view(room), to_client=to_client) for to_client in (True, False))
            found[room] = Mark(len(held.items), client, peer, 0, held.reports)
        return found


@dataclass
class Post:
    """The bus of several nodes. Payloads lie here until they are handed out, or lost."""

    waiting: list[tuple[NodeId, bytes]] = field(default_factory=list)
    nodes: dict[NodeId, Callable[[bytes], None]] = field(default_factory=dict)
    sent: list[bytes] = field(default_factory=list)

    async def hand_out(self) -> None:
        """Everything, in order, and what is answered to it."""
        await settled()
        while self.waiting:
            self._deliver(self.waiting.pop(0))
            await settled()

    async def storm(self, chance: Random) -> None:
        """Some of it: lost, twice, out of order; the rest later or never."""
        await settled()
        for _ in range(len(self.waiting)):
            if self.waiting and chance.random() < 0.6:
                letter = self.waiting.pop(chance.randrange(len(self.waiting)))
                for _ in range(chance.choice((0, 0, 1, 1, 1, 2))):
                    self._deliver(letter)
                await settled()

    def _deliver(self, letter: tuple[NodeId, bytes]) -> None:
        node, payload = letter
        if node in self.nodes:
            self.nodes[node](payload)


class Box:
    """One node's place at the post."""

    def __init__(self, post: Post) -> None:
        self.lost = 0
        self.is_up = True
        self._post = post
        self.node: NodeId | None = None
        self.restored: Callable[[], None] = lambda: None

    async def open(self, node: NodeId, heard: Callable[[bytes], None], restored: Callable[[], None]) -> None:
        self.node, self.restored = node, restored
        self._post.nodes[node] = heard

    def tell(self, node: NodeId, payload: bytes) -> None:
        if self.is_up:
            self._post.sent.append(payload)
            self._post.waiting.append((node, payload))

    def tell_all(self, payload: bytes) -> None:
        if self.is_up:
            self._post.sent.append(payload)
            self._post.waiting += [(node, payload) for node in self._post.nodes if node != self.node]

    async def close(self) -> None:
        if self.node is not None:
            self._post.nodes.pop(self.node, None)


@dataclass(eq=False)
class Page:
    """A socket as the hub sees it: what it was shown, in order."""

    room: RoomId
    kid: Kid | None = None
    items: list[int] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """Presence and signals, as `here`, `lost`, `left`, `signal`."""
    ke: int = 0

    @property
    def seat(self) -> SeatId:
        return CLIENT_SEAT if self.kid is None else seat_id(self.room, self.kid)

    def caller_in(self, room: RoomId) -> Caller:
        return ClientCaller(room) if self.kid is None else StaffCaller(self.kid, "peer", 2, ("en",), 0)

    def push(self, frame: bytes) -> None:
        payload = frame[2 if frame[1] < 126 else 4 :]
        if frame[0] == 0x81:
            for word in ("here", "lost", "left", "signal"):
                if f'"{word}"' in payload.decode():
                    self.told.append(word)
                    break
            return
        item = parse(payload)
        assert isinstance(item, Item)
        assert item.ke <= self.ke, "an item before the state in which it was written"
        self.items.append(item.seq)

    def show_entered(self, view: RoomView) -> None:
        self.ke = view.ke

    def show_more(self, room: RoomId) -> None:
        pass  # `OneNode.enter` goes on as a page does.

    def show_room(self, view: RoomView) -> None:
        self.ke = view.ke

    def show_gone(self, room: RoomId) -> None:
        raise AssertionError("nobody loses a seat here")


class OneNode:
    """A hub, its neighbours, and the pages on it."""

    def __init__(self, store: Store, post: Post, now: Callable[[], float], life: bytes = STORE) -> None:
        self.box = Box(post)
        self.hub = Hub(store)
        self.life = life
        self.neighbours = Neighbours(self.hub, self.box, lambda: self.life, now)
        self.pages: list[Page] = []

    async def enter(self, page: Page) -> Page:
        seen = page.items[-1] if page.items else 0
        while not await self.hub.follow(page, page.room, seen):
            seen = page.items[-1]
        self.neighbours.arrived(page.room, page.seat, besides=page)
        self.pages.append(page)
        return page

    def leave(self, page: Page, *, left: bool = False) -> None:
        self.hub.unfollow(page, page.room)
        self.neighbours.departed(page.room, page.seat, left=left)
        self.pages.remove(page)


async def settled() -> None:
    """Let every task that can run do so."""
    for _ in range(12):
        await asyncio.sleep(0)
