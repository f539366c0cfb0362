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


def conversations_routes(house: House, queue: Queue, messages: Messages) -> APIRouter:
    """All routes of this house."""
    router = APIRouter(prefix="/api", tags=["conversations"])
    router.include_router(rooms.routes(house))
    router.include_router(seats.routes(house))
    router.include_router(lines.routes(house))
    router.include_router(messages_routes.routes(house, messages))
    router.include_router(queue_routes.routes(house, queue))
    router.include_router(service.routes(house.service, house.admission))
    router.include_router(notes.routes(house))
    router.include_router(pauses.routes(house))
    router.include_router(flags.routes(house))
    return router


def build_app(house: House, queue: Queue, messages: Messages) -> FastAPI:
    """The routes as an application of their own, without middleware and without the error handler."""
    app = FastAPI(title="Beside: conversations", docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(conversations_routes(house, queue, messages))
    return app
