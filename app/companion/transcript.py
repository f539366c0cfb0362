"""A room as one seat has verified it: the receiver of docs/protocol.md, 10, and the epoch chain of 8.

The server is not believed. Every item must be the next of the room and of its sender, open under a key this
seat holds, and agree with what its sender had seen; a new key is used only if the client named it under the
key before. An item that is refused changes nothing: it can be received again once its reason is gone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.companion.body import Body, Content, parse_body, write_body
from app.companion.envelope import Opened, Place, decrypt, encrypt
from app.companion.key_list import rekey_hash
from app.companion.snapshot import Mark, Row, Snapshot
from app.wire.encoding import unb64u
from app.wire.errors import WireError
from app.wire.frames import Erase, Item, Send
from app.wire.ids import CLIENT_SEAT, RoomId, SeatId
from app.wire.sizes import EPOCHS, KEY
from app.wire.transcript import chain_next, chain_start, header

_LASTING = ("rekey", "take-back")
"""Kinds nobody takes back: later items hang on the first, an empty row is judged by the second."""


@dataclass(frozen=True, slots=True, repr=False)
class Received:
    """A verified item.

    `kind` is the kind to act on. It is None where there is nothing to open (`erased`: the words were taken
    back; `hidden`: earlier words, not shared with this seat), and where it must not be obeyed (unknown or
    ill-formed, from the wrong seat, a take-back of what is not the sender's own): then there is a `body`, to
    be shown as "cannot be shown here". `opened` is what a flag would disclose of it.
    """

    seq: int
    seat: SeatId
    ke: int
    n: int
    kind: str | None = None
    body: Body | None = None
    erased: bool = False
    hidden: bool = False
    opened: Opened | None = field(default=None, compare=False)


class Transcript:
    """What `own_seat` has verified of `room`, and what it says next.

    `keys` are room keys (32 bytes) by epoch, as a wrap or seat seal held them.
    """

    def __init__(self, room: RoomId, own_seat: SeatId, keys: Mapping[int, bytes]) -> None:
        self.room = room
        self.own_seat = own_seat
        self._keys: dict[int, bytes] = {}
        self._prints: dict[int, bytes] = {}  # by epoch, the hash of each key held or announced
        self._rows: list[Row] = []  # seq 1 stands at 0
        self._heads = [chain_start(room)]
        self._sent: dict[SeatId, int] = {}  # the last n of each seat
        self._epoch = 1  # of the next item
        self._unvouched: set[int] = set()  # epochs whose key came later: used once announced
        self._taken: set[int] = set()
        self._erased: set[int] = set()
        self.add_keys(keys)
        self._unvouched.clear()

    def __repr__(self) -> str:
        return f"<Transcript {self.seq} items>"

    @property
    def keys(self) -> dict[int, bytes]:
        """The room keys held, by epoch."""
        return dict(self._keys)

    @property
    def seq(self) -> int:
        """The last verified item's number in the room, 0 before the first."""
        return len(self._rows)

    @property
    def head(self) -> bytes:
        """The chain's head after the last verified item."""
        return self._heads[-1]

    @property
    def epoch(self) -> int:
        """The epoch under which this seat speaks now. WireError("unknown_epoch") without its key."""
        epoch = min(filter(self._may_be_next, self._keys), default=None)
        if epoch is None:
            raise WireError("unknown_epoch")
        return epoch

    @property
    def next_n(self) -> int:
        """The number of this seat's next message, as far as verified items say."""
        return self._sent.get(self.own_seat, 0) + 1

    def next_body_seen(self) -> tuple[int, bytes]:
        """(seq, head) as the next message of this seat will show it."""
        return self.seq, self.head

    def head_at(self, seq: int) -> bytes:
        """The verified head after item `seq` (0: before the first). WireError("gap_seq") beyond the last."""
        if not 0 <= seq <= self.seq:
            raise WireError("gap_seq")
        return self._heads[seq]

    def add_keys(self, keys: Mapping[int, bytes]) -> None:
        """Takes the keys of a newer list. A key of a later epoch is used once the client's `rekey` has come.

        Someone who was away for an epoch and is seated anew starts a new transcript.

        WireError: `key_fork` where one is not the key known or announced for its epoch, `keys_format`.
        Nothing of a refused list is kept.
        """
        if any(not 1 <= epoch <= EPOCHS or len(key) != KEY for epoch, key in keys.items()):
            raise WireError("keys_format")
        prints = {epoch: rekey_hash(self.room, epoch, key) for epoch, key in keys.items()}
        if any(self._prints.get(epoch, digest) != digest for epoch, digest in prints.items()):
            raise WireError("key_fork")
        self._unvouched |= {epoch for epoch in keys if epoch > self._epoch and epoch not in self._prints}
        self._prints |= prints
        self._keys |= keys

    def receive(self, item: Item) -> Received:
        """Verifies the next item of the room.

        WireError, in this order: `unknown` (another room), `gap_seq`, `gap_sender`, `key_fork` (the epoch
        falls), `unknown_epoch` (fetch the newest list, `add_keys`, receive again), `key_fork` (an epoch
        that the client did not announce, or with another key), `aead`, `msg_padding`, `bad_commitment`,
        `msg_format`, `chain_fork`.
        """
        if item.room != self.room:
            raise WireError("unknown")
        if item.seq != self.seq + 1:
            raise WireError("gap_seq")
        if item.n != self._sent.get(item.seat, 0) + 1:
            raise WireError("gap_sender")
        key = self._key_of(item)
        if key is None or not item.ct:
            mark: Mark = "hidden" if key is None else "empty"
            received = Received(item.seq, item.seat, item.ke, item.n, erased=not item.ct, hidden=key is None)
        else:
            opened = decrypt(key, Place(item.room, item.ke, item.seat, item.n), item.com, item.ct)
            body = self._read(opened)
            kind = body.kind if self._is_obeyed(body, item) else None
            mark = "lasting" if kind in _LASTING else "open"
            received = Received(item.seq, item.seat, item.ke, item.n, kind, body, opened=opened)
        self._keep(item, mark, received)
        return received

    def receive_again(self, item: Item) -> Received:
        """An item with a number already verified: a repeat, or the row sent again because it was emptied.

        Its words are not opened a second time. WireError: `unknown` (another room), `gap_seq` (not verified
        yet), `chain_fork` (not the item verified under that number).
        """
        if item.room != self.room:
            raise WireError("unknown")
        if not 1 <= item.seq <= self.seq:
            raise WireError("gap_seq")
        row = self._rows[item.seq - 1]
        if (item.seat, item.ke, item.n, item.com) != row[:4]:
            raise WireError("chain_fork")
        if not item.ct:
            self._erased.add(item.seq)
        erased, hidden = item.seq in self._erased, row.mark == "hidden"
        return Received(item.seq, item.seat, item.ke, item.n, erased=erased, hidden=hidden)

    def at_head(self, seq: int, head: bytes) -> None:
        """To be called when all items up to the server's (seq, head) have been received.

        WireError: `gap_seq` (they have not), `chain_fork` (another head), `erased_unasked` (a row is empty
        that its sender did not take back, or that a staff seat sent). A take-back under a key not held may
        stand for any row before it, so such rows are not judged.
        """
        if self.head_at(seq) != head:
            raise WireError("chain_fork")
        if any(not self._may_be_empty(at) for at in self._erased):
            raise WireError("erased_unasked")

    def compose(self, n: int, content: Content, minutes: int) -> Send | Erase:
        """The frame of this seat's message `n`, under the present epoch, saying what has been seen.

        `content` comes from a builder of `body`, `minutes` is now in minutes since 1970. `n` is `next_n`,
        plus the number of messages still on their way. A client's take-back becomes an Erase. WireError:
        `unknown_epoch`, `too_long`, `malformed` where receivers would not obey (not this seat's to say, not
        its own row, a row that nobody takes back).
        """
        ke = self.epoch
        data = write_body(content, minutes, self.next_body_seen())
        body = parse_body(data)
        if not body.may_come_from(self.own_seat):
            raise WireError("malformed")
        com, ct = encrypt(self._keys[ke], Place(self.room, ke, self.own_seat, n), data)
        if body.kind != "take-back":
            return Send(self.room, ke, n, com, ct)
        of = body.fields["of"]
        if not self._may_take_back(of, self.own_seat):
            raise WireError("malformed")
        if self.own_seat != CLIENT_SEAT:
            return Send(self.room, ke, n, com, ct)
        return Erase(self.room, of, ke, n, com, ct)

    def snapshot(self) -> Snapshot:
        """All of this but the keys."""
        return Snapshot(
            self.room,
            self.own_seat,
            self._epoch,
            tuple(self._rows),
            dict(self._prints),
            frozenset(self._keys),
            frozenset(self._unvouched),
            frozenset(self._taken),
            frozenset(self._erased),
        )

    @classmethod
    def restore(cls, snapshot: Snapshot, keys: Mapping[int, bytes]) -> "Transcript":
        """The transcript a snapshot was taken of.

        WireError: `key_fork` where a key is not the one known then, `unknown_epoch` where one is missing.
        """
        transcript = cls(snapshot.room, snapshot.own_seat, {})
        transcript._prints = dict(snapshot.prints)
        transcript.add_keys(keys)
        if not snapshot.held.issubset(keys):
            raise WireError("unknown_epoch")
        for row in snapshot.rows:
            transcript._append(row)
        transcript._epoch = snapshot.epoch
        transcript._unvouched = set(keys) - snapshot.held | set(snapshot.unvouched)
        transcript._taken = set(snapshot.taken)
        transcript._erased = set(snapshot.erased)
        return transcript

    def from_start(self) -> "Transcript":
        """The same seat before the first item, to read the room anew where another store tells of it.

        Keys, and what is known of them, stay.
        """
        anew = Transcript(self.room, self.own_seat, self._keys)
        anew._prints = dict(self._prints)
        anew._unvouched = set(self._unvouched)
        return anew

    def _key_of(self, item: Item) -> bytes | None:
        """The key of an item's epoch, None for one below the newest that this staff seat never held."""
        if item.ke < self._epoch:
            raise WireError("key_fork")
        newest = max(self._keys, default=0)
        if item.ke not in self._keys and (self.own_seat == CLIENT_SEAT or item.ke > newest):
            raise WireError("unknown_epoch")
        if not self._may_be_next(item.ke):
            raise WireError("key_fork")
        return self._keys.get(item.ke)

    def _may_be_next(self, ke: int) -> bool:
        """Whether the next item may be of this epoch.

        That is the one the chain has reached, or a later one of which this seat cannot have read the
        announcement: the last item can have been it, and no epoch that this seat could read is passed over.
        A key that came later needs an announcement, or a lying server could move a seat to a key of its own
        behind words it hides.
        """
        if ke == self._epoch:
            return True
        last = self._rows[-1] if self._rows else None
        return (
            last is not None
            and last.mark == "hidden"
            and last.seat == CLIENT_SEAT
            and self._epoch < ke
            and self.seq not in self._erased
            and ke not in self._unvouched
            and not any(self._epoch <= held < ke for held in self._keys)
        )

    def _read(self, opened: Opened) -> Body:
        body = parse_body(opened.body)
        seen_seq, seen_head = body.seen
        if seen_seq > self.seq or self._heads[seen_seq] != seen_head:
            raise WireError("chain_fork")
        return body

    def _is_obeyed(self, body: Body, item: Item) -> bool:
        if not body.may_come_from(item.seat):
            return False
        if body.kind == "rekey":
            announced, digest = _announcement(body)
            if announced <= item.ke or self._prints.get(announced, digest) != digest:
                raise WireError("key_fork")
        return body.kind != "take-back" or self._may_take_back(body.fields["of"], item.seat)

    def _may_take_back(self, of: int, seat: SeatId) -> bool:
        return of <= self.seq and self._rows[of - 1].seat == seat and self._rows[of - 1].mark != "lasting"

    def _may_be_empty(self, seq: int) -> bool:
        later = self._rows[seq:]
        return self._rows[seq - 1].seat == CLIENT_SEAT and (
            seq in self._taken or any(row.mark == "hidden" for row in later)
        )

    def _keep(self, item: Item, mark: Mark, received: Received) -> None:
        self._append(Row(item.seat, item.ke, item.n, item.com, mark))
        self._epoch = item.ke
        if received.erased:
            self._erased.add(item.seq)
        if received.kind == "take-back" and received.body:
            self._taken.add(received.body.fields["of"])
        if received.kind == "rekey" and received.body:
            self._epoch, digest = _announcement(received.body)
            self._prints[self._epoch] = digest

    def _append(self, row: Row) -> None:
        self._rows.append(row)
        place = header(self.room, row.ke, row.seat, row.n)
        self._heads.append(chain_next(self.head, self.seq, place, row.com))
        self._sent[row.seat] = row.n


def _announcement(rekey: Body) -> tuple[int, bytes]:
    return rekey.fields["e"], unb64u(rekey.fields["next"])
