"""What happens at this end, in the order it happened: a screen shows it, a script reacts to it."""

from dataclasses import dataclass

from app.companion.answers import AskPurpose, State, WaitState
from app.companion.body import Content
from app.companion.transcript import Received
from app.wire.directory import Member
from app.wire.ids import RoomId, SeatId


@dataclass(frozen=True, slots=True)
class Online:
    """The connection is there, or is not: it comes back by itself."""

    up: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """The room is in another state, or has other seats."""

    room: RoomId
    state: State


@dataclass(frozen=True, slots=True)
class Said:
    """A verified message, from any seat; one that was emptied comes again."""

    room: RoomId
    received: Received


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message of ours is on the server's disk as number `seq`."""

    room: RoomId
    content: Content
    seq: int


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message of ours was refused for good, with this code."""

    room: RoomId
    content: Content
    code: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in this room does not verify, or an own act was refused: a code of docs/protocol.md, 16.

    After a code of verification nothing more is sent in this room.
    """

    room: RoomId
    code: str


@dataclass(frozen=True, slots=True)
class OlderCopy:
    """The service went back to an older copy: the words after message `seq` are no longer there."""

    room: RoomId
    seq: int


@dataclass(frozen=True, slots=True)
class WaitTold:
    """How many are ahead, and how long most people waited."""

    room: RoomId
    wait: WaitState


@dataclass(frozen=True, slots=True)
class Met:
    """A peer would like to talk: accept or refuse by name."""

    room: RoomId
    member: Member


@dataclass(frozen=True, slots=True)
class SeatAsked:
    """A peer holds a seat that nobody at this end accepted yet: nothing new is sealed to them before that."""

    room: RoomId
    member: Member


@dataclass(frozen=True, slots=True)
class SeatWanted:
    """A peer (`by`) would bring somebody in, who would come: nobody does before they are let in by name."""

    room: RoomId
    member: Member
    by: Member
    purpose: AskPurpose


@dataclass(frozen=True, slots=True)
class Presence:
    """A seat's page is here, lost its line, or left."""

    room: RoomId
    seat: SeatId
    state: str


@dataclass(frozen=True, slots=True)
class Writing:
    """The peer is writing a longer reply."""

    room: RoomId


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """The list of who waits is another."""


@dataclass(frozen=True, slots=True)
class OfferChanged:
    """Staff: somebody is offered, somebody else, or nobody any more."""


@dataclass(frozen=True, slots=True)
class ShiftChanged:
    """Staff: the service has another word on this peer's shift."""


@dataclass(frozen=True, slots=True)
class AskedIn:
    """Staff: a colleague would bring this peer into a room, or does so no more: see `Peer.asked`."""

    room: RoomId


@dataclass(frozen=True, slots=True)
class Joined:
    """Staff: a talk begins, or was found again on the desk."""

    room: RoomId


@dataclass(frozen=True, slots=True)
class SeatGone:
    """Staff: the meeting ended without a talk, or the seat in the room is no longer ours."""

    room: RoomId


@dataclass(frozen=True, slots=True)
class SignedOut:
    """Staff: the server lets this account in no longer."""


Event = (
    Online
    | Moved
    | Said
    | Delivered
    | Undelivered
    | Trouble
    | OlderCopy
    | WaitTold
    | Met
    | SeatAsked
    | SeatWanted
    | Presence
    | Writing
    | QueueChanged
    | OfferChanged
    | ShiftChanged
    | AskedIn
    | Joined
    | SeatGone
    | SignedOut
)
