"""A file as it is answered: its bytes plain and packed, its type, and whether a reader has it already."""

import gzip
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from starlette.responses import JSONResponse, Response
from starlette.types import Scope

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".ftl": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}
"""Media types by the end of a file's name; a file of another kind is not served."""

_ENOUGH = 200
"""Bytes from which packing is worth its own header."""


@dataclass(frozen=True)
class Asset:
    """The bytes of one file. A page is never kept by anybody; the rest is asked for again by its tag."""

    data: bytes
    media_type: str
    is_page: bool = False

    @cached_property
    def packed(self) -> bytes | None:
        """The same under gzip, where that is shorter."""
        packed = gzip.compress(self.data, mtime=0) if len(self.data) >= _ENOUGH else self.data
        return packed if len(packed) < len(self.data) else None

    @cached_property
    def tag(self) -> str:
        """A name of these bytes, plain or packed alike, hence a weak one (RFC 9110, 8.8.1)."""
        return f'W/"{sha256(self.data).hexdigest()[:32]}"'

    def answer(self, scope: Scope, policy: str) -> Response:
        """What a GET or HEAD of it is told; a page comes with its content security policy."""
        headers = {"vary": "accept-encoding"}
        asked = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if self.is_page:
            headers |= {"cache-control": "no-store", "content-security-policy": policy}
        else:
            headers |= {"cache-control": "no-cache", "etag": self.tag}
            if _names(asked.get(b"if-none-match", ""), self.tag):
                return Response(status_code=304, headers=headers)
        body = self.data
        if self.packed is not None and _takes_gzip(asked.get(b"accept-encoding", "")):
            body = self.packed
            headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(body))
        shown = b"" if scope["method"] == "HEAD" else body
        return Response(shown, headers=headers, media_type=self.media_type)


def not_there() -> Response:
    """What every path gets that no file has."""
    return JSONResponse({"code": "unknown"}, 404)


def not_so() -> Response:
    """What every method gets but reading."""
    return JSONResponse({"code": "unknown"}, 405, {"allow": "GET, HEAD"})


def _names(condition: str, tag: str) -> bool:
    """Whether If-None-Match holds this tag; weak and strong tags are compared alike."""
    opaque = {part.strip().removeprefix("W/") for part in condition.split(",")}
    return "*" in opaque or tag.removeprefix("W/") in opaque


def _takes_gzip(condition: str) -> bool:
    """Whether Accept-Encoding names gzip without a weight of zero."""
    for part in condition.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() == "gzip":
            return weight.strip().removeprefix("q=").strip("0.") != "" or not weight.strip()
    return False
