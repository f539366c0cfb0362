"""Keeping a journal: whoever shows a vault's token is its owner, and nobody asks who that is."""

from dataclasses import dataclass, field

from app.identity import proofs
from app.identity.errors import PowInvalid, VConflict
from app.identity.house import IdentityHouse
from app.identity.ids import VaultId
from app.identity.vaults import rules, store
from app.identity.vaults.rules import Vault
from app.kit.errors import Malformed
from app.wire.pow import Challenge


@dataclass(frozen=True, slots=True)
class Key:
    """What a vault's owner shows."""

    id: VaultId = field(repr=False)
    token: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """A challenge and one counter for each of its puzzles."""

    challenge: Challenge = field(repr=False)
    solution: list[int] = field(repr=False)


async def get(house: IdentityHouse, key: Key) -> Vault | None:
    """One's own vault; None alike where there is none and where it is another's. Nothing is written."""
    async with house.database.read() as tx:
        return await store.find(tx, key.id, rules.digest(key.token))


async def put(house: IdentityHouse, key: Key, version: int, blob: bytes, proof: Proof | None) -> None:
    """Write the next version; the first makes the vault and costs a proof of work. Repeats succeed.

    Malformed for a blob of another length; VConflict where another version is held, or none, or a
    foreign one; PowInvalid; SlowDown.
    """
    if not rules.is_box(blob):
        raise Malformed
    held = await get(house, key)
    if rules.is_repeat(held, version, blob):
        return
    vault = Vault(version, blob, rules.digest(key.token))
    if held is None:
        written = await _made(house, key, vault, proof)
    else:
        house.limits.take_write(key.id)
        async with house.database.write() as tx:
            written = await store.replace(tx, key.id, vault, rules.expiry_quarter(house.now))
    # The same request may have been carried out twice at once: then both succeed.
    if not written and not rules.is_repeat(await get(house, key), version, blob):
        raise VConflict


async def _made(house: IdentityHouse, key: Key, vault: Vault, proof: Proof | None) -> bool:
    if proof is None:
        raise PowInvalid
    await proofs.check(house, proof.challenge, proof.solution)
    async with house.database.write() as tx:
        await proofs.spend(tx, proof.challenge)
        return await store.add(tx, key.id, vault, rules.expiry_quarter(house.now))


async def remove(house: IdentityHouse, key: Key) -> None:
    """Delete one's own vault. Repeats succeed, and so does asking for what never was."""
    async with house.database.write() as tx:
        await store.remove(tx, key.id, rules.digest(key.token))
