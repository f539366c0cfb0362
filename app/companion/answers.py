"""What the two houses answer, as types: a field this version does not know is passed over."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.wire.body import Base64Url, Id, Key32, Pub, Seal, StaffKeysBox, TeamKeySeal, Wrap
from app.wire.errors import WireError
from app.wire.pow import Challenge
from app.wire.sizes import FLAG_SEALS, HEAD, VAULT_BOXES

State = Literal["waiting", "meeting", "talking", "resting", "closed", "deleted"]
Role = Literal["peer", "moderator", "coordinator"]

Category = Literal["danger", "contact", "abuse", "mistake", "other"]
Act = Literal["none", "close"]
Outcome = Literal["open", "none", "closed"]
Reason = Literal[
    "nothing-wrong",
    "not-clear",
    "kept-as-note",
    "asked-contact",
    "sexual",
    "money",
    "abuse",
    "danger",
    "other",
]

Head = Annotated[bytes, Base64Url(HEAD)]
AnyFlag = Annotated[bytes, Base64Url(1, max(FLAG_SEALS))]
InviteBox = Annotated[bytes, Base64Url(97)]
AnySeal = Annotated[bytes, Base64Url(1, 1024)]
"""A wrap or a seal: which of the two, `purpose` says."""


class Answer(BaseModel):
    """An answer: frozen, strict, tolerant of new fields."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, hide_input_in_errors=True)


def _challenge(value: object) -> Challenge:
    if isinstance(value, Challenge):
        return value
    try:
        return Challenge.from_json(value)
    except WireError:
        raise ValueError("not a challenge") from None


AChallenge = Annotated[Any, BeforeValidator(_challenge)]


class Site(Answer):
    """`/site.json`: the instance and the root keys that pages pin."""

    v: Literal[1]
    instance: Id
    roots: list[Pub]


class Challenged(Answer):
    challenge: AChallenge


class Salted(Answer):
    salt: Id


class SealedTeamKey(Answer):
    """A team's private key in one epoch, sealed to the caller."""

    team: str
    epoch: int
    sealed: TeamKeySeal


class SignedIn(Answer):
    staff: Id
    role: Role
    kid: Id
    keys: StaffKeysBox
    team_keys: list[SealedTeamKey]


class Pass(Answer):
    """A pass to conversations and when it ends, in unix seconds."""

    token: str = Field(alias="pass", repr=False)
    expires: int


class Sealed(Answer):
    """What only its owner opens: a journal, or a peer's note. Version 0 and None where there is none."""

    version: int
    blob: Annotated[bytes, Base64Url(min(VAULT_BOXES), max(VAULT_BOXES))] | None


class Invited(Answer):
    expires: int


class Opened(Answer):
    """An invitation, as its holder sees it."""

    staff: Id
    role: Role
    instance: Id
    expires: int


class Applicant(Answer):
    """Someone invited: `pub`, `mac` and `profile` are there once they have submitted."""

    staff: Id
    role: Role
    submitted: bool
    expires: int
    pub: Pub | None = None
    mac: Key32 | None = None
    profile: dict[str, Any] | None = None
    secret_box: InviteBox | None = None


class Applicants(Answer):
    waiting: list[Applicant]


class Queue(Answer):
    open: bool


class Hours(Answer):
    """Whether a language's hours are on, until when, and when they begin next; unix seconds."""

    open: bool
    until: int | None = None
    opens: int | None = None


class Service(Answer):
    """The conversation side as anyone may see it; by `time` months and expiry are counted.

    `hours` by language, "*" for those without their own; `on`: what those speak who are on.
    """

    time: int
    store: Id
    open: bool
    serial: int | None = None
    directory: Key32 | None = None
    keep_days: int
    wait: dict[str, tuple[int, int]] = {}
    hours: dict[str, Hours] = {}
    on: tuple[str, ...] = ()
    queue: Queue


class RoomOpened(Answer):
    state: State
    ke: int
    seq: int
    store: Id


class Slot(Answer):
    """One slot of a month: all None where there is no such room, or it was deleted."""

    state: State | None = None
    ke: int | None = None
    wrap: Wrap | None = None


class Slots(Answer):
    slots: list[Slot]


class SeatState(Answer):
    """A seat as the server names it; who sits in it is checked against `kid`.

    `on`, of a seat that was left, to the client: whether that peer could meet them again now.
    """

    seat: Id
    kid: Id | None = None
    open: bool = True
    on: bool | None = None


