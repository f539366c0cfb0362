"""Marks that count once: whoever sets one first is told so, everybody after is refused."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from app.kit.database import House, WriteTx


async def insert_once(tx: WriteTx[House], table: Table, row: dict[str, Any]) -> bool:
    """Insert a row; False, and nothing inserted, where a key of the table is taken.

    Where another transaction inserts the same key at this moment, PostgreSQL waits for how it ends.
    """
    insert = sqlite.insert if tx.connection.dialect.name == "sqlite" else postgresql.insert
    result = await tx.connection.execute(insert(table).values(row).on_conflict_do_nothing())
    return result.rowcount == 1
