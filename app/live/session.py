"""One socket's state machine: frames in, intents out. No I/O, no clock.

    new ──hello──> client │ staff ──hang up──> closed

A connection is a client's or a staff member's, never both. A message is only taken for a room
that this socket has entered; who sits there was checked when it entered, and is checked again
inside the commit.
"""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from pydantic import ValidationError

from app.conversations.availability.rules import ShiftState
from app.live import frames
from app.live.frames import CloseCode
from app.wire.errors import WireError
from app.wire.frames import Erase, Send, parse_from_browser
from app.wire.ids import CLIENT_SEAT, Kid, RoomId, SeatId

STRIKES = 5
"""Malformed frames that are answered; the next one closes the socket."""

ROOMS_OF_CLIENT = 8
ROOMS_OF_STAFF = 16


class Side(Enum):
    NEW = "new"
    CLIENT = "client"
    STAFF = "staff"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Greet:
    """The first frame came; `pass_` is None for a client."""

    pass_: str | None


@dataclass(frozen=True, slots=True)
class Renew:
    pass_: str


@dataclass(frozen=True, slots=True)
class Enter:
    room: RoomId
    secret: bytes | None
    store: bytes | None
    after: int


@dataclass(frozen=True, slots=True)
class Leave:
    room: RoomId


class Post(NamedTuple):
    """A message of the seat that this socket holds in the room."""

    seat: SeatId
    frame: Send | Erase


@dataclass(frozen=True, slots=True)
class Pong:
    pass


@dataclass(frozen=True, slots=True)
class Signal:
    room: RoomId
    seat: SeatId


@dataclass(frozen=True, slots=True)
class AnswerMeet:
    room: RoomId
    kid: Kid
    accept: bool


@dataclass(frozen=True, slots=True)
class SetAvailability:
    """`room_limit` is None where the peer did not say."""

    state: ShiftState
    room_limit: int | None
    ready: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Tell the browser that a frame was not carried out."""

    code: str
    room: RoomId | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class HangUp:
    """Say `bye` with this code's name and close with its number."""

    code: CloseCode


Intent = Greet | Renew | Enter | Leave | Post | Pong | Signal | AnswerMeet | SetAvailability | Answer | HangUp


class Session:
    """What one socket may do now."""

    __slots__ = ("rooms", "side", "strikes")

    def __init__(self) -> None:
        self.side = Side.NEW
        self.rooms: dict[RoomId, SeatId] = {}
        """Rooms entered on this socket, and the seat held there."""
        self.strikes = 0

    def greeted(self, side: Side) -> None:
        """The hello was accepted."""
        self.side = side

    def entered(self, room: RoomId, seat: SeatId) -> None:
        self.rooms[room] = seat

    def left(self, room: RoomId) -> None:
        """The room was left, or its seat was lost."""
        self.rooms.pop(room, None)

    def binary(self, data: bytes) -> Intent:
        """A binary frame: a message or a take-back."""
        if self.side is Side.NEW:
            return HangUp(CloseCode.MALFORMED)
        try:
            frame = parse_from_browser(data)
        except WireError:
            return self._malformed()
        seat = self.rooms.get(frame.room)
        if seat is None or (isinstance(frame, Erase) and seat != CLIENT_SEAT):
            return Answer("unknown", frame.room, frame.n)
        return Post(seat, frame)

    def text(self, data: str) -> Intent:
        """A text frame: JSON with a `type`."""
        if len(data) > frames.MAX_TEXT:
            return self._malformed()
        try:
            frame = frames.from_browser.validate_json(data)
        except ValidationError:
            return HangUp(CloseCode.MALFORMED) if self.side is Side.NEW else self._malformed()
        if isinstance(frame, frames.Hello):
            return Greet(frame.pass_) if self.side is Side.NEW else self._malformed()
        if self.side is Side.NEW:
            return HangUp(CloseCode.MALFORMED)
        return self._intent(frame)

    def _intent(self, frame: "frames.FromBrowser") -> Intent:
        match frame:
            case frames.Ping():
                return Pong()
            case frames.Enter():
                return self._enter(frame)
            case frames.Leave() if frame.room in self.rooms:
                return Leave(RoomId(frame.room))
            case frames.Renew() if self.side is Side.STAFF:
                return Renew(frame.pass_)
            case frames.SetAvailability() if self.side is Side.STAFF:
                return SetAvailability(ShiftState(frame.state), frame.limit, frame.ready)
            case frames.Signal() if self.side is Side.STAFF and frame.room in self.rooms:
                return Signal(RoomId(frame.room), self.rooms[RoomId(frame.room)])
            case frames.AnswerMeet() if self.rooms.get(RoomId(frame.room)) == CLIENT_SEAT:
                return AnswerMeet(RoomId(frame.room), Kid(frame.kid), frame.answer == "accept")
            case frames.Leave() | frames.Signal() | frames.AnswerMeet():
                return Answer("unknown", RoomId(frame.room))
            case _:
                return Answer("unknown")

    def _enter(self, frame: frames.Enter) -> Intent:
        room = RoomId(frame.room)
        if (frame.secret is None) is not (self.side is Side.STAFF):
            return Answer("unknown", room)
        most = ROOMS_OF_STAFF if self.side is Side.STAFF else ROOMS_OF_CLIENT
        if room not in self.rooms and len(self.rooms) >= most:
            return Answer("slow_down", room)
        return Enter(room, frame.secret, frame.store, frame.after)

    def _malformed(self) -> Intent:
        self.strikes += 1
        return Answer("malformed") if self.strikes <= STRIKES else HangUp(CloseCode.MALFORMED)
