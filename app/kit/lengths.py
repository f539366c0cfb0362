"""Columns of bytes that may have certain lengths alone: whether their rows keep to it."""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Connection, MetaData, func, select


def wrong_lengths(
    connection: Connection, metadata: MetaData, lengths: Mapping[str, Collection[int]]
) -> Iterator[tuple[str, int]]:
    """Each column ("table.column") with values of another length than its own, and how many; NULL is fine."""
    for table in metadata.sorted_tables:
        own = [column for column in table.columns if f"{table.name}.{column.name}" in lengths]
        if not own:
            continue
        wrong = [
            func.count().filter(func.length(column).not_in(lengths[f"{table.name}.{column.name}"]))
            for column in own
        ]
        counts = connection.execute(select(*wrong).select_from(table)).one()
        for column, count in zip(own, counts, strict=True):
            if count:
                yield f"{table.name}.{column.name}", count
