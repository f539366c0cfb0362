"""People at the doors of a served server: they speak frames and JSON, nothing of the server's own code."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from app.companion.envelope import Place, encrypt
from app.companion.keys import StaffKey
from app.companion.pow import solve
from app.identity.enrolment.site import write_site
from app.identity.keys import open_keys
from app.identity.opening import KEY_FILE
from app.wire.directory import SignedDirectory
from app.wire.encoding import b64u
from app.wire.frames import Ack, Item, Send, parse
from app.wire.ids import RoomId, seat_id
from app.wire.pow import Challenge
from tests.builders import Guest, new_guest, pass_claims, sign_pass
from tests.cast import INSTANCE, Cast
from tests.serving import Served

SECONDS = 10.0
"""Within which anything that is expected comes."""


@dataclass
class Town:
    """A served server with the cast's directory in force."""

    served: Served
    cast: Cast
    http: httpx.AsyncClient
    signing: Ed25519PrivateKey
    signed: SignedDirectory

    @property
    def now(self) -> int:
        return int(self.served.server.clock.now())

    def token(self, key: StaffKey, **claims: Any) -> str:
        """A pass as the identity house signs it."""
        return sign_pass(self.signing, pass_claims(key, self.now, **claims))

    async def post(self, path: str, body: dict[str, Any], *, staff: StaffKey | None = None) -> httpx.Response:
        headers = {} if staff is None else {"authorization": f"Bearer {self.token(staff)}"}
        return await self.http.post(f"/api/{path}", json=body, headers=headers)

    async def done(self, path: str, body: dict[str, Any], *, staff: StaffKey | None = None) -> dict[str, Any]:
        """Post what must succeed."""
        answer = await self.post(path, body, staff=staff)
        assert answer.status_code == 200, (path, answer.text)
        return dict(answer.json())

    async def publish(self, signed: SignedDirectory) -> None:
        self.signed = signed
        await self.done("service/directory", {"directory": signed.to_json()})

    async def opened(self, **ticket: Any) -> Guest:
        """A client who waits."""
        guest = new_guest()
        challenge = (await self.done("rooms/challenge", {}))["challenge"]
        await self.done("rooms/open", self.opening(guest, challenge, **ticket))
        return guest

    def opening(self, guest: Guest, challenge: dict[str, Any], **ticket: Any) -> dict[str, Any]:
        """What a client posts to open its room."""
        team = self.cast.peer_team
        return {
            **seat(guest),
            "wrap": b64u(guest.wrap()),
            "seal": {"kid": b64u(team.kid), "sealed": b64u(guest.seal(team.pub, "team-peer", self.signed))},
            "ticket": wish(**ticket),
            "message": None,
            "proof": {"challenge": challenge, "solution": solve(Challenge.from_json(challenge))},
        }

    async def talking(self, peer: StaffKey | None = None) -> Guest:
        """A client and a peer (Mara) in talk."""
        guest = await self.opened()
        await self.meet(guest, peer or self.cast.mara)
        return guest

    async def meet(self, guest: Guest, peer: StaffKey) -> None:
        await self.done("queue/claim", {"room": b64u(guest.room)}, staff=peer)
        answer = {**seat(guest), "kid": b64u(peer.kid), "answer": "accept"}
        await self.done("queue/meet", answer)
        await self.narrow(guest, peer)

    async def on_shift(self) -> None:
        """Both peers are on, and leave their pages: they claim by requests alone."""
        for peer in (self.cast.mara, self.cast.sol):
            async with self.tab(staff=peer) as tab:
                await tab.say("availability", state="on")
                await tab.until_kind("queue")

    async def narrow(self, guest: Guest, peer: StaffKey) -> None:
        sealed = guest.seal(peer.pub, "seat-peer", self.signed)
        body = {"room": b64u(guest.room), "ke": guest.epoch, "sealed": b64u(sealed)}
        await self.done("rooms/seal", body, staff=peer)

    @asynccontextmanager
    async def tab(self, *, staff: StaffKey | None = None, **claims: Any) -> AsyncIterator["Tab"]:
        """A live socket that has said hello."""
        async with connect(self.served.live_url, compression=None, proxy=None) as socket:
            tab = Tab(socket)
            shown = {} if staff is None else {"pass": self.token(staff, **claims)}
            await tab.say("hello", v=1, **shown)
            tab.store = (await tab.heard("welcome"))["store"]
            if staff is not None:
                tab.desk = (await tab.heard("desk"))["rooms"]
            yield tab


