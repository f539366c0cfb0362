"""What a browser did while somebody used it: every request, every complaint, every title and address."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Request, WebError, WebSocket

WATCH = Path(__file__).with_name("watch.js").read_text("utf-8")

LOST_LINE = re.compile(r"net::ERR_|WebSocket connection to '[^']*' failed")
"""What Chromium itself writes when a line is cut."""
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of [45]\d\d")
"""What Chromium itself writes when our API says no, which is an answer like any other."""

LATE = re.compile(r"was preloaded using link preload but not used within a few seconds")
"""What Chromium itself writes where scripts are off, or begin late on a busy machine. A preload that is asked
for in another way than it is used has a warning of its own."""


@dataclass(frozen=True)
class Asked:
    """One request that left the page."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Witness:
    """Sees all pages of one context, which is one person's browser."""

    origin: str
    requests: list[Asked] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    """Console errors and warnings, uncaught errors, breaches of the content policy."""
    titles: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    histories: list[int] = field(default_factory=list)
    lines: int = 0
    """Sockets that something came over."""
    acts: list[str] = field(default_factory=list)
    """Pushed history entries and questions for permission: there must be none."""
    lines_are_cut: bool = False
    """Set by a test that cuts the line: Chromium's own words about that are then no complaint."""

    async def watch(self, context: BrowserContext) -> None:
        """Begin; before the first page opens."""
        await context.expose_function("__witness", self._told)
        await context.add_init_script(WATCH)
        context.on("request", self._asked)
        context.on("weberror", self._erred)
        context.on("console", self._said)
        context.on("page", self._opened)

    def strangers(self, *, allowed: str | None = None) -> list[str]:
        """Requests to another origin than the page's own, but for the place to leave to."""
        return [
            asked.url
            for asked in self.requests
            if origin_of(asked.url) != self.origin
            and urlsplit(asked.url).scheme not in ("data", "blob")
            and not (allowed and asked.url.startswith(allowed))
        ]

    def _told(self, kind: str, what: str) -> None:
        match kind:
            case "title":
                self.titles.append(what)
            case "history":
                self.histories.append(int(what))
            case "policy":
                self.complaints.append(f"content policy: {what}")
            case _:
                self.acts.append(f"{kind} {what}")

    def _asked(self, request: Request) -> None:
        body = request.post_data_buffer
        self.requests.append(Asked(request.method, request.url, dict(request.headers), body or b""))

    def _erred(self, error: WebError) -> None:
        self.complaints.append(f"uncaught: {error.error.message}\n{error.error.stack or ''}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning", "assert"):
            return
        if self.lines_are_cut and LOST_LINE.search(message.text):
            return
        if LATE.search(message.text):
            return
        where = str(message.location.get("url", ""))
        path = urlsplit(where).path
        # A service that nobody founded yet has no site.json.
        if REFUSED.match(message.text) and (path.startswith("/api/") or path == "/site.json"):
            return
        self.complaints.append(f"console: {message.text} ({where})")

    def _opened(self, page: Page) -> None:
        page.on("framenavigated", lambda frame: self.urls.append(frame.url))
        page.on("websocket", self._socket)

    def _socket(self, socket: WebSocket) -> None:
        self.requests.append(Asked("WS", socket.url, {}, b""))
        socket.once("framereceived", self._answered)

    def _answered(self, _: object) -> None:
        self.lines += 1


def origin_of(url: str) -> str:
    """Scheme, host and port; a socket counts to the page that may open it."""
    parts = urlsplit(url)
    return f"{parts.scheme.replace('ws', 'http')}://{parts.netloc}"
