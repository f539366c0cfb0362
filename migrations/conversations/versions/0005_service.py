"""What a coordinator sets, and peers who take no new talks for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hours", sa.Text),
        sa.Column("keep_days", sa.Integer),
        sa.Column("hold", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pauses",
        sa.Column("kid", sa.LargeBinary, primary_key=True),
        sa.Column("id", sa.LargeBinary, nullable=False),
        sa.Column("flag", sa.LargeBinary, nullable=False),
        sa.Column("by_kid", sa.LargeBinary, nullable=False),
        sa.Column("second_kid", sa.LargeBinary),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("since_day", sa.Integer, nullable=False),
        sa.Column("until", sa.BigInteger),
        sa.Column("appeal_to", sa.LargeBinary),
        sa.Column("appeal_sealed", sa.LargeBinary),
        sa.Column("appeal_day", sa.Integer),
        sa.Column("appeal_answer", sa.Text),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("pauses", "service"):
        op.drop_table(table)
