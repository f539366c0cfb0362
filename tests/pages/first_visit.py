"""A first visit to the client's page: what it fetches, when it can be read, when it can be written in."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page

SCRIPT = Path(__file__).with_name("slow_link.js").read_text("utf-8")
PATIENCE = 60_000.0
"""Milliseconds."""

KINDS = (
    "page",
    "styles",
    "libraries",
    "cryptography",
    "our scripts",
    "words on screen",
    "code words",
    "data",
)

COMPOSER = """
() => new Promise((done) => {
  const marks = new PerformanceObserver((list) => list.getEntriesByName('composer').forEach(() => done()))
  marks.observe({ type: 'mark', buffered: true })
})
"""
"""Waits until words can be typed."""

MEASURE = """
() => {
  const of = ({ name, startTime, responseEnd, encodedBodySize, transferSize }) =>
    ({ name, startTime, responseEnd, encodedBodySize, transferSize })
  const entries = ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type))
  return {
    fetched: entries.map(of),
    painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
    composer: performance.getEntriesByName('composer')[0]?.startTime ?? null,
  }
}
"""


@dataclass(frozen=True, slots=True)
class Link:
    """A line and a processor to read the page over. Bits a second; milliseconds there and back."""

    bits: int
    latency: int
    times_slower: int

    async def put_on(self, page: Page) -> None:
        """Make this page's line and processor so."""
        session = await page.context.new_cdp_session(page)
        await session.send("Network.enable")
        speed = self.bits / 8
        conditions = {
            "offline": False,
            "latency": self.latency,
            "downloadThroughput": speed,
            "uploadThroughput": speed,
        }
        await session.send("Network.emulateNetworkConditions", conditions)
        await session.send("Emulation.setCPUThrottlingRate", {"rate": self.times_slower})


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer: its kind, its bytes as they came over the line, and when it had come (milliseconds)."""

    kind: str
    body: int
    whole: int
    end: float


@dataclass(frozen=True, slots=True)
class Visit:
    """One first visit."""

    promise: float
    """Milliseconds until the first words, the promise among them, were painted."""
    composer: float
    """Milliseconds until words could be typed."""
    fetched: tuple[Fetched, ...]

    @property
    def before_composer(self) -> tuple[Fetched, ...]:
        """What had come when words could be typed."""
        return tuple(each for each in self.fetched if each.end <= self.composer)


async def visit(browser: Browser, url: str, link: Link) -> Visit:
    """A fresh browser opens the page over this link and starts as soon as it can."""
    context = await browser.new_context(viewport={"width": 390, "height": 844}, locale="en-US")
    context.set_default_timeout(PATIENCE)
    try:
        page = await context.new_page()
        await page.add_init_script(SCRIPT)
        await link.put_on(page)
        await page.goto(url, wait_until="commit")
        await page.evaluate(COMPOSER)
        await page.wait_for_load_state("networkidle")
        measured = await page.evaluate(MEASURE)
    finally:
        await context.close()
    return Visit(measured["painted"], measured["composer"], tuple(map(_fetched, measured["fetched"])))


def by_kind(fetched: tuple[Fetched, ...]) -> Mapping[str, tuple[int, int]]:
    """By kind, how many and how many bytes of body."""
    counted: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for each in fetched:
        count, size = counted[each.kind]
        counted[each.kind] = count + 1, size + each.body
    return counted


def _fetched(entry: dict[str, Any]) -> Fetched:
    path = urlsplit(entry["name"]).path
    return Fetched(kind_of(path), entry["encodedBodySize"], entry["transferSize"], entry["responseEnd"])


def kind_of(path: str) -> str:
    """What a path of the service holds."""
    match path.strip("/").split("/"):
        case [""]:
            return "page"
        case ["css", *_]:
            return "styles"
        case ["vendor", *_]:
            return "libraries"
        case ["js", "crypto", *_]:
            return "cryptography"
        case ["js", *_]:
            return "our scripts"
        case ["locales", *_]:
            return "words on screen"
        case ["words", *_]:
            return "code words"
        case _:
            return "data"
