"""A message's header and a room's chain: public, so that all compute the same (docs/protocol.md, 9, 10)."""

import hashlib

from app.wire.encoding import ctx, u16, u32
from app.wire.ids import RoomId, SeatId


def header(room: RoomId, ke: int, seat: SeatId, n: int) -> bytes:
    """H of docs/protocol.md, 9. `ke` is the key epoch (1..15), `n` the sender's own count from 1."""
    return ctx("msg", room, u16(ke), seat, u32(n))


def chain_start(room: RoomId) -> bytes:
    """The head of a room without messages (32 bytes)."""
    return hashlib.sha256(ctx("chain", room)).digest()


def chain_next(prev: bytes, seq: int, header: bytes, com: bytes) -> bytes:
    """The head after message `seq` (from 1), given the head before it, its header and its commitment."""
    return hashlib.sha256(ctx("chain-next", prev, u32(seq), header) + com).digest()
