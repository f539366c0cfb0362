"""Files with a staff secret, on the machine of the person whose it is (docs/protocol.md, 5 and 6)."""

import os
from pathlib import Path

from app.companion.staff import key_file, read_key_file
from app.wire.errors import WireError

OF_A_SERVER = ("identity.keys", "conversations.keys", "site.json", "setup-code")
"""Files of a server's data folder: whoever holds such a folder must not hold this secret too."""

_MAX_FILE = 10_000


class BadKeyFile(Exception):
    """The file cannot be used; the text says why, and what to do."""


def write_secret(path: Path, secret: bytes) -> None:
    """Write a key file for its owner's eyes. BadKeyFile where one is there, or in a server's data folder."""
    folder = path.expanduser().resolve().parent
    for above in (folder, *folder.parents):
        if any((above / name).exists() for name in OF_A_SERVER):
            raise BadKeyFile("This file would lie in a server's data folder. Keep it on your own machine.")
    try:
        descriptor = os.open(path.expanduser(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadKeyFile(f"{path} is there already. Name another file.") from None
    except OSError as error:
        raise BadKeyFile(f"{path} cannot be written: {error.strerror}.") from None
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(key_file(secret))
        file.flush()
        os.fsync(file.fileno())


def read_secret_file(path: Path) -> bytes:
    """The secret (16 bytes) in a key file. BadKeyFile where it cannot be read or is none."""
    try:
        with open(path.expanduser(), encoding="utf-8") as file:
            return read_key_file(file.read(_MAX_FILE))
    except (OSError, UnicodeDecodeError):
        raise BadKeyFile(f"{path} cannot be read.") from None
    except WireError:
        raise BadKeyFile(f"{path} is not a key file.") from None
