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


def build_app(house: IdentityHouse) -> FastAPI:
    """The routes as an application of their own, without middleware and without the error handler."""
    # One router for all: FastAPI would describe a route anew for each router that includes its own.
    router = APIRouter(prefix="/api", tags=["identity"])
    for part in (directory, staff, own, passes, enrolment, members, vaults):
        part.add_routes(router, house)
    return FastAPI(
        title="Beside: identity", routes=router.routes, docs_url=None, redoc_url=None, openapi_url=None
    )
