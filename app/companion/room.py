"""One room from one seat: what it has verified, what waits to be sent. No I/O: frames and events out.

One message is on its way at a time. Only that one is bound to a number and an epoch; what waits behind it is
plain content, so a new epoch or another tab's message costs one re-encryption and no gap.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.companion.answers import AskState, Entered, MeetState, RoomState, SeatState, State
from app.companion.body import Content
from app.companion.events import Delivered, Event, Moved, OlderCopy, Said, Trouble, Undelivered
from app.companion.transcript import Transcript
from app.kit.clock import Clock
from app.wire.errors import WireError
from app.wire.frames import Ack, Erase, Item, Send
from app.wire.ids import CLIENT_SEAT, RoomId, SeatId
from app.wire.sizes import EPOCHS

CLIENT_SPEAKS_IN: frozenset[State] = frozenset({"waiting", "meeting", "talking"})
STAFF_SPEAK_IN: frozenset[State] = frozenset({"talking"})

LINE_FAULTS = frozenset({"gap_seq", "gap_sender", "chain_fork", "unknown_epoch", "erased_unasked"})
"""What a lost or doubled frame may look like too: asked for again once, believed the second time."""

AGAIN_LATER = frozenset({"slow_down", "unavailable", "unreachable", "not_beside"})
"""Refusals, or none at all, after which the same message is sent again."""
ANOTHER_TRY = frozenset({"stale_epoch", "n_conflict", "gap_sender"})
"""Refusals of a message that hold no longer once it is encrypted anew."""


@dataclass(slots=True, eq=False, repr=False)
class Outgoing:
    """One's own message on its way; `frame` is there from the first try until it must be encrypted anew."""

    content: Content
    frame: Send | Erase | None = None

    def __repr__(self) -> str:
        return "<Outgoing>"


@dataclass(frozen=True, slots=True)
class _Goal:
    """Where the server says the room stands."""

    seq: int
    head: bytes


