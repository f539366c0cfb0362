"""Room limits, second factors, and the audit of sign-ins and of who comes and goes."""

import sqlalchemy as sa
from alembic import op

from app.identity.tables import audit_triggers, drop_audit_functions

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite takes a constraint only with its column, and lets it go with it.
    op.execute(
        "ALTER TABLE staff ADD COLUMN room_limit INTEGER DEFAULT '2' NOT NULL"
        " CONSTRAINT ck_staff_room_limit CHECK (room_limit BETWEEN 1 AND 3)"
    )
    op.create_table(
        "second_factors",
        sa.Column("staff", sa.LargeBinary, nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("confirmed", sa.Boolean, nullable=False),
        sa.Column("step", sa.BigInteger, nullable=False),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("wrong_from", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("staff", name="pk_second_factors"),
    )
    op.create_table(
        "audit",
        sa.Column("n", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("by_kid", sa.LargeBinary),
        sa.Column("kid", sa.LargeBinary),
        sa.Column("alias", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_audit"),
    )
    for statement in audit_triggers(op.get_bind().dialect.name):
        # Not as text(): that would take the colons of a function's body for parameters.
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_table("audit")
    for statement in drop_audit_functions(op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)
    op.drop_table("second_factors")
    op.drop_column("staff", "room_limit")
