"""The keys this house holds: none of them opens anything that people wrote (docs/protocol.md, 6 and 15)."""

import hmac
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.kit.files import write_once
from app.wire.encoding import b64u, ctx, unb64u
from app.wire.errors import WireError
from app.wire.fields import load, mapping, whole
from app.wire.sizes import ID, KEY

VERSION = 1


class KeysUnusable(Exception):
    """The key file is missing or damaged; the text says what to do and holds nothing of it."""


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """`name` hides sign-in names, `salt` serves unknown ones, `proof` marks challenges, `signing` passes."""

    name: bytes
    salt: bytes
    proof: bytes
    signing: Ed25519PrivateKey

    @classmethod
    def make(cls) -> "Keys":
        """Fresh keys from the system's generator."""
        name, salt, proof = (secrets.token_bytes(KEY) for _ in range(3))
        return cls(name, salt, proof, Ed25519PrivateKey.generate())

    @property
    def pass_public(self) -> bytes:
        """The public half of `signing` (32 bytes): all that conversations needs to check passes."""
        return self.signing.public_key().public_bytes_raw()

    def name_mac(self, name: str) -> bytes:
        """What is kept of a normalised sign-in name (32 bytes)."""
        return hmac.digest(self.name, ctx("name", name.encode()), "sha256")

    def no_salt(self, name: str) -> bytes:
        """The salt (16 bytes) that a name nobody has is answered with, always the same for the same name."""
        return hmac.digest(self.salt, ctx("no-salt", name.encode()), "sha256")[:ID]

    def to_bytes(self) -> bytes:
        """The key file: JSON, bytes as base64url."""
        fields = {
            "v": VERSION,
            "name": b64u(self.name),
            "salt": b64u(self.salt),
            "proof": b64u(self.proof),
            "pass": b64u(self.signing.private_bytes_raw()),
        }
        return json.dumps(fields, indent=1).encode() + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> "Keys":
        """What `to_bytes` wrote. WireError("malformed") for anything else."""
        fields = mapping(load(data))
        whole(fields.get("v"), VERSION, VERSION)
        name, salt, proof, signing = (
            unb64u(fields.get(key), KEY) for key in ("name", "salt", "proof", "pass")
        )
        return cls(name, salt, proof, Ed25519PrivateKey.from_private_bytes(signing))

    def __repr__(self) -> str:
        return "<Keys of identity>"


def open_keys(path: Path, *, founded: bool) -> Keys:
    """The keys in a file; before founding they are made where there is none yet (mode 0600).

    KeysUnusable where it is damaged, and where it is missing though the house is founded: new keys would
    turn away every sign-in name.
    """
    if not path.exists():
        if founded:
            raise KeysUnusable(f"{path.name} is missing: bring it back from a backup, sign-in needs it")
        write_once(path, Keys.make().to_bytes(), mode=0o600)
    try:
        return Keys.from_bytes(path.read_bytes())
    except WireError:
        raise KeysUnusable(f"{path.name} is damaged: bring it back from a backup") from None
