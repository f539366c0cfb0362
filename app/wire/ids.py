"""Ids of 16 bytes, each a type of its own, so that none passes for another (docs/protocol.md, 2)."""

import hashlib
from typing import NewType

from app.wire.encoding import ctx
from app.wire.sizes import ID

RoomId = NewType("RoomId", bytes)
SeatId = NewType("SeatId", bytes)
Kid = NewType("Kid", bytes)
StaffId = NewType("StaffId", bytes)
StoreId = NewType("StoreId", bytes)
FlagId = NewType("FlagId", bytes)
VaultId = NewType("VaultId", bytes)

CLIENT_SEAT = SeatId(bytes(ID))
"""The client's seat in every room."""


def seat_id(room: RoomId, kid: Kid) -> SeatId:
    """The seat of a staff key in a room: anyone who knows both can recompute it."""
    return SeatId(hashlib.sha256(ctx("seat", room, kid)).digest()[:ID])


def kid_of(pub: bytes) -> Kid:
    """The id of a public key, given as its uncompressed point (65 bytes)."""
    return Kid(hashlib.sha256(ctx("kid", pub)).digest()[:ID])
