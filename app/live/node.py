"""What the open sockets of this process share: services, presence, and the rounds made for all of them."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from typing import Protocol

import structlog
from pydantic import BaseModel

from app.conversations.admission.callers import ClientCaller, StaffCaller
from app.conversations.availability.rules import Shift, ShiftState, is_quiet
from app.conversations.house import House
from app.conversations.messages.service import Messages
from app.conversations.queue import marks as queue_marks
from app.conversations.queue.offering import Offered, Standing
from app.conversations.queue.service import Queue
from app.conversations.rooms import asks
from app.conversations.rooms import service as rooms
from app.conversations.rooms.asks import Ask
from app.conversations.store import store_id
from app.kit.errors import Refusal
from app.kit.limits import TokenBucket
from app.live import frames
from app.live.frames import CloseCode
from app.live.hub import Follower, Hub
from app.live.neighbours import BEAT_SECONDS, Neighbours
from app.wire.ids import Kid, RoomId, SeatId, StoreId

HELLOS_A_SECOND = 2_000
HELLOS_AT_ONCE = 12_000
"""Room for everybody coming back at once after a restart; a flood beyond that is told to slow down."""

QUEUE_SECONDS = 1.0
"""How often the queue is shown at most, however fast it moves."""

MINUTE = 60.0
"""Waiting is told in minutes, and a silent ticket falls asleep unsaid: so often the queue is shown anew."""

CHECK_SECONDS = 5.0
WHOLE_CHECKS = 6
"""One check in so many is whole where no other node is heard: then this process alone changes the store,
and only a commit of which it never learned the outcome goes untold."""

SEEN_SECONDS = 30.0
WAIT_SECONDS = 15.0
"""How often those who wait hear of their place."""

log = structlog.get_logger()


class OpenSocket(Follower, Protocol):
    """What the node needs of a socket."""

    staff: StaffCaller | None
    shown: "Shown | None"
    waiting: "dict[RoomId, frames.WaitFrame | None]"

    def show(self, frame: BaseModel) -> None: ...

    def close(self, code: CloseCode) -> None: ...


@dataclass(slots=True)
class Shown:
    """What a peer's socket was last shown, so that it is told of what is new alone."""

    shift: frames.AvailabilityFrame | None = None
    offered: Offered | None = None
    asked: tuple[Ask, ...] = ()
    said: Shift | None = None
    """What this very page said last and was not answered yet: it is, also where nothing is new."""

    @property
    def is_on(self) -> bool:
        """Whether the queue is shown."""
        return self.shift is not None and self.shift.state == "on"


