"""Everything this house keeps. No table has a column for a room, a client, an address or a password.

Moments are unix seconds; days count from 1970-01-01 UTC; ids, hashes and boxes are raw bytes.
"""

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

house = Table(
    "house",
    metadata,
    Column("instance", LargeBinary, primary_key=True),
    Column("roots", JSON, nullable=False),
)
"""One row, made by founding. `roots` lists the pinned root points as base64url. Publishing locks this row."""

staff = Table(
    "staff",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("name_mac", LargeBinary, nullable=False),
    Column("auth_hash", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("keys", LargeBinary, nullable=False),
    Column("role", Text, nullable=False),
    Column("pub", LargeBinary, nullable=False),
    Column("kid", LargeBinary, nullable=False),
    Column("room_limit", Integer, nullable=False, server_default="2"),
    UniqueConstraint("name_mac"),
    UniqueConstraint("kid"),
    CheckConstraint("role IN ('peer', 'moderator', 'coordinator')", name="role"),
    CheckConstraint("room_limit BETWEEN 1 AND 3", name="room_limit"),
)
"""An account may act exactly while the current directory lists its kid with its role: no column says so.
`room_limit`: rooms that a peer may sit in at once."""

invitations = Table(
    "invitations",
    metadata,
    Column("staff", LargeBinary, primary_key=True),
    Column("role", Text, nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("secret_box", LargeBinary, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("submitted", Boolean, nullable=False),
    Column("mac", LargeBinary),
    Column("profile", JSON(none_as_null=True)),
    Column("replaces", LargeBinary),
    Column("name_mac", LargeBinary),
    UniqueConstraint("token_hash"),
    CheckConstraint("role IN ('peer', 'moderator', 'coordinator')", name="role"),
)
"""From invitation to admission, when the row goes. `mac` and `profile` come with the submission. `replaces`
is the kid whose owner gets a new key; `name_mac` their name, where the old account has it until then."""

proposals = Table(
    "proposals",
    metadata,
    Column("kid", LargeBinary, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("by_kid", LargeBinary, nullable=False),
    Column("day", Integer, nullable=False),
    Column("agreed_kid", LargeBinary),
)
"""Suspensions asked for and not carried out, each by whom it is about."""

suspended = Table(
    "suspended",
    metadata,
    Column("kid", LargeBinary, primary_key=True),
    Column("serial", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by_kid", LargeBinary, nullable=False),
    Column("second_kid", LargeBinary, nullable=False),
    Column("day", Integer, nullable=False),
)
"""Who is not listed for now; `serial` is of the last directory that did, kept as long as this. Their account
waits. Who comes back is listed as a root signed it then, never by this store's word."""

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("staff", LargeBinary, nullable=False, index=True),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=False),
)

second_factors = Table(
    "second_factors",
    metadata,
    Column("staff", LargeBinary, primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("step", BigInteger, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("wrong_from", BigInteger, nullable=False),
)
"""What makes a person's codes. It asks for them once confirmed. `step` is that of the last code used; `wrong`
counts the codes refused since the moment `wrong_from`."""

audit = Table(
    "audit",
    metadata,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, nullable=False),
    Column("act", Text, nullable=False),
    Column("by_kid", LargeBinary),
    Column("kid", LargeBinary),
    Column("alias", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("head", LargeBinary, nullable=False),
)
"""What happened to the team, counted from 1; each `head` is a hash over the one before. Append-only."""

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, nullable=False),
    Column("act", Text, nullable=False),
    Column("by_kid", LargeBinary, index=True),
    Column("kid", LargeBinary, index=True),
    Column("alias", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("head", LargeBinary, nullable=False),
)
"""Who signed in, and what else each did about their own sign-in: a chain of its own, since it goes after 90
days, from its front. `n` counts together with `audit`."""

sign_ins_cut = Table(
    "sign_ins_cut",
    metadata,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("head", LargeBinary, nullable=False),
)
"""One row once sign-ins went: number and head of the last of them, by which the rest is checked."""

directories = Table(
    "directories",
    metadata,
    Column("serial", BigInteger, primary_key=True, autoincrement=False),
    Column("payload", LargeBinary, nullable=False),
    Column("sigs", JSON, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("replaced_day", Integer),
)
"""The highest serial is the current one. `sigs` is as in the directory's JSON."""

sealed_team_keys = Table(
    "sealed_team_keys",
    metadata,
    Column("team", Text),
    Column("epoch", BigInteger, autoincrement=False),
    Column("kid", LargeBinary),
    Column("sealed", LargeBinary, nullable=False),
    Column("replaced_day", Integer),
    PrimaryKeyConstraint("team", "epoch", "kid"),
)

spent_salts = Table(
    "spent_salts",
    metadata,
    Column("salt", LargeBinary, primary_key=True),
    Column("expires", BigInteger, nullable=False),
)

vaults = Table(
    "vaults",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("blob", LargeBinary, nullable=False),
    Column("expires_quarter", Integer, nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""Clients' journals. Quarters count from 1970: no finer time, since rooms have days. Rows lie in the order of
their ids, never in that of writing."""

_SQLITE_AUDIT: Final = (
    # INSERT OR REPLACE would drop a row without asking the trigger on DELETE.
    """CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    """CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    """CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
)

_SQLITE_SIGN_INS: Final = (
    """CREATE TRIGGER sign_ins_no_replace BEFORE INSERT ON sign_ins
WHEN EXISTS (SELECT 1 FROM sign_ins WHERE n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'sign_ins never change'); END""",
    """CREATE TRIGGER sign_ins_no_update BEFORE UPDATE ON sign_ins
BEGIN SELECT RAISE(ABORT, 'sign_ins never change'); END""",
)

_POSTGRESQL_SIGN_INS: Final = (
    """CREATE TRIGGER sign_ins_no_change BEFORE UPDATE ON sign_ins
FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
)

_POSTGRESQL_AUDIT: Final = (
    """CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$""",
    """CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
    """CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""",
)


def audit_triggers(dialect: str) -> tuple[str, ...]:
    """The statements that make `audit` append-only on "sqlite" or "postgresql". They go with their table;
    on PostgreSQL `drop_audit_functions` takes what is left."""
    return {"sqlite": _SQLITE_AUDIT, "postgresql": _POSTGRESQL_AUDIT}[dialect]


def sign_ins_triggers(dialect: str) -> tuple[str, ...]:
    """The statements by which no row of `sign_ins` changes, after those of `audit`; the purge deletes."""
    return {"sqlite": _SQLITE_SIGN_INS, "postgresql": _POSTGRESQL_SIGN_INS}[dialect]


def drop_audit_functions(dialect: str) -> tuple[str, ...]:
    """What is left to drop once `audit` is gone."""
    return () if dialect == "sqlite" else ("DROP FUNCTION audit_append_only()",)
