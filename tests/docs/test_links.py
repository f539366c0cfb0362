"""What the documents point at is there: files, headings, tests."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = {"node_modules", "data", "dist"}
"""Folders whose documents are not ours; so are those that begin with a dot."""


def documents(folder: Path = ROOT) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name in ELSEWHERE:
            continue
        if path.is_dir():
            yield from documents(path)
        elif path.suffix == ".md":
            yield path


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(text: str) -> set[str]:
    """The names under which the headings of a document can be linked to."""
    headings = re.findall(r"^#+ (.+)$", without_code(text), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def broken_links(document: Path) -> list[str]:
    """Relative links of a document to a file or heading that is not there."""
    text = document.read_text("utf-8")
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(text)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = document.parent / name if name else document
        if not file.exists() or (anchor and anchor not in anchors(file.read_text("utf-8"))):
            broken.append(target)
    return broken


def broken_tests(text: str, root: Path = ROOT) -> list[str]:
    """Tests that a text names and that are not there: `tests/….py::test_name`, `….test.js::title`."""
    named = re.findall(r"`((?:tests|frontend/tests)/[^`\s:]+\.(?:py|js))(?:::([^`]+))?`", text)
    return [f"{file}::{name}" for file, name in named if not has_test(root / file, name)]


def has_test(file: Path, name: str) -> bool:
    if not file.is_file():
        return False
    text = file.read_text("utf-8")
    return not name or (name in functions(text) if file.suffix == ".py" else name in text)


def functions(text: str) -> set[str]:
    nodes = ast.walk(ast.parse(text))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def missing_paths(text: str) -> list[str]:
    """Files and folders of ours that a text names and that are not there."""
    named = re.findall(r"`((?:app|docs|frontend|migrations|scripts|tests)/[\w./-]+)`", text)
    return [name for name in named if not (ROOT / name).exists()]


def invariants(text: str) -> dict[int, str]:
    """The rows of the table of invariants, by number."""
    part = re.split(r"^## Invariants$", text, flags=re.MULTILINE)[1]
    return {int(number): row for number, row in re.findall(r"^\| (\d+) \|(.+)$", part, flags=re.MULTILINE)}


THREATS = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
PROTOCOL = (ROOT / "docs" / "protocol.md").read_text("utf-8")
INVARIANTS = [int(n) for n in re.findall(r"^(\d+)\. ", PROTOCOL.split("\n## 18.")[1], flags=re.MULTILINE)]
EVERYWHERE = list(documents())
HERE = sorted((ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize("document", EVERYWHERE, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_link_leads_somewhere(document: Path) -> None:
    assert broken_links(document) == []


@pytest.mark.parametrize("document", EVERYWHERE, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_test_that_a_document_names_is_there(document: Path) -> None:
    assert broken_tests(document.read_text("utf-8")) == []


@pytest.mark.parametrize("document", HERE, ids=lambda path: path.name)
def test_each_file_that_a_document_names_is_there(document: Path) -> None:
    assert missing_paths(document.read_text("utf-8")) == []


@pytest.mark.parametrize("number", INVARIANTS)
def test_each_invariant_names_a_test_that_holds_it(number: int) -> None:
    row = invariants(THREATS)[number]

    assert "::" in row


def test_the_table_of_invariants_has_those_of_the_protocol_and_no_others() -> None:
    assert sorted(invariants(THREATS)) == INVARIANTS == list(range(1, 15))


def test_a_link_to_nowhere_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# A heading, here\n", encoding="utf-8")
    document = tmp_path / "links.md"
    document.write_text(
        "[a](there.md) [b](there.md#a-heading-here) [c](gone.md) [d](there.md#gone) [e](https://example.org/)\n",
        encoding="utf-8",
    )

    assert broken_links(document) == ["gone.md", "there.md#gone"]


def test_a_test_that_is_not_there_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text("async def test_b() -> None: ...\n", encoding="utf-8")
    text = "`tests/test_a.py::test_b` `tests/test_a.py` `tests/test_a.py::test_c` `tests/test_d.py::test_b`"

    assert broken_tests(text, tmp_path) == ["tests/test_a.py::test_c", "tests/test_d.py::test_b"]
