"""People on their own machines: the companion's client and peer at an address behind which nodes come and go.

The identity house is another service behind the same address. A test plays it at the person's own end, so
that what is tested is conversations alone. A screen keeps what a person was shown, in order.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from app.companion import body
from app.companion.api import Api
from app.companion.client import Client
from app.companion.code import make_code
from app.companion.events import (
    Event,
    Joined,
    Met,
    OlderCopy,
    Presence,
    Said,
    ShiftChanged,
    Trouble,
    Undelivered,
)
from app.companion.keyring import Keyring
from app.companion.keys import StaffKey
from app.companion.participant import Participant
from app.companion.peer import Peer
from app.companion.staff_session import StaffSession
from app.companion.ticket import Ticket
from app.companion.trust import Trust
from app.wire.encoding import b64u
from app.wire.ids import Kid, RoomId, StaffId
from app.wire.sizes import KEY
from tests.builders import pass_claims
from tests.cast import INSTANCE
from tests.integration.companion.people import PATIENCE
from tests.talkers import Town

SHORTLY = 0.05
LONG = 60.0


async def quickly(seconds: float) -> None:
    """Waits a moment where a person's program waits seconds; what it waits minutes for does not come."""
    await asyncio.sleep(seconds if seconds > LONG else min(seconds, SHORTLY))


class IdentityHouse(httpx.AsyncBaseTransport):
    """Answers for the identity service; what is for conversations goes to the address."""

    def __init__(self, town: Town, staff: StaffKey | None) -> None:
        self._town = town
        self._staff = staff
        self._elsewhere = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        match request.url.path:
            case "/site.json":
                roots = [b64u(self._town.cast.root.pub)]
                return httpx.Response(200, json={"v": 1, "instance": b64u(INSTANCE), "roots": roots})
            case "/api/directory":
                return httpx.Response(200, json=self._town.signed.to_json())
            case "/api/staff/pass":
                assert self._staff is not None
                expires = pass_claims(self._staff, self._town.now)["exp"]
                return httpx.Response(
                    200, json={"pass": self._town.token(self._staff, exp=expires), "expires": expires}
                )
        return await self._elsewhere.handle_async_request(request)

    async def aclose(self) -> None:
        await self._elsewhere.aclose()


