"""What nodes tell each other, as bytes (docs/message-path.md).

    head      version u8 | node 16 | store 16 | stamp u64
    section   kind u8 | length u32 | parts, in the order of the kinds

A payload of another form is refused as a whole, by NewsError. A node speaks of rooms and of who is there;
what became of a room, whoever hears of it reads in the store. Items alone are taken as they come: only from
a node on the same life of the store, only as the next number of their room, and each page checks them
against the room's chain.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from app.bus.port import MOST, NodeId
from app.wire.ids import RoomId, SeatId
from app.wire.sizes import ID

VERSION = 1

_HEAD = struct.Struct(">B16s16sQ")
_SECTION = struct.Struct(">BI")
_STAND = struct.Struct(">16sIBB")
_LENGTH = struct.Struct(">H")
_PAIR = 2 * ID

MOST_SEATS = 255
"""Seats that one stand can name; a room has a handful."""


class NewsError(Exception):
    """Not a payload of this version's form."""


class Kind(IntEnum):
    """What a section holds. Changes come before the items that may follow from them."""

    CHANGED = 1
    """Rooms, 16 bytes each: not as they were."""
    DECIDED = 2
    """Room and seat, 32 bytes: something became of a flag of this seat."""
    ANNOUNCED = 3
    """Stands of rooms that the node follows; whoever follows one too answers with its own."""
    FOLLOWED = 4
    """The same, without an answer."""
    LEFT = 5
    """Stands of rooms that it follows no more; `here` is empty."""
    ITEMS = 6
    """Committed items: length u16, then the frame."""
    SIGNALS = 7
    """Room and seat: writes a longer reply."""
    QUEUE = 8
    """Empty: a ticket came, went or changed."""
    STAFF = 9
    """Empty: another directory is in force."""
    BYE = 10
    """Empty: the node ends."""


_EMPTY = frozenset({Kind.QUEUE, Kind.STAFF, Kind.BYE})


class Stand(NamedTuple):
    """One node's part in a room: the newest number it knows, the seats whose page is open there, and those
    that left on purpose just now."""

    room: RoomId
    seq: int
    here: tuple[SeatId, ...]
    left: tuple[SeatId, ...] = ()

    def __repr__(self) -> str:
        return f"<Stand of {len(self.here)} seats>"

    def pack(self) -> bytes:
        here, left = self.here[:MOST_SEATS], self.left[:MOST_SEATS]
        return _STAND.pack(self.room, self.seq, len(here), len(left)) + b"".join(here) + b"".join(left)


@dataclass(slots=True)
class News:
    """A payload that was read."""

    node: NodeId = field(repr=False)
    store: bytes = field(repr=False)
    stamp: int
    """Grows with every payload of a node, so that what comes late is known to be old."""
    changed: list[RoomId] = field(default_factory=list, repr=False)
    decided: list[tuple[RoomId, SeatId]] = field(default_factory=list, repr=False)
    announced: list[Stand] = field(default_factory=list)
    followed: list[Stand] = field(default_factory=list)
    left: list[Stand] = field(default_factory=list)
    items: list[bytes] = field(default_factory=list, repr=False)
    """Frames, still packed: mostly of rooms that one node alone cares about."""
    signals: list[tuple[RoomId, SeatId]] = field(default_factory=list, repr=False)
    plain: set[Kind] = field(default_factory=set)
    """The empty kinds."""


