"""Who follows which room on this node, and the delivery of what was committed.

Delivery is in order and gapless for each room: the hub knows the last number it delivered and
reads from the store whatever it missed, so a lost, doubled or late notice changes nothing.
A room is its own channel. One feed of all rooms would be simpler, and would tell whoever
follows it which rooms talk at the same time.
"""

import asyncio
from collections.abc import Callable, Collection, Sequence
from typing import Protocol

import structlog

from app.conversations.admission.callers import Caller, ClientCaller, Knocking
from app.conversations.rooms import marks
from app.conversations.rooms.marks import NO_REPORTS, Mark, Report
from app.conversations.rooms.rules import State
from app.conversations.rooms.service import RoomView
from app.kit.errors import Refusal
from app.live import framing
from app.wire.frames import Item
from app.wire.ids import RoomId, SeatId, seat_id

KINDS = ("client", "peer", "asking")
"""To whom a room is shown: the figures of a Mark, in their order. Who asks is not accepted yet."""

UNSHOWN = -1
"""The epoch of a room that nobody was shown."""

RETRY_SECONDS = 1.0

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
        self, callers: Sequence[Caller | Knocking], room: RoomId, after: int
    ) -> tuple[list[RoomView | Refusal], list[Item], int]:
        """A view or refusal for each caller, at most a page of items, and the room's newest number."""

    async def newest(self, rooms: Sequence[RoomId]) -> dict[RoomId, int]:
        """The newest number of each of at most `marks.MOST` rooms."""

    async def marks(self, rooms: Sequence[RoomId]) -> dict[RoomId, Mark]:
        """What each of at most `marks.MOST` rooms looks like now; none of a room that is gone."""


