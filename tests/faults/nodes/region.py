"""Several conversations nodes on one store and one bus, as a grown service has them.

Each is a server of its own inside the test's process: own connections, own hub, own clock. A town stands at
each of them; all towns are one, with the same cast and the same directory.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.identity.enrolment.site import write_site
from app.kit.clock import Clock
from app.live.node import Node
from app.settings import Settings
from app.wire.directory import SignedDirectory
from app.wire.encoding import b64u
from app.wire.ids import RoomId
from tests.cast import INSTANCE, Cast
from tests.faults.crowd import Crowd
from tests.faults.process import until
from tests.serving import Served, serving, settings_for
from tests.talkers import SECONDS, Town


@dataclass
class Region:
    """The same town at every node, and in front of it where a test wants a balancer."""

    towns: list[Town]

    @property
    def here(self) -> Town:
        """At the first node."""
        return self.towns[0]

    @property
    def there(self) -> Town:
        """At the second."""
        return self.towns[1]

    @property
    def nodes(self) -> list[Node]:
        return [town.served.server.node for town in self.towns]

    async def check(self) -> None:
        """What every node does each few seconds to find what no notice told of."""
        await asyncio.gather(*(node.check() for node in self.nodes))


@dataclass
class Founded:
    """What all nodes of a service have in common beside store and bus."""

    folder: Path
    cast: Cast
    signing: Ed25519PrivateKey
    signed: SignedDirectory | None = None
    """The directory, once the first node has said what time it is."""

    @property
    def public(self) -> Path:
        return self.folder / "public"

    def settings(self, store: str, bus: str, **changes: object) -> Settings:
        """Those of one node."""
        shared = {"side": "conversations", "public": self.public, "conversations_url": store, "bus_url": bus}
        return settings_for(self.folder / "data", **{**shared, **changes})


def founded(folder: Path) -> Founded:
    """What the identity service leaves for conversations, and the cast that it knows."""
    service = Founded(folder, Cast(), Ed25519PrivateKey.generate())
    write_site(service.public, INSTANCE, [service.cast.root.pub])
    public = service.signing.public_key().public_bytes_raw()
    (service.public / "pass.pub").write_text(b64u(public) + "\n", "ascii")
    return service


@asynccontextmanager
async def region(
    service: Founded, settings: Sequence[Settings], clocks: Sequence[Clock]
) -> AsyncIterator[Region]:
    """A started node for each of `settings`, the directory in force everywhere, both peers on."""
    async with AsyncExitStack() as stack:
        nodes = [
            await stack.enter_async_context(serving(own, clock))
            for own, clock in zip(settings, clocks, strict=True)
        ]
        towns = [await stack.enter_async_context(town_at(service, node)) for node in nodes]
        await towns[0].publish(towns[0].signed)
        for town in towns[1:]:
            await town.served.server.node.admission.refresh()
        await towns[0].on_shift()
        yield Region(towns)


@asynccontextmanager
async def town_at(service: Founded, served: Served) -> AsyncIterator[Town]:
    """The town as it is seen at one address."""
    if service.signed is None:
        now = int(served.server.clock.now())
        service.signed = service.cast.sign(service.cast.directory(now))
    async with httpx.AsyncClient(base_url=served.url, trust_env=False, timeout=SECONDS) as http:
        yield Town(served, service.cast, http, service.signing, service.signed)


@asynccontextmanager
async def seen_at(town: Town, url: str) -> AsyncIterator[Town]:
    """The same town through another address."""
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=SECONDS) as http:
        yield replace(town, served=replace(town.served, url=url), http=http)


async def caught_up(crowd: Crowd) -> None:
    """Wait until each voice has heard, on the line it is on, all that is acknowledged by now."""
    newest: dict[RoomId, int] = {}
    for voice in crowd.voices:
        newest[voice.room] = max([newest.get(voice.room, 0), *voice.acked.values()])

    async def heard() -> bool:
        await crowd.is_cut()
        return all(len(voice.heard) >= newest[voice.room] for voice in crowd.voices)

    await until(heard)


@asynccontextmanager
async def crowded(town: Town, rooms: int) -> AsyncIterator[Crowd]:
    """People who talk in so many rooms, all through one address."""
    crowd = Crowd(town)
    try:
        await crowd.gather(rooms)
        yield crowd
    finally:
        await crowd.disperse()
