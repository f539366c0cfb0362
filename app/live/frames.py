"""Every frame of the live socket: the protocol's documentation (docs/protocol.md, 12).

Message frames are binary and fixed-layout (app/wire/frames.py). Control frames are JSON text,
told apart by `type`; docs/frames.json is their JSON Schema, written from these models.
"""

from enum import IntEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from app.conversations.availability.rules import MOST_ROOMS
from app.wire.body import Blob, Body, Id, Key32

PROTOCOL = 1
MAX_TEXT = 8_192
"""Characters of a control frame; the longest documented one, a hello with its pass, is far shorter."""

ShiftState = Literal["on", "finishing", "break", "off"]
AskPurpose = Literal["handover", "company"]
U32 = Annotated[int, Field(ge=0, le=2**32 - 1)]


class CloseCode(IntEnum):
    """Why the server closes a socket. The code is all: a close reason is always empty."""

    GOING_AWAY = 1012
    """The server restarts: come back."""
    MALFORMED = 4400
    """Too many frames that are not of the documented form, or the first was no hello."""
    PASS_EXPIRED = 4401
    UNKNOWN = 4404
    """The pass is not accepted, or its holder has left the directory."""
    HELLO_LATE = 4408
    SLOW_READER = 4409
    """More waits for this socket than it may: come back and resume."""
    SLOW_DOWN = 4429


# From the browser


class Hello(Body):
    """The first frame, within 10 s. With a pass the socket is a staff member's, without a client's."""

    type: Literal["hello"]
    v: Literal[1]
    pass_: Annotated[str | None, Field(alias="pass", min_length=1, max_length=4_096)] = None


class Renew(Body):
    """A fresh pass for an open staff socket."""

    type: Literal["renew"]
    pass_: Annotated[str, Field(alias="pass", min_length=1, max_length=4_096)]


class Enter(Body):
    """Follow a room from behind `after`; another `store` than ours means from the beginning."""

    type: Literal["enter"]
    room: Id
    secret: Key32 | None = None
    store: Id | None = None
    after: U32 = 0


class Leave(Body):
    """Stop following a room: others are told "left", not "lost"."""

    type: Literal["leave"]
    room: Id


class Ping(Body):
    type: Literal["ping"]


class Signal(Body):
    """Staff only, once after 60 s of writing; never stored."""

    type: Literal["signal"]
    room: Id
    kind: Literal["writing"]


class AnswerMeet(Body):
    """The client's answer to `meet`; `kid` says to whom, so that a late answer reaches nobody else."""

    type: Literal["meet"]
    room: Id
    kid: Id
    answer: Literal["accept", "refuse"]


class SetAvailability(Body):
    """A peer's shift. `limit`: rooms at once; `ready`: the quiet minutes after a room are over."""

    type: Literal["availability"]
    state: ShiftState
    limit: Annotated[int | None, Field(ge=1, le=MOST_ROOMS)] = None
    ready: bool = False


FromBrowser = Annotated[
    Hello | Renew | Enter | Leave | Ping | Signal | AnswerMeet | SetAvailability, Field(discriminator="type")
]
from_browser: TypeAdapter[FromBrowser] = TypeAdapter(FromBrowser)


# From the server


class Welcome(Body):
    """`store` names the database's life, `time` is the server's clock in unix seconds."""

    type: Literal["welcome"] = "welcome"
    store: Id
    time: int


class DeskRoom(Body):
    room: Id
    state: str
    ke: int
    seal: Blob | None = None
    purpose: str | None = None


class SeatState(Body):
    """A seat, the key behind it (none for the client) and whether it is still held.

    `on`, to the client and of seats that are not held: whether this peer could meet them again now.
    `paused`, to the client: this peer takes no new talks at the moment.
    """

    seat: Id
    kid: Id | None = None
    open: bool
    on: bool | None = None
    paused: bool = False


class AskState(Body):
    """Somebody whom a peer of this room would bring in: to hand the talk over, or as company.

    To the client only those who said that they would come; it lets them in by `rooms/rekey`, or refuses.
    """

    kid: Id
    by: Id
    purpose: AskPurpose
    willing: bool


class MeetState(Body):
    kid: Id
    accepted: bool


