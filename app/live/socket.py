"""The pump of one socket, and the only I/O of this house's live side.

Frames go into the session; the intents that come out are carried to the services. What the hub
has for the socket goes into its outbox.
"""

import asyncio
from functools import partial
from typing import Any

from pydantic import BaseModel

from app.conversations.admission.callers import Caller, ClientCaller, StaffCaller
from app.conversations.messages.rules import Outcome, Placed
from app.conversations.rooms.rules import State
from app.conversations.rooms.service import RoomView
from app.kit.asgi import Message, Receive
from app.kit.errors import Refusal
from app.kit.limits import TokenBucket
from app.live import frames, framing
from app.live import session as intents
from app.live.frames import CloseCode
from app.live.node import Node, Shown
from app.live.outbox import Line, Outbox
from app.live.session import Session, Side
from app.wire.frames import Ack, Erase, Send
from app.wire.ids import CLIENT_SEAT, RoomId, seat_id

HELLO_SECONDS = 10.0
UNREAD_SECONDS = 1.0
"""More, for a hello that came in time and lies unread: when everybody comes back, it is we who are late."""

FRAMES_A_SECOND = 5.0
FRAMES_AT_ONCE = 100.0
"""Control frames of one socket: far above what a page sends. Messages have a rate of their own."""


class Socket:
    """One connection: a client's or a staff member's."""

    __slots__ = (
        "_busy",
        "_callers",
        "_line",
        "_node",
        "_outbox",
        "_rate",
        "_session",
        "shown",
        "staff",
        "waiting",
    )

    def __init__(self, node: Node, line: Line) -> None:
        self._node = node
        self._line = line
        self._outbox = Outbox(line, partial(self.close, CloseCode.SLOW_READER))
        self._session = Session()
        self._rate = TokenBucket(node.clock, rate=FRAMES_A_SECOND, burst=FRAMES_AT_ONCE)
        self._busy = False
        """Whether a frame is being carried that later ones must not overtake."""
        self._callers: dict[RoomId, Caller] = {}
        self.staff: StaffCaller | None = None
        self.shown: Shown | None = None
        """What this peer was last shown of their shift and their offer; None before the desk."""
        self.waiting: dict[RoomId, frames.WaitFrame | None] = {}
        """Rooms of this client that wait for a peer, and what it was last shown of each wait."""

    async def run(self, receive: Receive) -> None:
        """Carry frames until the socket closes."""
        self._line.on_binary = self._take_at_once
        try:
            if await self._greeted(receive):
                while await self._take(await receive()):
                    pass
        finally:
            self._depart()

    async def _greeted(self, receive: Receive) -> bool:
        for seconds in (HELLO_SECONDS, UNREAD_SECONDS):
            try:
                async with asyncio.timeout(seconds):
                    message = await receive()
            except TimeoutError:
                continue
            return await self._take(message)
        self.close(CloseCode.HELLO_LATE)
        return False

    def _take_at_once(self, data: bytes) -> bool:
        """The path of nearly every message: no queue, no task, the outcome comes back by a callback."""
        if self._busy:
            return False
        self._carry_at_once(self._session.binary(data))
        return True

    async def _take(self, message: Message) -> bool:
        if message["type"] != "websocket.receive":
            return False
        data = message.get("bytes")
        intent = self._session.binary(data) if data is not None else self._session.text(message["text"])
        if not self._rate.take():
            self.close(CloseCode.SLOW_DOWN)
            return False
        self._busy = True
        try:
            if not self._carry_at_once(intent):
                await self._carry(intent)
        except Refusal as refusal:
            self._answer(refusal.code, getattr(intent, "room", None))
        finally:
            self._busy = False
        return self._session.side is not Side.CLOSED

    def _carry_at_once(self, intent: intents.Intent) -> bool:
        """Carry what needs no waiting; False for what does."""
        match intent:
            case intents.Post():
                self._node.messages.post(intent.seat, intent.frame, partial(self._posted, intent.frame))
            case intents.Answer():
                self._answer(intent.code, intent.room, intent.n)
            case intents.HangUp():
                self.close(intent.code)
            case intents.Pong():
                self._show(frames.Pong())
            case _:
                return False
        return True

    async def _carry(self, intent: intents.Intent) -> None:
        match intent:
            case intents.Greet():
                await self._greet(intent)
            case intents.Enter():
                await self._enter(intent)
            case intents.Leave():
                self._leave(intent.room, left=True)
            case intents.Renew():
                self._renew(intent.pass_)
            case intents.Signal():
                self._node.signal(self, intent.room, intent.seat)
            case intents.AnswerMeet():
                await self._node.answer_meet(ClientCaller(intent.room), intent.kid, accept=intent.accept)
            case intents.SetAvailability():
                await self._node.set_availability(self, intent.state, intent.room_limit, ready=intent.ready)

    # Greeting and rooms

    async def _greet(self, intent: intents.Greet) -> None:
        if not self._node.may_greet():
            self.close(CloseCode.SLOW_DOWN)
            return
        if intent.pass_ is not None:
            try:
                self.staff = self._node.admission.staff(intent.pass_)
            except Refusal as refusal:
                self.close(CloseCode.PASS_EXPIRED if refusal.code == "pass_expired" else CloseCode.UNKNOWN)
                return
        self._session.greeted(Side.CLIENT if self.staff is None else Side.STAFF)
        self._show(frames.Welcome(store=self._node.store, time=int(self._node.clock.now())))
        if self.staff is not None:
            self._show(await self._node.desk(self.staff))
            self.shown = Shown()

    def _renew(self, pass_: str) -> None:
        renewed = self._node.admission.staff(pass_)
        if self.staff is None or renewed.kid != self.staff.kid:
            self.close(CloseCode.UNKNOWN)
            return
        self.staff = renewed
        for room in self._callers:
            self._callers[room] = renewed

    async def _enter(self, intent: intents.Enter) -> None:
        caller: Caller
        if self.staff is not None:
            caller, seat, secret = self.staff, seat_id(intent.room, self.staff.kid), None
        else:
            # Let in by the secret, which is compared in the same look that shows the room.
            caller, seat, secret = ClientCaller(intent.room), CLIENT_SEAT, intent.secret or b""
        after = intent.after if intent.store in (None, self._node.store) else 0
        entered_before = intent.room in self._session.rooms
        self._callers[intent.room] = caller
        try:
            complete = await self._node.hub.follow(self, intent.room, after, secret)
        except Refusal:
            if not entered_before:
                del self._callers[intent.room]
            raise
        self._session.entered(intent.room, seat)
        if not entered_before:
            self._node.arrived(self, intent.room, seat)
        if intent.room in self.waiting:
            await self._node.wakes(intent.room)
            if complete:
                await self._node.show_wait(self, intent.room)

    def _leave(self, room: RoomId, *, left: bool) -> None:
        seat = self._session.rooms.get(room)
        self._node.hub.unfollow(self, room)
        self._session.left(room)
        self._callers.pop(room, None)
        self.waiting.pop(room, None)
        if seat is not None:
            self._node.departed(room, seat, left=left)

    def _depart(self) -> None:
        self._session.side = Side.CLOSED
        for room in list(self._session.rooms):
            self._leave(room, left=False)
        self._outbox.close()
        # The line holds us and we hold the line: let go, or only the collector would free the two.
        self._line.on_binary = None

    # Messages

    def _posted(self, frame: Send | Erase, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self._answer(outcome.code, frame.room, frame.n)
        else:
            seq = outcome.item.seq if isinstance(outcome, Placed) else outcome.seq
            self._outbox.push(framing.binary(Ack(frame.room, frame.n, seq).pack()))

    # From the hub

    def caller_in(self, room: RoomId) -> Caller:
        return self._callers[room]

    def push(self, frame: bytes) -> None:
        self._outbox.push(frame)

    def show_entered(self, view: RoomView) -> None:
        self._note_waiting(view)
        if view.room in self.waiting:
            self.waiting[view.room] = None
        self._show(
            frames.Entered(
                **_state(view),
                seq=view.seq,
                head=view.head if view.is_shown else None,
                store=self._node.store,
            )
        )

    def show_more(self, room: RoomId) -> None:
        self._show(frames.More(room=room))

    def show_room(self, view: RoomView) -> None:
        self._note_waiting(view)
        self._show(frames.RoomFrame(**_state(view)))
        if self.staff is None and view.meet is not None and not view.meet.accepted:
            self._show(frames.MeetFrame(room=view.room, kid=view.meet.kid))

    def _note_waiting(self, view: RoomView) -> None:
        if self.staff is None and view.state is State.WAITING:
            self.waiting.setdefault(view.room, None)
        else:
            self.waiting.pop(view.room, None)

    def show_gone(self, room: RoomId) -> None:
        self._leave(room, left=True)
        self._answer("unknown", room)

    # To the browser

    def show(self, frame: BaseModel) -> None:
        """A control frame."""
        self._show(frame)

    def close(self, code: CloseCode) -> None:
        """Say `bye` if the reader still reads, and hang up."""
        if self._session.side is not Side.CLOSED:
            self._session.side = Side.CLOSED
            self._node.closed[code] += 1
            self._show(frames.Bye(code=code.name.lower()))
            self._outbox.close()
            self._line.hang_up(int(code))

    def _answer(self, code: str, room: RoomId | None = None, n: int | None = None) -> None:
        self._show(frames.Error(code=code, room=room, n=n))

    def _show(self, frame: BaseModel) -> None:
        self._outbox.push(framing.text(frame.model_dump_json(exclude_none=True)))


def _state(view: RoomView) -> dict[str, Any]:
    return {
        "room": view.room,
        "state": view.state,
        "ke": view.ke,
        "seal": view.seal,
        "purpose": view.purpose,
        "flags": ("needs_rekey",) if view.needs_rekey else (),
        "seats": tuple(
            frames.SeatState(seat=s.seat, kid=s.kid, open=s.open, on=s.on, paused=s.paused)
            for s in view.seats
        ),
        "asks": tuple(
            frames.AskState(kid=a.kid, by=a.by, purpose=a.purpose.value, willing=a.willing) for a in view.asks
        ),
        "meet": None
        if view.meet is None
        else frames.MeetState(kid=view.meet.kid, accepted=view.meet.accepted),
    }
