"""What a client and a peer have in common: a line, the rooms on it, and what happens there."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Coroutine
from typing import Any, Self

from pydantic import ValidationError

from app.companion.answers import Entered, ErrorFrame, OfRoom, PresenceFrame, RoomState
from app.companion.api import Api, ApiError
from app.companion.body import Content
from app.companion.events import Event, Online, Presence, SignedOut, Trouble, Writing
from app.companion.live import Line, Sleep
from app.companion.room import AGAIN_LATER, Room
from app.companion.trust import Trust
from app.kit.clock import Clock
from app.wire.errors import WireError
from app.wire.frames import Ack, Item
from app.wire.ids import RoomId, SeatId

AGAIN = 2.0
"""Seconds after which a message that came too fast, or while a disk was full, is sent again."""

MAX_EVENTS = 10_000


class Participant(ABC):
    """One person at one service. Use as `async with`; `events` tells what happens, in order."""

    line: Line

    def __init__(self, api: Api, trust: Trust, clock: Clock, sleep: Sleep) -> None:
        self.api = api
        self.trust = trust
        self.rooms: dict[RoomId, Room] = {}
        self.events: asyncio.Queue[Event] = asyncio.Queue(MAX_EVENTS)
        self._clock = clock
        self._sleep = sleep
        self._up = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._on_line: dict[RoomId, bytes] = {}

    async def __aenter__(self) -> Self:
        self._spawn(self._stay_connected())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.leave()

    async def leave(self) -> None:
        """Stop following all rooms, so that others see "left" and not "lost", and forget their keys."""
        for room in self.rooms:
            await self.line.say({"type": "leave", "room": room})
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.rooms.clear()

    async def say(self, room: RoomId, content: Content) -> None:
        """Put words into the room's outbox, and on the line as soon as there is one."""
        self.rooms[room].say(content)
        await self._push(self.rooms[room])

    async def next_event(self) -> Event:
        """The next thing that happens."""
        return await self.events.get()

    async def flush(self, seconds: float) -> bool:
        """Wait until every word is on the server's disk, at most so long; whether it is."""
        for _ in range(int(seconds * 10)):
            if not any(room.outbox for room in self.rooms.values()):
                return True
            await self._sleep(0.1)
        return False

    def tell(self, event: Event) -> None:
        """Put an event into the queue; where nobody has read it for very long, the oldest goes."""
        if self.events.full():
            self.events.get_nowait()
        self.events.put_nowait(event)

    # What the line hears

    async def joined(self, store: bytes, time: int) -> None:
        self._up = True
        self._on_line.clear()
        self.tell(Online(True))
        for room in list(self.rooms.values()):
            await self._enter(room)

    async def lost(self) -> None:
        for room in self.rooms.values():
            room.attached = False
        if self._up:
            self._up = False
            self.tell(Online(False))

    async def received(self, frame: Item | Ack) -> None:
        if room := self.rooms.get(frame.room):
            if isinstance(frame, Ack):
                room.acked(frame)
            else:
                room.received(frame)
            await self._push(room)

    async def heard(self, kind: str, text: str) -> None:
        try:
            match kind:
                case "entered":
                    await self._heard_entered(Entered.model_validate_json(text))
                case "room":
                    await self._heard_room(RoomState.model_validate_json(text))
                case "more":
                    await self._heard_more(RoomId(OfRoom.model_validate_json(text).room))
                case "error":
                    await self._heard_error(ErrorFrame.model_validate_json(text))
                case "presence":
                    news = PresenceFrame.model_validate_json(text)
                    self.tell(Presence(RoomId(news.room), SeatId(news.seat), news.state))
                case "signal":
                    self.tell(Writing(RoomId(OfRoom.model_validate_json(text).room)))
                case _:
                    await self._heard_other(kind, text)
        except ValidationError:
            return  # a frame of another form is as good as none: what matters is asked for again

    # What a client and a peer do differently

    @abstractmethod
    def _proof_of_seat(self, room: Room) -> dict[str, Any]:
        """What `enter` carries beside the room."""

    @abstractmethod
    async def _took(self, room: Room, news: RoomState) -> None:
        """Take the keys from the seal in `news`, before the room takes the rest."""

    @abstractmethod
    async def _settled(self, room: Room) -> None:
        """Act on where the room stands now."""

    @abstractmethod
    async def _unknown_room(self, news: RoomState) -> None:
        """News of a room that is not followed yet."""

    @abstractmethod
    async def _gone(self, room: RoomId) -> None:
        """The server does not know this room of ours, or not any more."""

    @abstractmethod
    async def _heard_other(self, kind: str, text: str) -> None:
        """A control frame that only one side hears."""

    # Common parts

    async def _stay_connected(self) -> None:
        try:
            await self.line.run()
        except ApiError:
            self.tell(SignedOut())

    async def _enter(self, room: Room) -> None:
        room.resync = False
        frame = {"type": "enter", "room": room.room, "after": room.after}
        if room.store is not None:
            frame["store"] = room.store
        await self.line.say(frame | self._proof_of_seat(room))

    async def _heard_entered(self, news: Entered) -> None:
        room = self.rooms.get(RoomId(news.room))
        if room is None:
            await self._unknown_room(news)
            return
        await self._took(room, news)
        room.entered(news)
        await self._settled(room)
        await self._push(room)

    async def _heard_room(self, news: RoomState) -> None:
        room = self.rooms.get(RoomId(news.room))
        if room is None:
            await self._unknown_room(news)
            return
        await self._took(room, news)
        room.took_state(news)
        await self._settled(room)
        await self._push(room)

    async def _heard_more(self, room_id: RoomId) -> None:
        if room := self.rooms.get(room_id):
            await self._enter(room)

    async def _heard_error(self, news: ErrorFrame) -> None:
        if news.room is None:
            return
        room = self.rooms.get(RoomId(news.room))
        if news.n is None:
            if news.code == "unknown":
                await self._gone(RoomId(news.room))
        elif room is not None:
            room.refused(news.code, news.n)
            self._on_line.pop(room.room, None)
            if news.code in AGAIN_LATER:
                self._spawn(self._push_later(room))
            else:
                await self._push(room)

    async def _push(self, room: Room) -> None:
        """Send what may be sent now; enter again where something was missed."""
        if not self.line.up:
            return
        if room.resync:
            await self._enter(room)
            return
        frame = room.next_frame()
        if frame is not None and self._on_line.get(room.room) != frame.com:
            self._on_line[room.room] = frame.com
            await self.line.say(frame.pack())

    async def _push_later(self, room: Room) -> None:
        await self._sleep(AGAIN)
        self._on_line.pop(room.room, None)
        await self._push(room)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _trouble(self, room: RoomId, error: ApiError | WireError) -> None:
        self.tell(Trouble(room, error.code))
