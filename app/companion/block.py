"""A payload in a block of a fixed size, whose length says little of the payload (docs/protocol.md, 2)."""

from collections.abc import Iterable

from app.wire.encoding import u32
from app.wire.errors import Code, WireError

LENGTH = 4
"""Bytes in front of a payload that say how long it is."""


def pad(payload: bytes, size: int) -> bytes:
    """u32 length, the payload, zeros: `size` bytes. WireError("too_long") where it does not fit."""
    if LENGTH + len(payload) > size:
        raise WireError("too_long")
    return (u32(len(payload)) + payload).ljust(size, b"\x00")


def pad_to_smallest(payload: bytes, sizes: Iterable[int]) -> bytes:
    """The payload in the smallest of these blocks that holds it. WireError("too_long") where none does."""
    return pad(payload, min((size for size in sizes if LENGTH + len(payload) <= size), default=0))


def unpad(block: bytes, code: Code) -> bytes:
    """The payload of a padded block. WireError(`code`) where length or zeros are not as they must be."""
    end = LENGTH + int.from_bytes(block[:LENGTH], "big")
    if end > len(block) or any(block[end:]):
        raise WireError(code)
    return block[LENGTH:end]
