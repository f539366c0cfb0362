"""Whether a process lives and whether it can serve, for whoever starts it and whoever sends people to it.

Anybody may ask, as often as they like: an answer names a few public facts, and at most one look a second is
taken at the stores.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from time import monotonic
from typing import Final, Literal

from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse

from app.kit.errors import Refusal
from app.wire.body import Body

Problem = Literal[
    "bus",
    "directory_expired",
    "directory_expires_soon",
    "directory_missing",
    "purge_overdue",
    "store",
]
"""Everything that can be wrong, from a closed list.

bus: other processes are heard late (talks go on, each message is found in the store within seconds);
directory_expired, directory_missing: no new talk can begin, those under way go on; directory_expires_soon:
a week is left; purge_overdue: nothing was deleted for two days; store: a store did not answer in time.
"""

USELESS: Final[frozenset[Problem]] = frozenset({"store"})
"""What makes a process one to send nobody to; one that ends takes no connection. Every other problem is a
person's to solve: taking the process away would end talks that go on, and solve nothing."""

FRESH_SECONDS = 1.0
"""For so long one look answers everybody."""

STORE_SECONDS = 2.0
"""How long a store may take to answer."""

Check = Callable[[], Awaitable[Iterable[Problem]]]


class Live(Body):
    """`live`: always true, since a process that does not live answers nothing."""

    live: bool


class Ready(Body):
    """`ready`: whether to send people here; `problems`: what is wrong, in the order of the alphabet, also
    where it is not reason enough not to."""

    ready: bool
    problems: list[Problem]


class Health:
    """What each side of this process says of itself, asked once for all who want to know."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self._checks = tuple(checks)
        self._found: frozenset[Problem] = frozenset()
        self._until = 0.0
        self._looking = asyncio.Lock()

    async def ready(self) -> Ready:
        """As it was a second ago at most."""
        async with self._looking:
            if monotonic() >= self._until:
                self._found = frozenset([found for check in self._checks for found in await check()])
                self._until = monotonic() + FRESH_SECONDS
            return Ready(ready=not self._found & USELESS, problems=sorted(self._found))


async def asked(store: Callable[[], Awaitable[object]]) -> list[Problem]:
    """Ask a store something short: what is wrong with it."""
    try:
        async with asyncio.timeout(STORE_SECONDS):
            await store()
    except (Refusal, TimeoutError):
        return ["store"]
    return []


def build_app(health: Health) -> FastAPI:
    """Both doors as an application of their own, without middleware and without the error handler."""
    router = APIRouter(prefix="/health", tags=["health"])

    @router.get("/live", response_model=Live)
    async def live() -> Live:
        """Whether the process runs: whoever gets no answer starts it anew."""
        return Live(live=True)

    @router.get("/ready", response_model=Ready, responses={503: {"model": Ready}})
    async def ready() -> JSONResponse:
        """Whether to send people here; 503 where not."""
        found = await health.ready()
        return JSONResponse(found.model_dump(), 200 if found.ready else 503)

    return FastAPI(
        title="Beside: health", routes=router.routes, docs_url=None, redoc_url=None, openapi_url=None
    )
