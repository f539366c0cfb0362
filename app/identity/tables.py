"""Everything this house keeps. No table has a column for a room, a client, an address or a password.

Moments are unix seconds; days count from 1970-01-01 UTC; ids, hashes and boxes are raw bytes.
"""

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
    UniqueConstraint("name_mac"),
    UniqueConstraint("kid"),
    CheckConstraint("role IN ('peer', 'moderator', 'coordinator')", name="role"),
)
"""An account may act exactly while the current directory lists its kid with its role: no column says so."""

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
    UniqueConstraint("token_hash"),
    CheckConstraint("role IN ('peer', 'moderator', 'coordinator')", name="role"),
)
"""From invitation to admission, when the row goes. `mac` and `profile` come with the submission."""

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("staff", LargeBinary, nullable=False, index=True),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=False),
)

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
