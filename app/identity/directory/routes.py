"""`GET /api/directory`."""

from fastapi import APIRouter

from app.identity.directory import service
from app.identity.house import IdentityHouse
from app.wire.body_parts import SignedDirectoryBody


def add_routes(router: APIRouter, house: IdentityHouse) -> None:

    @router.get("/directory")
    async def directory() -> SignedDirectoryBody:
        """The directory in force; `unknown` before founding."""
        return SignedDirectoryBody.of(await service.current(house))
