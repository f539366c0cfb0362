"""What admission reads: the directory in force and the hash of a seat secret."""

import json
from dataclasses import dataclass, field

from sqlalchemy import LargeBinary, bindparam, func, insert, select, update

from app.conversations.ids import Conversations, RoomId
from app.conversations.tables import directories, house, rooms
from app.kit.database import Look, ReadTx, WriteTx
from app.kit.looks import Prepared
from app.wire.directory import SignedDirectory, parse_directory
from app.wire.encoding import b64u


@dataclass(frozen=True, slots=True)
class SecretRow:
    """What a seat secret is compared with."""

    secret_hash: bytes = field(repr=False)
    deleted: bool


async def rely_on_directory(tx: WriteTx[Conversations]) -> None:
    """Keep the directory in force as it is until this transaction ends; others may rely on it too.

    Taken before any lock on a room: whoever replaces the directory locks in that order.
    """
    await tx.connection.execute(select(house.c.store).with_for_update(read=True))


async def replace_directory(tx: WriteTx[Conversations]) -> None:
    """Wait for everyone who relies on the directory, and let nobody else in until this transaction ends."""
    await tx.connection.execute(select(house.c.store).with_for_update())


async def newest_serial(tx: ReadTx[Conversations]) -> int:
    """The serial in force, 0 where there is none."""
    return (await tx.connection.execute(select(func.max(directories.c.serial)))).scalar_one() or 0


async def directory(tx: ReadTx[Conversations], serial: int) -> SignedDirectory:
    """The stored directory with this serial, which must exist."""
    row = (
        await tx.connection.execute(
            select(directories.c.payload, directories.c.sigs).where(directories.c.serial == serial)
        )
    ).one()
    return SignedDirectory.from_json({"payload": b64u(row.payload), "sigs": json.loads(row.sigs)})


async def payloads(tx: ReadTx[Conversations]) -> list[bytes]:
    """What was signed of every directory that is still stored, oldest first."""
    rows = await tx.connection.execute(select(directories.c.payload).order_by(directories.c.serial))
    return [row.payload for row in rows]


async def add_directory(tx: WriteTx[Conversations], signed: SignedDirectory, day: int) -> None:
    """Put a directory in force; those before it are marked as replaced on `day`."""
    await tx.connection.execute(
        update(directories).where(directories.c.replaced_day.is_(None)).values(replaced_day=day)
    )
    await tx.connection.execute(
        insert(directories).values(
            serial=parse_directory(signed.payload).serial,
            payload=signed.payload,
            sigs=json.dumps(signed.to_json()["sigs"]),
            replaced_day=None,
        )
    )


# Built once: it is on the way of every page that enters.
_SECRET = Prepared(
    select(rooms.c.secret_hash, rooms.c.state).where(rooms.c.id == bindparam("room", type_=LargeBinary))
)


async def secret_row(look: Look[Conversations], room: RoomId) -> SecretRow | None:
    """The hash of a room's seat secret, tombstones included."""
    rows = await look.rows(_SECRET, room=room)
    return SecretRow(rows[0][0], rows[0][1] == "deleted") if rows else None
