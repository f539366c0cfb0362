"""The conversations house as a web application: every route it has, under /api."""

from fastapi import APIRouter, FastAPI

from app.conversations.appeals import routes as pauses
from app.conversations.house import House
from app.conversations.lines import routes as lines
from app.conversations.messages import routes as messages_routes
from app.conversations.messages.service import Messages
from app.conversations.moderation import routes as flags
from app.conversations.notes import routes as notes
from app.conversations.queue import routes as queue_routes
from app.conversations.queue.service import Queue
from app.conversations.rooms import routes as rooms
from app.conversations.seats import routes as seats
from app.conversations.service import routes as service


def build_app(house: House, queue: Queue, messages: Messages) -> FastAPI:
    """The routes as an application of their own, without middleware and without the error handler."""
    # One router for all: FastAPI would describe a route anew for each router that includes its own.
    router = APIRouter(prefix="/api", tags=["conversations"])
    rooms.add_routes(router, house)
    seats.add_routes(router, house)
    lines.add_routes(router, house)
    messages_routes.add_routes(router, house, messages)
    queue_routes.add_routes(router, house, queue)
    service.add_routes(router, house.service, house.admission)
    notes.add_routes(router, house)
    pauses.add_routes(router, house)
    flags.add_routes(router, house)
    return FastAPI(
        title="Beside: conversations",
        routes=router.routes,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
