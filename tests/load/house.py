"""Beside itself for the load: a founded data folder and its conversations store.

Only the set-up is short-cut: rooms are written into the store before the server starts (seeding.py), and
passes are signed here with the server's own key. What is measured goes through the server's own doors.
"""

import time
from dataclasses import dataclass, field
from pathlib import Path

import jwt

from app.identity.enrolment.site import write_site
from app.identity.keys import Keys, open_keys
from app.kit.migrations import upgrade
from app.wire.encoding import b64u
from app.wire.ids import Kid
from tests.load.staff import Staff

HISTORY = Path(__file__).parents[2] / "migrations" / "conversations"

_PASS_SECONDS = 590
_PASS_FILE = "pass.pub"


@dataclass(frozen=True, slots=True)
class Folder:
    """A data folder of the server's, and the SQLAlchemy URL of its conversations store."""

    path: Path
    store: str
    staff: Staff
    keys: Keys = field(repr=False)

    def pass_for(self, kid: Kid) -> str:
        """A pass as the identity house signs it."""
        claims = {
            "aud": "conversations",
            "instance": b64u(self.staff.instance),
            "kid": b64u(kid),
            "role": "peer",
            "limit": 2,
            "languages": ["en"],
            "exp": int(time.time()) + _PASS_SECONDS,
        }
        return jwt.encode(claims, self.keys.signing, algorithm="EdDSA")

    def embedded(self, port: int) -> dict[str, str]:
        """What a server of both houses is told: buckets and queue wide open, as one generator plays all."""
        return {
            "BESIDE_DATA": str(self.path),
            "BESIDE_PORT": str(port),
            "BESIDE_CONVERSATIONS_URL": self.store,
            "BESIDE_MESSAGES_PER_MINUTE": "1000000000",
            "BESIDE_NOTES_LIMIT": "100000",
        }

    def node(self, port: int, bus: str) -> dict[str, str]:
        """What one of several nodes is told."""
        return self.embedded(port) | {
            "BESIDE_SIDE": "conversations",
            "BESIDE_PUBLIC": str(self.path),
            "BESIDE_BUS_URL": bus,
        }


async def found(path: Path, staff: Staff, store: str | None = None) -> Folder:
    """A new data folder with its keys, its pinned root and an empty conversations store: SQLite in the
    folder, or an empty database at `store`."""
    write_site(path, staff.instance, [staff.root.pub])
    keys = open_keys(path / "identity.keys", founded=False)
    # The public key that checks passes, as the identity house leaves it for the other one.
    (path / _PASS_FILE).write_text(b64u(keys.pass_public) + "\n")
    store = store or f"sqlite+aiosqlite:///{path / 'conversations.sqlite'}"
    await upgrade(store, HISTORY)
    return Folder(path, store, staff, keys)
