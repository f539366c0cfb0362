"""A rule of a tool is silenced only with its reason written on the same line."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOLDERS = ("app", "migrations", "scripts", "tests", "frontend")
SILENCER = re.compile(r"(#\s*noqa\b|#\s*type:\s*ignore\b|//\s*@ts-(?:expect-error|ignore|nocheck)\b)(.*)")
WITH_REASON = re.compile(r"(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|\[[a-z, -]+\])?\s+(#|-|–|:)?\s*\S.{8,}")


def without_a_reason(source: str) -> list[str]:
    found = (SILENCER.search(line) for line in source.splitlines())
    return [silencer[0] for silencer in found if silencer and not WITH_REASON.fullmatch(silencer[2])]


@pytest.mark.parametrize(
    ("line", "accepted"),
    [
        ("x = 1  # no" + "qa: S105 - the name of a field, not a password", True),
        ("x = 1  # no" + "qa: S105", False),
        ("x = 1  # no" + "qa", False),
        ("x = y  # type" + ": ignore[arg-type]  # the stub lacks the second form", True),
        ("x = y  # type" + ": ignore[arg-type]", False),
        ("// @ts" + "-expect-error the library's types lack this call", True),
        ("// @ts" + "-ignore", False),
    ],
)
def test_the_rule_tells_a_reason_from_none(line: str, accepted: bool) -> None:
    assert (without_a_reason(line) == []) is accepted


def test_every_silencer_gives_its_reason() -> None:
    sources = [
        path
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".js"} and "vendor" not in path.parts
    ]
    assert len(sources) > 10
    bare = {
        str(path.relative_to(ROOT)): found
        for path in sources
        if (found := without_a_reason(path.read_text("utf-8")))
    }
    assert bare == {}
