"""Bodies and answers of the queue's routes."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from app.conversations.errors import Malformed
from app.conversations.ids import Kid, RoomId
from app.conversations.queue import rules
from app.conversations.queue.history import History
from app.conversations.queue.rules import Ticket
from app.conversations.queue.service import SealBack, Wait
from app.conversations.rooms.rules import State
from app.conversations.rooms.store import SEAT_PEER, TEAM_PEER, Sealed
from app.wire.body import Base64Url, Body, Id, Key32, Wrap
from app.wire.body_parts import ProofBody, SignedDirectoryBody
from app.wire.errors import WireError
from app.wire.fields import MAX_U32
from app.wire.frames import MAX_FRAME, Send, parse_from_browser
from app.wire.sizes import EPOCHS
from app.wire.topics import Topic

AnySeal = Annotated[bytes, Base64Url(1, 1_024)]
"""Bytes where a seal belongs: another length than a seal's is `seal_format`."""

Frame = Annotated[bytes, Base64Url(1, MAX_FRAME)]
Epoch = Annotated[int, Field(ge=1, le=EPOCHS)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-([A-Z]{2}|[0-9]{3}))?$")]
Tags = Annotated[list[Topic], Field(max_length=rules.MOST_TAGS)]


class TicketBody(Body):
    """What a client lets the server match on: everything but the language only if it likes."""

    language: Language
    urgent: bool = False
    back: Id | None = None
    note: bool = False
    topics: Tags = Field(default_factory=list)
    lived: Tags = Field(default_factory=list)
    refused: Annotated[list[Id], Field(default_factory=list, max_length=rules.MOST_REFUSED)]

    @model_validator(mode="after")
    def _nothing_twice(self) -> Self:
        for given in (self.topics, self.lived, self.refused):
            if len(set(given)) != len(given):
                raise ValueError("a tag or key is there twice")
        return self

    def ticket(self) -> Ticket:
        return Ticket(
            self.language,
            self.urgent,
            None if self.back is None else Kid(self.back),
            self.note,
            tuple(self.topics),
            tuple(self.lived),
            tuple(Kid(kid) for kid in self.refused),
        )

    def left_out(self) -> frozenset[str]:
        """What a change leaves as it is: a page that was loaded again does not know its wishes."""
        return frozenset(("back", "topics", "lived")) - self.model_fields_set


class TeamSealBody(Body):
    """A room's keys, sealed to the peer team (`kid`: the id of the team's key)."""

    kid: Id
    sealed: AnySeal


class SealBody(Body):
    purpose: Literal["team-peer", "seat-peer"]
    kid: Id
    sealed: AnySeal

    def seal(self) -> Sealed:
        return Sealed(Kid(self.kid), TEAM_PEER if self.purpose == TEAM_PEER else SEAT_PEER, self.sealed)


class DirectoryBody(Body):
    directory: SignedDirectoryBody


class OpenBody(Body):
    """`message`: the first Send frame, if there is one."""

    room: Id
    secret: Key32
    wrap: Wrap
    seal: TeamSealBody
    ticket: TicketBody
    message: Frame | None = None
    proof: ProofBody


class HistoryBody(Body):
    room: Id
    secret: Key32
    after: Annotated[int, Field(ge=0, le=MAX_U32)] = 0


class NarrowBody(Body):
    """The keys, sealed to the caller's own key."""

    room: Id
    ke: Epoch
    sealed: AnySeal


class RekeyBody(Body):
    """`frame`: the rekey message under the old epoch."""

    room: Id
    secret: Key32
    ke: Epoch
    frame: Frame
    wrap: Wrap
    seals: Annotated[list[SealBody], Field(max_length=16)]
    ticket: TicketBody | None = None


class SetTicketBody(Body):
    room: Id
    secret: Key32
    ticket: TicketBody


class ClaimBody(Body):
    room: Id


class PassBody(Body):
    room: Id


class MeetBody(Body):
    room: Id
    secret: Key32
    kid: Id
    answer: Literal["accept", "refuse"]


class ReleaseBody(Body):
    """With a seal also `ke` and `language`: the room may wait again, where the client never came."""

    room: Id
    seal: TeamSealBody | None = None
    ke: Epoch | None = None
    language: Language | None = None

    def back(self) -> SealBack | None:
        """Malformed unless seal, epoch and language come together."""
        if self.seal is None and self.ke is None and self.language is None:
            return None
        if self.seal is None or self.ke is None or self.language is None:
            raise Malformed
        return SealBack(Kid(self.seal.kid), self.seal.sealed, self.ke, self.language)


