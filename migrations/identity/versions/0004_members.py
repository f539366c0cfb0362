"""New keys for the same person, and suspensions that take two."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invitations", sa.Column("replaces", sa.LargeBinary))
    op.add_column("invitations", sa.Column("name_mac", sa.LargeBinary))
    op.create_table(
        "proposals",
        sa.Column("kid", sa.LargeBinary, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by_kid", sa.LargeBinary, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("agreed_kid", sa.LargeBinary),
        sa.PrimaryKeyConstraint("kid", name="pk_proposals"),
    )
    op.create_table(
        "suspended",
        sa.Column("kid", sa.LargeBinary, nullable=False),
        sa.Column("serial", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by_kid", sa.LargeBinary, nullable=False),
        sa.Column("second_kid", sa.LargeBinary, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("kid", name="pk_suspended"),
    )


def downgrade() -> None:
    op.drop_table("suspended")
    op.drop_table("proposals")
    op.drop_column("invitations", "name_mac")
    op.drop_column("invitations", "replaces")