class Letter:
    """What one receiver is told with the next payload."""

    __slots__ = ("_parts",)

    def __init__(self) -> None:
        self._parts: dict[Kind, list[bytes]] = {}

    def __bool__(self) -> bool:
        return bool(self._parts)

    def add(self, kind: Kind, part: bytes = b"") -> None:
        """One more part; the same empty kind twice is one."""
        if kind not in self._parts:
            self._parts[kind] = [part]
        elif kind not in _EMPTY:
            self._parts[kind].append(part)

    def add_item(self, frame: bytes) -> None:
        self.add(Kind.ITEMS, _LENGTH.pack(len(frame)) + frame)

    def add_all(self, other: "Letter") -> None:
        """Everything another letter says, too."""
        for kind, parts in other._parts.items():
            for part in parts:
                self.add(kind, part)

    def payloads(self, node: NodeId, store: bytes, stamp: int) -> Iterator[bytes]:
        """One payload, or as many as its size needs."""
        head = _HEAD.pack(VERSION, node, store, stamp)
        payload, size = [head], len(head)
        for kind in sorted(self._parts):
            section: list[bytes] = []
            length = 0
            for part in self._parts[kind]:
                if size + _SECTION.size + length + len(part) > MOST:
                    yield b"".join((*payload, *_section(kind, section, length)))
                    payload, size, section, length = [head], len(head), [], 0
                section.append(part)
                length += len(part)
            payload += _section(kind, section, length)
            size += _SECTION.size + length
        yield b"".join(payload)


def _section(kind: Kind, parts: list[bytes], length: int) -> list[bytes]:
    return [_SECTION.pack(kind, length), *parts] if parts else []


def read(payload: bytes) -> News:
    """A payload as a node sent it. NewsError for any other."""
    if len(payload) > MOST or len(payload) < _HEAD.size:
        raise NewsError
    version, node, store, stamp = _HEAD.unpack_from(payload)
    if version != VERSION:
        raise NewsError
    news = News(NodeId(node), store, stamp)
    position, last = _HEAD.size, 0
    while position < len(payload):
        if position + _SECTION.size > len(payload):
            raise NewsError
        kind, length = _SECTION.unpack_from(payload, position)
        position += _SECTION.size
        # Each kind once, in order: what means one thing can be said in one way.
        if kind <= last or position + length > len(payload):
            raise NewsError
        _read_section(news, kind, payload[position : position + length])
        position, last = position + length, kind
    return news


def _read_section(news: News, kind: int, body: bytes) -> None:
    match kind:
        case Kind.CHANGED if body and len(body) % ID == 0:
            news.changed = [RoomId(body[at : at + ID]) for at in range(0, len(body), ID)]
        case Kind.DECIDED:
            news.decided = _pairs(body)
        case Kind.SIGNALS:
            news.signals = _pairs(body)
        case Kind.ANNOUNCED:
            news.announced = _stands(body)
        case Kind.FOLLOWED:
            news.followed = _stands(body)
        case Kind.LEFT:
            news.left = _stands(body)
        case Kind.ITEMS:
            news.items = _frames(body)
        case Kind.QUEUE | Kind.STAFF | Kind.BYE if not body:
            news.plain.add(Kind(kind))
        case _:
            raise NewsError


def _pairs(body: bytes) -> list[tuple[RoomId, SeatId]]:
    if not body or len(body) % _PAIR:
        raise NewsError
    return [
        (RoomId(body[at : at + ID]), SeatId(body[at + ID : at + _PAIR])) for at in range(0, len(body), _PAIR)
    ]


def _stands(body: bytes) -> list[Stand]:
    stands: list[Stand] = []
    position = 0
    while position < len(body):
        if position + _STAND.size > len(body):
            raise NewsError
        room, seq, here, left = _STAND.unpack_from(body, position)
        position += _STAND.size
        end = position + (here + left) * ID
        if end > len(body):
            raise NewsError
        seats = tuple(SeatId(body[at : at + ID]) for at in range(position, end, ID))
        stands.append(Stand(RoomId(room), seq, seats[:here], seats[here:]))
        position = end
    return stands


def _frames(body: bytes) -> list[bytes]:
    frames: list[bytes] = []
    position = 0
    while position < len(body):
        if position + _LENGTH.size > len(body):
            raise NewsError
        (length,) = _LENGTH.unpack_from(body, position)
        position += _LENGTH.size
        if not length or position + length > len(body):
            raise NewsError
        frames.append(body[position : position + length])
        position += length
    return frames
