"""What the open sockets of this process share: services, presence, and the rounds made for all of them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

import structlog
from pydantic import BaseModel

from app.conversations.admission.callers import ClientCaller, StaffCaller
from app.conversations.house import House
from app.conversations.messages.service import Messages
from app.conversations.queue.service import Queue
from app.conversations.rooms import service as rooms
from app.kit.errors import Refusal
from app.kit.limits import TokenBucket
from app.live import frames, framing
from app.live.frames import CloseCode
from app.live.hub import Follower, Hub
from app.live.presence import Presence
from app.wire.ids import Kid, RoomId, SeatId

HELLOS_A_SECOND = 2_000
HELLOS_AT_ONCE = 12_000
"""Room for everybody coming back at once after a restart; a flood beyond that is told to slow down."""

QUEUE_SECONDS = 1.0
"""How often the queue is shown at most, however fast it moves."""

MINUTE = 60.0
"""Waiting is told in minutes, and a silent ticket falls asleep unsaid: so often the queue is shown anew."""

CHECK_SECONDS = 5.0
SEEN_SECONDS = 30.0
WAIT_SECONDS = 15.0
"""How often those who wait hear of their place."""

log = structlog.get_logger()


class OpenSocket(Follower, Protocol):
    """What the node needs of a socket."""

    staff: StaffCaller | None
    availability: bool
    waiting: set[RoomId]

    def show(self, frame: BaseModel) -> None: ...

    def close(self, code: CloseCode) -> None: ...


class Node:
    """The live side of one process."""

    def __init__(self, house: House, queue: Queue, messages: Messages, hub: Hub, store: bytes) -> None:
        self.admission = house.admission
        self.clock = house.clock
        self.messages = messages
        self.hub = hub
        self.store = store
        """The id of the database's life."""
        self.sockets: set[OpenSocket] = set()
        self._database = house.db
        self._queue = queue
        self._presence = Presence()
        self._queue_due = 0.0
        self._hellos = TokenBucket(house.clock, rate=HELLOS_A_SECOND, burst=HELLOS_AT_ONCE)

    # For a socket

    def may_greet(self) -> bool:
        return self._hellos.take()

    async def client(self, room: RoomId, secret: bytes) -> ClientCaller:
        """Whoever shows the seat secret of a room. Raises Unknown, for a foreign room as for none."""
        async with self._database.read() as tx:
            return await self.admission.client(tx, room, secret)

    async def desk(self, staff: StaffCaller) -> frames.Desk:
        """The rooms a staff member holds a seat in."""
        async with self._database.read() as tx:
            views = await rooms.desk(tx, staff)
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
        for other in sorted(self._presence.seats(room) - {seat}):
            socket.show(frames.PresenceFrame(room=room, seat=other, state="here"))
        if self._presence.arrive(room, seat):
            self._tell(frames.PresenceFrame(room=room, seat=seat, state="here"), room, besides=socket)

    def departed(self, room: RoomId, seat: SeatId, *, left: bool) -> None:
        """A socket left the room (`left`), or its line broke."""
        if self._presence.depart(room, seat):
            self._tell(frames.PresenceFrame(room=room, seat=seat, state="left" if left else "lost"), room)

    def signal(self, socket: OpenSocket, room: RoomId, seat: SeatId) -> None:
        """Pass on that a staff member writes a longer reply; not from one whose meeting is not accepted."""
        if self.hub.follows(socket, room):
            self._tell(frames.PassedSignal(room=room, seat=seat, kind="writing"), room, besides=socket)

    async def wakes(self, room: RoomId) -> None:
        """A client's page is open again: its ticket sleeps no more."""
        await self._queue.seen([room])

    async def show_wait(self, socket: OpenSocket, room: RoomId) -> None:
        """How many are ahead and how long it usually takes, if this room waits."""
        async with self._database.read() as tx:
            wait = await self._queue.wait_of(tx, room)
        if wait is not None:
            socket.show(frames.WaitFrame(room=room, ahead=wait.ahead, low=wait.low, high=wait.high))

    async def show_queue(self, socket: OpenSocket) -> None:
        """Who waits, to a staff member who said that they are on."""
        if socket.staff is None or not socket.availability:
            return
        async with self._database.read() as tx:
            waiting = await self._queue.listing(tx, socket.staff)
        socket.show(
            frames.QueueFrame(
                waiting=tuple(
                    frames.WaitingRow(
                        room=w.room,
                        language=w.language,
                        urgent=w.urgent,
                        topics=w.topics,
                        lived=w.lived,
                        back=w.back,
                        note=w.note,
                        here=w.here,
                        minutes=w.minutes,
                    )
                    for w in waiting
                )
            )
        )

    def _tell(self, frame: BaseModel, room: RoomId, besides: OpenSocket | None = None) -> None:
        self.hub.tell(room, framing.text(frame.model_dump_json(exclude_none=True)), besides=besides)

    # Rounds for all sockets

    async def run(self) -> None:
        """Make the rounds until cancelled."""
        async with asyncio.TaskGroup() as rounds:
            rounds.create_task(_every(QUEUE_SECONDS, self.show_moved_queue))
            rounds.create_task(_every(QUEUE_SECONDS, self.close_unlisted))
            rounds.create_task(_every(CHECK_SECONDS, self.hub.check))
            rounds.create_task(_every(SEEN_SECONDS, self.note_seen))
            rounds.create_task(_every(WAIT_SECONDS, self.show_waits))

    async def show_moved_queue(self) -> None:
        """Show the queue anew to staff who are on: when tickets changed, and as minutes pass."""
        due = self.clock.now() >= self._queue_due
        if not (due or self.hub.queue_moved.is_set()):
            return
        self._queue_due = self.clock.now() + MINUTE
        self.hub.queue_moved.clear()
        for socket in list(self.sockets):
            await self.show_queue(socket)

    async def show_waits(self) -> None:
        """Show each waiting client its place, if it moved."""
        for socket in list(self.sockets):
            for room in list(socket.waiting):
                await self.show_wait(socket, room)

    async def close_unlisted(self) -> None:
        """Close staff sockets whose pass is over, or whose holder has left the directory."""
        moved = self.hub.staff_moved.is_set()
        self.hub.staff_moved.clear()
        for socket in list(self.sockets):
            if socket.staff is None:
                continue
            if socket.staff.expires <= self.clock.now():
                socket.close(CloseCode.PASS_EXPIRED)
            elif moved and not self.admission.still_listed(socket.staff):
                socket.close(CloseCode.UNKNOWN)

    async def note_seen(self) -> None:
        """Tell the queue whose page is open: a silent ticket counts only while it is."""
        waiting = {room for socket in self.sockets for room in socket.waiting}
        if waiting:
            await self._queue.seen(sorted(waiting))


async def _every(seconds: float, round_: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await round_()
        except Refusal:
            continue  # The store is away; the next round tries again.
        except Exception as error:
            log.error("round failed", error=type(error).__name__)
