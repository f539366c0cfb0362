"""Work that comes round again and again, whatever becomes of one time."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from app.kit.errors import Refusal

log = structlog.get_logger()


async def every(
    seconds: float, name: str, round_: Callable[[], Awaitable[object]], *, at_once: bool = True
) -> None:
    """Make the round every `seconds` until cancelled; `at_once`: the first time now.

    A store that is away, or a mistake of ours, is logged under `name`; the next round tries again.
    """
    if not at_once:
        await asyncio.sleep(seconds)
    while True:
        try:
            await round_()
        except Refusal:
            log.warning("store away", where=name)
        except Exception as error:
            log.error("round failed", where=name, error=type(error).__name__)
        await asyncio.sleep(seconds)
