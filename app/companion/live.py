"""The live socket, seen from a person's machine: it comes back by itself (docs/protocol.md, 12).

`Line` knows connections, not rooms. What it hears goes to its `Listener`, which says again on each new
connection what it still wants: which rooms to enter and which message has no ack yet.
"""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from app.companion.answers import Pass
from app.companion.api import ApiError
from app.wire.encoding import b64u, unb64u
from app.wire.errors import WireError
from app.wire.fields import MAX_INT, load, mapping, whole
from app.wire.frames import Ack, Item, parse
from app.wire.sizes import ID

VERSION = 1
HELLO_TIMEOUT = 10.0
"""Seconds to wait for a connection, and then for its `welcome`."""
LONGEST_WAIT = 30.0
"""Seconds between two tries, at most."""
RENEW_AHEAD = 120.0
"""Seconds before its end at which a pass is renewed."""

_MAX_FRAME = 1 << 20

Sleep = Callable[[float], Awaitable[None]]


class Listener(Protocol):
    """Who lives at this end of the line. No call may raise for anything that a server could send."""

    async def joined(self, store: bytes, time: int) -> None:
        """The line is up: `store` names the database's life, `time` is the server's, in unix seconds."""

    async def heard(self, kind: str, text: str) -> None:
        """A control frame: its type, and the JSON that it came as."""

    async def received(self, frame: Item | Ack) -> None:
        """A message, or the word that one of ours is on disk."""

    async def lost(self) -> None:
        """The line is down, or could not be made; it will be tried again."""


def backoff(attempt: int, chance: float) -> float:
    """Seconds before try number `attempt` (from 0) is repeated: 1, 2, 4 … 30, shortened by up to half.

    `chance` is in 0..1: without it, everybody would come back to a restarted server in the same second.
    """
    return float(min(LONGEST_WAIT, 2 ** min(attempt, 10))) * (1 - chance / 2)


class Line:
    """One live socket to one server; for staff, `fresh_pass` gives the pass it shows."""

    def __init__(
        self,
        url: str,
        listener: Listener,
        *,
        fresh_pass: Callable[[], Awaitable[Pass]] | None = None,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._origin = url
        self._url = "ws" + url.removeprefix("http") + "/api/live"
        self._listener = listener
        self._fresh_pass = fresh_pass
        self._sleep = sleep
        self._chance = chance
        self._socket: ClientConnection | None = None

    @property
    def up(self) -> bool:
        """Whether frames can be said now."""
        return self._socket is not None

    async def run(self) -> None:
        """Stay connected until cancelled. ApiError("unknown") once no pass is given any more."""
        attempt = 0
        while True:
            if await self._one_connection():
                attempt = 0
            await self._listener.lost()
            await self._sleep(backoff(attempt, self._chance()))
            attempt += 1

    async def say(self, frame: Mapping[str, Any] | bytes) -> None:
        """Send a frame, bytes in it as base64url. Without a line it goes nowhere: `joined` says it again."""
        socket = self._socket
        if socket is None:
            return
        try:
            await socket.send(frame if isinstance(frame, bytes) else control(frame))
        except (WebSocketException, OSError):
            return  # the reading side notices too, and comes back

    async def _one_connection(self) -> bool:
        """Live through one connection; whether it got as far as `welcome`."""
        welcomed = False
        try:
            shown = None if self._fresh_pass is None else await self._fresh_pass()
            async with self._connect() as socket:
                hello = {"type": "hello", "v": VERSION}
                await socket.send(control(hello if shown is None else hello | {"pass": shown.token}))
                async with asyncio.timeout(HELLO_TIMEOUT):
                    store, time = _welcome(await socket.recv())
                welcomed, self._socket = True, socket
                await self._listener.joined(store, time)
                renewing = asyncio.create_task(self._renew(shown, time))
                try:
                    async for data in socket:
                        await self._hear(data)
                finally:
                    renewing.cancel()
        except ApiError as error:
            if error.code == "unknown":
                raise
        except (WebSocketException, WireError, OSError, TimeoutError):
            pass  # a line that breaks is the normal case here
        finally:
            self._socket = None
        return welcomed

    def _connect(self) -> connect:
        return connect(
            self._url,
            origin=Origin(self._origin),
            compression=None,
            max_size=_MAX_FRAME,
            open_timeout=HELLO_TIMEOUT,
            user_agent_header=None,
            proxy=None,
        )

    async def _hear(self, data: str | bytes) -> None:
        if isinstance(data, bytes):
            frame = parse(data)
            if not isinstance(frame, Item | Ack):
                raise WireError("malformed")
            await self._listener.received(frame)
            return
        kind = mapping(load(data.encode())).get("type")
        if isinstance(kind, str):
            await self._listener.heard(kind, data)

    async def _renew(self, shown: Pass | None, time: int) -> None:
        while shown is not None and self._fresh_pass is not None:
            wait = renew_after(shown.expires - time)
            await self._sleep(wait)
            time += int(wait)
            try:
                shown = await self._fresh_pass()
            except ApiError:
                return  # the server closes the socket at expiry; the next connection says why
            await self.say({"type": "renew", "pass": shown.token})


def renew_after(left: float) -> float:
    """Seconds to wait before a pass that ends in `left` seconds is renewed."""
    return max(left - RENEW_AHEAD, left / 2, 1.0)


def control(frame: Mapping[str, Any]) -> str:
    """A control frame as text, its bytes as base64url."""
    plain = {key: b64u(value) if isinstance(value, bytes) else value for key, value in frame.items()}
    return json.dumps(plain, separators=(",", ":"))


def _welcome(data: str | bytes) -> tuple[bytes, int]:
    fields = mapping(load(data.encode() if isinstance(data, str) else data))
    if fields.get("type") != "welcome":
        raise WireError("unavailable")
    return unb64u(fields.get("store"), ID), whole(fields.get("time"), 0, MAX_INT)
