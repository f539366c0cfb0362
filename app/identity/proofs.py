"""Proof of work before a sign-in: one challenge, one try (docs/protocol.md, 6 and 13)."""

import asyncio
import secrets

from sqlalchemy import delete, select

from app.identity.errors import PowInvalid, refusal_of
from app.identity.house import IdentityHouse
from app.identity.ids import Identity
from app.identity.tables import spent_salts
from app.kit.database import WriteTx
from app.kit.once import insert_once
from app.wire import pow as proof_of_work
from app.wire.errors import WireError
from app.wire.pow import Challenge
from app.wire.sizes import ID

LIFETIME = 600
"""Seconds that a challenge may be solved in."""


def issue(house: IdentityHouse) -> Challenge:
    """A fresh challenge. Nothing is stored for it: asking for many costs the asker more than us."""
    settings = house.settings
    return proof_of_work.issue(
        house.keys.proof,
        secrets.token_bytes(ID),
        settings.proof_cost,
        settings.proof_bits,
        settings.proof_puzzles,
        house.now + LIFETIME,
    )


async def check(house: IdentityHouse, challenge: Challenge, solution: list[int]) -> None:
    """PowInvalid unless we issued the challenge, it is still good and unspent, and this solves it.

    Cheapest question first: the solution costs as much as some hundred requests, so it is looked at last,
    and beside the loop.
    """
    try:
        proof_of_work.check_challenge(house.keys.proof, challenge, house.now)
    except WireError as error:
        raise refusal_of(error) from None
    async with house.database.read() as tx:
        spent = await tx.connection.scalar(
            select(spent_salts.c.salt).where(spent_salts.c.salt == challenge.salt)
        )
    if spent is not None or not await asyncio.to_thread(proof_of_work.check_solution, challenge, solution):
        raise PowInvalid


async def spend(tx: WriteTx[Identity], challenge: Challenge) -> None:
    """Use the challenge up. PowInvalid where somebody was quicker.

    The transaction must be committed, whatever came of the try, or one solution would pay for many.
    """
    row = {"salt": challenge.salt, "expires": challenge.expires}
    if not await insert_once(tx, spent_salts, row):
        raise PowInvalid


async def forget_spent(tx: WriteTx[Identity], now: int) -> int:
    """Delete salts whose challenge has expired anyway; how many."""
    return (await tx.connection.execute(delete(spent_salts).where(spent_salts.c.expires <= now))).rowcount
