"""Who asks: the dependencies of routes that are for staff."""

from collections.abc import Awaitable, Callable

from fastapi import Request

from app.identity.errors import Unknown
from app.identity.house import IdentityHouse
from app.identity.ids import Role
from app.identity.staff import service
from app.identity.staff.cookie import SessionCookie
from app.identity.staff.rules import Account

Access = Callable[[Request], Awaitable[Account]]


def staff_only(house: IdentityHouse) -> Access:
    """Anyone signed in; Unknown for all others."""
    cookie = SessionCookie(house.settings)

    async def caller(request: Request) -> Account:
        return await service.signed_in(house, cookie.token(request))

    return caller


def coordinators_only(house: IdentityHouse) -> Access:
    """A coordinator; Unknown for all others, so that the route does not even show."""
    return _in_roles(house, "coordinator")


def not_peers(house: IdentityHouse) -> Access:
    """A coordinator or moderator, who may be the second person; Unknown for all others."""
    return _in_roles(house, "coordinator", "moderator")


def _in_roles(house: IdentityHouse, *roles: Role) -> Access:
    signed_in = staff_only(house)

    async def caller(request: Request) -> Account:
        account = await signed_in(request)
        if account.role not in roles:
            raise Unknown
        return account

    return caller
