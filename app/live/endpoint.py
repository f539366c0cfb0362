"""`/api/live` as a plain ASGI endpoint: a WebSocket route of FastAPI costs 12 KiB a socket more."""

from app.kit import origin
from app.kit.asgi import Receive, Scope, Send
from app.live.node import Node
from app.live.protocol import LINE
from app.live.socket import Socket

PATH = "/api/live"


class LiveEndpoint:
    """Accepts sockets from our own pages, up to the node's limit."""

    def __init__(self, node: Node, *, origins: tuple[str, ...], sockets_limit: int) -> None:
        self._node = node
        self._origins = origins
        self.limit = sockets_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        if scope["path"] != PATH:
            await _deny(send, 404)
            return
        if not origin.is_own(scope["headers"], self._origins):
            await _deny(send, 403)
            return
        if len(self._node.sockets) >= self.limit:
            await _deny(send, 503)
            return
        line = scope["extensions"][LINE]["line"]
        await send({"type": "websocket.accept"})
        line.forget_request()
        socket = Socket(self._node, line)
        self._node.sockets.add(socket)
        try:
            await socket.run(receive)
        finally:
            self._node.sockets.discard(socket)


async def _deny(send: Send, status: int) -> None:
    await send({"type": "websocket.http.response.start", "status": status, "headers": []})
    await send({"type": "websocket.http.response.body", "body": b""})
