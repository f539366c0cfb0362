"""Where a message goes in its room, or why it does not: pure decisions.

One batch holds messages of many rooms. Each is judged against the room as the messages before
it in the batch leave it, so a batch commits exactly what one transaction for each would have.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.conversations.errors import Closed, GapSender, NConflict, StaleEpoch, Unknown
from app.conversations.rooms.rules import LONGEST_LIFE
from app.conversations.rooms.tips import Tip, packed
from app.kit.errors import Refusal
from app.wire.frames import Item
from app.wire.ids import CLIENT_SEAT, RoomId, SeatId
from app.wire.transcript import chain_next, header

CLIENT_SENDS_IN = frozenset({"waiting", "meeting", "talking"})
STAFF_SENDS_IN = frozenset({"talking"})


class Envelope(NamedTuple):
    """A message as it came from a seat; `erases` is the seq of the row it takes back."""

    room: RoomId
    seat: SeatId
    ke: int
    n: int
    com: bytes
    ct: bytes
    erases: int | None = None

    def __repr__(self) -> str:
        return f"<Envelope {len(self.ct)} bytes>"


@dataclass(slots=True)
class RoomHead:
    """What placing needs to know of a room; moves on with every placed message.

    `counts`: each seat's own count. `kept`: the day until which the room is kept, `longest` the last that
    this may be put off to.
    """

    state: str
    ke: int
    kept: int
    longest: int
    seq: int
    head: bytes
    counts: dict[SeatId, int]


class Placed(NamedTuple):
    """A new row, what the room has come to with it, and the row that it empties, if any."""

    item: Item
    head: bytes
    counts: bytes
    emptied: Item | None = None


class Repeated(NamedTuple):
    """The message is on disk already, under this number."""

    seq: int


Outcome = Placed | Repeated | Refusal


@dataclass(slots=True)
class Ledger:
    """A batch's view of its rooms: loaded once, moved on by each placed message."""

    rooms: dict[RoomId, RoomHead]
    seats: dict[tuple[RoomId, SeatId], bool]
    """Whether somebody sits there now."""
    sent: dict[tuple[RoomId, SeatId, int], Item] = field(default_factory=dict)
    """Stored rows by sender's count, for repeats."""
    rows: dict[tuple[RoomId, int], Item] = field(default_factory=dict)
    """Stored rows by seq, for take-backs."""

    def place(self, envelope: Envelope) -> Outcome:
        """Judge one message and, if it is taken, move its room and seat on."""
        room = self.rooms.get(envelope.room)
        if room is None or not self.seats.get((envelope.room, envelope.seat)) or room.state == "deleted":
            return Unknown()
        said = room.counts.get(envelope.seat, 0)
        if envelope.n <= said:
            return self._repeated(envelope)
        refusal = _refusal(envelope, room, said)
        if refusal is not None:
            return refusal
        emptied = None
        if envelope.erases is not None:
            row = self.rows.get((envelope.room, envelope.erases))
            # The client alone empties, and only what came from its own seat.
            if row is None or envelope.seat != CLIENT_SEAT or row.seat != CLIENT_SEAT:
                return Unknown()
            emptied = emptied_copy(row)
            self._remember(emptied)
        item = self._append(envelope, room)
        return Placed(item, room.head, packed(room.counts), emptied)

    def _append(self, envelope: Envelope, room: RoomHead) -> Item:
        seq = room.seq + 1
        head = chain_next(
            room.head, seq, header(envelope.room, envelope.ke, envelope.seat, envelope.n), envelope.com
        )
        room.seq, room.head, room.counts[envelope.seat] = seq, head, envelope.n
        item = Item(envelope.room, seq, envelope.seat, envelope.ke, envelope.n, envelope.com, envelope.ct)
        self._remember(item)
        return item

    def _remember(self, item: Item) -> None:
        self.sent[item.room, item.seat, item.n] = item
        self.rows[item.room, item.seq] = item

    def _repeated(self, envelope: Envelope) -> Outcome:
        row = self.sent.get((envelope.room, envelope.seat, envelope.n))
        if row is None or row.com != envelope.com or row.ke != envelope.ke:
            return NConflict()
        return Repeated(row.seq)


def needed(
    envelopes: Iterable[Envelope], rooms: Mapping[RoomId, RoomHead]
) -> tuple[list[tuple[RoomId, SeatId, int]], list[tuple[RoomId, int]]]:
    """Which stored rows a batch must load: because a sender's count is not new, and to take them back."""
    repeats, taken_back = [], []
    for envelope in envelopes:
        room = rooms.get(envelope.room)
        if room is None:
            continue
        if envelope.n <= room.counts.get(envelope.seat, 0):
            repeats.append((envelope.room, envelope.seat, envelope.n))
        if envelope.erases is not None and envelope.erases <= room.seq:
            taken_back.append((envelope.room, envelope.erases))
    return repeats, taken_back


def room_head(state: str, ke: int, expires_day: int, opened_day: int, tip: Tip) -> RoomHead:
    """From columns of a room's row, and what it has come to."""
    return RoomHead(state, ke, expires_day, opened_day + LONGEST_LIFE, *tip)


def kept_longer(
    rooms: Mapping[RoomId, RoomHead], placed: Iterable[Placed], keep_until: int
) -> list[tuple[int, RoomId]]:
    """The days until which rooms are kept now, of those only where it is another day than before."""
    moved = []
    for room in {outcome.item.room for outcome in placed}:
        head = rooms[room]
        until = min(keep_until, head.longest)
        if until > head.kept:
            head.kept = until
            moved.append((until, room))
    return moved


def emptied_copy(row: Item) -> Item:
    """The row without its ciphertext; header and commitment stay for ever (invariant 9)."""
    return Item(row.room, row.seq, row.seat, row.ke, row.n, row.com, b"")


def _refusal(envelope: Envelope, room: RoomHead, said: int) -> Refusal | None:
    may_send_in = CLIENT_SENDS_IN if envelope.seat == CLIENT_SEAT else STAFF_SENDS_IN
    if room.state not in may_send_in:
        return Closed()
    if envelope.n != said + 1:
        return GapSender()
    if envelope.ke != room.ke:
        return StaleEpoch()
    return None
