"""The other nodes of the service: what is said after a commit reaches their sockets, and presence is one.

Each node says which rooms it follows, and others who follow one of them answer. From then on both tell each
other what is committed there, and nobody else. All that is said in one turn of the loop goes to a node in one
payload. What is lost on the way is found in the store by `Hub.check`; presence, which no store holds, is said
again once in a minute and forgotten where it is not.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import monotonic
from typing import Literal

import structlog

from app.bus.port import Bus, NodeId
from app.live import frames, framing
from app.live.hub import Follower, Hub
from app.live.news import Kind, Letter, News, NewsError, Stand, read
from app.live.presence import Presence
from app.wire.errors import WireError
from app.wire.frames import Item, parse
from app.wire.ids import RoomId, SeatId
from app.wire.sizes import ID

BEAT_SECONDS = 2.0
SILENT_SECONDS = 10.0
"""A node that says nothing for so long is forgotten, and its pages are `lost`."""

ROUND_BEATS = 30
"""Within so many beats every followed room is announced again, so that what was lost does not stay lost."""

FORGOTTEN_SECONDS = 2.5 * ROUND_BEATS * BEAT_SECONDS
"""A node's part in a room that it does not speak of for so long is over."""

AT_ONCE = 500
"""Rooms in one payload, where all are announced: nobody's loop is held for long."""

ENDED = 256
"""Nodes that said goodbye and are remembered, since something of theirs may come late."""

MOST_NODES = 1_000
"""Nodes that are listened to at once: more than a service has, and a bound all the same."""

log = structlog.get_logger()


class Share:
    """Another node's part in a room that this node follows too."""

    __slots__ = ("follows", "heard_at", "here", "stamp")

    def __init__(self) -> None:
        self.stamp = 0
        self.heard_at = 0.0
        self.follows = False
        self.here: frozenset[SeatId] = frozenset()


class Other:
    """A node that is heard."""

    __slots__ = ("heard_at", "letter", "node", "shares")

    def __init__(self, node: NodeId) -> None:
        self.node = node
        self.heard_at = 0.0
        self.letter = Letter()
        self.shares: dict[RoomId, Share] = {}


