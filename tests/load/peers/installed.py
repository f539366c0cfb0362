"""Where the peers lie on this machine, if they do: nothing here installs or starts anything.

BESIDE_BENCH_PEERS names a folder with what does not come as a program of the system: `node/node_modules`
(Socket.IO and `pg`) and `venv` (Django, Channels, channels_redis, psycopg, uvicorn).
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_WHERE = "BESIDE_BENCH_PEERS"


def program(name: str) -> str | None:
    """A program of the system, also of those that only its administrator calls."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin:/usr/local/bin")


def not_installed(missing: Sequence[str]) -> str | None:
    """The sentence of a row that could not be measured; None where nothing is missing."""
    return f"not installed: needs {', '.join(missing)}" if missing else None


def node_modules(*packages: str) -> Path | None:
    """The folder that holds all of these Node packages: the peers' own, or the machine's global one."""
    for folder in (_inside("node/node_modules"), _global_modules()):
        if folder is not None and all((folder / package / "package.json").is_file() for package in packages):
            return folder
    return None


def venv_python(*modules: str) -> Path | None:
    """The Python of the peers' environment, if all of these modules are in it."""
    python = _inside("venv/bin/python")
    if python is None:
        return None
    libraries = list(python.parents[1].glob("lib/python3*/site-packages"))
    there = all(any((library / module).exists() for library in libraries) for module in modules)
    return python if there else None


def version_of(python: Path, package: str) -> str:
    """The version of a package of the peers' environment."""
    ask = f"from importlib.metadata import version; print(version({package!r}))"
    return said(str(python), "-c", ask)


def said(*command: str) -> str:
    """What a command prints, without its last line break. CalledProcessError where it fails."""
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout.strip()


def _inside(path: str) -> Path | None:
    where = os.environ.get(_WHERE)
    found = Path(where).absolute() / path if where else None
    return found if found is not None and found.exists() else None


@cache
def _global_modules() -> Path | None:
    return Path(said("npm", "root", "--global")) if shutil.which("npm") else None
