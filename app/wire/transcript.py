"""A message's header and a room's chain: public, so that all compute the same (docs/protocol.md, 9, 10).

Both are on the path of every message, and all their parts have fixed lengths. So the contexts are packed
in one step each; a test holds them against `ctx`.
"""

import hashlib
import struct

from app.wire.encoding import ctx
from app.wire.ids import RoomId, SeatId
from app.wire.sizes import COM, HEAD, ID

_HEADER = struct.Struct(f">13s H{ID}s HH H{ID}s HI".replace(" ", ""))
_HEADER_LABEL = ctx("msg")
_NEXT = struct.Struct(f">20s H{HEAD}s HI H{_HEADER.size}s {COM}s".replace(" ", ""))
_NEXT_LABEL = ctx("chain-next")


def header(room: RoomId, ke: int, seat: SeatId, n: int) -> bytes:
    """H of docs/protocol.md, 9. `ke` is the key epoch (1..15), `n` the sender's own count from 1."""
    return _HEADER.pack(_HEADER_LABEL, ID, room, 2, ke, ID, seat, 4, n)


def chain_start(room: RoomId) -> bytes:
    """The head of a room without messages (32 bytes)."""
    return hashlib.sha256(ctx("chain", room)).digest()


def chain_next(prev: bytes, seq: int, header: bytes, com: bytes) -> bytes:
    """The head after message `seq` (from 1), given the head before it, its header and its commitment."""
    return hashlib.sha256(_NEXT.pack(_NEXT_LABEL, HEAD, prev, 4, seq, _HEADER.size, header, com)).digest()
