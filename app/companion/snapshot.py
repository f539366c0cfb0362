"""A transcript at rest, so that a client that stops can go on where it was (docs/protocol.md, 10).

It holds no key and no words, but it names a room and its seats: whoever writes it down keeps it as they
keep keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

from app.wire.encoding import b64u, unb64u
from app.wire.errors import WireError
from app.wire.fields import MAX_U32, array, mapping, whole
from app.wire.ids import RoomId, SeatId
from app.wire.sizes import COM, EPOCHS, HASH, ID

VERSION = 1

Mark = Literal["open", "lasting", "hidden", "empty"]
"""How an item came: opened; opened, and never to be taken back; under a key not held; without words."""

_FIELDS = {"v", "room", "seat", "epoch", "rows", "prints", "held", "unvouched", "taken", "erased"}


class Row(NamedTuple):
    """One item's header, commitment and mark."""

    seat: SeatId
    ke: int
    n: int
    com: bytes
    mark: Mark


@dataclass(frozen=True, slots=True, repr=False)
class Snapshot:
    """What a seat has verified of a room.

    `epoch` is that of the next item; `rows` stand in order of seq from 1; `prints` holds, by epoch, the hash
    of each key held or announced; `held` the epochs whose key was held, `unvouched` those of which it
    came later, to be used once announced; `taken` and `erased` are seqs.
    """

    room: RoomId
    own_seat: SeatId
    epoch: int
    rows: tuple[Row, ...]
    prints: Mapping[int, bytes]
    held: frozenset[int]
    unvouched: frozenset[int]
    taken: frozenset[int]
    erased: frozenset[int]

    def to_json(self) -> dict[str, Any]:
        """The snapshot as a JSON object, bytes in base64url."""
        return {
            "v": VERSION,
            "room": b64u(self.room),
            "seat": b64u(self.own_seat),
            "epoch": self.epoch,
            "rows": [[b64u(row.seat), row.ke, row.n, b64u(row.com), row.mark] for row in self.rows],
            "prints": [[epoch, b64u(digest)] for epoch, digest in sorted(self.prints.items())],
            "held": sorted(self.held),
            "unvouched": sorted(self.unvouched),
            "taken": sorted(self.taken),
            "erased": sorted(self.erased),
        }

    @classmethod
    def from_json(cls, obj: object) -> "Snapshot":
        """The snapshot in any JSON value. WireError("malformed") for another shape, version or range."""
        value = mapping(obj)
        if value.keys() != _FIELDS or whole(value["v"], VERSION, VERSION) != VERSION:
            raise WireError("malformed")
        rows = tuple(_row(entry) for entry in array(value["rows"], MAX_U32))
        return cls(
            room=RoomId(unb64u(value["room"], ID)),
            own_seat=SeatId(unb64u(value["seat"], ID)),
            epoch=_epoch(value["epoch"]),
            rows=rows,
            prints=dict(_print(entry) for entry in array(value["prints"], EPOCHS)),
            held=frozenset(_epoch(entry) for entry in array(value["held"], EPOCHS)),
            unvouched=frozenset(_epoch(entry) for entry in array(value["unvouched"], EPOCHS)),
            taken=frozenset(whole(entry, 1, len(rows)) for entry in array(value["taken"], len(rows))),
            erased=frozenset(whole(entry, 1, len(rows)) for entry in array(value["erased"], len(rows))),
        )


def _row(value: object) -> Row:
    entry = array(value, 5)
    if len(entry) != 5 or entry[4] not in get_args(Mark):
        raise WireError("malformed")
    seat, ke, n, com, mark = entry
    return Row(SeatId(unb64u(seat, ID)), _epoch(ke), whole(n, 1, MAX_U32), unb64u(com, COM), mark)


def _print(value: object) -> tuple[int, bytes]:
    entry = array(value, 2)
    if len(entry) != 2:
        raise WireError("malformed")
    return _epoch(entry[0]), unb64u(entry[1], HASH)


def _epoch(value: object) -> int:
    return whole(value, 1, EPOCHS)
