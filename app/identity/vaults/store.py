"""Vaults in the store."""

from sqlalchemy import delete, select, update

from app.identity.ids import Identity, VaultId
from app.identity.tables import vaults
from app.identity.vaults.rules import Vault
from app.kit.database import ReadTx, WriteTx
from app.kit.once import insert_once


async def find(tx: ReadTx[Identity], vault_id: VaultId, token_hash: bytes) -> Vault | None:
    """A vault of its owner; None alike, and nothing read, where there is none and where it is another's."""
    found = await tx.connection.execute(
        select(vaults.c.version, vaults.c.blob, vaults.c.token_hash).where(
            vaults.c.id == vault_id, vaults.c.token_hash == token_hash
        )
    )
    row = found.one_or_none()
    return None if row is None else Vault(*row)


async def add(tx: WriteTx[Identity], vault_id: VaultId, vault: Vault, quarter: int) -> bool:
    """A new vault; False, and nothing stored, where the id is taken."""
    row = {
        "id": vault_id,
        "token_hash": vault.token_hash,
        "version": vault.version,
        "blob": vault.blob,
        "expires_quarter": quarter,
    }
    return await insert_once(tx, vaults, row)


async def replace(tx: WriteTx[Identity], vault_id: VaultId, vault: Vault, quarter: int) -> bool:
    """Write the version after the one held, for its owner; False, and nothing written, for any other."""
    done = await tx.connection.execute(
        update(vaults)
        .where(
            vaults.c.id == vault_id,
            vaults.c.token_hash == vault.token_hash,
            vaults.c.version == vault.version - 1,
        )
        .values(version=vault.version, blob=vault.blob, expires_quarter=quarter)
    )
    return done.rowcount == 1


async def remove(tx: WriteTx[Identity], vault_id: VaultId, token_hash: bytes) -> None:
    """Delete a vault of its owner; nothing happens where there is none."""
    await tx.connection.execute(
        delete(vaults).where(vaults.c.id == vault_id, vaults.c.token_hash == token_hash)
    )


async def forget_expired(tx: WriteTx[Identity], quarter: int) -> int:
    """Delete vaults whose last quarter is over; how many."""
    return (await tx.connection.execute(delete(vaults).where(vaults.c.expires_quarter < quarter))).rowcount