class Node:
    """The live side of one process."""

    def __init__(
        self, house: House, queue: Queue, messages: Messages, hub: Hub, neighbours: Neighbours
    ) -> None:
        self.admission = house.admission
        self.clock = house.clock
        self.messages = messages
        self.hub = hub
        self.neighbours = neighbours
        self._life = house.life
        self.sockets: set[OpenSocket] = set()
        self.closed: Counter[CloseCode] = Counter()
        """Sockets that this node closed, by why."""
        self._database = house.db
        self._queue = queue
        self._showing = asyncio.Lock()
        self._checks = 0
        self._queue_mark: queue_marks.Mark = ()
        self._queue_due = 0.0
        self._hellos = TokenBucket(house.clock, rate=HELLOS_A_SECOND, burst=HELLOS_AT_ONCE)

    # For a socket

    @property
    def store(self) -> bytes:
        """The id of the database's life."""
        return self._life.store

    def may_greet(self) -> bool:
        return self._hellos.take()

    async def desk(self, staff: StaffCaller) -> frames.Desk:
        """The rooms a staff member holds a seat in."""
        async with self._database.look() as look:
            views = await rooms.desk(look, staff)
        return frames.Desk(
            rooms=tuple(
                frames.DeskRoom(room=v.room, state=v.state, ke=v.ke, seal=v.seal, purpose=v.purpose)
                for v in views
            )
        )

    async def answer_meet(self, caller: ClientCaller, kid: Kid, *, accept: bool) -> None:
        """The client's word about the peer it was offered."""
        await self._queue.meet(caller, kid, accept=accept)

    def arrived(self, socket: OpenSocket, room: RoomId, seat: SeatId) -> None:
        """A socket entered: tell the room, and tell the socket who is here."""
        for other in sorted(self.neighbours.presence.seats(room) - {seat}):
            socket.show(frames.PresenceFrame(room=room, seat=other, state="here"))
        self.neighbours.arrived(room, seat, besides=socket)

    def departed(self, room: RoomId, seat: SeatId, *, left: bool) -> None:
        """A socket left the room (`left`), or its line broke."""
        self.neighbours.departed(room, seat, left=left)

    def signal(self, socket: OpenSocket, room: RoomId, seat: SeatId) -> None:
        """Pass on that a staff member writes a longer reply; not from one whose meeting is not accepted."""
        if self.hub.follows(socket, room):
            self.neighbours.signal(room, seat, besides=socket)

    async def wakes(self, room: RoomId) -> None:
        """A client's page is open again: its ticket sleeps no more."""
        await self._queue.seen([room])

    async def show_wait(self, socket: OpenSocket, room: RoomId) -> None:
        """How many are ahead and how long it usually takes, if this room waits and that is news to it."""
        async with self._database.read() as tx:
            wait = await self._queue.wait_of(tx, room)
        if wait is None or room not in socket.waiting:
            return
        frame = frames.WaitFrame(
            room=room,
            ahead=wait.ahead,
            low=wait.low,
            high=wait.high,
            why=None if wait.why is None else wait.why.value,
            opens=wait.opens,
            over=wait.over,
        )
        if socket.waiting[room] != frame:
            socket.waiting[room] = frame
            socket.show(frame)

    async def set_availability(
        self, socket: OpenSocket, state: ShiftState, room_limit: int | None, *, ready: bool
    ) -> None:
        """Take over what a peer says of their shift, and show it to every socket of theirs."""
        if socket.staff is None or socket.shown is None:
            return
        kid = socket.staff.kid
        socket.shown.said = await self._queue.offering.say(socket.staff, state, room_limit, ready=ready)
        own = [each for each in self.sockets if each.staff is not None and each.staff.kid == kid]
        own = [each for each in own if _is_peer(each)]
        await self._show_standing(own)
        for each in own:
            await self.show_queue(each)

    async def show_queue(self, socket: OpenSocket) -> None:
        """Who waits, to a peer who is on."""
        if socket.staff is None or socket.shown is None or not socket.shown.is_on:
            return
        async with self._database.read() as tx:
            waiting = await self._queue.listing(tx, socket.staff)
        socket.show(frames.QueueFrame(waiting=tuple(frames.WaitingRow(**asdict(row)) for row in waiting)))

    async def _show_standing(self, sockets: list[OpenSocket]) -> list[OpenSocket]:
        """Show peers their shift and their offer, where they are not as shown before; who came on by it."""
        kids = {socket.staff.kid for socket in sockets if socket.staff is not None}
        if not kids:
            return []
        came_on: list[OpenSocket] = []
        # One at a time: who read the store before must not show it after who read it later.
        async with self._showing:
            async with self._database.read() as tx:
                standing = await self._queue.offering.standing(tx, sorted(kids))
                asked = await asks.of_kids(tx, sorted(kids), int(self.clock.now()))
            for socket in sockets:
                if socket.staff is not None and socket.shown is not None:
                    kid, was_on = socket.staff.kid, socket.shown.is_on
                    self._show_what_is_new(socket, socket.staff, socket.shown, standing[kid])
                    if socket.shown.is_on and not was_on:
                        came_on.append(socket)
                    _show_asked(socket, socket.shown, tuple(ask for ask in asked if ask.kid == kid))
        return came_on

    def _show_what_is_new(self, socket: OpenSocket, staff: StaffCaller, shown: Shown, now: Standing) -> None:
        said, shown.said = shown.said, None
        shift = _shift_frame(now, said, shown.shift, staff.limit, int(self.clock.now()))
        if shift is not None and (said is not None or shift != shown.shift):
            shown.shift = shift
            socket.show(shift)
        if not _is_same(now.offered, shown.offered):
            shown.offered = now.offered
            socket.show(frames.OfferFrame(offer=_offer_row(now.offered)))

    # Rounds for all sockets

    async def run(self) -> None:
        """Make the rounds until cancelled."""
        async with asyncio.TaskGroup() as rounds:
            rounds.create_task(_every(QUEUE_SECONDS, self.show_standing))
            rounds.create_task(_every(QUEUE_SECONDS, self.show_moved_queue))
            rounds.create_task(_every(QUEUE_SECONDS, self.close_unlisted))
            rounds.create_task(_every(CHECK_SECONDS, self.check))
            rounds.create_task(_every(BEAT_SECONDS, self.neighbours.beat))
            rounds.create_task(_every(SEEN_SECONDS, self.note_seen))
            rounds.create_task(_every(WAIT_SECONDS, self.show_waits))

    async def show_standing(self) -> None:
        """Show peers what came about by others, or on another node: an offer, the end of a room."""
        # A shift said on another node comes with the queue, as on the page where it was said.
        for socket in await self._show_standing([each for each in self.sockets if _is_peer(each)]):
            await self.show_queue(socket)

    async def check(self) -> None:
        """Look for what no notice told of, and whether the store is still the one it was."""
        store = await store_id(self._database)
        if store != self._life.store:
            await self._begin_anew(store)
            return
        self._checks += 1
        missed = await self.hub.check(whole=self.neighbours.count > 0 or self._checks % WHOLE_CHECKS == 0)
        self.neighbours.announce(missed)
        if self.neighbours.count:
            async with self._database.read() as tx:
                before, self._queue_mark = self._queue_mark, await queue_marks.mark(tx)
            if before != self._queue_mark:
                self.hub.queue_changed()

    async def _begin_anew(self, store: StoreId) -> None:
        """Behind the address lies another life of the store: every page is to come back and hear of it."""
        # Sockets first: nothing that was meant for the one life is to be written into the other.
        for socket in list(self.sockets):
            socket.close(CloseCode.GOING_AWAY)
        self.messages.let_go()
        self.hub.start_anew()
        self._life.store = store
        self.hub.queue_changed()
        self.hub.staff_changed()
        log.warning("another store")
        await self.admission.refresh(anew=True)

    async def show_moved_queue(self) -> None:
        """Show the queue anew to staff who are on: when tickets changed, and as minutes pass."""
        due = self.clock.now() >= self._queue_due
        if not (due or self.hub.queue_moved.is_set()):
            return
        self._queue_due = self.clock.now() + MINUTE
        self.hub.queue_moved.clear()
        try:
            for socket in list(self.sockets):
                await self.show_queue(socket)
        except Refusal:
            self.hub.queue_moved.set()
            raise

    async def show_waits(self) -> None:
        """Show each waiting client its place, if it moved."""
        for socket in list(self.sockets):
            for room in list(socket.waiting):
                await self.show_wait(socket, room)

    async def close_unlisted(self) -> None:
        """Close staff sockets whose pass is over, or whose holder has left the directory."""
        moved = self.hub.staff_moved.is_set()
        if moved:
            # Said by another node, perhaps: this one may not have read it yet.
            await self.admission.refresh()
            self.hub.staff_moved.clear()
        for socket in list(self.sockets):
            if socket.staff is None:
                continue
            if socket.staff.expires <= self.clock.now():
                socket.close(CloseCode.PASS_EXPIRED)
            elif moved and not self.admission.still_listed(socket.staff):
                socket.close(CloseCode.UNKNOWN)

    async def note_seen(self) -> None:
        """Tell the queue whose page is open: a silent ticket counts only while it is, and a peer too."""
        waiting = {room for socket in self.sockets for room in socket.waiting}
        if waiting:
            await self._queue.seen(sorted(waiting))
        peers = {each.staff.kid for each in self.sockets if each.staff is not None and _is_peer(each)}
        if peers:
            await self._queue.offering.seen(sorted(peers))


