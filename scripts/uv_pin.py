"""Print uv as the lock file pins it, in pip's words: `uv==1.2.3 --hash=sha256:…`. Needs no package."""

import sys
import tomllib
from pathlib import Path


def requirement(lock: str) -> str:
    """The pip requirement, with every hash, of the package `uv` in the text of a uv.lock."""
    [uv] = [package for package in tomllib.loads(lock)["package"] if package["name"] == "uv"]
    files = [*uv["wheels"], uv["sdist"]]
    return " ".join([f"uv=={uv['version']}", *(f"--hash={file['hash']}" for file in files)])


if __name__ == "__main__":
    sys.stdout.write(requirement((Path(__file__).parent.parent / "uv.lock").read_text("utf-8")) + "\n")
