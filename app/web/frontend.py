"""The pages and their parts, by a list of known paths, and `site.json` from the data folder."""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from app.settings import Settings
from app.web.assets import TYPES, Asset, not_so, not_there
from app.web.comments import without_comments
from app.web.languages import FIRST, offered

FOLDER = Path(__file__).parent.parent.parent / "frontend"
SITE = "/site.json"
HOME = "index.html"
"""The page that is answered at `/`; the others have their file's name."""

SERVED = (
    "*.html",
    "content/*/*.json",
    "css/*.css",
    "js/**/*.js",
    "locales/*.ftl",
    "vendor/*.js",
    "vendor/licences/*.txt",
    "words/*.txt",
)
"""What of the folder is served; tests, type declarations and records are not."""

_HOST = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::[0-9]{1,5})?")
"""A host as it may stand in a policy: anything else in a Host header could add words to it."""
_HOST_LENGTH = 259

_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
"""What Fluent puts around a value (FSI and PDI), so that it cannot turn the sentence round it."""


class PagesUnusable(Exception):
    """A page lacks a place that a setting belongs in; the text names both."""


class Frontend:
    """Answers what is in its list; everything else is not there.

    PagesUnusable where a page has no place for a setting. In development the folder is looked through at each
    request, so that a change shows without a restart.
    """

    def __init__(self, site: Path, settings: Settings, folder: Path = FOLDER) -> None:
        self._site = site
        self._settings = settings
        self._folder = folder
        self._held: dict[str, tuple[int, Asset]] = {}
        self._changes = settings.mode == "development"
        self._look()
        if not self._changes:
            for _, asset in self._held.values():
                _ = asset.packed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._answer(scope)(scope, receive, send)

    @property
    def paths(self) -> frozenset[str]:
        """Every path that has a file."""
        return frozenset(self._held)

    @property
    def files(self) -> dict[str, bytes]:
        """Every file by its name, `index.html` or `js/client.js`, with the bytes that are answered."""
        return {HOME if path == "/" else path[1:]: asset.data for path, (_, asset) in self._held.items()}

    def _answer(self, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            return not_so()
        if self._changes:
            self._look()
        found = self._held.get(scope["path"])
        if found is not None:
            return found[1].answer(scope, policy(scope))
        if scope["path"] == SITE and self._site.is_file():
            return FileResponse(self._site, media_type="application/json")
        return not_there()

    def _look(self) -> None:
        """Hold what the folder has; what did not change since stays as it is."""
        held = {}
        for path, file in _listed(self._folder):
            changed = file.stat().st_mtime_ns
            known = self._held.get(path)
            held[path] = known if known and known[0] == changed else (changed, self._read(file))
        self._held = held

    def _languages(self) -> str:
        return offered(self._folder / "locales", trial=self._settings.mode != "production")

    def _read(self, file: Path) -> Asset:
        is_page = file.suffix == ".html"
        data = file.read_bytes()
        if is_page:
            page = filled(file.name, data.decode("utf-8"), self._settings)
            data = spoken_in(file.name, page, self._languages()).encode("utf-8")
        elif file.suffix == ".ftl":
            data = _spoken(data)
        elif file.is_relative_to(self._folder / "js"):
            data = without_comments(data.decode("utf-8")).encode("utf-8")
        return Asset(data, TYPES[file.suffix], is_page)


def policy(scope: Scope) -> str:
    """The content security policy of a page, for the host that it was asked from.

    Not every browser takes 'self' to hold the sockets of the page's own host, so they are named.
    """
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    named = len(host) <= _HOST_LENGTH and _HOST.fullmatch(host) is not None
    sockets = f" ws://{host} wss://{host}" if named else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"connect-src 'self'{sockets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def filled(name: str, page: str, settings: Settings) -> str:
    """A page with what its operator set, where scripts/pages wrote the defaults.

    So the files as they lie in the folder are whole pages too, with every setting at its default.
    """
    for default, chosen in zip(_places(name, _DEFAULTS), _places(name, settings), strict=True):
        if default not in page:
            raise PagesUnusable(f"{name} has no place for {default!r}: run scripts/pages")
        page = page.replace(default, chosen)
    return page


def spoken_in(name: str, page: str, languages: str) -> str:
    """A page that says which languages it can be read in; as it lies in the folder, it is English alone."""
    default = f'data-languages="{FIRST}"'
    if default not in page:
        raise PagesUnusable(f"{name} has no place for its languages: run scripts/pages")
    return page.replace(default, f'data-languages="{languages}"')


_DEFAULTS = Settings.model_construct()


def _places(name: str, settings: Settings) -> Iterator[str]:
    """What settings look like in a page. The duty's line is in a comment while it does not hold."""
    leave, days, duty = escape(settings.leave_url), settings.backup_days, settings.limits_duty
    yield f'href="{leave}"'
    yield f'data-leave="{leave}"'
    yield f'data-duty="{"on" if duty else "off"}"'
    yield f'data-backup-days="{days}"'
    if name == HOME:
        yield f"{_ISOLATE}{days}{_END_OF_ISOLATE}"
        yield "" if duty else "<!--duty "
        yield "" if duty else " duty-->"


def _spoken(words: bytes) -> bytes:
    """A locale without what it says to its translators, which is more than a third of it on the way."""
    return b"".join(line for line in words.splitlines(keepends=True) if not line.startswith(b"#"))


def _listed(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files to serve, each with its path; a request can name nothing else."""
    for pattern in SERVED:
        for file in folder.glob(pattern):
            path = file.relative_to(folder).as_posix()
            yield ("/" if path == HOME else f"/{path}"), file
