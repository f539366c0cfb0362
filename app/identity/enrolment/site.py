"""`site.json`: the instance and the root keys that every page pins (docs/protocol.md, 5)."""

import json
from collections.abc import Iterable
from pathlib import Path

from app.kit.files import write_once
from app.wire.encoding import b64u

VERSION = 1
NAME = "site.json"


def site_file(data: Path) -> Path:
    """Where it lies in the data folder."""
    return data / NAME


def write_site(data: Path, instance: bytes, roots: Iterable[bytes]) -> None:
    """Write it unless it is there: once there, only an operator changes it, never a request."""
    site = {"v": VERSION, "instance": b64u(instance), "roots": [b64u(root) for root in roots]}
    write_once(site_file(data), json.dumps(site, indent=1).encode() + b"\n", mode=0o644)
