"""What a room has come to: its last message says it, so that saying something writes one row and no other."""

import struct
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app.conversations.errors import Unknown
from app.conversations.ids import RoomId, SeatId
from app.wire.transcript import chain_start

_COUNT = struct.Struct(">16sI")

COUNT_BYTES = _COUNT.size
"""Bytes of one seat in `messages.counts`: the seat and its count, big-endian."""


class Tip(NamedTuple):
    """A room after its last message: that number, the chain's head and each seat's own count."""

    seq: int
    head: bytes
    counts: dict[SeatId, int]

    def __repr__(self) -> str:
        return f"<Tip {self.seq}>"


def tip_of(room: RoomId, last: Sequence[Any]) -> Tip:
    """From the columns seq, head and counts of its last message: NULL where there is none.

    `Unknown` for a damaged room, whose last message does not tell.
    """
    seq, head, counts = last
    if seq is None:
        return Tip(0, chain_start(room), {})
    if head is None or counts is None:
        raise Unknown
    return Tip(seq, head, counted(counts))


def counted(counts: bytes) -> dict[SeatId, int]:
    """What lies in `messages.counts`."""
    return {SeatId(seat): n for seat, n in _COUNT.iter_unpack(counts)}


def packed(counts: Mapping[SeatId, int]) -> bytes:
    """For `messages.counts`."""
    return b"".join([_COUNT.pack(seat, n) for seat, n in counts.items()])