class Neighbours:
    """Implements `conversations.notices.Notices`: for the sockets of this node, then for those of others.

    `store` answers which life of the store this node works on: nodes on different ones do not hear each
    other. `now`: seconds that nobody sets back.
    """

    def __init__(
        self, hub: Hub, bus: Bus, store: Callable[[], bytes], now: Callable[[], float] = monotonic
    ) -> None:
        self.presence = Presence()
        self.refused = 0
        """Payloads that were not of a node of this service and this version."""
        self._hub = hub
        self._bus = bus
        self._store = store
        self._now = now
        self._node = NodeId(secrets.token_bytes(ID))
        self._stamp = 0
        self._others: dict[NodeId, Other] = {}
        self._sharing: dict[RoomId, tuple[Other, ...]] = {}
        """Who else follows a room that is followed here; no entry where nobody does."""
        self._gone: deque[NodeId] = deque(maxlen=ENDED)
        self._to_all = Letter()
        self._begun: set[RoomId] = set()
        self._moved: set[RoomId] = set()
        self._ended: dict[RoomId, tuple[Other, ...]] = {}
        self._left: dict[RoomId, list[SeatId]] = {}
        self._sending = False
        self._round: list[RoomId] = []
        self._announcing: set[asyncio.Task[None]] = set()
        hub.begun = self._begin
        hub.ended = self._end

    @property
    def count(self) -> int:
        """Other nodes that are heard now."""
        return len(self._others)

    @property
    def lost(self) -> int:
        """Payloads that this node could not send, or not take in fast enough."""
        return self._bus.lost

    @property
    def is_up(self) -> bool:
        """Whether the bus carries anything."""
        return self._bus.is_up

    async def open(self) -> None:
        """Join the others; also without a bus that answers, which is tried again until `close`."""
        await self._bus.open(self._node, self._heard, self._restored)
        self._say_here()

    async def close(self) -> None:
        """Say goodbye, so that nobody waits for this node's pages, and leave the bus."""
        for task in self._announcing:
            task.cancel()
        self._send()
        goodbye = Letter()
        goodbye.add(Kind.BYE)
        for payload in self._sealed(goodbye):
            self._bus.tell_all(payload)
        await self._bus.close()

    # From the services

    def committed(self, items: Sequence[Item]) -> None:
        self._hub.committed(items)
        if self._others:
            for item in items:
                if letters := self._letters(item.room):
                    frame = item.pack()
                    for letter in letters:
                        letter.add_item(frame)

    def room_changed(self, room: RoomId) -> None:
        self._hub.room_changed(room)
        self._tell_of(room, Kind.CHANGED, room)

    def report_decided(self, room: RoomId, seat: SeatId) -> None:
        self._hub.report_decided(room, seat)
        self._tell_of(room, Kind.DECIDED, room + seat)

    def queue_changed(self) -> None:
        self._hub.queue_changed()
        self._tell_everybody(Kind.QUEUE)

    def staff_changed(self) -> None:
        self._hub.staff_changed()
        self._tell_everybody(Kind.STAFF)

    # From the sockets of this node

    def arrived(self, room: RoomId, seat: SeatId, besides: Follower | None = None) -> None:
        """A socket of this seat entered the room."""
        if self.presence.arrive(room, seat):
            self._move(room)
            if not self.presence.is_elsewhere(room, seat):
                self._show(room, seat, "here", besides)

    def departed(self, room: RoomId, seat: SeatId, *, left: bool) -> None:
        """A socket of this seat left the room (`left`), or its line broke."""
        if self.presence.depart(room, seat):
            self._move(room)
            if left and (room in self._sharing or room in self._ended):
                self._left.setdefault(room, []).append(seat)
            if not self.presence.is_elsewhere(room, seat):
                self._show(room, seat, "left" if left else "lost")

    def signal(self, room: RoomId, seat: SeatId, besides: Follower | None = None) -> None:
        """This seat writes a longer reply."""
        self._show_signal(room, seat, besides)
        self._tell_of(room, Kind.SIGNALS, room + seat)

    # In rounds

    def announce(self, rooms: Iterable[RoomId]) -> None:
        """Say anew that these are followed here: somebody seems not to know."""
        for room in rooms:
            self._begin(room)

    async def beat(self) -> None:
        """Every BEAT_SECONDS: be heard, say a part of everything again, forget who is silent."""
        self._forget_silent()
        if self._others:
            if not self._round:
                self._round = list(self._hub.rooms)
            part = len(self._hub.rooms) // ROUND_BEATS + 1
            self.announce(room for room in self._round[-part:] if self._hub.is_followed(room))
            del self._round[-part:]
        self._send()
        self._say_here()

    # What is said

    def _begin(self, room: RoomId) -> None:
        if self._others:
            self._begun.add(room)
            self._soon()

    def _end(self, room: RoomId) -> None:
        for other in self._others.values():
            share = other.shares.pop(room, None)
            for seat in () if share is None else share.here:
                self.presence.depart_elsewhere(room, seat)
        sharing = self._sharing.pop(room, ())
        if sharing:
            self._ended[room] = sharing
            self._soon()

    def _move(self, room: RoomId) -> None:
        if room in self._sharing:
            self._moved.add(room)
            self._soon()

    def _tell_of(self, room: RoomId, kind: Kind, part: bytes) -> None:
        if self._others:
            for letter in self._letters(room):
                letter.add(kind, part)

    def _tell_everybody(self, kind: Kind) -> None:
        if self._others:
            self._to_all.add(kind)
            self._soon()

    def _letters(self, room: RoomId) -> list[Letter]:
        """To whom news of a room go: whoever follows it too, as far as this node knows; of a room that is
        not followed here it knows nothing, so to all."""
        sharing = self._sharing.get(room)
        if sharing is None and self._hub.is_followed(room):
            return []
        self._soon()
        return [self._to_all] if sharing is None else [other.letter for other in sharing]

    def _soon(self) -> None:
        if not self._sending:
            self._sending = True
            asyncio.get_running_loop().call_soon(self._send)

    def _send(self) -> None:
        self._sending = False
        self._write_stands()
        told = [other for other in self._others.values() if other.letter]
        if self._to_all and not told:
            for payload in self._sealed(self._to_all):
                self._bus.tell_all(payload)
        elif self._to_all:
            # One payload for each node, not two for some.
            told = list(self._others.values())
            for other in told:
                other.letter.add_all(self._to_all)
        if self._to_all:
            self._to_all = Letter()
        for other in told:
            letter, other.letter = other.letter, Letter()
            for payload in self._sealed(letter):
                self._bus.tell(other.node, payload)

    def _write_stands(self) -> None:
        for room in self._begun:
            if self._hub.is_followed(room):
                self._to_all.add(Kind.ANNOUNCED, self._stand(room).pack())
        for room in self._moved - self._begun:
            for other in self._sharing.get(room, ()):
                other.letter.add(Kind.FOLLOWED, self._stand(room).pack())
        for room, others in self._ended.items():
            if not self._hub.is_followed(room):
                left = tuple(self._left.get(room, ()))
                for other in others:
                    other.letter.add(Kind.LEFT, Stand(room, 0, (), left).pack())
        for done in (self._begun, self._moved, self._ended, self._left):
            done.clear()

    def _stand(self, room: RoomId) -> Stand:
        left = tuple(self._left.get(room, ()))
        return Stand(room, self._hub.newest_known(room), self.presence.own(room), left)

    def _sealed(self, letter: Letter) -> Iterator[bytes]:
        self._stamp += 1
        return letter.payloads(self._node, self._store(), self._stamp)

    def _say_here(self) -> None:
        """A payload that says nothing but that this node is there."""
        for payload in self._sealed(Letter()):
            self._bus.tell_all(payload)

    def _introduce(self, other: Other) -> None:
        task = asyncio.get_running_loop().create_task(self._announce_all_to(other))
        self._announcing.add(task)
        task.add_done_callback(self._announcing.discard)

    async def _announce_all_to(self, other: Other) -> None:
        for payload in self._sealed(Letter()):
            self._bus.tell(other.node, payload)
        rooms = list(self._hub.rooms)
        for start in range(0, len(rooms), AT_ONCE):
            for room in rooms[start : start + AT_ONCE]:
                if self._hub.is_followed(room):
                    other.letter.add(Kind.ANNOUNCED, self._stand(room).pack())
            self._soon()
            await asyncio.sleep(0)

    # What is heard

    def _restored(self) -> None:
        self._say_here()
        for other in self._others.values():
            self._introduce(other)

    def _heard(self, payload: bytes) -> None:
        try:
            news = read(payload)
        except NewsError:
            self.refused += 1
            return
        if news.node == self._node or news.node in self._gone:
            return
        if news.store != self._store():
            self.refused += 1
            return
        try:
            self._take(news)
        except Exception as error:
            # A mistake of ours about one payload must not end the hearing of all.
            log.error("news failed", error=type(error).__name__)

    def _take(self, news: News) -> None:
        other = self._others.get(news.node)
        if Kind.BYE in news.plain:
            self._gone.append(news.node)
            if other is not None:
                self._forget(other)
            return
        if other is None:
            if len(self._others) >= MOST_NODES:
                self.refused += 1
                return
            other = self._others[news.node] = Other(news.node)
            self._introduce(other)
        other.heard_at = self._now()
        for room in news.changed:
            self._hub.room_changed(room)
        for room, seat in news.decided:
            self._hub.report_decided(room, seat)
        for kind, stands in ((Kind.ANNOUNCED, news.announced), (Kind.FOLLOWED, news.followed)):
            for stand in stands:
                self._take_stand(other, kind, stand, news.stamp)
        for stand in news.left:
            self._take_leave(other, stand, news.stamp)
        self._take_items(news.items)
        for room, seat in news.signals:
            self._show_signal(room, seat)
        if Kind.QUEUE in news.plain:
            self._hub.queue_changed()
        if Kind.STAFF in news.plain:
            self._hub.staff_changed()

    def _take_items(self, packed: Sequence[bytes]) -> None:
        items: list[Item] = []
        for data in packed:
            if self._hub.is_followed(RoomId(data[1 : 1 + ID])):
                try:
                    item = parse(data)
                except WireError:
                    item = None
                if isinstance(item, Item):
                    items.append(item)
                else:
                    self.refused += 1
        self._hub.committed(items)

    def _take_stand(self, other: Other, kind: Kind, stand: Stand, stamp: int) -> None:
        room = stand.room
        if not self._hub.is_followed(room):
            if kind is Kind.FOLLOWED:
                # It thinks that this node does: what said the contrary was lost.
                other.letter.add(Kind.LEFT, Stand(room, 0, ()).pack())
                self._soon()
            return
        share = other.shares.setdefault(room, Share())
        is_new = False
        if stamp > share.stamp:
            is_new = not share.follows
            share.stamp, share.heard_at, share.follows = stamp, self._now(), True
            self._take_presence(room, share, stand)
            if is_new:
                self._sharing[room] = (*self._sharing.get(room, ()), other)
        self._hub.heard_of(room, stand.seq)
        if is_new or kind is Kind.ANNOUNCED:
            other.letter.add(Kind.FOLLOWED, self._stand(room).pack())
            self._soon()

    def _take_leave(self, other: Other, stand: Stand, stamp: int) -> None:
        if not self._hub.is_followed(stand.room):
            return
        # Also where nothing was known of it: what it said before may still come.
        share = other.shares.setdefault(stand.room, Share())
        if stamp > share.stamp:
            share.stamp, share.heard_at = stamp, self._now()
            self._end_share(other, share, stand)

    def _end_share(self, other: Other, share: Share, stand: Stand) -> None:
        self._take_presence(stand.room, share, stand)
        if share.follows:
            share.follows = False
            rest = tuple(each for each in self._sharing.get(stand.room, ()) if each is not other)
            if rest:
                self._sharing[stand.room] = rest
            else:
                self._sharing.pop(stand.room, None)

    def _take_presence(self, room: RoomId, share: Share, stand: Stand) -> None:
        before, share.here = share.here, frozenset(stand.here)
        for seat in sorted(share.here - before):
            if self.presence.arrive_elsewhere(room, seat):
                self._show(room, seat, "here")
        for seat in sorted(before - share.here):
            if self.presence.depart_elsewhere(room, seat):
                self._show(room, seat, "left" if seat in stand.left else "lost")

    def _forget_silent(self) -> None:
        now = self._now()
        for other in list(self._others.values()):
            if now - other.heard_at > SILENT_SECONDS:
                self._forget(other)
                continue
            for room, share in list(other.shares.items()):
                if now - share.heard_at > FORGOTTEN_SECONDS:
                    self._end_share(other, share, Stand(room, 0, ()))
                    del other.shares[room]

    def _forget(self, other: Other) -> None:
        del self._others[other.node]
        for room, share in other.shares.items():
            self._end_share(other, share, Stand(room, 0, ()))

    # To the sockets of this node

    def _show(
        self,
        room: RoomId,
        seat: SeatId,
        state: Literal["here", "lost", "left"],
        besides: Follower | None = None,
    ) -> None:
        self._tell(frames.PresenceFrame(room=room, seat=seat, state=state), room, besides)

    def _show_signal(self, room: RoomId, seat: SeatId, besides: Follower | None = None) -> None:
        self._tell(frames.PassedSignal(room=room, seat=seat, kind="writing"), room, besides)

    def _tell(
        self, frame: frames.PresenceFrame | frames.PassedSignal, room: RoomId, besides: Follower | None
    ) -> None:
        self._hub.tell(room, framing.text(frame.model_dump_json(exclude_none=True)), besides=besides)
