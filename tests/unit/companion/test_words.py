"""The word lists: their bytes, and the rules of form that a change would have to keep."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from app.companion import words
from app.companion.word_list import find, typed_words, word_list
from app.wire.errors import WireError

FOLDER = Path(words.__file__).parent
CHECKER = Path(__file__).parents[3] / "scripts" / "check_words.py"


def check(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(CHECKER), str(path), *options], capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("words.en.txt", "43b797c8c6375743b6ed7ee4d54e944b10cab961159b1c23779dc3827f3f0f71"),
        ("words.es.txt", "dd516774d92eb67ea7ae937926d549c6c64595ea4c7498a41a241bcefce54faa"),
    ],
)
def test_a_list_is_byte_for_byte_the_one_that_codes_were_made_of(name: str, digest: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize(
    ("name", "options"), [("words.en.txt", ()), ("words.es.txt", ("--longest", "8", "--near", "250"))]
)
def test_a_list_keeps_the_rules_of_form(name: str, options: tuple[str, ...]) -> None:
    done = check(FOLDER / name, *options)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "13 passed, 0 failed")


def test_a_list_that_breaks_the_rules_fails(tmp_path: Path) -> None:
    for name in ("avoid.en.txt", "alike.en.txt"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    path = tmp_path / "words.en.txt"
    own = (FOLDER / "words.en.txt").read_text("utf-8").split()
    own[:5] = ["zebra", "abilities", "ab", "abil", "death"]
    path.write_text("\n".join([*own, "adam", "atom"]))
    done = check(path)
    assert done.returncode == 1
    broken = {line.split(":")[0] for line in done.stdout.splitlines() if line.startswith("FAILED")}
    assert {
        "FAILED 2048 words",
        "FAILED sorted",
        "FAILED 3 to 8 letters",
        "FAILED told apart by the first 4 letters",
        "FAILED no word opens another",
        "FAILED plain UTF-8 text, one word a line, one newline at the end",
    } <= broken
    assert any(rule.endswith("groups that sound alike") for rule in broken)
    assert any(rule.endswith("patterns to avoid") for rule in broken)


def test_a_missing_list_is_refused_in_words(tmp_path: Path) -> None:
    done = check(tmp_path / "words.en.txt")
    assert done.returncode == 2
    assert "words.en.txt cannot be read" in done.stderr


def test_both_lists_are_there_and_no_other() -> None:
    assert (word_list(1)[0], word_list(2)[0]) == ("abacus", "abaco")
    assert len(word_list(1)) == len(word_list(2)) == 2048
    for number in (0, 3, -1):
        with pytest.raises(WireError, match=r"^malformed$"):
            word_list(number)


def test_every_word_is_found_whole_and_by_its_first_four_letters() -> None:
    for number in (1, 2):
        everything = tuple(range(2048))
        assert find(number, list(word_list(number))) == everything
        assert find(number, [word[:4] for word in word_list(number)]) == everything


def test_case_accents_and_separators_do_not_matter() -> None:
    assert typed_words(" Árbol,JARDÍN\n- jardi\u0301n/ÁRBOL ") == ["arbol", "jardin", "jardin", "arbol"]


@pytest.mark.parametrize("word", ["aba", "abacuss", "abacux", "qqqq", "a", ""])
def test_a_word_that_is_not_in_a_list_is_not_guessed(word: str) -> None:
    assert find(1, ["abacus"]) == (0,)
    assert find(1, [word]) is None


def test_a_huge_text_is_malformed() -> None:
    assert typed_words("a " * 250) == ["a"] * 250
    with pytest.raises(WireError, match=r"^malformed$"):
        typed_words("a" * 501)
