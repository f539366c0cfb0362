"""Whom a peer would bring into a talk, and own lines shown to a colleague."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asks",
        sa.Column("room", sa.LargeBinary, primary_key=True),
        sa.Column("kid", sa.LargeBinary, primary_key=True),
        sa.Column("by_kid", sa.LargeBinary, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("answer", sa.Text),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Index("asks_kid", "kid"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lines",
        sa.Column("id", sa.LargeBinary, primary_key=True),
        sa.Column("room", sa.LargeBinary, nullable=False),
        sa.Column("by_kid", sa.LargeBinary, nullable=False),
        sa.Column("to_kid", sa.LargeBinary, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Index("lines_room", "room"),
        sa.Index("lines_by", "by_kid"),
        sa.Index("lines_to", "to_kid"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("lines")
    op.drop_table("asks")
