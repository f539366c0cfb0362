"""More words asked for, lines for one's colleagues, acts that take two, and flags that no purge takes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_COLUMNS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("more", sa.Text, {"nullable": False, "server_default": "none"}),
    ("asked_day", sa.Integer, {}),
    ("more_kid", sa.LargeBinary, {}),
    ("more_epoch", sa.BigInteger, {}),
    ("more_sealed", sa.LargeBinary, {}),
    ("kept_for", sa.LargeBinary, {}),
    ("kept_day", sa.Integer, {}),
    ("held", sa.Boolean, {"nullable": False, "server_default": sa.false()}),
    ("reported_day", sa.Integer, {}),
)


def upgrade() -> None:
    for name, kind, more in _COLUMNS:
        op.add_column("flags", sa.Column(name, kind, **more))
    op.create_table(
        "flag_notes",
        sa.Column("flag", sa.LargeBinary, primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("by_kid", sa.LargeBinary, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("team_kid", sa.LargeBinary, nullable=False),
        sa.Column("team_epoch", sa.BigInteger, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "proposals",
        sa.Column("flag", sa.LargeBinary, primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("by_kid", sa.LargeBinary, nullable=False),
        sa.Column("to_kid", sa.LargeBinary, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("subject", sa.LargeBinary),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("shown", sa.LargeBinary),
        sqlite_with_rowid=False,
    )
    for column in ("to_kid", "by_kid", "day"):
        op.create_index(f"proposals_{column}", "proposals", [column])


def downgrade() -> None:
    for table in ("proposals", "flag_notes"):
        op.drop_table(table)
    for name, _, _ in reversed(_COLUMNS):
        op.drop_column("flags", name)
