"""What the services say after a commit, and to whom it matters."""

from collections.abc import Sequence
from typing import Protocol

from app.wire.frames import Item
from app.wire.ids import RoomId, SeatId


class Notices(Protocol):
    """Listener of committed changes: this node's sockets, then those of others (app/live/neighbours.py).

    Every call is made after the commit, returns at once and never raises. A call may be lost with its
    process, or on the way to another node: listeners check the store now and then, so nothing depends on it.
    """

    def committed(self, items: Sequence[Item]) -> None:
        """New messages, in order within each room; a `seq` known already comes again when emptied."""

    def room_changed(self, room: RoomId) -> None:
        """State, epoch, seats, seals, flags or meeting of a room changed."""

    def report_decided(self, room: RoomId, seat: SeatId) -> None:
        """Something became of a flag of this seat, or more is asked about it.

        Nobody else in the room is to hear even that there was one.
        """

    def queue_changed(self) -> None:
        """A ticket came, went or changed."""

    def staff_changed(self) -> None:
        """Another directory is in force."""
