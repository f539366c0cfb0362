"""Somebody between a client's page and the service, who can speak to the page in the service's place."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Page, Route, WebSocketRoute


@dataclass
class Between:
    """Passes on all that either says, but for what the service says of the wait: a test tells that."""

    room: asyncio.Future[str] = field(default_factory=asyncio.Future)
    sockets: list[WebSocketRoute] = field(default_factory=list)

    async def stand(self, page: Page) -> None:
        """Begin, before the page opens."""
        await page.route_web_socket("**/api/live", self._route)
        await page.route("**/api/rooms/history", self._answer)

    async def tell_wait(self, **wait: Any) -> None:
        """The page hears of its wait."""
        await self._tell({"type": "wait", "ahead": 0, **wait})

    async def tell_of_writing(self) -> None:
        """The page hears that the peer has been writing for a minute."""
        await self._tell({"type": "signal", "kind": "writing"})

    async def _tell(self, frame: dict[str, Any]) -> None:
        async with asyncio.timeout(20):
            room = await asyncio.shield(self.room)
        self.sockets[-1].send(json.dumps({**frame, "room": room}))

    def _route(self, socket: WebSocketRoute) -> None:
        service = socket.connect_to_server()
        self.sockets.append(socket)
        socket.on_message(service.send)
        service.on_message(lambda message: self._pass(socket, message))

    async def _answer(self, route: Route) -> None:
        answer = await route.fetch()
        await route.fulfill(response=answer, json={**await answer.json(), "wait": None})

    def _pass(self, socket: WebSocketRoute, message: str | bytes) -> None:
        frame = json.loads(message) if isinstance(message, str) else {}
        if frame.get("type") == "wait":
            if not self.room.done():
                self.room.set_result(frame["room"])
        else:
            socket.send(message)
