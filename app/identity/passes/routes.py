"""`/api/staff/pass`."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field

from app.identity.house import IdentityHouse
from app.identity.passes import service
from app.identity.staff.access import staff_only
from app.identity.staff.rules import Account
from app.wire.body import Body
from app.wire.body_parts import Empty


class PassAnswer(Body):
    """A pass (JWT, EdDSA) and when it ends, in unix seconds."""

    token: Annotated[str, Field(serialization_alias="pass", repr=False)]
    expires: int


def add_routes(router: APIRouter, house: IdentityHouse) -> None:
    caller = Depends(staff_only(house))

    @router.post("/staff/pass")
    async def issue(_: Empty, account: Annotated[Account, caller]) -> PassAnswer:
        """A pass to the conversation side, good for ten minutes."""
        issued = await service.issue(house, account)
        return PassAnswer(token=issued.token, expires=issued.expires)
