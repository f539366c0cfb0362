"""The audit in the store: added to at its end, never changed."""

from typing import Any

from sqlalchemy import Row, insert, or_, select

from app.identity.audit.rules import MOST_LISTED, SIGN_IN, START, WEIGHING, Act, Entry, head_after
from app.identity.ids import Identity, Kid, Role
from app.identity.tables import audit, house
from app.kit.database import ReadTx, WriteTx


async def take_turn(tx: WriteTx[Identity]) -> None:
    """Let nobody else publish or add to the audit until this transaction ends: the chain has one end.

    `note` does it too. Whoever locks rows of accounts besides does it before that, as publishing does,
    or two transactions could wait for each other.
    """
    await tx.connection.execute(select(house.c.instance).with_for_update())


async def note(
    tx: WriteTx[Identity],
    *,
    day: int,
    act: Act,
    by: Kid | None,
    kid: Kid | None = None,
    alias: str = "",
    reason: str = "",
) -> None:
    """Add what happens in this transaction: `by` did it (None: nobody signed in), to `kid`.

    `day` counts from 1970; `alias` is a public name. Neither a moment nor anything typed at sign-in.
    """
    await take_turn(tx)
    last = (
        await tx.connection.execute(select(audit.c.n, audit.c.head).order_by(audit.c.n.desc()).limit(1))
    ).one_or_none()
    entry = Entry(1 if last is None else last.n + 1, day, act, by, kid, alias, reason)
    await tx.connection.execute(
        insert(audit).values(
            n=entry.n,
            day=day,
            act=act,
            by_kid=by,
            kid=kid,
            alias=alias,
            reason=reason,
            head=head_after(START if last is None else last.head, entry),
        )
    )


async def newest(tx: ReadTx[Identity], kid: Kid, role: Role, before: int | None) -> list[Entry]:
    """At most 100 entries that this member is shown, newest first, below number `before`.

    Coordinators see all; the others what happened to the team, and of sign-ins only their own. What two
    weigh about somebody is not shown to that person until it is done.
    """
    query = select(audit).order_by(audit.c.n.desc()).limit(MOST_LISTED)
    if before is not None:
        query = query.where(audit.c.n < before)
    if role != "coordinator":
        query = query.where(
            or_(audit.c.act.not_in(SIGN_IN), audit.c.by_kid == kid, audit.c.kid == kid),
            or_(audit.c.act.not_in(WEIGHING), audit.c.kid.is_distinct_from(kid)),
        )
    return [_entry(row) for row in await tx.connection.execute(query)]


async def chain(tx: ReadTx[Identity]) -> list[tuple[Entry, bytes]]:
    """Every entry with its head, from the first on."""
    rows = await tx.connection.execute(select(audit).order_by(audit.c.n))
    return [(_entry(row), row.head) for row in rows]


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        n=row.n,
        day=row.day,
        act=row.act,
        by=None if row.by_kid is None else Kid(row.by_kid),
        kid=None if row.kid is None else Kid(row.kid),
        alias=row.alias,
        reason=row.reason,
    )
