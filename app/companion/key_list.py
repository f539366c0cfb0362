"""A room's keys by epoch, in one size, and how an epoch answers for the next (docs/protocol.md, 2 and 8)."""

import hashlib
from collections.abc import Mapping

from app.wire.encoding import ctx, u8, u16
from app.wire.errors import WireError
from app.wire.ids import RoomId
from app.wire.sizes import EPOCHS, KEY, KEY_LIST

_ENTRY = 2 + KEY


def pack_keys(keys: Mapping[int, bytes]) -> bytes:
    """The list (512 bytes), in the order given.

    WireError("keys_format") unless it holds 1 to 15 keys of epochs 1 to 15.
    """
    if not 1 <= len(keys) <= EPOCHS or any(
        not 1 <= epoch <= EPOCHS or len(key) != KEY for epoch, key in keys.items()
    ):
        raise WireError("keys_format")
    packed = u8(len(keys)) + b"".join(u16(epoch) + key for epoch, key in keys.items())
    return packed.ljust(KEY_LIST, b"\x00")


def unpack_keys(packed: bytes) -> dict[int, bytes]:
    """The keys by epoch.

    WireError("keys_format") for another length or count, an epoch twice or not in 1..15, or padding not zero.
    """
    count = packed[0] if len(packed) == KEY_LIST else 0
    end = 1 + count * _ENTRY
    if not 1 <= count <= EPOCHS or any(packed[end:]):
        raise WireError("keys_format")
    entries = [packed[at : at + _ENTRY] for at in range(1, end, _ENTRY)]
    keys = {int.from_bytes(entry[:2], "big"): entry[2:] for entry in entries}
    if len(keys) != count or not all(1 <= epoch <= EPOCHS for epoch in keys):
        raise WireError("keys_format")
    return keys


def rekey_hash(room: RoomId, epoch: int, key: bytes) -> bytes:
    """What a `rekey` message says of the key of the epoch it opens (32 bytes)."""
    return hashlib.sha256(ctx("rekey", room, u16(epoch), key)).digest()