class RoomState(Body):
    """A room as its reader may see it. `seal` is the wrap for the client, the reader's own seal for staff."""

    room: Id
    state: str
    ke: int
    seal: Blob | None = None
    purpose: str | None = None
    flags: tuple[Literal["needs_rekey"], ...]
    seats: tuple[SeatState, ...]
    asks: tuple[AskState, ...] = ()
    meet: MeetState | None = None


class RoomFrame(RoomState):
    """A room changed; comes before any item of a new epoch."""

    type: Literal["room"] = "room"


class Entered(RoomState):
    """The answer to `enter`; then at most 200 items in order, then `more` if there are more."""

    type: Literal["entered"] = "entered"
    seq: int
    head: Key32 | None = None
    store: Id


class More(Body):
    """There are more items: enter again with the last `seq` as `after`."""

    type: Literal["more"] = "more"
    room: Id


class Pong(Body):
    type: Literal["pong"] = "pong"


class Error(Body):
    """A frame was not carried out. `room` and `n` name the one meant, where it had any."""

    type: Literal["error"] = "error"
    code: str
    room: Id | None = None
    n: U32 | None = None


class Bye(Body):
    """The last frame before the server closes."""

    type: Literal["bye"] = "bye"
    code: str


class PassedSignal(Body):
    type: Literal["signal"] = "signal"
    room: Id
    seat: Id
    kind: Literal["writing"]


class PresenceFrame(Body):
    """Whether a seat's page is open: never stored."""

    type: Literal["presence"] = "presence"
    room: Id
    seat: Id
    state: Literal["here", "lost", "left"]


class WaitFrame(Body):
    """Tickets ahead, the usual wait in minutes where enough people waited lately, and why it may take long.

    `opens`: with `closed`, in unix seconds, if it is known; `over`: with `long`, the minutes expected.
    """

    type: Literal["wait"] = "wait"
    room: Id
    ahead: int
    low: int | None = None
    high: int | None = None
    why: Literal["closed", "language", "nobody", "long"] | None = None
    opens: int | None = None
    over: int | None = None


class MeetFrame(Body):
    """A peer would like to talk: the client accepts or refuses by `meet`."""

    type: Literal["meet"] = "meet"
    room: Id
    kid: Id


class WaitingRow(Body):
    room: Id
    language: str
    urgent: bool
    topics: tuple[str, ...]
    lived: tuple[str, ...]
    back: bool
    note: bool
    here: bool
    minutes: int


class QueueFrame(Body):
    """Who waits, to a peer who is on."""

    type: Literal["queue"] = "queue"
    waiting: tuple[WaitingRow, ...]


class AvailabilityFrame(Body):
    """A peer's shift as it stands; `until`: the end of the quiet minutes after a room, in unix seconds.

    `paused`: this peer takes no new talks until somebody lifts the pause, or it ends.
    """

    type: Literal["availability"] = "availability"
    state: ShiftState
    limit: int
    until: int | None = None
    paused: bool = False


class Fits(Body):
    """What the two have in common; `asked`: this peer was asked for."""

    language: bool
    topics: tuple[str, ...]
    lived: tuple[str, ...]
    asked: bool


class OfferedRow(WaitingRow):
    fits: Fits


class OfferFrame(Body):
    """Somebody this peer could say hello to by a claim; without `offer`, nobody any more."""

    type: Literal["offer"] = "offer"
    offer: OfferedRow | None = None


class AskedFrame(Body):
    """A colleague would bring this peer into a talk; `willing`: they said that they would come.

    Without `by`: not asked any more. Who was willing and is let in may `enter` the room from then on.
    """

    type: Literal["asked"] = "asked"
    room: Id
    by: Id | None = None
    purpose: AskPurpose | None = None
    willing: bool = False


class Desk(Body):
    """The rooms a staff member holds a seat in."""

    type: Literal["desk"] = "desk"
    rooms: tuple[DeskRoom, ...]


FromServer = Annotated[
    Welcome
    | Desk
    | Entered
    | RoomFrame
    | More
    | Pong
    | Error
    | Bye
    | PassedSignal
    | PresenceFrame
    | WaitFrame
    | MeetFrame
    | QueueFrame
    | AvailabilityFrame
    | OfferFrame
    | AskedFrame,
    Field(discriminator="type"),
]
from_server: TypeAdapter[FromServer] = TypeAdapter(FromServer)
