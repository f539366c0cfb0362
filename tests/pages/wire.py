"""What one page fetches, as its browser counts it on the line: Network of the DevTools protocol."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.async_api import CDPSession, Page

KINDS = (
    "html",
    "css",
    "libraries",
    "words on screen",
    "crypto",
    "rest of the app",
    "code words",
    "answers of the service",
)
CRYPTO_LIBRARY = "hpke-core.js"
_MILLISECONDS = 1_000


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its path and bytes on the line, heads and chunk marks in them; when asked for, when whole.

    Times are milliseconds since 1970.
    """

    path: str
    wire: int
    begun: float
    ended: float


class Sum(NamedTuple):
    """How many answers, and their bytes on the line."""

    requests: int
    wire: int


class Wire:
    """Counts from `on` to the end of the page. What comes over a socket is one request without bytes."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self._asked: dict[str, tuple[str, float]] = {}
        self._ahead = 0.0
        self._failed: list[str] = []

    @classmethod
    async def on(cls, page: Page) -> "Wire":
        """Begin to count what this page fetches; before it opens."""
        wire = cls()
        session = await page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", wire._ask)
        session.on("Network.requestServedFromCache", wire._had)
        session.on("Network.loadingFinished", wire._end)
        session.on("Network.loadingFailed", wire._fail)
        session.on("Network.webSocketWillSendHandshakeRequest", wire._line)
        await session.send("Network.enable")
        return wire

    def whole_by(self, time: float) -> list[Answer]:
        """What had come at `time`, milliseconds since 1970."""
        return [each for each in self.answers if each.ended <= time]

    def begun_by(self, time: float) -> int:
        """How many requests had been made at `time`, whether or not their answer had come."""
        asked = [self._milliseconds(begun) for _, begun in self._asked.values()]
        return sum(begun <= time for begun in (*asked, *(each.begun for each in self.answers)))

    def check(self) -> None:
        """RuntimeError where something could not be fetched: such a page was not measured."""
        if self._failed:
            raise RuntimeError(f"not fetched: {self._failed}")

    def _ask(self, event: dict[str, Any]) -> None:
        url = urlsplit(event["request"]["url"])
        if url.scheme == "data":
            return
        self._ahead = event["wallTime"] - event["timestamp"]
        self._asked[event["requestId"]] = url.path, event["timestamp"]

    def _had(self, event: dict[str, Any]) -> None:
        self._asked.pop(event["requestId"], None)

    def _end(self, event: dict[str, Any]) -> None:
        if (asked := self._asked.pop(event["requestId"], None)) is None:
            return
        path, begun = asked
        ended = self._milliseconds(event["timestamp"])
        self.answers.append(Answer(path, int(event["encodedDataLength"]), self._milliseconds(begun), ended))

    def _fail(self, event: dict[str, Any]) -> None:
        if (asked := self._asked.pop(event["requestId"], None)) is not None:
            self._failed.append(f"{asked[0]}: {event['errorText']}")

    def _line(self, event: dict[str, Any]) -> None:
        time = event["wallTime"] * _MILLISECONDS
        self.answers.append(Answer("/api/live", 0, time, time))

    def _milliseconds(self, timestamp: float) -> float:
        return (timestamp + self._ahead) * _MILLISECONDS


def by_kind(answers: Iterable[Answer]) -> Mapping[str, Sum]:
    """The sums of each kind, in the order of KINDS; those of which nothing came are left out."""
    sums: defaultdict[str, Sum] = defaultdict(lambda: Sum(0, 0))
    for each in answers:
        kind = kind_of(each.path)
        requests, wire = sums[kind]
        sums[kind] = Sum(requests + 1, wire + each.wire)
    return {kind: sums[kind] for kind in KINDS if kind in sums}


def together(answers: Iterable[Answer]) -> Sum:
    """All of them."""
    sizes = [each.wire for each in answers]
    return Sum(len(sizes), sum(sizes))


def kind_of(path: str) -> str:
    """What a path of the service holds, by the kinds that have a budget."""
    match path.strip("/").split("/"):
        case [name] if name == "" or name.endswith(".html"):
            return "html"
        case ["css", *_]:
            return "css"
        case ["vendor", name] if name == CRYPTO_LIBRARY:
            return "crypto"
        case ["vendor", *_]:
            return "libraries"
        case ["js", "crypto", *_]:
            return "crypto"
        case ["js", *_]:
            return "rest of the app"
        case ["locales" | "content", *_]:
            return "words on screen"
        case ["words", *_]:
            return "code words"
        case _:
            return "answers of the service"


@dataclass(frozen=True, slots=True)
class Link:
    """A line and a processor to read a page over. Bits a second each way; milliseconds there and back."""

    bits: int
    latency: int
    times_slower: int

    async def put_on(self, page: Page) -> CDPSession:
        """Make this page's line and processor so, as long as the session lives."""
        session = await page.context.new_cdp_session(page)
        speed = self.bits / 8
        conditions = {
            "offline": False,
            "latency": self.latency,
            "downloadThroughput": speed,
            "uploadThroughput": speed,
        }
        await session.send("Network.enable")
        await session.send("Network.emulateNetworkConditions", conditions)
        await session.send("Emulation.setCPUThrottlingRate", {"rate": self.times_slower})
        return session
