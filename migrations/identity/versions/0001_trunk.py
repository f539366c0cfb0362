"""Accounts, invitations, sessions, directories and sealed team keys."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROLES = "role IN ('peer', 'moderator', 'coordinator')"


def upgrade() -> None:
    op.create_table(
        "house",
        sa.Column("instance", sa.LargeBinary, nullable=False),
        sa.Column("roots", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("instance", name="pk_house"),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.LargeBinary, nullable=False),
        sa.Column("name_mac", sa.LargeBinary, nullable=False),
        sa.Column("auth_hash", sa.LargeBinary, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("keys", sa.LargeBinary, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("pub", sa.LargeBinary, nullable=False),
        sa.Column("kid", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("name_mac", name="uq_staff_name_mac"),
        sa.UniqueConstraint("kid", name="uq_staff_kid"),
        sa.CheckConstraint(ROLES, name="ck_staff_role"),
    )
    op.create_table(
        "invitations",
        sa.Column("staff", sa.LargeBinary, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("secret_box", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("submitted", sa.Boolean, nullable=False),
        sa.Column("mac", sa.LargeBinary),
        sa.Column("profile", sa.JSON),
        sa.PrimaryKeyConstraint("staff", name="pk_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_invitations_token_hash"),
        sa.CheckConstraint(ROLES, name="ck_invitations_role"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("staff", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
    )
    op.create_index("ix_sessions_staff", "sessions", ["staff"])
    op.create_table(
        "directories",
        sa.Column("serial", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("sigs", sa.JSON, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("replaced_day", sa.Integer),
        sa.PrimaryKeyConstraint("serial", name="pk_directories"),
    )
    op.create_table(
        "sealed_team_keys",
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("epoch", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("kid", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("replaced_day", sa.Integer),
        sa.PrimaryKeyConstraint("team", "epoch", "kid", name="pk_sealed_team_keys"),
    )
    op.create_table(
        "spent_salts",
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("salt", name="pk_spent_salts"),
    )


def downgrade() -> None:
    for table in (
        "spent_salts",
        "sealed_team_keys",
        "directories",
        "sessions",
        "invitations",
        "staff",
        "house",
    ):
        op.drop_table(table)
