"""`backup.json`: what a backup holds, by which a whole one is told from half of one or something else."""

import hashlib
import json
import re
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from app.kit.files import write_once
from app.upkeep.stores import House
from app.wire.errors import WireError
from app.wire.fields import load, mapping, whole

NAME: Final = "backup.json"
VERSION: Final = 1

KEYS: Final[dict[House, str]] = {"conversations": "conversations.keys", "identity": "identity.keys"}
SITE: Final = "site.json"
FILES: Final = frozenset({"conversations.sqlite", "identity.sqlite", *KEYS.values(), SITE})
"""Everything that a backup can hold beside its label: it never names a path."""

MOST: Final = 64 * 1024
"""Bytes of a label, or of any small file in a backup."""

_DIGEST = re.compile("[0-9a-f]{64}")
_REVISION = re.compile("[0-9a-z_]{1,64}")


class NoBackup(Exception):
    """The folder is not a whole backup; the text says why."""


@dataclass(frozen=True, slots=True)
class Label:
    """`heads`: the revision of each store. `digests`: SHA-256 (hex) of each file. `day`: since 1970, UTC."""

    day: int
    program: str
    heads: dict[House, str]
    digests: dict[str, str]

    @classmethod
    def of(cls, folder: Path, day: int, heads: dict[House, str]) -> "Label":
        """The label of what lies in a folder now."""
        digests = {file.name: digest(file) for file in sorted(folder.iterdir())}
        return cls(day, version("beside"), heads, digests)

    def write(self, folder: Path) -> None:
        """Put it into the folder, on the disk before this returns."""
        said = {
            "v": VERSION,
            "day": self.day,
            "program": self.program,
            "stores": self.heads,
            "files": self.digests,
        }
        write_once(folder / NAME, json.dumps(said, indent=1).encode() + b"\n", mode=0o600)

    @classmethod
    def read(cls, folder: Path) -> "Label":
        """The label of a folder in which everything is as it was written. NoBackup where something is not."""
        try:
            label = cls._parsed((folder / NAME).read_bytes())
        except FileNotFoundError:
            raise NoBackup(f"it has no {NAME}: not a backup, or one that broke off") from None
        except OSError as error:
            raise NoBackup(f"{NAME} cannot be read: {error.strerror}") from None
        except WireError:
            raise NoBackup(f"{NAME} is not of the form that this program writes") from None
        for name, expected in label.digests.items():
            try:
                found = digest(folder / name)
            except OSError:
                raise NoBackup(f"{name} is missing, or cannot be read") from None
            if found != expected:
                raise NoBackup(f"{name} is not as it was written")
        return label

    @classmethod
    def _parsed(cls, data: bytes) -> "Label":
        if len(data) > MOST:
            raise WireError("malformed")
        said = mapping(load(data))
        whole(said.get("v"), VERSION, VERSION)
        heads, digests = mapping(said.get("stores")), mapping(said.get("files"))
        houses: dict[House, Any] = {name: heads[name] for name in KEYS if name in heads}
        program = said.get("program")
        if (
            not isinstance(program, str)
            or len(heads) != len(houses)
            or not houses
            or not FILES.issuperset(digests)
            or not all(f"{name}.sqlite" in digests for name in houses)
            or not all(isinstance(one, str) and _REVISION.fullmatch(one) for one in houses.values())
            or not all(isinstance(one, str) and _DIGEST.fullmatch(one) for one in digests.values())
        ):
            raise WireError("malformed")
        return cls(whole(said.get("day"), 0, 1 << 31), program, houses, digests)


def digest(file: Path) -> str:
    """SHA-256 of a file as hex, read in pieces. OSError."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
