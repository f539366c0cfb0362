"""`GET /api/directory`."""

from fastapi import APIRouter

from app.identity.directory import service
from app.identity.house import IdentityHouse
from app.wire.body_parts import SignedDirectoryBody


def routes(house: IdentityHouse) -> APIRouter:
    router = APIRouter()

    @router.get("/directory")
    async def directory() -> SignedDirectoryBody:
        """The directory in force; `unknown` before founding."""
        return SignedDirectoryBody.of(await service.current(house))

    return router
