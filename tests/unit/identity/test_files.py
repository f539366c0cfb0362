"""Files that are there whole or not at all."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.identity.enrolment.setup_code import SetupCode
from app.kit.files import write_once
from app.wire.encoding import unb64u


def test_a_file_is_written_once_with_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    assert write_once(path, b"first", mode=0o600)
    assert not write_once(path, b"second", mode=0o600)
    assert path.read_bytes() == b"first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["file"]


def test_of_many_writers_at_once_one_makes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: write_once(path, b"%d" % n * 1_000, mode=0o600), range(8)))
    assert made.count(True) == 1
    assert path.read_bytes() == b"%d" % made.index(True) * 1_000


def test_the_set_up_code_matches_until_it_is_forgotten(tmp_path: Path) -> None:
    code = SetupCode(tmp_path)
    assert not code.matches(bytes(16))
    code.make()
    right = unb64u(code.path.read_text().strip(), 16)
    code.make()
    assert code.matches(right)
    assert not code.matches(bytes(16))
    code.forget()
    code.forget()
    assert not code.matches(right)


@pytest.mark.parametrize("text", [b"", b"AAAA", b"\xff" * 22, b"not base64url!"])
def test_a_damaged_set_up_code_matches_nothing(tmp_path: Path, text: bytes) -> None:
    code = SetupCode(tmp_path)
    code.path.write_bytes(text)
    assert not code.matches(bytes(16))
    assert not code.matches(b"")