@dataclass(eq=False)
class Screen:
    """What one person was shown."""

    person: Participant
    events: list[Event] = field(default_factory=list)
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    async def watch(self) -> None:
        """Look at it without end."""
        while True:
            event = await self.person.next_event()
            # Not in one line: `clear` may have put another list there meanwhile.
            self.events.append(event)
            self._moved.set()

    async def until(self, is_so: Callable[[], object]) -> None:
        """Look until something is so."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not is_so():
                    self._moved.clear()
                    await self._moved.wait()
        except TimeoutError:
            shown = [type(event).__name__ for event in self.events[-20:]]
            raise AssertionError(
                f"it did not come; last on the screen: {shown}, {self.words[-4:]}, {self.presence}"
            ) from None

    async def shows(self, words: str) -> None:
        """Wait for these words."""
        await self.until(lambda: words in self.words)

    async def meets(self, kind: type[Event], which: Callable[[Any], bool] = lambda _: True) -> Any:
        """Wait for an event of this kind, be it there already."""
        await self.until(lambda: any(isinstance(event, kind) and which(event) for event in self.events))
        return next(event for event in self.events if isinstance(event, kind) and which(event))

    def clear(self) -> None:
        """Forget what was shown until now, words apart."""
        self.events = [event for event in self.events if isinstance(event, Said)]

    @property
    def said(self) -> list[Said]:
        return [event for event in self.events if isinstance(event, Said)]

    @property
    def words(self) -> list[str]:
        """All words in the order in which they came up."""
        bodies = [said.received.body for said in self.said]
        return [each.fields["x"] for each in bodies if each is not None and each.kind == "text"]

    @property
    def presence(self) -> list[str]:
        return [event.state for event in self.events if isinstance(event, Presence)]

    async def ends_here(self) -> None:
        """Wait until the other side is shown as here: also where it moved before anybody missed it."""
        await self.until(lambda: self.presence[-1:] in ([], ["here"]))

    def is_whole(self, room: RoomId) -> None:
        """All there is of the room came up once, in order, verified, and nothing was given up."""
        seqs = [said.received.seq for said in self.said if said.room == room]
        assert seqs == list(range(1, self.person.rooms[room].transcript.seq + 1))
        troubles = [e for e in self.events if isinstance(e, Trouble | Undelivered | OlderCopy)]
        wrong = [e for e in troubles if e.room == room]
        assert not wrong, wrong


@dataclass
class Talk:
    """A client and a peer who can talk, and their screens."""

    room: RoomId
    client: Client
    peer: Peer
    clients: Screen
    peers: Screen

    async def exchange(self, words: str) -> None:
        """Each says something, and both read both."""
        await self.both_say(words)
        await self.both_show(words)

    async def both_say(self, words: str) -> None:
        """Each puts something into their outbox."""
        await self.client.say_here(body.text(f"client: {words}"))
        await self.peer.say(self.room, body.text(f"peer: {words}"))

    async def both_said(self, words: str) -> None:
        """Each says something, and it is on the disk."""
        await self.both_say(words)
        for person in (self.client, self.peer):
            assert await person.flush(PATIENCE)

    async def both_show(self, words: str) -> None:
        for screen in (self.clients, self.peers):
            await screen.shows(f"client: {words}")
            await screen.shows(f"peer: {words}")

    def is_whole(self) -> None:
        """Both screens show the same, once and in order."""
        self.clients.is_whole(self.room)
        self.peers.is_whole(self.room)
        shown = [
            [(s.received.seq, s.received.seat, s.received.n) for s in screen.said]
            for screen in (self.clients, self.peers)
        ]
        assert shown[0] == shown[1]


@asynccontextmanager
async def screen_of(person: Participant) -> AsyncIterator[Screen]:
    """Their screen, while they are there."""
    screen = Screen(person)
    async with person:
        watching = asyncio.create_task(screen.watch())
        try:
            yield screen
        finally:
            watching.cancel()


@asynccontextmanager
async def client_at(town: Town, url: str) -> AsyncIterator[Client]:
    """Somebody who has opened the page. Nobody comes back by these words, so nothing slow is made of them."""
    async with Api(url, transport=IdentityHouse(town, None)) as api:
        trust = await Trust.pin(api)
        await trust.refresh()
        clock = town.served.server.clock
        yield Client(api, trust, make_code(1), secrets.token_bytes(KEY), clock=clock, sleep=quickly)


@asynccontextmanager
async def peer_at(town: Town, url: str, key: StaffKey) -> AsyncIterator[Peer]:
    """A peer who has signed in."""
    async with Api(url, transport=IdentityHouse(town, key)) as api:
        trust = await Trust.pin(api)
        await trust.refresh()
        session = StaffSession(api, trust, StaffId(bytes(16)), "peer", Keyring(key, bytes(32)))
        session.team_keys["peer", 1] = town.cast.peer_team
        yield Peer(session, clock=town.served.server.clock, sleep=quickly)


@asynccontextmanager
async def talk(
    town: Town, client_url: str, peer_url: str, staff: StaffKey | None = None
) -> AsyncIterator[Talk]:
    """Mara, or another peer, and somebody in talk, each at an address of their own."""
    async with (
        client_at(town, client_url) as client,
        peer_at(town, peer_url, staff or town.cast.mara) as peer,
        screen_of(client) as clients,
        screen_of(peer) as peers,
    ):
        await client.open(Ticket(), body.text("hi"))
        assert client.room is not None
        room = client.room.room
        await peers.meets(ShiftChanged)
        await peer.claim(room)
        met = await clients.meets(Met)
        await client.answer(Kid(met.member.kid), accept=True)
        await peers.meets(Joined)
        await clients.until(lambda: any(said.received.kind == "hello" for said in clients.said))
        yield Talk(room, client, peer, clients, peers)
