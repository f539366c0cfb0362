"""The one secret key this house holds: it marks challenges and opens nothing (docs/protocol.md, 13)."""

import secrets
from pathlib import Path

from app.kit.files import write_once
from app.wire.encoding import b64u, unb64u
from app.wire.sizes import KEY

KEY_FILE = "conversations.keys"


def open_proof_key(path: Path) -> bytes:
    """The key (32 bytes) in a file of mode 0600, made at the first start. WireError where it is damaged."""
    write_once(path, b64u(secrets.token_bytes(KEY)).encode() + b"\n", mode=0o600)
    return unb64u(path.read_text(encoding="ascii").strip(), KEY)


def read_pass_key(path: Path) -> bytes:
    """The public key (32 bytes) that checks passes, as the identity house wrote it. WireError, OSError."""
    return unb64u(path.read_text(encoding="ascii", errors="replace").strip(), KEY)
