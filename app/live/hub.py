"""Who follows which room on this node, and the delivery of what was committed.

Delivery is in order and gapless for each room: the hub knows the last number it delivered and
reads from the store whatever it missed, so a lost, doubled or late notice changes nothing.
A room is its own channel. One feed of all rooms would be simpler, and would tell whoever
follows it which rooms talk at the same time.
"""

import asyncio
from collections.abc import Sequence
from typing import Protocol

import structlog

from app.conversations.admission.callers import Caller, ClientCaller
from app.conversations.rooms.service import RoomView
from app.kit.errors import Refusal
from app.live import framing
from app.wire.frames import Item
from app.wire.ids import RoomId, SeatId, seat_id

RETRY_SECONDS = 1.0
CHECKED_AT_ONCE = 500

log = structlog.get_logger()


class Follower(Protocol):
    """A socket that entered a room."""

    def caller_in(self, room: RoomId) -> Caller:
        """Who the socket is in this room."""

    def push(self, frame: bytes) -> None:
        """Send a frame of `live.framing` after everything pushed before; never waits."""

    def show_entered(self, view: RoomView) -> None: ...

    def show_more(self, room: RoomId) -> None: ...

    def show_room(self, view: RoomView) -> None: ...

    def show_gone(self, room: RoomId) -> None:
        """The socket has no seat in the room any more."""


class Rooms(Protocol):
    """What the hub reads: one consistent look at a room and the items behind `after`."""

    async def look(
        self, callers: Sequence[Caller], room: RoomId, after: int
    ) -> tuple[list[RoomView | Refusal], list[Item], int]:
        """A view or refusal for each caller, at most a page of items, and the room's newest number."""

    async def newest(self, rooms: Sequence[RoomId]) -> dict[RoomId, int]:
        """The newest number of each room."""


class Followed:
    """A room that somebody on this node follows or is just entering."""

    __slots__ = (
        "changes",
        "emptied",
        "entering",
        "followers",
        "known",
        "refreshing",
        "seq",
        "stale",
        "told",
        "told_meanwhile",
        "watchers",
    )

    def __init__(self) -> None:
        self.followers: list[Follower] = []
        self.watchers: list[Follower] = []
        """Peers whose meeting is not accepted: they hear of the room's state and of nothing else."""
        self.entering = 0
        self.changes = 0
        """How often the room's state changed: whoever read it before the last change is shown it anew."""
        self.seq = 0
        """The last number delivered to all followers."""
        self.known = 0
        """The highest number heard of."""
        self.stale = False
        """Whether the room's state must be shown anew before any further item."""
        self.told: set[SeatId] = set()
        """Seats that are to be shown the room's state anew, and nobody else."""
        self.told_meanwhile: set[SeatId] = set()
        """The same, for whoever was just entering."""
        self.refreshing: asyncio.Task[None] | None = None
        self.emptied: list[Item] = []
        """Rows emptied while somebody was entering, who may have read them full."""

    def drop(self, follower: Follower) -> None:
        for group in (self.followers, self.watchers):
            if follower in group:
                group.remove(follower)


