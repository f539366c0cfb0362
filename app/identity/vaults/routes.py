"""`/api/vault/{challenge,get,put,delete}`."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from app.identity import proofs
from app.identity.house import IdentityHouse
from app.identity.ids import VaultId
from app.identity.vaults import service
from app.identity.vaults.service import Key, Proof
from app.wire.body import Base64Url, Body, Id, Key32
from app.wire.body_parts import ChallengeAnswer, ChallengeBody, Empty, ProofBody
from app.wire.fields import MAX_U32
from app.wire.sizes import VAULT_BOXES

AnyBlob = Annotated[bytes, Base64Url(min(VAULT_BOXES), max(VAULT_BOXES))]
"""A journal's box: of the lengths between these only seven are taken."""


class KeyBody(Body):
    """What shows that a vault is one's own."""

    id: Id
    token: Key32


class PutBody(KeyBody):
    """`version` is the one being written; 1 makes the vault, and wants a proof of work."""

    version: Annotated[int, Field(ge=1, le=MAX_U32)]
    blob: AnyBlob
    proof: ProofBody | None = None


class VaultAnswer(Body):
    """Version 0 and no blob alike where there is no vault and where it is another's."""

    version: int
    blob: AnyBlob | None


def add_routes(router: APIRouter, house: IdentityHouse) -> None:

    @router.post("/vault/challenge")
    async def challenge(_: Empty) -> ChallengeAnswer:
        """A proof of work to solve before a vault is made."""
        return ChallengeAnswer(challenge=ChallengeBody.of(proofs.issue(house)))

    @router.post("/vault/get")
    async def get(body: KeyBody) -> VaultAnswer:
        """One's own journal, as it was sealed."""
        vault = await service.get(house, _key(body))
        if vault is None:
            return VaultAnswer(version=0, blob=None)
        return VaultAnswer(version=vault.version, blob=vault.blob)

    @router.post("/vault/put")
    async def put(body: PutBody) -> Empty:
        """Write the next version of a journal; `v_conflict` where it is not the next."""
        await service.put(house, _key(body), body.version, body.blob, _proof(body.proof))
        return Empty()

    @router.post("/vault/delete")
    async def delete(body: KeyBody) -> Empty:
        """Delete one's own journal; answered alike where there was none."""
        await service.remove(house, _key(body))
        return Empty()


def _key(body: KeyBody) -> Key:
    return Key(VaultId(body.id), body.token)


def _proof(body: ProofBody | None) -> Proof | None:
    return None if body is None else Proof(body.challenge.challenge(), body.solution)
