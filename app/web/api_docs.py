"""Both houses' HTTP as one OpenAPI document, and the page that shows it outside production."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.assets import TYPES, Asset, not_so
from app.web.frontend import FOLDER

PAGE = "/docs"
DOCUMENT = "/docs/openapi.json"

_FILES = {
    PAGE: "docs/index.html",
    "/docs/docs.css": "docs/docs.css",
    "/docs/docs.js": "docs/docs.js",
    "/docs/swagger-ui.css": "vendor/swagger/swagger-ui.css",
    "/docs/swagger-ui-bundle.js": "vendor/swagger/swagger-ui-bundle.js",
}

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class ApiDocs:
    """Answers `/docs` and what its page needs; every other path is for `others`.

    Nothing of it is read, and nothing described, before somebody asks.
    """

    def __init__(
        self, routes: Sequence[BaseRoute], version: str, others: ASGIApp, folder: Path = FOLDER
    ) -> None:
        self._routes = routes
        self._version = version
        self._others = others
        self._folder = folder
        self._held: dict[str, Asset] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = await self._answer(scope) if self._is_ours(scope["path"]) else self._others
        await app(scope, receive, send)

    @staticmethod
    def _is_ours(path: str) -> bool:
        return path == DOCUMENT or path in _FILES

    async def _answer(self, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            return not_so()
        path = scope["path"]
        if path not in self._held:
            self._held[path] = await asyncio.to_thread(self._read, path)
        return self._held[path].answer(scope, _POLICY)

    def _read(self, path: str) -> Asset:
        if path == DOCUMENT:
            asset = Asset(json.dumps(document(self._routes, self._version)).encode(), TYPES[".json"])
        else:
            file = self._folder / _FILES[path]
            asset = Asset(file.read_bytes(), TYPES[file.suffix], is_page=path == PAGE)
        _ = asset.packed  # made here, where it holds up nobody
        return asset


def document(routes: Sequence[BaseRoute], version: str) -> dict[str, Any]:
    """The OpenAPI document of these routes; `version` is the protocol's."""
    made = get_openapi(
        title="Beside",
        version=version,
        summary="Both houses over HTTP. The live socket is in frames.json, the meaning in protocol.md.",
        routes=routes,
        separate_input_output_schemas=False,
    )
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    # The framework describes its own answer to a wrong shape; ours is a refusal like any other.
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    schemas["Refused"] = {
        "type": "object",
        "required": ["code"],
        "properties": {"code": {"type": "string"}},
        "additionalProperties": False,
        "description": "A request that was not carried out; codes and statuses are in protocol.md, 16.",
    }
    for path in made["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = {
                "description": "Refused",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refused"}}},
            }
    return made
