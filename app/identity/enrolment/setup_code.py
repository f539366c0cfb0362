"""The set-up code: whoever can read the server's data folder may found the service, once."""

import hmac
import secrets
from pathlib import Path

from app.kit.files import sync_folder, write_once
from app.wire.encoding import b64u, unb64u
from app.wire.errors import WireError
from app.wire.sizes import ID


class SetupCode:
    """The file `setup-code` (mode 0600): 16 random bytes as base64url, there only until founding."""

    def __init__(self, data: Path) -> None:
        self.path = data / "setup-code"

    def make(self) -> None:
        """Make it, unless it is there from an earlier start."""
        write_once(self.path, b64u(secrets.token_bytes(ID)).encode() + b"\n", mode=0o600)

    def read(self) -> str | None:
        """The code as text; None once the service is founded, and before the first start."""
        try:
            text = self.path.read_text(encoding="ascii").strip()
            unb64u(text, ID)
        except (FileNotFoundError, UnicodeDecodeError, WireError):
            return None
        return text

    def matches(self, code: bytes) -> bool:
        """Whether this is the code; never where there is none."""
        expected = self.read()
        return expected is not None and hmac.compare_digest(code, unb64u(expected, ID))

    def forget(self) -> None:
        """Remove it."""
        self.path.unlink(missing_ok=True)
        sync_folder(self.path.parent)
