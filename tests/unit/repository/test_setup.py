"""The set-up installs exactly the uv of the lock file, by hash, and refuses what it does not know."""

import re
import subprocess
from pathlib import Path

import pytest

from scripts.uv_pin import requirement

ROOT = Path(__file__).parents[3]


def test_the_pin_names_one_version_and_every_hash() -> None:
    pin = requirement((ROOT / "uv.lock").read_text("utf-8"))
    assert re.fullmatch(r"uv==[0-9.]+( --hash=sha256:[0-9a-f]{64})+", pin)
    assert pin.count("--hash") > 5


def test_a_lock_file_without_uv_is_refused() -> None:
    with pytest.raises(ValueError, match="not enough values"):
        requirement('[[package]]\nname = "pip"\nversion = "1"')


def test_an_unknown_part_is_refused_before_anything_is_touched() -> None:
    result = subprocess.run([ROOT / "scripts/setup", "everything"], capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "scripts/setup: unknown part 'everything' (all, python, tests)\n"


def test_a_python_too_old_is_named_before_anything_is_touched(tmp_path: Path) -> None:
    for part in ("scripts/setup", "uv.lock", "pyproject.toml"):
        copy = tmp_path / part
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes((ROOT / part).read_bytes())
    old = tmp_path / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n")
    for file in (old, tmp_path / "scripts/setup"):
        file.chmod(0o755)
    result = subprocess.run(
        [tmp_path / "scripts/setup"],
        env={"PYTHON": str(old), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert "Python 3.11 or newer" in result.stderr
    assert not (tmp_path / ".venv").exists()
