"""One message: body bytes to commitment and ciphertext, and back (docs/protocol.md, 9).

The commitment is part of the key derivation, so no nonce is chosen or stored: two tabs, or a failing random
source, cannot use one (key, nonce) for two contents.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.companion.derive import hkdf
from app.wire.encoding import ctx, u32
from app.wire.errors import WireError
from app.wire.ids import RoomId, SeatId
from app.wire.sizes import COM, CT_SIZES, KEY, MESSAGE_OVERHEAD, TAG
from app.wire.transcript import header


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """Where a message stands: what its header says. `n` is the sender's own count from 1."""

    room: RoomId
    ke: int
    seat: SeatId
    n: int

    @property
    def header(self) -> bytes:
        """H of docs/protocol.md, 9."""
        return header(self.room, self.ke, self.seat, self.n)


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """A message's body, and the key that shows a moderator that it is the one committed to."""

    body: bytes
    kf: bytes


def encrypt(room_key: bytes, place: Place, body: bytes, kf: bytes | None = None) -> tuple[bytes, bytes]:
    """(com, ct) of a body of at most 16348 bytes, else WireError("too_long").

    `kf` is 32 bytes, fresh from the system where None; only test vectors give one.
    """
    size = next((ct - TAG for ct in CT_SIZES if len(body) + MESSAGE_OVERHEAD <= ct - TAG), None)
    if size is None:
        raise WireError("too_long")
    if kf is None:
        kf = secrets.token_bytes(KEY)
    com = _commitment(kf, place, body)
    aes, nonce, bound = _derive(room_key, place, com)
    plaintext = (kf + u32(len(body)) + body).ljust(size, b"\x00")
    return com, AESGCM(aes).encrypt(nonce, plaintext, bound)


def decrypt(room_key: bytes, place: Place, com: bytes, ct: bytes) -> Opened:
    """The message. WireError: `msg_format` (lengths), `aead` (not this key, place, com or ct), `msg_padding`,
    `bad_commitment` (a body other than the one committed to)."""
    if len(ct) not in CT_SIZES or len(com) != COM:
        raise WireError("msg_format")
    aes, nonce, bound = _derive(room_key, place, com)
    try:
        plaintext = AESGCM(aes).decrypt(nonce, ct, bound)
    except InvalidTag:
        raise WireError("aead") from None
    kf = plaintext[:KEY]
    end = MESSAGE_OVERHEAD + int.from_bytes(plaintext[KEY:MESSAGE_OVERHEAD], "big")
    if end > len(plaintext) or any(plaintext[end:]):
        raise WireError("msg_padding")
    body = plaintext[MESSAGE_OVERHEAD:end]
    if not verify_item(place, com, kf, body):
        raise WireError("bad_commitment")
    return Opened(body, kf)


def verify_item(place: Place, com: bytes, kf: bytes, body: bytes) -> bool:
    """Whether `com` commits to this body at this place, as a flag's reader asks (docs/protocol.md, 11)."""
    return len(kf) == KEY and hmac.compare_digest(_commitment(kf, place, body), com)


def witness(witness_key: bytes, place: Place, com: bytes) -> bytes:
    """A staff seat's own mark on what it sent (docs/protocol.md, appendix): 32 bytes."""
    return hmac.digest(witness_key, ctx("wit", place.header) + com, "sha256")


def witness_key_hash(witness_key: bytes) -> bytes:
    """What a directory may say of a witness key (32 bytes)."""
    return hashlib.sha256(ctx("wit-key", witness_key)).digest()


def _commitment(kf: bytes, place: Place, body: bytes) -> bytes:
    return hmac.digest(kf, ctx("com", place.header) + u32(len(body)) + body, "sha256")


def _derive(room_key: bytes, place: Place, com: bytes) -> tuple[bytes, bytes, bytes]:
    bound = place.header + com
    out = hkdf(room_key, bound, 32 + 12)
    return out[:32], out[32:], bound
