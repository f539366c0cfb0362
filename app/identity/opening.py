"""Opening the house at start-up: its keys, and whatever a crash left half-done."""

import asyncio
from pathlib import Path

from app.identity.enrolment import store
from app.identity.enrolment.setup_code import SetupCode
from app.identity.enrolment.site import write_site
from app.identity.house import IdentityHouse
from app.identity.ids import Identity
from app.identity.keys import open_keys
from app.identity.limits import Limits
from app.kit.clock import Clock
from app.kit.database import Database
from app.kit.files import replace
from app.settings import Settings
from app.wire.encoding import b64u

KEY_FILE = "identity.keys"


async def open_house(settings: Settings, database: Database[Identity], clock: Clock) -> IdentityHouse:
    """The house on a migrated store.

    Before founding this makes the keys and the set-up code; afterwards site.json, where it is missing.
    KeysUnusable where the keys of a founded house are missing or damaged.
    """
    async with database.read() as tx:
        founded = await store.founded(tx)
    keys = await asyncio.to_thread(open_keys, settings.data / KEY_FILE, founded=founded is not None)
    await asyncio.to_thread(_show_pass_key, settings.pass_file, keys.pass_public)
    code = SetupCode(settings.data)
    if founded is None:
        await asyncio.to_thread(code.make)
    else:
        await asyncio.to_thread(write_site, settings.public_folder, founded.instance, founded.roots.values())
        await asyncio.to_thread(code.forget)
    return IdentityHouse(settings, database, clock, keys, Limits(clock))


def _show_pass_key(path: Path, public: bytes) -> None:
    """Write the key that checks passes, where conversations reads it, in place of another key."""
    line = b64u(public).encode() + b"\n"
    if not path.is_file() or path.read_bytes() != line:
        replace(path, line, mode=0o644)
