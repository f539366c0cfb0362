"""Who asks: the dependency of routes that are for staff."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Header

from app.conversations.admission.callers import StaffCaller
from app.conversations.admission.service import Admission
from app.conversations.errors import Unknown

SCHEME = "Bearer "


def staff_only(admission: Admission) -> Callable[[str], Awaitable[StaffCaller]]:
    """The bearer of the pass in the Authorization header; `Unknown` or `PassExpired` for all others."""

    async def caller(authorization: Annotated[str, Header()] = "") -> StaffCaller:
        if not authorization.startswith(SCHEME):
            raise Unknown
        return admission.staff(authorization.removeprefix(SCHEME))

    return caller
