"""Directories and sealed team keys in the store."""

from collections.abc import Iterable

from sqlalchemy import delete, insert, select, update

from app.identity.directory.rules import Current, SealId, TeamSeal
from app.identity.ids import Identity, Kid
from app.identity.tables import directories, sealed_team_keys, suspended
from app.kit.database import ReadTx, WriteTx
from app.kit.once import insert_once
from app.wire.directory import Directory, SignedDirectory, directory_hash, parse_directory
from app.wire.encoding import b64u


class CurrentDirectory:
    """The directory in force, parsed once in this process for each that is published."""

    def __init__(self) -> None:
        self._last: Current | None = None

    async def of(self, tx: ReadTx[Identity]) -> Current | None:
        """The newest directory that this transaction sees; None before founding."""
        newest = select(directories.c.hash).order_by(directories.c.serial.desc()).limit(1)
        digest: bytes | None = await tx.connection.scalar(newest)
        if digest is None:
            return None
        if self._last is None or self._last.hash != digest:
            self._last = await _load(tx, digest)
        return self._last


async def add(tx: WriteTx[Identity], directory: Directory, signed: SignedDirectory, today: int) -> bool:
    """Put a directory into force and note that the ones before it, and their teams' epochs, are replaced.

    False, and nothing done, where its serial is taken.
    """
    row = {
        "serial": directory.serial,
        "payload": signed.payload,
        "sigs": signed.to_json()["sigs"],
        "hash": directory_hash(signed.payload),
    }
    if not await insert_once(tx, directories, row):
        return False
    await tx.connection.execute(
        update(directories)
        .where(directories.c.serial < directory.serial, directories.c.replaced_day.is_(None))
        .values(replaced_day=today)
    )
    for name, team in directory.teams.items():
        await tx.connection.execute(
            update(sealed_team_keys)
            .where(
                sealed_team_keys.c.team == name,
                sealed_team_keys.c.epoch < team.epoch,
                sealed_team_keys.c.replaced_day.is_(None),
            )
            .values(replaced_day=today)
        )
    return True


async def held_seals(tx: ReadTx[Identity], directory: Directory) -> set[SealId]:
    """Which sealed keys of this directory's team epochs are stored."""
    held: set[SealId] = set()
    for name, team in directory.teams.items():
        kids = await tx.connection.scalars(
            select(sealed_team_keys.c.kid).where(
                sealed_team_keys.c.team == name, sealed_team_keys.c.epoch == team.epoch
            )
        )
        held.update((name, team.epoch, Kid(kid)) for kid in kids)
    return held


async def put_seals(tx: WriteTx[Identity], seals: Iterable[TeamSeal]) -> None:
    """Store sealed keys; the newest for a team, epoch and member counts."""
    for seal in seals:
        await tx.connection.execute(
            delete(sealed_team_keys).where(
                sealed_team_keys.c.team == seal.team,
                sealed_team_keys.c.epoch == seal.epoch,
                sealed_team_keys.c.kid == seal.kid,
            )
        )
        await tx.connection.execute(
            insert(sealed_team_keys).values(
                team=seal.team, epoch=seal.epoch, kid=seal.kid, sealed=seal.sealed
            )
        )


async def drop_seals_of_leavers(tx: WriteTx[Identity], directory: Directory) -> None:
    """Delete every sealed key, of any epoch, of those who are not in its team any more.

    Coordinators keep the moderation keys of a time without moderators: flags of then wait to be sealed anew.
    """
    for name, team in directory.teams.items():
        stay = {*team.members, *(directory.teams["root"].members if name == "moderation" else ())}
        await tx.connection.execute(
            delete(sealed_team_keys).where(
                sealed_team_keys.c.team == name, sealed_team_keys.c.kid.not_in(stay)
            )
        )


async def seals_of(tx: ReadTx[Identity], kid: Kid) -> tuple[TeamSeal, ...]:
    """All team keys sealed to this key, by team and epoch."""
    rows = await tx.connection.execute(
        select(sealed_team_keys.c.team, sealed_team_keys.c.epoch, sealed_team_keys.c.sealed)
        .where(sealed_team_keys.c.kid == kid)
        .order_by(sealed_team_keys.c.team, sealed_team_keys.c.epoch)
    )
    return tuple(TeamSeal(row.team, row.epoch, kid, row.sealed) for row in rows)


async def forget_replaced(tx: WriteTx[Identity], before_day: int) -> int:
    """Delete directories, and sealed keys of the peer team, replaced before this day; how many rows.

    The last directory that listed somebody suspended stays: by it they can be listed again.
    """
    needed = select(suspended.c.serial)
    old_directories = await tx.connection.execute(
        delete(directories).where(
            directories.c.replaced_day < before_day, directories.c.serial.not_in(needed)
        )
    )
    old_seals = await tx.connection.execute(
        delete(sealed_team_keys).where(
            sealed_team_keys.c.team == "peer", sealed_team_keys.c.replaced_day < before_day
        )
    )
    return old_directories.rowcount + old_seals.rowcount


async def _load(tx: ReadTx[Identity], digest: bytes) -> Current:
    row = (
        await tx.connection.execute(
            select(directories.c.payload, directories.c.sigs).where(directories.c.hash == digest)
        )
    ).one()
    return Current(parse_directory(row.payload), signed_directory(row.payload, row.sigs), digest)


def signed_directory(payload: bytes, sigs: object) -> SignedDirectory:
    """A directory of this store as it was signed."""
    return SignedDirectory.from_json({"payload": b64u(payload), "sigs": sigs})
