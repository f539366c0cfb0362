"""Symmetric blobs that commit to their key (docs/protocol.md, 4).

AES-GCM alone opens under more than one key for a crafted ciphertext, which lets an attacker test
many passwords with one try. So the box carries a commitment to its key, checked before anything is decrypted.
"""

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.companion.derive import hkdf
from app.wire.encoding import ctx
from app.wire.errors import WireError
from app.wire.sizes import BOX_OVERHEAD

_VERSION = b"\x01"
_SALT = 32
_COMMIT = 32


def box_seal(key: bytes, label: str, aad: bytes, plaintext: bytes, salt: bytes | None = None) -> bytes:
    """`01 || salt || commit || ciphertext`, 81 bytes longer than the plaintext.

    `salt` is 32 bytes, fresh from the system where None; only test vectors give one.
    """
    if salt is None:
        salt = secrets.token_bytes(_SALT)
    aes, nonce, commit = _derive(key, label, aad, salt)
    return _VERSION + salt + commit + AESGCM(aes).encrypt(nonce, plaintext, None)


def box_open(key: bytes, label: str, aad: bytes, blob: bytes) -> bytes:
    """The plaintext.

    WireError: `box_format` (too short, unknown version), `box_key` (another key, label or aad), `aead`.
    """
    if len(blob) < BOX_OVERHEAD or blob[:1] != _VERSION:
        raise WireError("box_format")
    salt, commit, ciphertext = blob[1:33], blob[33:65], blob[65:]
    aes, nonce, ours = _derive(key, label, aad, salt)
    if not hmac.compare_digest(ours, commit):
        raise WireError("box_key")
    try:
        return AESGCM(aes).decrypt(nonce, ciphertext, None)
    except InvalidTag:
        raise WireError("aead") from None


def _derive(key: bytes, label: str, aad: bytes, salt: bytes) -> tuple[bytes, bytes, bytes]:
    out = hkdf(key, ctx("box", label.encode(), aad), 32 + 12 + _COMMIT, salt)
    return out[:32], out[32:44], out[44:]