class QueueState(Body):
    """Whether a ticket without a note would be taken now."""

    open: bool


class OpeningHours(Body):
    """`until`, while it is open, and `opens`, while it is not, in unix seconds; null for not within weeks."""

    open: bool
    until: int | None
    opens: int | None


class ServiceAnswer(Body):
    """The service as anyone may see it.

    `time` in unix seconds; `open`: a directory is in force and good, so rooms may open; `wait`: by
    language, the minutes that most people waited in the last two hours; `hours`: by language, "*" for those
    without hours of their own, empty where peers may be on at any time; `on`: what those speak who are on;
    `hold`: nothing is deleted after `keep_days` until somebody ends that.
    """

    time: int
    store: Id
    open: bool
    serial: int | None
    directory: Key32 | None
    keep_days: int
    hold: bool
    wait: dict[str, tuple[int, int]]
    hours: dict[str, OpeningHours]
    on: list[str]
    queue: QueueState


class OpenAnswer(Body):
    state: State
    ke: int
    seq: int
    store: Id


class RekeyAnswer(Body):
    state: State
    ke: int
    seq: int


class ClaimAnswer(Body):
    """Once the meeting is accepted: the room's epoch and the team's seal; before, 0 and null."""

    state: State
    ke: int
    accepted: bool
    seal: AnySeal | None
    purpose: Literal["team-peer"] | None


class SeatAnswer(Body):
    """`on`: whether a peer who left could meet this client again now; `paused`: they take no new talks."""

    seat: Id
    kid: Id | None
    open: bool
    on: bool | None
    paused: bool


class AskAnswer(Body):
    """Somebody a peer would bring in, who would come: as in the `room` frame."""

    kid: Id
    by: Id
    purpose: Literal["handover", "company"]
    willing: bool


class MeetAnswer(Body):
    kid: Id
    accepted: bool


class WaitAnswer(Body):
    """As the `wait` frame."""

    ahead: int
    low: int | None
    high: int | None
    why: Literal["closed", "language", "nobody", "long"] | None
    opens: int | None
    over: int | None

    @classmethod
    def of(cls, wait: Wait) -> "WaitAnswer":
        return cls(
            ahead=wait.ahead,
            low=wait.low,
            high=wait.high,
            why=None if wait.why is None else wait.why.value,
            opens=wait.opens,
            over=wait.over,
        )


class HistoryAnswer(Body):
    """The fields of `entered`, then at most 200 item frames; `more`: ask again from behind the last."""

    room: Id
    state: State
    ke: int
    seal: Wrap | None
    purpose: Literal["wrap"] | None
    flags: list[Literal["needs_rekey"]]
    seq: int
    head: Key32
    seats: list[SeatAnswer]
    asks: list[AskAnswer]
    meet: MeetAnswer | None
    store: Id
    items: list[Frame]
    more: bool
    wait: WaitAnswer | None

    @classmethod
    def of(cls, found: History, store: bytes) -> "HistoryAnswer":
        view, meet, wait = found.view, found.view.meet, found.wait
        return cls(
            room=view.room,
            state=view.state,
            ke=view.ke,
            seal=view.seal,
            purpose=None if view.seal is None else "wrap",
            flags=["needs_rekey"] if view.needs_rekey else [],
            seq=view.seq,
            head=view.head,
            seats=[
                SeatAnswer(seat=each.seat, kid=each.kid, open=each.open, on=each.on, paused=each.paused)
                for each in view.seats
            ],
            asks=[
                AskAnswer(kid=each.kid, by=each.by, purpose=each.purpose.value, willing=each.willing)
                for each in view.asks
            ],
            meet=None if meet is None else MeetAnswer(kid=meet.kid, accepted=meet.accepted),
            store=store,
            items=[item.pack() for item in found.items],
            more=found.more,
            wait=None if wait is None else WaitAnswer.of(wait),
        )


def read_send(data: bytes, room: RoomId) -> Send:
    """The Send frame in these bytes, for this room. Malformed for anything else."""
    try:
        frame = parse_from_browser(data)
    except WireError:
        raise Malformed from None
    if not isinstance(frame, Send) or frame.room != room:
        raise Malformed
    return frame
