"""The audit in the store: added to at its end, never changed. Sign-ins go from their front after 90 days."""

from typing import Any, Final

from sqlalchemy import Row, Table, delete, insert, or_, select

from app.identity.audit.rules import (
    MOST_LISTED,
    SIGN_IN,
    SIGN_IN_DAYS,
    START,
    WEIGHING,
    Act,
    Chain,
    Entry,
    head_after,
)
from app.identity.ids import Identity, Kid, Role
from app.identity.tables import audit, house, sign_ins, sign_ins_cut
from app.kit.database import ReadTx, WriteTx

LABELS: Final = {audit.name: "audit", sign_ins.name: "sign-ins"}
"""By which the hashes of each list are told from the other's."""


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
    table = sign_ins if act in SIGN_IN else audit
    known = [await _end(tx, audit), await _end(tx, sign_ins)]
    end = known[0] if table is audit else known[1]
    entry = Entry(max(n for n, _ in known) + 1, day, act, by, kid, alias, reason)
    await tx.connection.execute(
        insert(table).values(
            n=entry.n,
            day=day,
            act=act,
            by_kid=by,
            kid=kid,
            alias=alias,
            reason=reason,
            head=head_after(LABELS[table.name], end[1], entry),
        )
    )


async def newest(tx: ReadTx[Identity], kid: Kid, role: Role, before: int | None) -> list[Entry]:
    """At most 100 entries that this member is shown, newest first, below number `before`.

    Coordinators see all; the others what happened to the team, and of sign-ins only their own. What two
    weigh about somebody is shown to that person in no role.
    """
    team = select(audit).where(or_(audit.c.act.not_in(WEIGHING), audit.c.kid.is_distinct_from(kid)))
    own = select(sign_ins)
    if role != "coordinator":
        own = own.where(or_(sign_ins.c.by_kid == kid, sign_ins.c.kid == kid))
    found: list[Entry] = []
    for query, n in ((team, audit.c.n), (own, sign_ins.c.n)):
        page = query.order_by(n.desc()).limit(MOST_LISTED)
        rows = await tx.connection.execute(page if before is None else page.where(n < before))
        found.extend(map(_entry, rows))
    return sorted(found, key=lambda entry: -entry.n)[:MOST_LISTED]


async def chains(tx: ReadTx[Identity]) -> tuple[Chain, Chain]:
    """What happened to the team, and the sign-ins that are kept, each from its first entry on."""
    cut, start = await _cut(tx)
    return (
        Chain("audit", 0, START, await _all(tx, audit)),
        Chain("sign-ins", cut, start, await _all(tx, sign_ins)),
    )


async def cut_sign_ins(tx: WriteTx[Identity], today: int) -> int:
    """Delete the sign-ins of more than 90 days ago, and keep the head after the last of them; how many."""
    await take_turn(tx)
    old = sign_ins.c.day < today - SIGN_IN_DAYS
    last = (
        await tx.connection.execute(
            select(sign_ins.c.n, sign_ins.c.head).where(old).order_by(sign_ins.c.n.desc()).limit(1)
        )
    ).one_or_none()
    if last is None:
        return 0
    await tx.connection.execute(delete(sign_ins_cut))
    await tx.connection.execute(insert(sign_ins_cut).values(n=last.n, head=last.head))
    return (await tx.connection.execute(delete(sign_ins).where(sign_ins.c.n <= last.n))).rowcount


async def _end(tx: ReadTx[Identity], table: Table) -> tuple[int, bytes]:
    """Number and head of a list's last entry, also where that was cut."""
    row = (
        await tx.connection.execute(select(table.c.n, table.c.head).order_by(table.c.n.desc()).limit(1))
    ).one_or_none()
    if row is not None:
        return row.n, row.head
    return await _cut(tx) if table is sign_ins else (0, START)


async def _cut(tx: ReadTx[Identity]) -> tuple[int, bytes]:
    row = (await tx.connection.execute(select(sign_ins_cut))).one_or_none()
    return (0, START) if row is None else (row.n, row.head)


async def _all(tx: ReadTx[Identity], table: Table) -> list[tuple[Entry, bytes]]:
    rows = await tx.connection.execute(select(table).order_by(table.c.n))
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