class Hub:
    """Implements `conversations.notices.Notices` for the rooms followed on this node."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._followed: dict[RoomId, Followed] = {}
        self.queue_moved = asyncio.Event()
        """Set when tickets changed; whoever shows the queue clears it."""
        self.staff_moved = asyncio.Event()
        """Set when another directory is in force; whoever closes sockets clears it."""

    # From the services

    def committed(self, items: Sequence[Item]) -> None:
        for item in items:
            followed = self._followed.get(item.room)
            if followed is not None:
                self._deliver(item.room, followed, item)

    def room_changed(self, room: RoomId) -> None:
        followed = self._followed.get(room)
        if followed is not None:
            followed.changes += 1
            followed.stale = True
            self._refresh(room, followed)

    def report_decided(self, room: RoomId, seat: SeatId) -> None:
        followed = self._followed.get(room)
        if followed is not None:
            followed.told.add(seat)
            if followed.entering:
                followed.told_meanwhile.add(seat)
            self._refresh(room, followed)

    def queue_changed(self) -> None:
        self.queue_moved.set()

    def staff_changed(self) -> None:
        self.staff_moved.set()

    # From the sockets

    async def follow(self, follower: Follower, room: RoomId, after: int) -> bool:
        """Show the room from behind `after`, then everything that comes. Raises the Refusal.

        False: there were more items than one page, and the page must enter again for them.
        """
        followed = self._followed.setdefault(room, Followed())
        followed.entering += 1
        changes = followed.changes
        try:
            return await self._enter(followed, follower, room, after)
        finally:
            if followed.changes != changes:
                followed.stale = True
                self._refresh(room, followed)
            followed.entering -= 1
            if _seat(follower, room) in followed.told_meanwhile:
                followed.told.add(_seat(follower, room))
                self._refresh(room, followed)
            if not followed.entering:
                followed.emptied.clear()
                followed.told_meanwhile.clear()
            self._forget_if_empty(room, followed)

    def unfollow(self, follower: Follower, room: RoomId) -> None:
        followed = self._followed.get(room)
        if followed is not None:
            followed.drop(follower)
            self._forget_if_empty(room, followed)

    def follows(self, follower: Follower, room: RoomId) -> bool:
        """Whether the socket is shown the room's items."""
        followed = self._followed.get(room)
        return followed is not None and follower in followed.followers

    def tell(self, room: RoomId, frame: bytes, *, besides: Follower | None = None) -> None:
        """Show a frame that is never stored to a room's followers, all but one."""
        followed = self._followed.get(room)
        for follower in followed.followers if followed is not None else ():
            if follower is not besides:
                follower.push(frame)

    async def check(self) -> None:
        """Look for what no notice told of: a commit whose notice was lost with its connection."""
        rooms = list(self._followed)
        for start in range(0, len(rooms), CHECKED_AT_ONCE):
            for room, newest in (await self._rooms.newest(rooms[start : start + CHECKED_AT_ONCE])).items():
                followed = self._followed.get(room)
                if followed is not None and newest > followed.seq:
                    followed.known = max(followed.known, newest)
                    self._refresh(room, followed)

    # Delivery

    def _deliver(self, room: RoomId, followed: Followed, item: Item) -> None:
        followed.known = max(followed.known, item.seq)
        if item.seq <= followed.seq or (not item.ct and followed.entering):
            self._deliver_emptied(followed, item)
        elif followed.refreshing is not None or not followed.followers:
            return
        elif followed.stale or item.seq != followed.seq + 1:
            self._refresh(room, followed)
        else:
            followed.seq = item.seq
            frame = framing.binary(item.pack())
            for follower in followed.followers:
                follower.push(frame)

    def _deliver_emptied(self, followed: Followed, item: Item) -> None:
        if item.ct:
            return  # A notice that came twice.
        if followed.entering:
            followed.emptied.append(item)
        frame = framing.binary(item.pack())
        for follower in followed.followers:
            follower.push(frame)

    async def _enter(self, followed: Followed, follower: Follower, room: RoomId, after: int) -> bool:
        [view], items, newest = await self._rooms.look([follower.caller_in(room)], room, after)
        if isinstance(view, Refusal):
            raise view
        followed.drop(follower)
        follower.show_entered(view)
        if not view.is_shown:
            followed.watchers.append(follower)
            return True
        while True:
            for item in items:
                follower.push(framing.binary(item.pack()))
            position = items[-1].seq if items else min(after, newest)
            if position < newest:
                follower.show_more(room)
                return False
            if position >= max(followed.known, followed.seq):
                break
            # A message was committed between the look and now.
            _, items, newest = await self._rooms.look([], room, position)
        for item in followed.emptied:
            follower.push(framing.binary(item.pack()))
        if not followed.followers:
            followed.seq = position
        followed.followers.append(follower)
        return True

    def _refresh(self, room: RoomId, followed: Followed) -> None:
        if followed.refreshing is None and (followed.followers or followed.watchers):
            followed.refreshing = asyncio.get_running_loop().create_task(self._refreshed(room, followed))

    async def _refreshed(self, room: RoomId, followed: Followed) -> None:
        try:
            while followed.followers or followed.watchers:
                stale, followed.stale = followed.stale, False
                told, followed.told = followed.told, set()
                followers = [
                    follower
                    for follower in followed.followers + followed.watchers
                    if stale or _seat(follower, room) in told
                ]
                callers = [follower.caller_in(room) for follower in followers]
                try:
                    views, items, newest = await self._rooms.look(callers, room, followed.seq)
                except Refusal:
                    followed.stale = followed.stale or stale
                    followed.told |= told
                    await asyncio.sleep(RETRY_SECONDS)
                    continue
                self._show(room, followed, followers, views)
                for item in items:
                    frame = framing.binary(item.pack())
                    for follower in followed.followers:
                        follower.push(frame)
                    followed.seq = item.seq
                followed.known = max(followed.known, newest)
                if followed.stale or followed.told:
                    continue
                if followed.seq >= followed.known:
                    return
                if not items:
                    # The store is behind what was heard: another life of the database.
                    followed.known = followed.seq
                    return
        except Exception as error:
            log.error("refresh failed", error=type(error).__name__)
        finally:
            followed.refreshing = None

    def _show(
        self, room: RoomId, followed: Followed, followers: list[Follower], views: Sequence[RoomView | Refusal]
    ) -> None:
        for follower, view in zip(followers, views, strict=True):
            if follower not in followed.followers and follower not in followed.watchers:
                continue  # It left while the store was read.
            if isinstance(view, Refusal):
                followed.drop(follower)
                follower.show_gone(room)
            else:
                follower.show_room(view)
        self._forget_if_empty(room, followed)

    def _forget_if_empty(self, room: RoomId, followed: Followed) -> None:
        if not followed.followers and not followed.watchers and not followed.entering:
            self._followed.pop(room, None)


def _seat(follower: Follower, room: RoomId) -> SeatId:
    caller = follower.caller_in(room)
    return caller.seat if isinstance(caller, ClientCaller) else seat_id(room, caller.kid)
