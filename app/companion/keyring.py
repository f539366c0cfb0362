"""A staff member's own keys, in the box that the server keeps for them (docs/protocol.md, 4 and 6)."""

import secrets
from dataclasses import dataclass

from app.companion.box import box_open, box_seal
from app.companion.keys import StaffKey
from app.wire.encoding import u32
from app.wire.errors import WireError
from app.wire.ids import StaffId
from app.wire.sizes import BOX_OVERHEAD, KEY, STAFF_KEYS_BOX

_SIZE = STAFF_KEYS_BOX - BOX_OVERHEAD
_LABEL = "staff-keys"


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """The HPKE key, and the key of what only its owner may read (32 bytes)."""

    key: StaffKey
    note_key: bytes

    @classmethod
    def make(cls) -> "Keyring":
        """Fresh keys."""
        return cls(StaffKey.generate(), secrets.token_bytes(KEY))

    @classmethod
    def open(cls, wrap: bytes, staff: StaffId, box: bytes) -> "Keyring":
        """What `seal` sealed. WireError: `box_format`, `box_key`, `aead`, `keys_format`."""
        plain = box_open(wrap, _LABEL, staff, box)
        end = 4 + int.from_bytes(plain[:4], "big")
        pkcs8, note_key, padding = plain[4:end], plain[end : end + KEY], plain[end + KEY :]
        if len(plain) != _SIZE or len(note_key) != KEY or any(padding):
            raise WireError("keys_format")
        try:
            return cls(StaffKey.load(pkcs8), note_key)
        except WireError:
            raise WireError("keys_format") from None

    def seal(self, wrap: bytes, staff: StaffId) -> bytes:
        """The box (1105 bytes): u32 length, PKCS#8, note key, zeros to 1024, under the owner's wrap key."""
        plain = u32(len(self.key.pkcs8)) + self.key.pkcs8 + self.note_key
        return box_seal(wrap, _LABEL, staff, plain.ljust(_SIZE, b"\x00"))

    def __repr__(self) -> str:
        return "<Keyring 2 keys>"
