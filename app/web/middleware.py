"""What holds for every request: size, origin, headers, and a log line that tells nothing of anybody."""

import time
from collections.abc import Collection

import structlog

from app.kit import origin
from app.kit.asgi import App, Message, Receive, Scope, Send

BODY_LIMIT = 128 * 1024
"""Bytes of a request's body; the longest ordinary one is an opening with its first message."""

DIRECTORY_LIMIT = 4 * 1024 * 1024
"""The same where a directory of up to a thousand members comes, with their sealed team keys."""

VAULT_LIMIT = 384 * 1024
"""The same where a journal comes: 256 KiB in its box, as base64url."""

SHOWN_LIMIT = 256 * 1024
"""The same where a flag with what was sent later comes, sealed for one person: 128 KiB, as base64url."""

RESEAL_LIMIT = 1536 * 1024
"""The same where a flag comes sealed anew: twice 64 KiB and 200 lines of 4 KiB, as base64url."""

_LIMITS = {
    "/api/directory/publish": DIRECTORY_LIMIT,
    "/api/service/directory": DIRECTORY_LIMIT,
    "/api/vault/put": VAULT_LIMIT,
    "/api/flags/second": SHOWN_LIMIT,
    "/api/flags/reseal": RESEAL_LIMIT,
}

HEADERS = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)

log = structlog.get_logger()


class _TooLong(Exception):
    pass


def private_headers(app: App) -> App:
    """Add the headers that keep answers out of caches, frames and referrers."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message.get("headers", [])}
                added = [header for header in HEADERS if header[0] not in own]
                message = {**message, "headers": [*message.get("headers", []), *added]}
            await send(message)

        await app(scope, receive, send_with_headers)

    return wrapped


def own_pages_only(app: App, origins: tuple[str, ...]) -> App:
    """Refuse what a page of somebody else sends; reading is refused by the browser itself."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD") and not origin.is_own(scope["headers"], origins):
            await _refuse(send, 403, "unknown")
            return
        await app(scope, receive, send)

    return wrapped


def limited_body(app: App) -> App:
    """Refuse a body over its limit, whether it says its length or not."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        limit = _LIMITS.get(scope["path"], BODY_LIMIT)
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > limit:
            await _refuse(send, 413, "too_long")
            return
        received, answered = 0, False

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise _TooLong
            return message

        async def replaced(message: Message) -> None:
            # FastAPI turns an error while reading into an answer of its own.
            nonlocal answered
            if received <= limit:
                await send(message)
            elif not answered:
                answered = True
                await _refuse(send, 413, "too_long")

        try:
            await app(scope, counted, replaced)
        except _TooLong:
            await replaced({})

    return wrapped


def logged(app: App, quiet: Collection[str] = ()) -> App:
    """One line for each request: method, constant path, status, classes of size and duration.

    None for a good answer at a path of `quiet`: probes come every few seconds, and would bury all others.
    """

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        status, size, began = 0, 0, time.monotonic()

        async def noted(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))
            await send(message)

        try:
            await app(scope, receive, noted)
        except Exception as error:
            # The type alone: a message or a traceback may hold what somebody sent.
            log.error("request failed", error=type(error).__name__)
            if not status:
                await _refuse(noted, 503, "unavailable")
        finally:
            if status != 200 or scope["path"] not in quiet:
                log.info(
                    "request",
                    method=scope["method"] if scope["method"] in ("GET", "POST", "HEAD") else "other",
                    # The route's own path: one that no route has is what somebody typed, whatever that is.
                    path=getattr(scope.get("route"), "path", "other"),
                    status=status,
                    size=_class_of(size, (1_000, 10_000, 100_000), "B"),
                    duration=_class_of((time.monotonic() - began) * 1_000, (10, 100, 1_000), "ms"),
                )

    return wrapped


def _class_of(value: float, bounds: tuple[int, ...], unit: str) -> str:
    for bound in bounds:
        if value < bound:
            return f"<{bound}{unit}"
    return f">={bounds[-1]}{unit}"


async def _refuse(send: Send, status: int, code: str) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"code":"' + code.encode() + b'"}'})
