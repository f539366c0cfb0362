"""What a room has come to is in its last message, so that saying something writes one row and no other."""

import struct
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.conversations.tables import drop_triggers, triggers
from app.wire.ids import RoomId
from app.wire.transcript import chain_start
from migrations.conversations.first_triggers import triggers as first_triggers

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

AT_ONCE = 500
"""Rooms that are looked at together."""

COUNT = struct.Struct(">16sI")

_messages = sa.table("messages", *map(sa.column, ("room", "seq", "head", "counts")))
_rooms = sa.table("rooms", *map(sa.column, ("id", "secret_hash", "seq", "head")))
_seats = sa.table("seats", *map(sa.column, ("room", "seat", "n")))
_last = sa.select(sa.func.max(_messages.c.seq)).where(_messages.c.room == _rooms.c.id).scalar_subquery()


def upgrade() -> None:
    _run(drop_triggers)
    for name in ("head", "counts"):
        op.add_column("messages", sa.Column(name, sa.LargeBinary))
    for rooms in _pages(_rooms.c.id, _rooms.c.head, _last.label("seq")):
        _to_messages([room for room in rooms if room.seq is not None])
    for table, name in (("rooms", "seq"), ("rooms", "head"), ("seats", "n")):
        op.drop_column(table, name)
    _run(triggers)


def downgrade() -> None:
    _run(drop_triggers)
    op.add_column("rooms", sa.Column("seq", sa.Integer, nullable=False, server_default="0"))
    op.add_column("rooms", sa.Column("head", sa.LargeBinary, nullable=False, server_default=""))
    op.add_column("seats", sa.Column("n", sa.Integer, nullable=False, server_default="0"))
    for rooms in _pages(_rooms.c.id, _rooms.c.secret_hash, _last.label("seq")):
        _to_rooms(rooms)
    for name in ("counts", "head"):
        op.drop_column("messages", name)
    _run(first_triggers)


def _run(statements: Callable[[str], tuple[str, ...]]) -> None:
    for statement in statements(op.get_bind().dialect.name):
        # Not as text(): that would take the colons of a function's body for parameters.
        op.get_bind().exec_driver_sql(statement)


def _pages(*columns: sa.ColumnElement[Any]) -> Iterator[Sequence[sa.Row[Any]]]:
    query = sa.select(*columns).order_by(_rooms.c.id).limit(AT_ONCE)
    page = op.get_bind().execute(query).all()
    while page:
        yield page
        page = op.get_bind().execute(query.where(_rooms.c.id > page[-1].id)).all()


def _to_messages(rooms: Sequence[sa.Row[Any]]) -> None:
    counts: defaultdict[bytes, bytes] = defaultdict(bytes)
    query = sa.select(_seats).where(_seats.c.room.in_([room.id for room in rooms]), _seats.c.n > 0)
    for row in op.get_bind().execute(query.order_by(_seats.c.room, _seats.c.seat)):
        counts[row.room] += COUNT.pack(row.seat, row.n)
    for room in rooms:
        op.execute(
            _messages.update()
            .where(_messages.c.room == room.id, _messages.c.seq == room.seq)
            .values(head=room.head, counts=counts[room.id])
        )


def _to_rooms(rooms: Sequence[sa.Row[Any]]) -> None:
    for room in rooms:
        last = op.get_bind().execute(
            sa.select(_messages.c.head, _messages.c.counts).where(
                _messages.c.room == room.id, _messages.c.seq == room.seq
            )
        )
        for head, counts in last:
            op.execute(_rooms.update().where(_rooms.c.id == room.id).values(seq=room.seq, head=head))
            for seat, n in COUNT.iter_unpack(counts):
                op.execute(_seats.update().where(_seats.c.room == room.id, _seats.c.seat == seat).values(n=n))
        if room.seq is None:
            # A deleted room whose week is over has neither a hash nor a head.
            head = chain_start(RoomId(room.id)) if room.secret_hash else b""
            op.execute(_rooms.update().where(_rooms.c.id == room.id).values(head=head))
