"""Sign-ins in a list of their own, which is cut after 90 days."""

import sqlalchemy as sa
from alembic import op

from app.identity.tables import sign_ins_triggers

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("n", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("by_kid", sa.LargeBinary),
        sa.Column("kid", sa.LargeBinary),
        sa.Column("alias", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_sign_ins"),
    )
    op.create_index("ix_sign_ins_by_kid", "sign_ins", ["by_kid"])
    op.create_index("ix_sign_ins_kid", "sign_ins", ["kid"])
    op.create_table(
        "sign_ins_cut",
        sa.Column("n", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_sign_ins_cut"),
    )
    for statement in sign_ins_triggers(op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_table("sign_ins_cut")
    op.drop_table("sign_ins")
