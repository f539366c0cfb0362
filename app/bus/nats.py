"""The bus over NATS, and the only file that knows its client.

The client's own reconnecting is not used: it keeps half-sent state, and some errors end it for good. Here a
line that broke is given up, and a new one is made, again and again until the bus is closed.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error, SlowConsumerError

from app.bus.port import ALL, MOST, NodeId, inbox

FIRST_SECONDS = 2.0
"""How long `open` waits for the first line; a node starts also while the bus is away."""

CONNECT_SECONDS = 2
"""Within which one server of the list answers."""

LOOK_SECONDS = 0.25
"""How soon a broken line is noticed, and how long until the next try."""

PING_SECONDS = 5
"""A line on which no pong comes back three times is broken."""

UNSENT = 8 * 1024 * 1024
"""Bytes that may wait to be sent; more are lost, and every node finds them in the store."""

UNHEARD = 4_096
UNHEARD_BYTES = 32 * 1024 * 1024
"""Payloads of one subject that may wait to be heard, and their bytes."""

CLOSE_SECONDS = 1.0

log = structlog.get_logger()


class NatsBus:
    """Implements `bus.port.Bus`. `url`: one or several, separated by commas; a name and a password in the
    first hold for those after it that have no scheme of their own."""

    def __init__(self, url: str) -> None:
        self._servers = _servers(url)
        self._client: Client | None = None
        self._staying: asyncio.Task[None] | None = None
        self.lost = 0

    @property
    def is_up(self) -> bool:
        return self._client is not None and self._client.is_connected

    async def open(self, node: NodeId, heard: Callable[[bytes], None], restored: Callable[[], None]) -> None:
        joined = asyncio.Event()

        async def hear(message: Msg) -> None:
            heard(message.data)

        self._staying = asyncio.create_task(self._stay(inbox(node), hear, joined, restored))
        with suppress(TimeoutError):
            async with asyncio.timeout(FIRST_SECONDS):
                await joined.wait()

    def tell(self, node: NodeId, payload: bytes) -> None:
        self._publish(inbox(node), payload)

    def tell_all(self, payload: bytes) -> None:
        self._publish(ALL, payload)

    async def close(self) -> None:
        if self._staying is not None:
            self._staying.cancel()
            await asyncio.gather(self._staying, return_exceptions=True)
        client, self._client = self._client, None
        if client is not None:
            with suppress(Error, OSError, TimeoutError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await client.flush()
            await _let_go(client)

    def _publish(self, subject: str, payload: bytes) -> None:
        client = self._client
        if (
            client is None
            or not client.is_connected
            or len(payload) > MOST
            or client.pending_data_size + len(payload) > UNSENT
        ):
            self.lost += 1
            return
        # Within these bounds the client puts it into its buffer without waiting, so that the coroutine ends
        # in its first step: a task for each payload would cost more than the payload.
        sending = client.publish(subject, payload)
        try:
            sending.send(None)
        except StopIteration:
            return
        except (Error, OSError):
            self.lost += 1
        sending.close()

    async def _stay(
        self,
        own: str,
        hear: Callable[[Msg], Awaitable[None]],
        joined: asyncio.Event,
        restored: Callable[[], None],
    ) -> None:
        was_up = True
        while True:
            client = await self._connected(own, hear)
            if client is not None:
                self._client = client
                if joined.is_set() or not was_up:
                    log.info("bus is back")
                    restored()
                joined.set()
                was_up = True
                while client.is_connected:  # noqa: ASYNC110 - not every way in which a line ends is called back
                    await asyncio.sleep(LOOK_SECONDS)
                self._client = None
                await _let_go(client)
            if was_up:
                log.warning("bus away")
                was_up = False
            await asyncio.sleep(LOOK_SECONDS)

    async def _connected(self, own: str, hear: Callable[[Msg], Awaitable[None]]) -> Client | None:
        client = Client()
        try:
            async with asyncio.timeout(CONNECT_SECONDS * len(self._servers) + CONNECT_SECONDS):
                await client.connect(
                    self._servers,
                    error_cb=self._unsaid,
                    allow_reconnect=False,
                    connect_timeout=CONNECT_SECONDS,
                    # Two tries at each server, one after the other, and then it is for us to wait.
                    max_reconnect_attempts=1,
                    reconnect_time_wait=0,
                    no_echo=True,
                    ping_interval=PING_SECONDS,
                    pending_size=2 * UNSENT,
                )
                for subject in (own, ALL):
                    await client.subscribe(
                        subject, cb=hear, pending_msgs_limit=UNHEARD, pending_bytes_limit=UNHEARD_BYTES
                    )
                # What is sent to this node from now on is heard. Twice: the client's first PING may overtake
                # what it still gathers, the subscriptions; by its answer they are out, before the second.
                for _ in range(2):
                    await client.flush()
        except (Error, OSError, TimeoutError):
            await _let_go(client)
            return None
        except asyncio.CancelledError:
            await _let_go(client)
            raise
        return client

    async def _unsaid(self, error: Exception) -> None:
        # The text may name the server, or hold what it said; whether the bus is up is said elsewhere.
        if isinstance(error, SlowConsumerError):
            self.lost += 1


async def _let_go(client: Client) -> None:
    with suppress(Error, OSError, TimeoutError):
        async with asyncio.timeout(CLOSE_SECONDS):
            await client.close()


def _servers(url: str) -> list[str]:
    first, *more = url.split(",")
    before = first[: max(first.rfind("@"), first.find("://") + 2) + 1]
    return [first, *(each if "://" in each else before + each for each in more)]
