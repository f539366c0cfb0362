"""Flags, their evidence, and the trail of what moderators did."""

import sqlalchemy as sa
from alembic import op

from app.conversations.tables import drop_review_functions, review_triggers

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "flags",
        sa.Column("id", sa.LargeBinary, primary_key=True),
        sa.Column("room", sa.LargeBinary, nullable=False),
        sa.Column("seat", sa.LargeBinary, nullable=False),
        sa.Column("kid", sa.LargeBinary),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("opened_day", sa.Integer, nullable=False),
        sa.Column("team_kid", sa.LargeBinary, nullable=False),
        sa.Column("team_epoch", sa.BigInteger, nullable=False),
        sa.Column("lease_kid", sa.LargeBinary),
        sa.Column("lease_until", sa.BigInteger),
        sa.Column("decided_day", sa.Integer),
        sa.Column("act", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("note", sa.LargeBinary),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("flags_room", "flags", ["room", "seat"])
    op.create_index("flags_kid", "flags", ["kid"])
    op.create_index("flags_decided_day", "flags", ["decided_day"])
    op.create_index("flags_lease_kid", "flags", ["lease_kid"], unique=True)
    op.create_table(
        "evidence",
        sa.Column("room", sa.LargeBinary, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seat", sa.LargeBinary, nullable=False),
        sa.Column("ke", sa.Integer, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("com", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "evidence_seats",
        sa.Column("room", sa.LargeBinary, primary_key=True),
        sa.Column("seat", sa.LargeBinary, primary_key=True),
        sa.Column("kid", sa.LargeBinary),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "trail",
        sa.Column("n", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("kid", sa.LargeBinary, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("flag", sa.LargeBinary, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("trail_flag", "trail", ["flag"])
    for statement in review_triggers(op.get_bind().dialect.name):
        # Not as text(): that would take the colons of a function's body for parameters.
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for table in ("trail", "evidence_seats", "evidence", "flags"):
        op.drop_table(table)
    for statement in drop_review_functions(op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)
