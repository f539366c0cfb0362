"""Reading a table of any size in bounded memory: page by page, in the order of a key."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Column, Connection, Row, Select, Table, literal, tuple_

PAGE: Final = 200
"""Rows in memory at once; the longest of them hold a quarter of a megabyte."""


def key_of(table: Table) -> tuple[Column[Any], ...]:
    """The columns that name a row: the primary key, else a unique index. Empty for a table of one row."""
    if table.primary_key.columns:
        return tuple(table.primary_key.columns)
    return next((tuple(index.columns) for index in table.indexes if index.unique), ())


def pages(
    connection: Connection, query: Select[*tuple[Any, ...]], key: Sequence[Column[Any]]
) -> Iterator[Sequence[Row[*tuple[Any, ...]]]]:
    """The rows of a query in the order of `key`, which is unique and among what is selected.

    No cursor stays open between two pages, so both engines do it alike; they agree with each other inside of
    one transaction that sees one moment. With an empty key all rows come at once.
    """
    ordered = query.order_by(*key).limit(PAGE) if key else query
    page = connection.execute(ordered).all()
    while page:
        yield page
        if not key or len(page) < PAGE:
            return
        last = [literal(page[-1]._mapping[column], column.type) for column in key]
        behind = key[0] > last[0] if len(key) == 1 else tuple_(*key) > tuple_(*last)
        page = connection.execute(ordered.where(behind)).all()
