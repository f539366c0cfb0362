"""A server over HTTP: JSON in, typed answers out, a code for every refusal (docs/protocol.md, 12 and 16)."""

import ssl
from collections.abc import Mapping
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import httpx
from pydantic import ValidationError

from app.companion.answers import Answer
from app.wire.directory import SignedDirectory
from app.wire.encoding import b64u
from app.wire.pow import Challenge

TIMEOUT = 20.0
"""Seconds that a request may take."""

_MAX_ANSWER = 16 << 20

AnAnswer = TypeVar("AnAnswer", bound=Answer)


class ApiError(Exception):
    """The server refused, or cannot be reached. The text holds the code and nothing of the request.

    `code` is one of docs/protocol.md, 16, or "unreachable" (no answer: it may have been carried out), or
    "not_beside" (what answered does not speak this protocol).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Api:
    """One server, one cookie jar. A person who is a client and staff at once needs two of these."""

    def __init__(self, url: str, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """`url` is the server's origin as a person types it. ApiError("not_beside") where it is none."""
        self.url = origin_of(url)
        self._http = httpx.AsyncClient(
            base_url=self.url,
            headers={"Origin": self.url},
            timeout=TIMEOUT,
            transport=transport,
            trust_env=False,
            verify=ssl.create_default_context() if self.url.startswith("https") else True,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of the connections and the cookies."""
        await self._http.aclose()

    async def get(self, path: str, answer: type[AnAnswer]) -> AnAnswer:
        """A public document. ApiError where it is not there or not of its form."""
        return _read(await self._send("GET", path), answer)

    async def post(
        self, path: str, body: Mapping[str, Any], answer: type[AnAnswer], *, bearer: str | None = None
    ) -> AnAnswer:
        """A JSON request under /api/. Bytes in `body` travel as base64url.

        `bearer` is the pass of a staff member on the conversation side.
        """
        headers = {} if bearer is None else {"Authorization": f"Bearer {bearer}"}
        return _read(await self._send("POST", f"/api/{path}", json=_plain(body), headers=headers), answer)

    async def post_bytes(self, path: str, data: bytes) -> bytes:
        """A binary request under /api/ and its binary answer."""
        headers = {"Content-Type": "application/octet-stream"}
        return await self._send("POST", f"/api/{path}", content=data, headers=headers)

    async def _send(self, method: str, path: str, **parts: Any) -> bytes:
        try:
            answer = await self._http.request(method, path, **parts)
        except httpx.HTTPError:
            raise ApiError("unreachable") from None
        if answer.is_success:
            return answer.content
        raise ApiError(_code_of(answer))


def origin_of(url: str) -> str:
    """The origin in what a person typed: the scheme may be missing, a path or fragment is cut off.

    Without one, plain http is taken for this machine only.
    """
    text = url.strip()
    if "://" not in text:
        host = text.split("/")[0].split(":")[0]
        text = ("http://" if host in ("localhost", "127.0.0.1") else "https://") + text
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ApiError("not_beside") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise ApiError("not_beside")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + ("" if port is None else f":{port}")


def _plain(value: object) -> object:
    match value:
        case bytes():
            return b64u(value)
        case Challenge() | SignedDirectory():
            return value.to_json()
        case Mapping():
            return {key: _plain(part) for key, part in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(part) for part in value]
        case _:
            return value


def _read(content: bytes, answer: type[AnAnswer]) -> AnAnswer:
    if len(content) > _MAX_ANSWER:
        raise ApiError("not_beside")
    try:
        return answer.model_validate_json(content)
    except ValidationError:
        raise ApiError("not_beside") from None


def _code_of(answer: httpx.Response) -> str:
    try:
        code = answer.json()["code"]
    except (ValueError, KeyError, TypeError):
        return "unavailable" if answer.status_code in (502, 503, 504) else "not_beside"
    return code if isinstance(code, str) and len(code) <= 40 and code.isascii() else "not_beside"
