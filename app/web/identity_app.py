"""The identity house as a web application: every route it has, under /api."""

from fastapi import APIRouter, FastAPI

from app.identity.directory import routes as directory
from app.identity.enrolment import routes as enrolment
from app.identity.house import IdentityHouse
from app.identity.members import routes as members
from app.identity.own import routes as own
from app.identity.passes import routes as passes
from app.identity.staff import routes as staff
from app.identity.vaults import routes as vaults


def identity_routes(house: IdentityHouse) -> APIRouter:
    """All routes of this house."""
    router = APIRouter(prefix="/api", tags=["identity"])
    for part in (directory, staff, own, passes, enrolment, members, vaults):
        router.include_router(part.routes(house))
    return router


def build_app(house: IdentityHouse) -> FastAPI:
    """The routes as an application of their own, without middleware and without the error handler."""
    app = FastAPI(title="Beside: identity", docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(identity_routes(house))
    return app
