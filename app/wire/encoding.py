"""Notation of the protocol: integers, length prefixes, contexts and base64url (docs/protocol.md, 2)."""

import base64
import re

from app.wire.errors import WireError

_BASE64URL = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)


def u8(n: int) -> bytes:
    """One byte. OverflowError outside 0..255."""
    return n.to_bytes(1, "big")


def u16(n: int) -> bytes:
    """Two bytes, big-endian. OverflowError outside 0..65535."""
    return n.to_bytes(2, "big")


def u32(n: int) -> bytes:
    """Four bytes, big-endian. OverflowError outside 0..2^32-1."""
    return n.to_bytes(4, "big")


def lp(b: bytes) -> bytes:
    """The bytes behind their own length as a u16. OverflowError above 65535 bytes."""
    return u16(len(b)) + b


def ctx(label: str, *parts: bytes) -> bytes:
    """A context no other label or split of parts can produce (docs/protocol.md, 2)."""
    return b"beside/1 " + label.encode("ascii") + b"\x00" + b"".join(map(lp, parts))


def b64u(b: bytes) -> str:
    """Base64url without padding, the form of bytes in JSON."""
    return base64.urlsafe_b64encode(b).rstrip(b"=").decode("ascii")


def unb64u(s: object, length: int | None = None) -> bytes:
    """The bytes of `b64u`; `length` is the exact number expected, any where None.

    Takes any JSON value. WireError("malformed") for what is not text, holds padding, blanks or another
    alphabet, has stray trailing bits (a second spelling of the same bytes), or has another length.
    """
    if not isinstance(s, str) or not _BASE64URL.fullmatch(s) or len(s) % 4 == 1:
        raise WireError("malformed")
    data = base64.urlsafe_b64decode(s + "=" * (-len(s) % 4))
    if b64u(data) != s or (length is not None and len(data) != length):
        raise WireError("malformed")
    return data