def _show_asked(socket: OpenSocket, shown: Shown, now: tuple[Ask, ...]) -> None:
    """Show a peer the talks they are asked into, where they are not as shown before."""
    before, shown.asked = shown.asked, now
    still = {ask.room for ask in now}
    for room in sorted({ask.room for ask in before} - still):
        socket.show(frames.AskedFrame(room=room))
    for ask in now:
        if ask not in before:
            socket.show(
                frames.AskedFrame(room=ask.room, by=ask.by, purpose=ask.purpose.value, willing=ask.willing)
            )


def _is_peer(socket: OpenSocket) -> bool:
    return socket.staff is not None and socket.staff.role == "peer" and socket.shown is not None


def _shift_frame(
    standing: Standing, said: Shift | None, shown: frames.AvailabilityFrame | None, limit: int, now: int
) -> frames.AvailabilityFrame | None:
    """A shift to show; one that is forgotten by now is off, for who has said or seen it, or is paused."""
    shift, paused = standing.shift, standing.paused
    if shift is None:
        known = said.room_limit if said is not None else None if shown is None else shown.limit
        if known is None and not paused:
            return None
        return frames.AvailabilityFrame(state="off", limit=limit if known is None else known, paused=paused)
    until = shift.buffer_until if is_quiet(shift, now) else None
    return frames.AvailabilityFrame(
        state=shift.state.value, limit=shift.room_limit, until=until, paused=paused
    )


def _is_same(one: Offered | None, other: Offered | None) -> bool:
    """Whether two offers look alike, but for the minutes that passed."""
    if one is None or other is None:
        return one is other
    return replace(one.row, minutes=0) == replace(other.row, minutes=0) and one.fits == other.fits


def _offer_row(offered: Offered | None) -> frames.OfferedRow | None:
    if offered is None:
        return None
    return frames.OfferedRow(**asdict(offered.row), fits=frames.Fits(**asdict(offered.fits)))


async def _every(seconds: float, round_: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await round_()
        except Refusal:
            continue  # The store is away; the next round tries again.
        except Exception as error:
            log.error("round failed", error=type(error).__name__)
