"""Second factors in the store."""

from sqlalchemy import delete, insert, select, update

from app.identity.codes.rules import Factor
from app.identity.ids import Identity, StaffId
from app.identity.tables import second_factors, staff
from app.kit.database import ReadTx, WriteTx


async def of(tx: ReadTx[Identity], who: StaffId) -> Factor | None:
    """Somebody's second factor, confirmed or not."""
    found = await tx.connection.execute(select(second_factors).where(second_factors.c.staff == who))
    row = found.one_or_none()
    if row is None:
        return None
    return Factor(StaffId(row.staff), row.secret, row.confirmed, row.step, row.wrong, row.wrong_from)


async def put(tx: WriteTx[Identity], factor: Factor) -> None:
    """Store a new one in place of the one before."""
    await forget(tx, factor.staff)
    await tx.connection.execute(
        insert(second_factors).values(
            staff=factor.staff,
            secret=factor.secret,
            confirmed=factor.confirmed,
            step=factor.step,
            wrong=factor.wrong,
            wrong_from=factor.wrong_from,
        )
    )


async def note(tx: WriteTx[Identity], factor: Factor) -> None:
    """Keep what a code changed."""
    await tx.connection.execute(
        update(second_factors)
        .where(second_factors.c.staff == factor.staff)
        .values(
            confirmed=factor.confirmed, step=factor.step, wrong=factor.wrong, wrong_from=factor.wrong_from
        )
    )


async def forget(tx: WriteTx[Identity], who: StaffId) -> None:
    await tx.connection.execute(delete(second_factors).where(second_factors.c.staff == who))


async def forget_of_nobody(tx: WriteTx[Identity]) -> int:
    """Delete those whose account is gone; how many."""
    gone = delete(second_factors).where(second_factors.c.staff.not_in(select(staff.c.id)))
    return (await tx.connection.execute(gone)).rowcount
