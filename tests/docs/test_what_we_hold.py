"""A new column fails here until docs/what-we-hold.md says what it is for."""

import re
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import Table

from app.conversations.tables import metadata as conversations
from app.identity.tables import metadata as identity
from app.kit.logs import FIELDS, TROUBLES
from app.kit.metrics import Series
from app.web.conversations_watch import SERIES
from app.web.health import Problem
from app.web.metrics import PROCESS

HELD = (Path(__file__).resolve().parents[2] / "docs" / "what-we-hold.md").read_text("utf-8")
STORES = {"identity": identity, "conversations": conversations}
TABLES = [(store, table) for store, metadata in STORES.items() for table in metadata.sorted_tables]


def described(text: str, store: str) -> dict[str, str]:
    """The text on each table of a store."""
    part = re.search(rf"^## The {store} store$(.*?)(?=^## |\Z)", text, flags=re.MULTILINE | re.DOTALL)
    assert part is not None
    _, *rest = re.split(r"^### `(\w+)`.*$", part[1], flags=re.MULTILINE)
    return dict(zip(rest[::2], rest[1::2], strict=True))


def columns(text: str) -> dict[str, list[str]]:
    """What the rows of a table's text say, by column."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if "|" in line
    ]
    return {row[0].strip("`"): row[1:] for row in rows if re.fullmatch(r"`\w+`", row[0])}


@pytest.mark.parametrize("store", STORES)
def test_the_tables_described_are_the_tables_there_are(store: str) -> None:
    assert set(described(HELD, store)) == {table.name for table in STORES[store].sorted_tables}


@pytest.mark.parametrize(("store", "table"), TABLES, ids=lambda value: getattr(value, "name", value))
def test_each_column_has_its_contents_and_its_reason(store: str, table: Table) -> None:
    rows = columns(described(HELD, store)[table.name])

    assert set(rows) == {column.name for column in table.columns}
    assert all(len(cells) == 2 and all(cells) for cells in rows.values())


@pytest.mark.parametrize(("store", "table"), TABLES, ids=lambda value: getattr(value, "name", value))
def test_each_table_says_who_can_open_it_and_when_it_goes(store: str, table: Table) -> None:
    text = described(HELD, store)[table.name]

    assert re.search(r"^Opens: \S", text, flags=re.MULTILINE)
    assert re.search(r"^Goes: \S", text, flags=re.MULTILINE)


def test_a_column_that_nobody_described_is_noticed() -> None:
    text = "### `rooms`\n\n| column | holds | why |\n|---|---|---|\n| `id` | 16 bytes | to find it |\n"

    assert set(columns(text)) == {"id"}
    assert set(columns(text)) != {"id", "address"}


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_each_field_that_a_log_line_may_have_is_named(field: str) -> None:
    assert f"`{field}`" in HELD


def section(title: str) -> str:
    """The text under a heading of the second level."""
    found = re.search(rf"^## {title}$(.*?)(?=^## |\Z)", HELD, flags=re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def test_the_numbers_described_are_the_numbers_that_are_published() -> None:
    assert set(columns(section("Metrics"))) == {series.name for series in (*PROCESS, *SERIES)}


@pytest.mark.parametrize("series", [*PROCESS, *SERIES], ids=lambda series: series.name)
def test_each_number_says_why_it_is_there_and_how_coarse_it_is(series: Series) -> None:
    says, why, steps = columns(section("Metrics"))[series.name]

    assert says
    assert why
    # Exact is only what nobody's doing moves: limits, days, and what goes wrong.
    assert (series.step > 1) == (steps not in ("–", "1"))


@pytest.mark.parametrize("problem", get_args(Problem))
def test_each_problem_that_a_probe_may_name_is_named(problem: str) -> None:
    assert f"`{problem}`" in section("Probes")


@pytest.mark.parametrize("event", TROUBLES)
def test_each_trouble_of_the_log_is_described(event: str) -> None:
    assert f"`{event}`" in section("Log lines")
