"""Who plays in the load: rooms of two, each with a client and a peer of its own socket."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from app.wire.encoding import b64u
from app.wire.ids import CLIENT_SEAT, Kid, RoomId, SeatId, seat_id

Pass = Callable[[Kid], str]
"""Gives a pass for a staff key that is valid now."""


@dataclass(frozen=True, slots=True)
class Room:
    """A room in talk: the client's secret (32 bytes), the peer's key."""

    room: RoomId
    secret: bytes = field(repr=False)
    kid: Kid

    @property
    def staff_seat(self) -> SeatId:
        return seat_id(self.room, self.kid)


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's way in: what the socket says first, and to enter once it knows the store's name.

    `said` is the number of messages that are on disk from this seat.
    """

    room: RoomId
    seat: SeatId
    hello: str = field(repr=False)
    enter: Callable[[str], str] = field(repr=False)
    said: int = 0


def rooms(count: int, kids: list[Kid]) -> list[Room]:
    """New rooms, their peers taken from `kids` in turn."""
    return [
        Room(RoomId(secrets.token_bytes(16)), secrets.token_bytes(32), kids[i % len(kids)])
        for i in range(count)
    ]


def client(room: Room, *, after: int = 0, said: int = 0) -> Seat:
    """The client's seat; it has read up to `after`."""
    enter = {"type": "enter", "room": b64u(room.room), "secret": b64u(room.secret), "after": after}
    return Seat(room.room, CLIENT_SEAT, json.dumps({"type": "hello", "v": 1}), _enter(enter), said)


def peer(room: Room, pass_for: Pass, *, after: int = 0) -> Seat:
    """The peer's seat, from which nothing was said yet; it has read up to `after`."""
    enter = {"type": "enter", "room": b64u(room.room), "after": after}
    hello = json.dumps({"type": "hello", "v": 1, "pass": pass_for(room.kid)})
    return Seat(room.room, room.staff_seat, hello, _enter(enter))


def _enter(frame: dict[str, object]) -> Callable[[str], str]:
    return lambda store: json.dumps({**frame, "store": store})