@dataclass(slots=True, repr=False)
class Room:
    """A room at this end. `tell` hears events; `resync` is set when the room must be entered again."""

    room: RoomId
    seat: SeatId
    keys: Mapping[int, bytes]
    clock: Clock
    tell: Callable[[Event], None]
    state: State = "waiting"
    ke: int = 1
    needs_rekey: bool = False
    seats: tuple[SeatState, ...] = ()
    asks: tuple[AskState, ...] = ()
    meet: MeetState | None = None
    store: bytes | None = None
    broken: str | None = None
    """The code that stopped this room: nothing more is sent in it."""
    older_copy: bool = False
    """The service went back: nothing is sent before the person says so and the epoch has changed."""
    resync: bool = False
    holding: bool = False
    """Nothing is sent while the room's keys are being changed."""
    attached: bool = False
    """Whether the server follows this room for us now."""
    transcript: Transcript = field(init=False)
    outbox: deque[Outgoing] = field(default_factory=deque)
    _goal: _Goal | None = None
    _asked_again: bool = False
    _acked: int = 0
    _before: Transcript | None = None
    _floor: int = 0

    def __post_init__(self) -> None:
        self.transcript = Transcript(self.room, self.seat, self.keys)

    def __repr__(self) -> str:
        return f"<Room {self.state}>"

    @property
    def after(self) -> int:
        """The number behind which items are asked for."""
        return self.transcript.seq

    @property
    def caught_up(self) -> bool:
        """Whether all that the server had when we entered has come and was verified."""
        return self.attached and self._goal is None

    @property
    def next_n(self) -> int:
        return max(self.transcript.next_n, self._acked + 1)

    def say(self, content: Content) -> None:
        """Put words into the outbox."""
        self.outbox.append(Outgoing(content))

    def next_frame(self) -> Send | Erase | None:
        """The message to put on the line now: the one on its way, or the next, encrypted for this epoch."""
        if not self.outbox or not self._may_speak():
            return None
        first = self.outbox[0]
        if first.frame is None:
            first.frame = self._compose(first.content)
        return first.frame

    def took_state(self, news: RoomState) -> None:
        """The server's word on the room; keys from its seal come before, by `add_keys`."""
        changed = (news.state, news.seats, news.asks) != (self.state, self.seats, self.asks)
        self.state, self.ke, self.meet = news.state, news.ke, news.meet
        self.seats, self.asks = news.seats, news.asks
        self.needs_rekey = "needs_rekey" in news.flags
        if changed:
            self.tell(Moved(self.room, self.state))

    def entered(self, news: Entered) -> None:
        """The answer to entering: items up to (seq, head) follow, from behind `after`."""
        # While we follow, an item may overtake the answer; on a new line nothing can.
        went_back = not self.attached and news.head is not None and news.seq < self.transcript.seq
        self.resync, self.attached = False, True
        if (self.store is not None and news.store != self.store) or went_back:
            self._before = self._before or self.transcript
            self.transcript = self.transcript.from_start()
            self._acked = 0
            self.encrypt_anew()
            # The same store sends from behind what was verified; all of it must be looked at again.
            self.resync = self.store == news.store
        self.store = news.store
        self.took_state(news)
        if news.head is not None:
            self._goal = _Goal(news.seq, news.head)
            self._at_goal()

    def add_keys(self, keys: Mapping[int, bytes]) -> None:
        """Take the keys of a newer list; a list that contradicts what is known stops the room."""
        try:
            self.transcript.add_keys(keys)
        except WireError as error:
            self._stop(error.code)

    def received(self, item: Item) -> None:
        """A message from the server: shown only if it verifies."""
        if self.broken:
            return
        known = item.seq <= self.transcript.seq
        try:
            news = self.transcript.receive_again(item) if known else self.transcript.receive(item)
        except WireError as error:
            self._fault(error.code)
            return
        if not known or news.erased:
            self.tell(Said(self.room, news))
        if not known:
            self._asked_again = False
            self._settle(item)
            self._at_goal()

    def acked(self, ack: Ack) -> None:
        """The server has it on disk."""
        first = self.outbox[0] if self.outbox else None
        if first is not None and first.frame is not None and first.frame.n == ack.n:
            self.outbox.popleft()
            self._acked = ack.n
            self.tell(Delivered(self.room, first.content, ack.seq))

    def refused(self, code: str, n: int) -> None:
        """The server did not take message `n`."""
        first = self.outbox[0] if self.outbox else None
        if first is None or first.frame is None or first.frame.n != n or code in AGAIN_LATER:
            return
        if code in ANOTHER_TRY or code == "closed":
            first.frame = None
            self.resync = True
        else:
            self.outbox.popleft()
            self.tell(Undelivered(self.room, first.content, code))

    def counted(self, n: int) -> None:
        """Our message `n` is on disk, although it did not go through the outbox."""
        self._acked = max(self._acked, n)

    def go_on(self) -> None:
        """The person agreed to go on with the older copy; the next words wait for a fresh epoch."""
        self.older_copy = False

    def next_epoch(self) -> int:
        """The epoch after any known here. WireError("keys_format") when the room has had all fifteen."""
        epoch = max(self.ke, *self.transcript.keys) + 1
        if epoch > EPOCHS:
            raise WireError("keys_format")
        return epoch

    def _may_speak(self) -> bool:
        spoken = CLIENT_SPEAKS_IN if self.seat == CLIENT_SEAT else STAFF_SPEAK_IN
        stopped = self.broken or self.older_copy or self.holding
        return self.state in spoken and self.caught_up and self.ke > self._floor and not stopped

    def _compose(self, content: Content) -> Send | Erase | None:
        try:
            if self.transcript.epoch != self.ke:
                return None  # the message that opens the new epoch is still on its way to us
            frame = self.transcript.compose(self.next_n, content, int(self.clock.now() // 60))
        except WireError as error:
            if error.code != "unknown_epoch":
                self.outbox.popleft()
                self.tell(Undelivered(self.room, content, error.code))
            return None
        return frame

    def _settle(self, item: Item) -> None:
        """Our own message came round: it is on disk, or another tab took its number."""
        if item.seat != self.seat or not self.outbox:
            return
        frame = self.outbox[0].frame
        if frame is not None and frame.n == item.n:
            if frame.com == item.com:
                self.acked(Ack(item.room, item.n, item.seq))
            else:
                self.encrypt_anew()

    def encrypt_anew(self) -> None:
        """Let go of what was encrypted and not acknowledged: it gets another number or epoch."""
        for outgoing in self.outbox:
            outgoing.frame = None

    def _at_goal(self) -> None:
        goal = self._goal
        if goal is None or self.transcript.seq < goal.seq:
            return
        self._goal = None
        try:
            self.transcript.at_head(goal.seq, goal.head)
        except WireError as error:
            self._fault(error.code)
            return
        self._asked_again = False
        self._compare_with_before()

    def _compare_with_before(self) -> None:
        """Whether another database still holds all that was verified in the one before."""
        before, self._before = self._before, None
        if before is None:
            return
        same = min(before.seq, self.transcript.seq)
        if before.seq > self.transcript.seq or before.head_at(same) != self.transcript.head_at(same):
            self.older_copy, self._floor = True, max(self.transcript.keys)
            self.tell(OlderCopy(self.room, self.transcript.seq))

    def _fault(self, code: str) -> None:
        if code in LINE_FAULTS and not self._asked_again:
            self._asked_again = self.resync = True
        else:
            self._stop(code)

    def _stop(self, code: str) -> None:
        if self.broken is None:
            self.broken = code
            self.tell(Trouble(self.room, code))
