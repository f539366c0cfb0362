"""Servers start while others already hold sockets."""

import asyncio
from contextlib import AbstractContextManager, AsyncExitStack, ExitStack
from typing import TypeVar

T = TypeVar("T")


async def started(stack: ExitStack | AsyncExitStack, system: AbstractContextManager[T]) -> T:
    """Enter on a thread: meanwhile those who are joined elsewhere answer their server's pings.

    Cancelled, it waits until the stack knows of the system, which ends it then.
    """
    entering = asyncio.ensure_future(asyncio.to_thread(stack.enter_context, system))
    try:
        return await asyncio.shield(entering)
    except asyncio.CancelledError:
        await asyncio.wait([entering])
        raise
