"""A table of doors: who is let in at each, and how it is read out."""

import inspect
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Literal, TypeGuard, TypeVar

import httpx

from app.wire.encoding import b64u
from app.wire.sizes import ID

Caller = Literal[
    "nobody",
    "client of another room",
    "client",
    "peer of another room",
    "peer",
    "paused peer",
    "departed peer",
    "moderator",
    "coordinator",
]
NOBODY: Final = "nobody"
FOREIGN: Final = "client of another room"
CLIENT: Final = "client"
OTHER: Final = "peer of another room"
PEER: Final = "peer"
PAUSED: Final = "paused peer"
DEPARTED: Final = "departed peer"
MODERATOR: Final = "moderator"
COORDINATOR: Final = "coordinator"

CALLERS: Final[tuple[Caller, ...]] = (
    NOBODY,
    FOREIGN,
    CLIENT,
    OTHER,
    PEER,
    PAUSED,
    DEPARTED,
    MODERATOR,
    COORDINATOR,
)
PEERS: Final[tuple[Caller, ...]] = (OTHER, PEER, PAUSED)
STAFF: Final[tuple[Caller, ...]] = (*PEERS, MODERATOR, COORDINATOR)

OK: Final = "ok"
UNKNOWN: Final = (404, {"code": "unknown"})
"""What whoever is not let in is told, also where there is nothing behind the door."""

World = TypeVar("World")
Answer = tuple[int, Any]
Body = dict[str, Any] | bytes
Expected = Mapping[Caller, str]


def let_in(*callers: Caller) -> dict[Caller, str]:
    """These get what they came for."""
    return dict.fromkeys(callers, OK)


def anyone() -> dict[Caller, str]:
    return let_in(*CALLERS)


@dataclass(frozen=True)
class Door(Generic[World]):
    """A path under /api/, or one that begins with a slash, and what a good request looks like.

    `lets_in`: "ok", or the code with which somebody is told what is wrong once they are inside. All others
    get `refusal`, the same for each. `body` is what this caller would post to get in; `before` prepares it.
    """

    path: str
    body: Callable[[World, Caller], Body | Awaitable[Body]]
    lets_in: Expected
    refusal: Answer = UNKNOWN
    before: Callable[[World], Awaitable[object]] | None = None
    method: Literal["get", "post"] = "post"

    @property
    def url(self) -> str:
        """The whole path: probes are not under /api/."""
        return self.path if self.path.startswith("/") else f"/api/{self.path}"

    def order(self) -> list[Caller]:
        """Whoever is refused comes first, and changes nothing for those who are let in."""
        return [*(each for each in CALLERS if each not in self.lets_in), *self.lets_in]

    def is_about_a_room(self, body: Body) -> TypeGuard[dict[str, Any]]:
        """Whether there could be another room, or none, in the place of this one."""
        return isinstance(body, dict) and "room" in body and set(self.lets_in) != set(CALLERS)


@dataclass
class Visitor:
    """One caller's browser: its cookies, and its headers."""

    http: httpx.AsyncClient
    headers: Callable[[], dict[str, str]] = field(default=dict)

    async def at(self, door: Door[Any], body: Body) -> httpx.Response:
        if door.method == "get":
            return await self.http.get(door.url, headers=self.headers())
        if isinstance(body, bytes):
            sent = {**self.headers(), "content-type": "application/octet-stream"}
            return await self.http.post(door.url, content=body, headers=sent)
        return await self.http.post(door.url, json=body, headers=self.headers())


async def walk(table: list[Door[World]], world: World, visitors: Mapping[Caller, Visitor]) -> list[str]:
    """Send everybody to every door; what was not as the table says."""
    wrong = []
    for door in table:
        if door.before is not None:
            await door.before(world)
        shapes = set()
        for caller in door.order():
            asked = door.body(world, caller)
            body = await asked if inspect.isawaitable(asked) else asked
            if caller in door.lets_in and door.is_about_a_room(body):
                nowhere = {**body, "room": b64u(secrets.token_bytes(ID))}
                shapes.add(_shape(await visitors[caller].at(door, nowhere)))
            answer = await visitors[caller].at(door, body)
            if caller in door.lets_in:
                if _told(answer) != door.lets_in[caller]:
                    wrong.append(f"{door.path}: {caller} is told {_told(answer)}, not {door.lets_in[caller]}")
                continue
            shapes.add(_shape(answer))
            if (answer.status_code, answer.json()) != door.refusal:
                wrong.append(f"{door.path}: {caller} is told {_told(answer)}")
        if len(shapes) > 1:
            wrong.append(f"{door.path}: refusals can be told apart")
    return wrong


def _told(answer: httpx.Response) -> str:
    return OK if answer.status_code == 200 else str(answer.json()["code"])


def _shape(answer: httpx.Response) -> tuple[object, ...]:
    """All that a stranger could compare."""
    names = sorted(name for name in answer.headers if name != "date")
    return answer.status_code, answer.content, tuple((name, answer.headers[name]) for name in names)