class Followed:
    """A room that somebody on this node follows or is just entering."""

    __slots__ = (
        "ahead",
        "changes",
        "emptied",
        "entering",
        "followers",
        "ke",
        "known",
        "refreshing",
        "reports",
        "seq",
        "shown",
        "speakers",
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
        self.ahead: dict[Follower, int] = {}
        """Who entered while the others had been delivered less, and up to which number they have it."""
        self.stale = False
        """Whether the room's state must be shown anew before any further item."""
        self.told: set[SeatId] = set()
        """Seats that are to be shown the room's state anew, and nobody else."""
        self.told_meanwhile: set[SeatId] = set()
        """The same, for whoever was just entering."""
        self.refreshing: asyncio.Task[None] | None = None
        self.emptied: list[Item] = []
        """Rows emptied while somebody was entering, who may have read them full."""
        self.ke = UNSHOWN
        self.speakers: frozenset[SeatId] = frozenset()
        """Who may speak, and under which epoch, as the followers were last shown the room: an item of
        anybody else comes from a later state of it."""
        self.shown: dict[str, int] = {}
        """What was last shown to a client, a peer, or one who asks (`marks.shown`)."""
        self.reports: frozenset[Report] | None = None
        """What had become of the room's flags when it was last looked at."""

    def note_shown(self, kind: str, view: RoomView) -> bool:
        """A view goes out; False if somebody was last shown another state of the room."""
        figure = marks.shown(view, to_client=kind == "client")
        same = self.shown.setdefault(kind, figure) == figure
        if view.is_shown:
            talking = view.state is State.TALKING
            speakers = frozenset(s.seat for s in view.seats if s.kid is None or (s.open and talking))
            same = same and (self.ke == UNSHOWN or (self.ke, self.speakers) == (view.ke, speakers))
            self.ke, self.speakers = view.ke, speakers
        return same

    def looks_like(self, mark: Mark) -> bool:
        """Whether everybody was shown the room as it is now."""
        shown = self.shown
        return all(shown.get(kind, figure) == figure for kind, figure in zip(KINDS, mark[1:4], strict=True))

    def show_anew(self) -> None:
        """Everybody is about to be shown the room as it is now."""
        self.shown.clear()
        self.ke = UNSHOWN

    def expects(self, item: Item) -> bool:
        """Whether the room, as it was last shown, lets this seat speak under this epoch."""
        return item.ke <= self.ke and item.seat in self.speakers

    def drop(self, follower: Follower) -> None:
        for group in (self.followers, self.watchers):
            if follower in group:
                group.remove(follower)
        self.ahead.pop(follower, None)

    def went_back(self, seq: int) -> None:
        """The store goes on counting from here."""
        self.seq = self.known = seq
        self.ahead.clear()


class Hub:
    """Implements `conversations.notices.Notices` for the rooms followed on this node."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._followed: dict[RoomId, Followed] = {}
        self.begun: Callable[[RoomId], None] = _nobody
        self.ended: Callable[[RoomId], None] = _nobody
        """Called when a room begins to be followed here, before it is read, and when it is so no more."""
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

    async def follow(self, follower: Follower, room: RoomId, after: int, secret: bytes | None = None) -> bool:
        """Show the room from behind `after`, then everything that comes. Raises the Refusal.

        `secret`: of a client, who is not let in before it was compared.
        False: there were more items than one page, and the page must enter again for them.
        """
        followed = self._followed.get(room)
        if followed is None:
            followed = self._followed[room] = Followed()
            self.begun(room)
        followed.entering += 1
        changes = followed.changes
        try:
            return await self._enter(followed, follower, room, after, secret)
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

    # From and for other nodes

    @property
    def rooms(self) -> Collection[RoomId]:
        """The rooms that are followed here."""
        return self._followed.keys()

    def is_followed(self, room: RoomId) -> bool:
        return room in self._followed

    def newest_known(self, room: RoomId) -> int:
        """The highest number heard of in a followed room; 0 before it was read."""
        followed = self._followed.get(room)
        return 0 if followed is None else max(followed.known, followed.seq)

    def heard_of(self, room: RoomId, seq: int) -> None:
        """Somebody knows this number: read what is missing up to there."""
        followed = self._followed.get(room)
        if followed is not None and seq > followed.known:
            followed.known = seq
            if followed.followers and seq > followed.seq:
                self._refresh(room, followed)

    async def check(self, *, whole: bool = True) -> list[RoomId]:
        """Look for what no notice told of: a commit whose notice was lost with its connection, or on the way.

        `whole`: not for new items alone but for anything that is shown. The rooms where something was found.
        """
        rooms = list(self._followed)
        found: list[RoomId] = []
        for start in range(0, len(rooms), marks.MOST):
            these = [room for room in rooms[start : start + marks.MOST] if room in self._followed]
            if not these:
                continue
            before = {room: (self._followed[room], self._followed[room].seq) for room in these}
            if whole:
                now = await self._rooms.marks(these)
                found += [room for room in these if self._compare(room, *before[room], now.get(room))]
            else:
                newest = await self._rooms.newest(these)
                found += [room for room in these if self._catch_up(room, *before[room], newest.get(room, 0))]
        return found

    def start_anew(self) -> None:
        """Another life of the store: what was delivered of the one before is no beginning for it."""
        for room, followed in list(self._followed.items()):
            followed.followers.clear()
            followed.watchers.clear()
            if not followed.entering:
                self._forget_if_empty(room, followed)

    def _compare(self, room: RoomId, followed: Followed, seq: int, mark: Mark | None) -> bool:
        if self._followed.get(room) is not followed or followed.refreshing is not None:
            return False  # It is being read anyway.
        missed = self._catch_up(room, followed, seq, 0 if mark is None else mark.seq)
        if mark is None or not followed.looks_like(mark):
            followed.changes += 1
            followed.stale = missed = True
            self._refresh(room, followed)
        reports = NO_REPORTS if mark is None else mark.reports
        before = reports if followed.reports is None else followed.reports
        for seat in {report[0] for report in reports - before}:
            self.report_decided(room, seat)
        followed.reports = reports
        return missed

    def _catch_up(self, room: RoomId, followed: Followed, seq: int, newest: int) -> bool:
        if self._followed.get(room) is not followed or not followed.followers:
            return False
        if newest > followed.seq:
            followed.known = max(followed.known, newest)
            self._refresh(room, followed)
            return True
        if newest < seq:
            # The store went back to an older copy of itself: what comes next counts on from there, and
            # pages see that the chain does not.
            followed.went_back(newest)
            return True
        return False

    # Delivery

    def _deliver(self, room: RoomId, followed: Followed, item: Item) -> None:
        followed.known = max(followed.known, item.seq)
        if item.seq <= followed.seq or (not item.ct and followed.entering):
            self._deliver_emptied(followed, item)
        elif followed.refreshing is not None or not followed.followers:
            return
        elif followed.stale or followed.ahead or item.seq != followed.seq + 1:
            self._refresh(room, followed)
        elif not followed.expects(item):
            # Notices of several nodes come in any order: the state in which it was written is shown first.
            followed.stale = True
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

    async def _enter(
        self, followed: Followed, follower: Follower, room: RoomId, after: int, secret: bytes | None
    ) -> bool:
        caller = follower.caller_in(room) if secret is None else Knocking(secret)
        [view], items, newest = await self._rooms.look([caller], room, after)
        if isinstance(view, Refusal):
            raise view
        followed.drop(follower)
        follower.show_entered(view)
        if not followed.note_shown(_kind(follower, room, view), view):
            # Others missed a change: they are shown it too, before any further item.
            followed.changes += 1
            followed.stale = True
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
            if newest <= position and not items:
                # The store is behind what was heard: another life of the database.
                followed.went_back(position)
        for item in followed.emptied:
            follower.push(framing.binary(item.pack()))
        if not followed.followers:
            followed.seq = position
        followed.followers.append(follower)
        if position > followed.seq:
            followed.known = max(followed.known, position)
            followed.ahead[follower] = position
            self._refresh(room, followed)
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
                if stale:
                    followed.show_anew()
                self._show(room, followed, followers, views)
                if stale:
                    # Who entered while the store was read may have been shown what was before.
                    again = any(follower not in followers for follower in followed.followers)
                else:
                    again = followed.stale or not all(followed.expects(item) for item in items)
                if again:
                    followed.stale = True
                    continue
                for item in items:
                    frame = framing.binary(item.pack())
                    for follower in followed.followers:
                        if item.seq > followed.ahead.get(follower, 0):
                            follower.push(frame)
                    followed.seq = item.seq
                    for follower in [each for each, seq in followed.ahead.items() if seq <= item.seq]:
                        del followed.ahead[follower]
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
                if not followed.note_shown(_kind(follower, room, view), view):
                    followed.stale = True
                follower.show_room(view)
        self._forget_if_empty(room, followed)

    def _forget_if_empty(self, room: RoomId, followed: Followed) -> None:
        if (
            not (followed.followers or followed.watchers or followed.entering)
            and self._followed.get(room) is followed
        ):
            del self._followed[room]
            self.ended(room)


def _nobody(room: RoomId) -> None:
    pass


def _kind(follower: Follower, room: RoomId, view: RoomView) -> str:
    if not view.is_shown:
        return "asking"
    return "client" if isinstance(follower.caller_in(room), ClientCaller) else "peer"


def _seat(follower: Follower, room: RoomId) -> SeatId:
    caller = follower.caller_in(room)
    return caller.seat if isinstance(caller, ClientCaller) else seat_id(room, caller.kid)
