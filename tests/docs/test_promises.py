"""What the first page claims has a test that would fail if it were not so."""

import re

from tests.docs.test_links import ROOT, broken_tests

PROMISES = (ROOT / "docs" / "promises.md").read_text("utf-8")
WORDS = (ROOT / "frontend" / "locales" / "en.ftl").read_text("utf-8")
TITLES = {"promise-title", "limits-title"}


def claims(words: str) -> dict[str, str]:
    """The messages of the page that claim something, by id."""
    found = re.findall(r"^((?:promise|limits)-[a-z]+|worry-door-answer) = (.+)$", words, flags=re.MULTILINE)
    return {name: text for name, text in found if name not in TITLES}


def held(document: str) -> dict[str, tuple[str, str]]:
    """The rows of the table: the claim, and what holds it."""
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+?) \| (.+) \|$", document, flags=re.MULTILINE)
    return {name: (claim, tests) for name, claim, tests in rows}


def test_every_claim_of_the_first_page_stands_in_the_table_in_the_same_words() -> None:
    assert {name: claim for name, (claim, _) in held(PROMISES).items()} == claims(WORDS)


def test_every_claim_names_a_test_or_another_claim_that_does() -> None:
    for name, (_, tests) in held(PROMISES).items():
        assert "`tests/" in tests or "`frontend/tests/" in tests or tests.startswith("as `"), name


def test_the_tests_named_are_there() -> None:
    assert broken_tests(PROMISES) == []
    assert broken_tests("`tests/docs/test_promises.py::test_that_is_not_there`") != []
