"""Checking a flag against the headers that the server kept of its room (docs/protocol.md, 11).

The server's word is not enough: `com` binds each disclosed body to its header, and every disclosed body
names a head of the chain that the headers before it must give.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from app.companion.answers import EvidenceRow, EvidenceSeat
from app.companion.body import Body, parse_body
from app.companion.envelope import Place, verify_item
from app.companion.flag import Disclosed
from app.wire.errors import WireError
from app.wire.ids import Kid, RoomId, SeatId, seat_id
from app.wire.transcript import chain_next, chain_start

Proof = Literal["ok", "bad", "wait"]
"""`ok`: said in this room, at this place, in these words. `bad`: no match. `wait`: cannot be checked."""


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A disclosed message: its seat and body, as far as they are known; `kid`: whose seat, if staff."""

    seq: int
    seat: SeatId | None
    kid: Kid | None
    body: Body | None
    proof: Proof


@dataclass(frozen=True, slots=True)
class Gap:
    """So many messages that were not shown."""

    count: int


class _Row(NamedTuple):
    place: Place
    com: bytes


class Evidence:
    """The headers of one room, and whose seats they name."""

    def __init__(self, room: RoomId, rows: Sequence[EvidenceRow], seats: Sequence[EvidenceSeat]) -> None:
        self._rows = {row.seq: _Row(Place(room, row.ke, SeatId(row.seat), row.n), row.com) for row in rows}
        self._heads = _chain(room, rows)
        # Whose seat it is, is not the server's word.
        self._kids = {
            SeatId(seat.seat): Kid(seat.kid)
            for seat in seats
            if seat.kid is not None and seat_id(room, Kid(seat.kid)) == seat.seat
        }

    def check(self, items: Sequence[Disclosed]) -> tuple[Shown | Gap, ...]:
        """The disclosed messages in their order, each with what the proof says, and gaps between them."""
        found: list[Shown | Gap] = []
        after = 0
        for item in items:
            if item.seq > after + 1:
                found.append(Gap(item.seq - after - 1))
            found.append(self._shown(item))
            after = item.seq
        last = max(self._rows, default=0)
        return (*found, Gap(last - after)) if last > after else tuple(found)

    def _shown(self, item: Disclosed) -> Shown:
        row = self._rows.get(item.seq)
        try:
            body = parse_body(item.body)
        except WireError:
            body = None
        seat = None if row is None else row.place.seat
        kid = None if seat is None else self._kids.get(seat)
        return Shown(item.seq, seat, kid, body, self._proof(item, row, body))

    def _proof(self, item: Disclosed, row: _Row | None, body: Body | None) -> Proof:
        if self._heads is None:
            return "wait"
        if row is None or body is None or not verify_item(row.place, row.com, item.kf, item.body):
            return "bad"
        # A sender has seen no more than what stands before its own message.
        seen, head = body.seen
        return "ok" if seen < item.seq and self._heads[seen] == head else "bad"


def _chain(room: RoomId, rows: Sequence[EvidenceRow]) -> list[bytes] | None:
    """The head before the first row and after each; None where the rows are not 1, 2, 3 …"""
    heads = [chain_start(room)]
    for row in rows:
        if row.seq != len(heads):
            return None
        place = Place(room, row.ke, SeatId(row.seat), row.n)
        heads.append(chain_next(heads[-1], row.seq, place.header, row.com))
    return heads
