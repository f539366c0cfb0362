"""Who is asking. A Caller was let in, by a secret or a pass; whoever knocks was not yet."""

from dataclasses import dataclass, field
from typing import Literal

from app.conversations.ids import CLIENT_SEAT, Kid, RoomId, SeatId

Role = Literal["peer", "moderator", "coordinator"]


@dataclass(frozen=True, slots=True)
class ClientCaller:
    """Whoever showed the seat secret of this one room."""

    room: RoomId = field(repr=False)
    seat: SeatId = field(default=CLIENT_SEAT, repr=False)


@dataclass(frozen=True, slots=True)
class StaffCaller:
    """Whoever showed a good pass.

    `limit` is the number of rooms at once, `languages` what they speak (two or three letters
    each), `expires` the end of the pass in unix seconds.
    """

    kid: Kid = field(repr=False)
    role: Role
    limit: int
    languages: tuple[str, ...] = field(repr=False)
    expires: int = field(repr=False)


Caller = ClientCaller | StaffCaller


@dataclass(frozen=True, slots=True)
class Knocking:
    """Whoever shows what may be a room's seat secret: entering compares it, in the same look at the room."""

    secret: bytes = field(repr=False)