@dataclass
class Tab:
    """One live socket: what it was sent, in order, and what it says."""

    socket: ClientConnection
    store: str = ""
    desk: list[dict[str, Any]] = field(default_factory=list)

    async def say(self, type_: str, **fields: Any) -> None:
        plain = {key: b64u(value) if isinstance(value, bytes) else value for key, value in fields.items()}
        await self.socket.send(json.dumps({"type": type_, **plain}))

    async def send(self, frame: Send | bytes) -> None:
        await self.socket.send(frame if isinstance(frame, bytes) else frame.pack())

    async def next(self) -> Any:
        """The next frame: an Item, an Ack, or a control frame as a dict."""
        async with asyncio.timeout(SECONDS):
            data = await self.socket.recv()
        return parse(data) if isinstance(data, bytes) else json.loads(data)

    async def heard(self, kind: str) -> dict[str, Any]:
        """The next control frame, which must be of this type."""
        frame = await self.next()
        assert isinstance(frame, dict), frame
        assert frame["type"] == kind, frame
        return frame

    async def until(self, wanted: Callable[[Any], bool]) -> Any:
        """The next frame of a kind, whatever comes before it."""
        while not wanted(frame := await self.next()):
            pass
        return frame

    async def until_kind(self, kind: str) -> dict[str, Any]:
        return dict(await self.until(lambda frame: isinstance(frame, dict) and frame["type"] == kind))

    async def item(self) -> Item:
        frame = await self.until(lambda frame: isinstance(frame, Item))
        assert isinstance(frame, Item)
        return frame

    async def ack(self) -> Ack:
        frame = await self.until(lambda frame: isinstance(frame, Ack))
        assert isinstance(frame, Ack)
        return frame

    async def closed(self) -> int:
        """The code with which the server closes."""
        async with asyncio.timeout(SECONDS):
            with suppress(ConnectionClosed):
                async for _ in self.socket:
                    pass
        received = self.socket.protocol.close_rcvd
        assert received is not None
        # The library's own refusal of a huge frame names its size; ours give no reason.
        assert received.reason == "" or received.code == 1009
        return int(received.code)

    async def enter(self, guest: Guest, after: int = 0) -> dict[str, Any]:
        """Enter as the client."""
        await self.say("enter", room=guest.room, secret=guest.secret, store=self.store, after=after)
        return await self.until_kind("entered")

    async def sit(self, room: RoomId, after: int = 0) -> dict[str, Any]:
        """Enter as staff."""
        await self.say("enter", room=room, store=self.store, after=after)
        return await self.until_kind("entered")


def seat(guest: Guest) -> dict[str, Any]:
    return {"room": b64u(guest.room), "secret": b64u(guest.secret)}


def wish(**changes: Any) -> dict[str, Any]:
    """A ticket that asks for nothing but a language."""
    plain = {"language": "en", "urgent": False, "back": None, "note": False}
    return {**plain, "topics": [], "lived": [], "refused": [], **changes}


def said_by(guest: Guest, peer: StaffKey, n: int) -> Send:
    """Message `n` of a peer in this client's room."""
    place = Place(guest.room, guest.epoch, seat_id(guest.room, peer.kid), n)
    com, ct = encrypt(guest.keys[guest.epoch], place, b'{"k":"text"}')
    return Send(guest.room, guest.epoch, n, com, ct)


@asynccontextmanager
async def town(served: Served) -> AsyncIterator[Town]:
    """Put the cast's directory in force on a server that was just started."""
    cast, settings = Cast(), served.server.settings
    write_site(settings.data, INSTANCE, [cast.root.pub])
    signing = open_keys(settings.data / KEY_FILE, founded=True).signing
    async with httpx.AsyncClient(base_url=served.url, trust_env=False, timeout=SECONDS) as http:
        place = Town(served, cast, http, signing, cast.sign(cast.directory(int(served.server.clock.now()))))
        await place.publish(place.signed)
        await place.on_shift()
        yield place


async def eventually(condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait for a condition that another process or task brings about."""
    async with asyncio.timeout(SECONDS):
        while not await condition():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.01)
