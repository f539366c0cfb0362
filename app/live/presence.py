"""Whose page is open in which room, here or on another node: never stored (docs/protocol.md, 12)."""

from app.wire.ids import RoomId, SeatId

Counts = dict[RoomId, dict[SeatId, int]]


class Presence:
    """Counts the sockets of each seat on this node, and the other nodes where it has any: a second tab
    changes nothing, wherever it is open."""

    def __init__(self) -> None:
        self._sockets: Counts = {}
        self._nodes: Counts = {}

    def arrive(self, room: RoomId, seat: SeatId) -> bool:
        """One more socket; True if it is the seat's first on this node."""
        return _more(self._sockets, room, seat)

    def depart(self, room: RoomId, seat: SeatId) -> bool:
        """One socket less; True if it was the seat's last on this node."""
        return _less(self._sockets, room, seat)

    def arrive_elsewhere(self, room: RoomId, seat: SeatId) -> bool:
        """One more node where the seat is; True if it was nowhere before."""
        return _more(self._nodes, room, seat) and seat not in self._sockets.get(room, ())

    def depart_elsewhere(self, room: RoomId, seat: SeatId) -> bool:
        """One node less; True if the seat is nowhere now."""
        return _less(self._nodes, room, seat) and seat not in self._sockets.get(room, ())

    def is_elsewhere(self, room: RoomId, seat: SeatId) -> bool:
        """Whether the seat's page is open on another node."""
        return seat in self._nodes.get(room, ())

    def seats(self, room: RoomId) -> frozenset[SeatId]:
        """The seats whose page is open anywhere."""
        return frozenset((*self._sockets.get(room, ()), *self._nodes.get(room, ())))

    def own(self, room: RoomId) -> tuple[SeatId, ...]:
        """Those of this node."""
        return tuple(self._sockets.get(room, ()))


def _more(counts: Counts, room: RoomId, seat: SeatId) -> bool:
    seats = counts.setdefault(room, {})
    seats[seat] = seats.get(seat, 0) + 1
    return seats[seat] == 1


def _less(counts: Counts, room: RoomId, seat: SeatId) -> bool:
    seats = counts.get(room, {})
    count = seats.get(seat, 0) - 1
    if count > 0:
        seats[seat] = count
        return False
    seats.pop(seat, None)
    if not seats:
        counts.pop(room, None)
    return count == 0
