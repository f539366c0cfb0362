"""Proof of work before a room opens: harder the fuller the queue (docs/protocol.md, 13)."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.conversations.errors import PowInvalid, refusal_of
from app.conversations.house import House
from app.conversations.ids import Conversations
from app.conversations.queue import rules, store
from app.kit.database import WriteTx
from app.wire.errors import WireError
from app.wire.pow import Challenge, check_challenge, check_solution, issue
from app.wire.sizes import ID


@dataclass(frozen=True, slots=True)
class Proof:
    """A challenge and one counter for each of its puzzles."""

    challenge: Challenge = field(repr=False)
    solution: Sequence[int] = field(repr=False)


async def challenge(house: House) -> Challenge:
    """A fresh challenge. Nothing is stored for it."""
    settings = house.settings
    async with house.db.read() as tx:
        load = await store.load(tx, house.now)
    return issue(
        house.proof_key,
        secrets.token_bytes(ID),
        settings.proof_cost,
        rules.proof_bits(settings.proof_bits, load, settings.tickets_limit),
        settings.proof_puzzles,
        house.now + rules.CHALLENGE_LIFE,
    )


async def check(house: House, proof: Proof) -> None:
    """`PowInvalid` unless we issued the challenge, it is still good, and this solves it."""
    try:
        check_challenge(house.proof_key, proof.challenge, house.now)
    except WireError as error:
        raise refusal_of(error) from None
    # Some ten milliseconds of hashing: not on the loop that carries everybody's messages.
    if not await asyncio.to_thread(check_solution, proof.challenge, proof.solution):
        raise PowInvalid


async def spend(tx: WriteTx[Conversations], proof: Proof) -> None:
    """A solution counts once: `PowInvalid` for a second time."""
    if not await store.spend_salt(tx, proof.challenge.salt, proof.challenge.expires):
        raise PowInvalid