class MeetState(Answer):
    kid: Id
    accepted: bool = False


class WaitState(Answer):
    """How many are ahead, the range in minutes that most people waited, where enough are known, and `why`.

    `opens`: unix seconds, where it is closed and known; `over`: minutes, where it is long.
    """

    ahead: int
    low: int | None = None
    high: int | None = None
    why: Literal["closed", "language", "nobody", "long"] | None = None
    opens: int | None = None
    over: int | None = None


class RoomState(Answer):
    """A room as its reader may see it: `seal` is the client's wrap, or a seal for staff."""

    room: Id
    state: State
    ke: int
    seal: AnySeal | None = None
    purpose: str | None = None
    flags: tuple[str, ...] = ()
    seats: tuple[SeatState, ...] = ()
    meet: MeetState | None = None


class Entered(RoomState):
    """Where a room stands: the answer to `enter` and the head of `rooms/history`."""

    seq: int
    head: Head | None = None
    store: Id


class History(Entered):
    """`items` are Item frames, at most 200; `more` says that there are later ones."""

    items: tuple[Annotated[bytes, Base64Url(1, 20_000)], ...]
    more: bool
    wait: WaitState | None = None


class StateNow(Answer):
    state: State


class Rekeyed(Answer):
    state: State
    ke: int
    seq: int


class Claimed(Answer):
    state: State
    ke: int
    accepted: bool
    seal: Seal | None = None
    purpose: str | None = None


class Waiting(Answer):
    """A ticket in the queue, as a peer sees it: tags only."""

    room: Id
    language: str
    urgent: bool
    topics: list[str] = []
    lived: list[str] = []
    back: bool = False
    note: bool = False
    here: bool = False
    minutes: int = 0


class Fits(Answer):
    """What somebody who waits and the peer have in common; `asked`: this peer was asked for."""

    language: bool
    topics: list[str]
    lived: list[str]
    asked: bool


class Offered(Waiting):
    """Somebody this peer could say hello to."""

    fits: Fits


ShiftState = Literal["on", "finishing", "break", "off"]


class Shift(Answer):
    """A peer's shift; `until`: the end of the quiet minutes after a room, in unix seconds."""

    state: ShiftState
    limit: int
    until: int | None = None


# Flags (docs/protocol.md, 11)


class Told(Answer):
    outcome: Outcome


class Report(Answer):
    """A flag of one's own."""

    flag: Id
    room: Id
    outcome: Outcome


class Reports(Answer):
    reports: tuple[Report, ...]


class TakenFlag(Answer):
    """A flag leased to the moderator: `day` since 1970, `until` in unix seconds."""

    flag: Id
    category: Category
    day: int
    until: int


class Taken(Answer):
    flag: TakenFlag | None = None


class EvidenceRow(Answer):
    """A header of the flagged room, by the server's word."""

    seq: int
    ke: int
    seat: Id
    n: int
    com: Key32


class EvidenceSeat(Answer):
    seat: Id
    kid: Id | None = None


class FlagRead(Answer):
    """A flag as the server holds it: `kid` and `epoch` name the moderation key it is sealed to."""

    flag: Id
    room: Id
    reporter: Id
    kid: Id
    epoch: int
    category: Category
    day: int
    sealed: AnyFlag
    state: State
    rows: tuple[EvidenceRow, ...]
    seats: tuple[EvidenceSeat, ...]


# Control frames of the live socket (docs/protocol.md, 12)


class OfRoom(Answer):
    """A frame that says no more than which room it means."""

    room: Id


class ErrorFrame(Answer):
    """One of our frames was not carried out; `room` and `n` name it."""

    code: str
    room: Id | None = None
    n: int | None = None


class PresenceFrame(Answer):
    room: Id
    seat: Id
    state: Literal["here", "lost", "left"]


class WaitFrame(WaitState):
    room: Id


class MeetFrame(Answer):
    room: Id
    kid: Id


class QueueFrame(Answer):
    waiting: tuple[Waiting, ...]


class OfferFrame(Answer):
    offer: Offered | None = None


class DeskRoom(Answer):
    room: Id
    state: State
    ke: int
    seal: AnySeal | None = None
    purpose: str | None = None


class Desk(Answer):
    rooms: tuple[DeskRoom, ...]
