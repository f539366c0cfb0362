"""The parts of a run, one after the other; what fails in one does not stop the next."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from typing import TypeVar

from tests.load import comeback, compared, growth, idle, messages, steady
from tests.load.missing import NOT_ASKED, Missing, because
from tests.load.plan import Plan
from tests.load.results import Results
from tests.load.systems import Systems

PARTS = ("talk", "nodes", "steady", "idle", "comeback", "growth", "peers")

T = TypeVar("T")


async def measure(systems: Systems, plan: Plan, parts: Collection[str]) -> Results:
    """A run of these parts, each within its own limit and all within that of the run."""
    limits = plan.limits
    over = time.monotonic() + plan.limit

    async def part(name: str, limit: float, of: Callable[[Systems, Plan], Awaitable[T]]) -> T | Missing:
        if name not in parts:
            return NOT_ASKED
        try:
            async with asyncio.timeout(min(limit, over - time.monotonic())):
                return await of(systems, plan)
        except Exception as error:
            return because(error)

    return Results(
        talk=await part("talk", limits.talk, messages.talk),
        nodes=await part("nodes", limits.nodes, messages.nodes),
        steady=await part("steady", limits.steady, steady.measure),
        idle=await part("idle", limits.idle, idle.measure),
        comeback=await part("comeback", limits.comeback, comeback.measure),
        growth=await part("growth", limits.growth, growth.measure),
        peers=await part("peers", limits.peers, compared.measure),
    )
