"""What the two houses answer, as types: a field this version does not know is passed over."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.wire.body import Base64Url, Id, Key32, Pub, Seal, StaffKeysBox, TeamKeySeal, Wrap
from app.wire.errors import WireError
from app.wire.pow import Challenge
from app.wire.sizes import FLAG_NOTE_SEALS, FLAG_SEALS, HEAD, SHOWN_SEALS, VAULT_BOXES

State = Literal["waiting", "meeting", "talking", "resting", "closed", "deleted"]
Role = Literal["peer", "moderator", "coordinator"]
SuspensionReason = Literal["safety", "conduct", "key-lost", "asked", "other"]

Category = Literal["danger", "contact", "abuse", "mistake", "other"]
Act = Literal["none", "talk", "pause", "reoffer", "close", "report"]
Outcome = Literal["open", "asked", "none", "talked", "paused", "reoffered", "closed", "reported"]
More = Literal["none", "asked", "given", "refused"]
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
AnyShown = Annotated[bytes, Base64Url(1, max(SHOWN_SEALS))]
AnyNote = Annotated[bytes, Base64Url(1, max(FLAG_NOTE_SEALS))]
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
    """Someone invited: `pub`, `mac` and `profile` are there once they have submitted.

    `replaces`: the key of the same person, who gets a new one.
    """

    staff: Id
    role: Role
    submitted: bool
    expires: int
    pub: Pub | None = None
    mac: Key32 | None = None
    profile: dict[str, Any] | None = None
    secret_box: InviteBox | None = None
    replaces: Id | None = None


class Applicants(Answer):
    waiting: list[Applicant]


class MemberState(Answer):
    """What the identity house knows of somebody listed, beside the directory."""

    kid: Id
    role: Role
    second_factor: bool
    room_limit: int


class Suspended(Answer):
    """Somebody whom two people suspended; `profile` as the directory had it, `day` since 1970."""

    kid: Id
    pub: Pub
    role: Role
    profile: dict[str, Any]
    reason: SuspensionReason
    by: Id
    second: Id
    day: int


class Proposal(Answer):
    """That somebody be suspended: `by` asked, `agreed` is the second person once there is one."""

    kid: Id
    reason: SuspensionReason
    by: Id
    day: int
    agreed: Id | None = None


class Proposals(Answer):
    proposals: tuple[Proposal, ...]


class Members(Proposals):
    members: tuple[MemberState, ...]
    suspended: tuple[Suspended, ...]


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

    `on`, of a seat that was left, to the client: whether that peer could meet them again now. `paused`, to
    the client: that peer takes no new talks.
    """

    seat: Id
    kid: Id | None = None
    open: bool = True
    on: bool | None = None
    paused: bool = False


AskPurpose = Literal["handover", "company"]


class AskState(Answer):
    """Whom a peer (`by`) would bring in; the client hears of those alone who are willing."""

    kid: Id
    by: Id
    purpose: AskPurpose
    willing: bool


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
    asks: tuple[AskState, ...] = ()
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
    """A peer's shift; `until`: the end of the quiet minutes after a room, in unix seconds.

    `paused`: this peer takes no new talks until somebody lifts the pause, or it ends.
    """

    state: ShiftState
    limit: int
    until: int | None = None
    paused: bool = False


class Whom(Answer):
    """The colleagues who could come into a talk now."""

    peers: tuple[Id, ...]


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
    """A flag leased to the moderator: `day` since 1970, `until` in unix seconds.

    `handed_on`: a colleague wanted another opinion.
    """

    flag: Id
    category: Category
    day: int
    until: int
    more: More
    held: bool
    handed_on: bool


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


class FlagNote(Answer):
    """A line of a colleague, sealed to the moderation key `kid` as note number `n`."""

    n: int
    by: Id
    kid: Id
    epoch: int
    sealed: AnyNote


class SecondState(Answer):
    """What became of a question to a second person."""

    to: Id
    act: Act
    subject: Id | None = None
    state: Literal["asked", "agreed", "differs", "over"]


class FlagRead(Answer):
    """A flag as the server holds it.

    `kid` and `epoch` name the moderation key it is sealed to, or with epoch 0 the reader's own; `more_kid`
    and `more_epoch` that of words given later. `note`: the number under which one's own line is sealed.
    """

    flag: Id
    room: Id
    reporter: Id
    kid: Id
    epoch: int
    category: Category
    day: int
    sealed: AnyShown
    more: AnyFlag | None = None
    more_kid: Id | None = None
    more_epoch: int | None = None
    state: State
    rows: tuple[EvidenceRow, ...]
    seats: tuple[EvidenceSeat, ...]
    notes: tuple[FlagNote, ...]
    note: int
    second: SecondState | None = None


class AskedFlag(Answer):
    """A flag that `by` asks one to read and answer; `day` since 1970."""

    flag: Id
    category: Category
    day: int
    by: Id


class AskingFlag(Answer):
    """A flag that one asks `to` to read and answer; `day` since 1970."""

    flag: Id
    category: Category
    day: int
    to: Id


class ReportedFlag(Answer):
    """A flag that `other` agreed to report; its pack may be taken until the end of `last_day`, since 1970."""

    flag: Id
    category: Category
    day: int
    other: Id
    last_day: int


class Questions(Answer):
    asked: tuple[AskedFlag, ...]
    mine: tuple[AskingFlag, ...]
    reported: tuple[ReportedFlag, ...]


class Agreed(Answer):
    agreed: bool


class StaleFlag(Answer):
    """An undecided flag; `sealed`, `more` and `notes` as far as they are under an older moderation key."""

    flag: Id
    room: Id
    reporter: Id
    kid: Id
    epoch: int
    sealed: AnyFlag | None = None
    more: AnyFlag | None = None
    more_kid: Id | None = None
    more_epoch: int | None = None
    notes: tuple[FlagNote, ...]


class StaleFlags(Answer):
    flags: tuple[StaleFlag, ...]


class KeptFlag(Answer):
    """A flag that is decided or held; `day`: of the decision, since 1970, None where there is none yet."""

    flag: Id
    category: Category
    day: int | None
    act: Act | None
    held: bool
    reported: bool


class KeptFlags(Answer):
    flags: tuple[KeptFlag, ...]


class TrailEntry(Answer):
    """Something that staff did; `flag` is 16 zero bytes where it is about none."""

    n: int
    day: int
    kid: Id
    act: str
    flag: Id
    reason: str


class Trail(Answer):
    entries: tuple[TrailEntry, ...]


class LineRow(Answer):
    """The header of one message of the seat whose lines are shown, by the server's word."""

    seq: int
    ke: int
    n: int
    com: Key32


class ShownLines(Answer):
    """Own lines that a peer (`by`) shows to one colleague (`to`), for that person's key alone."""

    id: Id
    room: Id
    by: Id
    to: Id
    day: int
    sealed: AnyFlag
    rows: tuple[LineRow, ...]


class AllShown(Answer):
    lines: tuple[ShownLines, ...]


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


class AskedFrame(Answer):
    """A colleague (`by`) would bring this peer into a room; without `by`: not any more."""

    room: Id
    by: Id | None = None
    purpose: AskPurpose | None = None
    willing: bool = False


class DeskRoom(Answer):
    room: Id
    state: State
    ke: int
    seal: AnySeal | None = None
    purpose: str | None = None


class Desk(Answer):
    rooms: tuple[DeskRoom, ...]
