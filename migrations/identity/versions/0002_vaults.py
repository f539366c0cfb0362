"""Clients' journals."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vaults",
        sa.Column("id", sa.LargeBinary, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("blob", sa.LargeBinary, nullable=False),
        sa.Column("expires_quarter", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_vaults"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_vaults_expires_quarter", "vaults", ["expires_quarter"])


def downgrade() -> None:
    op.drop_table("vaults")
