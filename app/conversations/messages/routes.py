"""`messages/send`: a message frame without a socket."""

from fastapi import APIRouter, Request, Response

from app.conversations.errors import Malformed, refusal_of
from app.conversations.house import House
from app.conversations.ids import CLIENT_SEAT
from app.conversations.messages.service import Messages
from app.wire.errors import WireError
from app.wire.frames import parse_from_browser
from app.wire.sizes import KEY

OCTETS = "application/octet-stream"
_BYTES = {OCTETS: {"schema": {"type": "string", "format": "binary"}}}


def add_routes(router: APIRouter, house: House, messages: Messages) -> None:
    """The way for schools' and hospitals' networks that break WebSockets."""

    @router.post(
        "/messages/send",
        response_class=Response,
        responses={200: {"content": _BYTES, "description": "The ack frame: the message is on disk."}},
        openapi_extra={"requestBody": {"required": True, "content": _BYTES}},
    )
    async def send(request: Request) -> Response:
        """Seat secret (32 bytes) and a send or erase frame, through the same writer as the live socket.

        Answers the ack frame once the message is committed; a repeat is answered the same.
        """
        if request.headers.get("content-type") != OCTETS:
            raise Malformed
        body = await request.body()
        try:
            frame = parse_from_browser(body[KEY:])
        except WireError as error:
            raise refusal_of(error) from None
        async with house.db.read() as tx:
            await house.admission.client(tx, frame.room, body[:KEY])
        ack = await messages.send(CLIENT_SEAT, frame)
        return Response(ack.pack(), media_type=OCTETS)
