"""The daily purge: what has served its time goes, and its bytes with it (docs/protocol.md, 7 and 15)."""

import asyncio
import sqlite3
from contextlib import closing

from sqlalchemy import MetaData, insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from app.identity import proofs
from app.identity.audit import store as audit
from app.identity.codes import store as factors
from app.identity.directory import store as directories
from app.identity.directory.store import CurrentDirectory
from app.identity.enrolment import store as invitations
from app.identity.ids import Identity
from app.identity.members import store as members
from app.identity.staff import store as accounts
from app.identity.tables import metadata, vaults
from app.identity.vaults import store as journals
from app.identity.vaults.rules import quarter_of
from app.kit.clock import Clock, day_of
from app.kit.database import Database, engine_errors, sqlite_pragmas

REPLACED_DAYS = 35
"""Days that replaced directories, and sealed peer-team keys, are kept: a directory's longest life."""


async def purge(database: Database[Identity], clock: Clock) -> int:
    """Delete what is over and rewrite what is left in the order of its keys; how many rows went.

    Sign-ins of more than 90 days ago, ended sessions, invitations that ran out with the accounts nobody
    admitted, spent salts, directories and sealed peer-team keys replaced more than 35 days ago, proposals of
    which nothing came, accounts of nobody who is listed, suspended or invited, second factors of nobody, and
    journals whose last quarter is over.
    Sealed moderation and root keys stay.
    `Unavailable` where the store gives no turn.
    """
    now = int(clock.now())
    async with database.write() as tx:
        await audit.take_turn(tx)  # or whoever is admitted at this moment could lose their account
        current = await CurrentDirectory().of(tx)
        listed = [] if current is None else [member.kid for member in current.directory.staff]
        await invitations.drop_admitted(tx, listed)
        sessions = await accounts.forget_ended(tx, now)
        expired = await invitations.take_expired(tx, now)
        await accounts.remove(tx, expired)
        salts = await proofs.forget_spent(tx, now)
        replaced = await directories.forget_replaced(tx, day_of(now) - REPLACED_DAYS)
        suspended = await members.all_suspended(tx)
        left = await accounts.keep_only(tx, [*listed, *suspended])
        proposed = await members.forget_old_proposals(tx, day_of(now))
        factors_gone = await factors.forget_of_nobody(tx)
        signed_in = await audit.cut_sign_ins(tx, day_of(now))
        over = await journals.forget_expired(tx, quarter_of(now))
    await _wipe(database)
    return sessions + len(expired) + salts + replaced + left + proposed + factors_gone + signed_in + over


async def _wipe(database: Database[Identity]) -> None:
    """Take the bytes of deleted rows off the disk, and journals out of the order in which they were written.

    PostgreSQL writes its tables anew; SQLite the journals, then it cuts its log.
    """
    if not database.is_sqlite:
        for table in metadata.sorted_tables:
            async with database.write() as tx:
                await tx.connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
                await tx.connection.exec_driver_sql(f"CLUSTER {table.name} USING pk_{table.name}")
        return
    async with database.exclusive():
        with engine_errors():
            await asyncio.to_thread(_rewrite_sqlite, str(database.url.database))


def _rewrite_sqlite(path: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in sqlite_pragmas(read_only=False):
            connection.execute(pragma)
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in _rewriting():
                connection.execute(statement)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _rewriting() -> tuple[str, ...]:
    """Statements that build `vaults` anew: where its pages lie in the file tells who wrote after whom."""
    ordered = vaults.to_metadata(MetaData(), name="vaults_ordered")
    copy = insert(ordered).from_select(
        [column.name for column in vaults.columns], select(vaults).order_by(vaults.c.id)
    )
    dialect = sqlite.dialect()
    return (
        # The index of the copy would have the name of the present one, so it comes last.
        str(CreateTable(ordered).compile(dialect=dialect)),
        str(copy.compile(dialect=dialect)),
        "DROP TABLE vaults",
        "ALTER TABLE vaults_ordered RENAME TO vaults",
        *(str(CreateIndex(index).compile(dialect=dialect)) for index in vaults.indexes),
    )
