"""Whose page is open in which room, on this node: never stored (docs/protocol.md, 12)."""

from app.wire.ids import RoomId, SeatId


class Presence:
    """Counts the sockets of each seat, so that a second tab changes nothing."""

    def __init__(self) -> None:
        self._sockets: dict[RoomId, dict[SeatId, int]] = {}

    def arrive(self, room: RoomId, seat: SeatId) -> bool:
        """One more socket; True if it is the seat's first."""
        seats = self._sockets.setdefault(room, {})
        seats[seat] = seats.get(seat, 0) + 1
        return seats[seat] == 1

    def depart(self, room: RoomId, seat: SeatId) -> bool:
        """One socket less; True if it was the seat's last."""
        seats = self._sockets.get(room, {})
        count = seats.get(seat, 0) - 1
        if count > 0:
            seats[seat] = count
            return False
        seats.pop(seat, None)
        if not seats:
            self._sockets.pop(room, None)
        return count == 0

    def seats(self, room: RoomId) -> frozenset[SeatId]:
        """The seats whose page is open."""
        return frozenset(self._sockets.get(room, ()))
