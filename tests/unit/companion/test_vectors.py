"""The vectors, and a runner that takes any file of their form."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.companion.vectors import main

VECTORS = Path(__file__).parents[2] / "vectors" / "vectors.json"
CASES: list[dict[str, Any]] = json.loads(VECTORS.read_bytes())["cases"]


Run = Callable[[Path], tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Exit code, output and error output of the runner."""

    def run(path: Path) -> tuple[int, str, str]:
        code = main([str(path)])
        return code, *capsys.readouterr()

    return run


def case(name: str) -> dict[str, Any]:
    return next(entry for entry in CASES if entry["id"] == name)


def file(path: Path, *cases: Any) -> Path:
    path.write_text(json.dumps({"format": "beside-vectors", "version": 1, "cases": cases}))
    return path


def test_all_vectors_pass() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.companion.vectors", str(VECTORS)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "45 passed, 0 failed\n", "")


@pytest.mark.parametrize("arguments", [[], ["a", "b"]])
def test_another_number_of_arguments_is_answered_with_the_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err == "usage: python -m app.companion.vectors FILE\n"


def test_each_failure_has_a_line_and_the_sum_comes_last(run: Run, tmp_path: Path) -> None:
    wrong_bytes = case("chain0-1") | {"out": "00" * 32}
    wrong_error = case("decrypt-1") | {"error": "msg_padding"}
    no_error = case("kid-1") | {"error": "aead"}
    del no_error["out"]
    done = run(file(tmp_path / "v.json", wrong_bytes, case("slot-1"), wrong_error, no_error))
    assert done[0] == 1
    assert done[1].splitlines() == [
        "FAILED chain0-1: another result",
        "FAILED decrypt-1: wanted msg_padding, got aead",
        "FAILED kid-1: wanted aead, got a result",
        "1 passed, 3 failed",
    ]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"op": "guess"}, "unknown operation 'guess'"),
        ({"op": ["slot"]}, "unknown operation ['slot']"),
        ({"in": {}}, '"in" does not fit slot: KeyError'),
        ({"in": []}, 'a case needs "in" and either "out" or "error"'),
        ({"error": "aead"}, 'a case needs "in" and either "out" or "error"'),
        ({"in": {"root": "zz", "month": 0, "k": 0}}, '"in" does not fit slot: ValueError'),
        ({"in": {"root": "00", "month": 70000, "k": 0}}, '"in" does not fit slot: OverflowError'),
        ({"out": {}}, "another result"),
        ({"out": {"room": "00"}}, "another result"),
    ],
)
def test_a_case_that_cannot_be_run_fails(
    run: Run, tmp_path: Path, change: dict[str, Any], complaint: str
) -> None:
    done = run(file(tmp_path / "v.json", case("slot-1") | change))
    assert done == (1, f"FAILED slot-1: {complaint}\n0 passed, 1 failed\n", "")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "the file is not JSON"),
        ("{", "the file is not JSON"),
        ("[" * 100_000, "the file is not JSON"),
        ("[]", 'the file is not {"format": "beside-vectors", "version": 1, …}'),
        (
            '{"format":"beside-vectors","version":2}',
            'the file is not {"format": "beside-vectors", "version": 1, …}',
        ),
        ('{"format":"beside-vectors","version":1}', '"cases" is not a list of cases'),
        ('{"format":"beside-vectors","version":1,"cases":[]}', '"cases" is not a list of cases'),
        ('{"format":"beside-vectors","version":1,"cases":[1]}', '"cases" is not a list of cases'),
    ],
)
def test_another_file_is_refused_in_words(run: Run, tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "v.json"
    path.write_text(text)
    done = run(path)
    assert done == (1, "", f"{path}: {complaint}\n")


def test_a_missing_file_is_refused_in_words(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    assert run(path) == (1, "", f"{path}: cannot be read: No such file or directory\n")
