"""Static files: the front end's own, and `site.json` from the data folder."""

from pathlib import Path

from starlette.responses import FileResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

FOLDER = Path(__file__).parent.parent.parent / "frontend"
INDEX = "/"
SITE = "/site.json"

_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Frontend:
    """Answers `/` and `/site.json`; everything else is not there."""

    def __init__(self, site: Path) -> None:
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            return JSONResponse({"code": "unknown"}, 405)
        if scope["path"] == SITE and self._site.is_file():
            return FileResponse(self._site, media_type="application/json")
        if scope["path"] == INDEX:
            return FileResponse(FOLDER / "index.html", headers={"content-security-policy": _POLICY})
        return JSONResponse({"code": "unknown"}, 404)
