"""Who is on, who is offered to whom, and who passed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "availability",
        sa.Column("kid", sa.LargeBinary, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("room_limit", sa.Integer, nullable=False),
        sa.Column("buffer_until", sa.BigInteger),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("met_quarter", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "offers",
        sa.Column("room", sa.LargeBinary, primary_key=True),
        sa.Column("kid", sa.LargeBinary, nullable=False),
        sa.Column("deadline", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("offers_kid", "offers", ["kid"], unique=True)
    op.create_table(
        "passes",
        sa.Column("room", sa.LargeBinary, primary_key=True),
        sa.Column("kid", sa.LargeBinary, primary_key=True),
        sa.Column("until", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("passes_until", "passes", ["until"])


def downgrade() -> None:
    for table in ("passes", "offers", "availability"):
        op.drop_table(table)
