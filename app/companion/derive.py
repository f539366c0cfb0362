"""The one way in which keys come from keys: HKDF with SHA-256 (RFC 5869; docs/protocol.md, 2)."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ITERATIONS = 600_000
"""PBKDF2 rounds of this version, for codes and passwords alike: a constant, never taken from a server."""


def hkdf(secret: bytes, info: bytes, length: int, salt: bytes = b"") -> bytes:
    """`length` bytes derived from `secret`; no salt and an empty one are the same."""
    return HKDF(SHA256(), length, salt, info).derive(secret)
