"""Rooms, seats, seals, messages, the queue, directories, and the store's own id."""

import sqlalchemy as sa
from alembic import op

from app.conversations.tables import drop_triggers, new_life
from migrations.conversations.first_triggers import triggers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _rooms()
    _queue()
    _directory()
    _figures()
    op.create_table(
        "messages",
        sa.Column("room", sa.LargeBinary, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("seat", sa.LargeBinary, nullable=False),
        sa.Column("ke", sa.Integer, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("com", sa.LargeBinary, nullable=False),
        sa.Column("ct", sa.LargeBinary),
    )
    op.create_index("messages_room_seq", "messages", ["room", "seq"], unique=True)
    op.create_table(
        "house",
        sa.Column("store", sa.LargeBinary, nullable=False),
        sa.Column("purged_day", sa.Integer, nullable=False, server_default="0"),
    )
    dialect = op.get_bind().dialect.name
    for statement in (*triggers(dialect), new_life(dialect)):
        # Not as text(): that would take the colons of a function's body for parameters.
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for statement in drop_triggers(op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)
    for table in (
        "house",
        "messages",
        "spent_salts",
        "counters",
        "samples",
        "peer_epochs",
        "directories",
        "tickets",
        "meetings",
        "seals",
        "seats",
        "rooms",
    ):
        op.drop_table(table)


def _rooms() -> None:
    op.create_table(
        "rooms",
        sa.Column("id", sa.LargeBinary, primary_key=True),
        sa.Column("secret_hash", sa.LargeBinary, nullable=False),
        sa.Column("wrap", sa.LargeBinary),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("ke", sa.Integer, nullable=False),
        sa.Column("needs_rekey", sa.Boolean, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.Column("opened_day", sa.Integer, nullable=False),
        sa.Column("closed_day", sa.Integer),
        sa.Column("expires_day", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("rooms_expires_day", "rooms", ["expires_day"])
    op.create_table(
        "seats",
        sa.Column("room", sa.LargeBinary, primary_key=True),
        sa.Column("seat", sa.LargeBinary, primary_key=True),
        sa.Column("kid", sa.LargeBinary),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("alone_since_n", sa.Integer),
        sqlite_with_rowid=False,
    )
    op.create_index("seats_kid", "seats", ["kid", "open"])
    op.create_table(
        "seals",
        sa.Column("room", sa.LargeBinary, primary_key=True),
        sa.Column("kid", sa.LargeBinary, primary_key=True),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("ke", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def _queue() -> None:
    op.create_table(
        "meetings",
        sa.Column("room", sa.LargeBinary, primary_key=True),
        sa.Column("kid", sa.LargeBinary, nullable=False),
        sa.Column("claimed_at", sa.BigInteger, nullable=False),
        sa.Column("deadline", sa.BigInteger, nullable=False),
        sa.Column("accepted", sa.Boolean, nullable=False),
        sa.Column("resumable_until", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_index("meetings_deadline", "meetings", ["deadline"])
    op.create_index("meetings_kid", "meetings", ["kid"])
    op.create_table(
        "tickets",
        sa.Column("room", sa.LargeBinary, primary_key=True),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("back", sa.LargeBinary),
        sa.Column("note", sa.Boolean, nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("lived", sa.Text, nullable=False),
        sa.Column("refused", sa.Text, nullable=False),
        sa.Column("later", sa.Text, nullable=False),
        sa.Column("peer_epoch", sa.BigInteger, nullable=False),
        sa.Column("waiting_since", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("tickets_line", "tickets", ["language", "urgent", "waiting_since"])
    op.create_index("tickets_epoch", "tickets", ["peer_epoch"])


def _directory() -> None:
    op.create_table(
        "directories",
        sa.Column("serial", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("sigs", sa.Text, nullable=False),
        sa.Column("replaced_day", sa.Integer),
    )
    op.create_table(
        "peer_epochs",
        sa.Column("epoch", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kid", sa.LargeBinary, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("peer_epochs_kid", "peer_epochs", ["kid"])


def _figures() -> None:
    op.create_table(
        "samples",
        sa.Column("id", sa.LargeBinary, primary_key=True),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("quarter", sa.BigInteger, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counters",
        sa.Column("week", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("language", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("bucket", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("count", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "spent_salts",
        sa.Column("salt", sa.LargeBinary, primary_key=True),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
