"""Plain functions that build what tests need: a house on a store, passes, rooms, messages, seals."""

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Table, inspect, make_url, select

from app.companion.envelope import Place, encrypt
from app.companion.keys import StaffKey
from app.companion.pow import solve
from app.companion.seals import seal_room, seal_wrap
from app.conversations import tables
from app.conversations.admission.callers import ClientCaller, StaffCaller
from app.conversations.admission.service import Admission
from app.conversations.availability.rules import ShiftState
from app.conversations.house import House, Pinned
from app.conversations.ids import CLIENT_SEAT, Conversations, Kid, RoomId, SeatId
from app.conversations.queue import proofs
from app.conversations.queue.directory import publish
from app.conversations.queue.opening import Opened, Opening, Rekey, Rekeyed, open_room, rekey
from app.conversations.queue.proofs import Proof
from app.conversations.queue.rules import Ticket
from app.conversations.queue.service import Queue
from app.conversations.rooms.service import RoomView, enter
from app.conversations.rooms.store import SEAT_PEER, TEAM_PEER, Sealed
from app.conversations.service.rules import ServiceRules
from app.conversations.service.service import Service
from app.conversations.store import Life
from app.kit.clock import ManualClock
from app.kit.database import Database
from app.settings import Settings
from app.wire.directory import SignedDirectory, directory_hash
from app.wire.encoding import b64u
from app.wire.frames import Item, Send
from migrations import CONVERSATIONS
from tests.cast import INSTANCE, Cast
from tests.engines import migrated_sqlite

NOW = 1_795_312_800
"""2026-11-22 02:00 UTC."""


class HeardNotices:
    """Remembers what was told after commits."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Listen anew."""
        self.items: list[Item] = []
        self.rooms: list[RoomId] = []
        self.reports: list[tuple[RoomId, SeatId]] = []
        self.queue = 0
        self.staff = 0

    def committed(self, items: Sequence[Item]) -> None:
        self.items.extend(items)

    def room_changed(self, room: RoomId) -> None:
        self.rooms.append(room)

    def report_decided(self, room: RoomId, seat: SeatId) -> None:
        self.reports.append((room, seat))

    def queue_changed(self) -> None:
        self.queue += 1

    def staff_changed(self) -> None:
        self.staff += 1


@dataclass
class Stage:
    """A conversations house with the cast's directory in force, on a store of its own."""

    house: House
    queue: Queue
    clock: ManualClock
    heard: HeardNotices
    cast: Cast
    signing: Ed25519PrivateKey
    signed: SignedDirectory

    @property
    def now(self) -> int:
        return int(self.clock.now())

    @property
    def db(self) -> Database[Conversations]:
        return self.house.db

    def staff(self, key: StaffKey, limit: int = 2, role: str = "peer") -> StaffCaller:
        """A caller as a good pass makes one."""
        return self.house.admission.staff(self.token(key, role, limit=limit))

    def token(self, key: StaffKey, role: str = "peer", **claims: Any) -> str:
        """A pass as the identity house signs it; `claims` replace its own, None leaves one out."""
        return sign_pass(self.signing, pass_claims(key, self.now, role, **claims))


def pass_claims(key: StaffKey, now: int, role: str = "peer", **claims: Any) -> dict[str, Any]:
    """What a good pass says."""
    all_claims = {
        "aud": "conversations",
        "instance": b64u(INSTANCE),
        "kid": b64u(key.kid),
        "role": role,
        "limit": 2,
        "languages": ["en"],
        "exp": now + 600,
        **claims,
    }
    return {name: value for name, value in all_claims.items() if value is not None}


def sign_pass(key: Ed25519PrivateKey, claims: dict[str, Any]) -> str:
    """The token over these claims."""
    return jwt.encode(claims, key, algorithm="EdDSA")


def settings(**changes: Any) -> Settings:
    """Settings under which proofs of work cost next to nothing."""
    return Settings(
        **{"data": Path("unused"), "proof_cost": 1, "proof_bits": 1, "proof_puzzles": 2, **changes}
    )


async def make_tables(url: str) -> None:
    """The tables of this house in a store that may have them already."""

    def make(connection: Connection) -> None:
        if not inspect(connection).has_table("rooms"):
            tables.metadata.create_all(connection)

    db = Database[Conversations](url)
    try:
        async with db.write() as tx:
            await tx.connection.run_sync(make)
    finally:
        await db.close()


@asynccontextmanager
async def stage_on(url: str, cast: Cast | None = None, **changes: Any) -> AsyncIterator[Stage]:
    """A house on an empty store, with the cast's directory in force and both peers on.

    The store may have its tables already; a file that is not there yet gets them.
    """
    if make_url(url).get_backend_name() == "sqlite":
        await migrated_sqlite(CONVERSATIONS, Path(str(make_url(url).database)))
    await make_tables(url)
    async with another_node(url, cast or Cast(), Ed25519PrivateKey.generate(), **changes) as stage:
        await publish(stage.house, stage.signed)
        for peer in (stage.cast.mara, stage.cast.sol):
            await on_shift(stage, peer)
        stage.heard.forget()
        yield stage


async def on_shift(stage: Stage, peer: StaffKey, *, rooms: int = 20) -> None:
    """This peer is on, and takes so many rooms at once."""
    await stage.queue.offering.say(stage.staff(peer, limit=rooms), ShiftState.ON, rooms)


@asynccontextmanager
async def another_node(
    url: str, cast: Cast, signing: Ed25519PrivateKey, clock: ManualClock | None = None, **changes: Any
) -> AsyncIterator[Stage]:
    """A house with connections of its own on a store that exists."""
    db = Database[Conversations](url)
    clock = clock or ManualClock(NOW)
    heard = HeardNotices()
    pinned = Pinned(INSTANCE, {cast.root.kid: cast.root.pub})
    admission = Admission(db, clock, signing.public_key())
    set_up = settings(**changes)
    house = House(
        db=db,
        clock=clock,
        admission=admission,
        service=Service(db, clock, admission, ServiceRules(set_up.keep_days, None)),
        life=await Life.of(db),
        notices=heard,
        settings=set_up,
        pinned=lambda: pinned,
        proof_key=bytes(32),
    )
    signed = cast.sign(cast.directory(int(clock.now())))
    try:
        yield Stage(house, Queue(house), clock, heard, cast, signing, signed)
    finally:
        await db.close()


@dataclass
class Guest:
    """A client of one room: its secrets, and the messages it has sent."""

    room: RoomId
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    wrap_key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    keys: dict[int, bytes] = field(default_factory=lambda: {1: secrets.token_bytes(32)})
    n: int = 0

    @property
    def caller(self) -> ClientCaller:
        return ClientCaller(self.room)

    @property
    def epoch(self) -> int:
        return max(self.keys)

    def next_frame(self, ke: int | None = None) -> Send:
        """The next message of this client, encrypted for real."""
        self.n += 1
        return self.frame(self.n, ke)

    def frame(self, n: int, ke: int | None = None) -> Send:
        """A message with a number of one's choice."""
        epoch = ke or self.epoch
        com, ct = encrypt(self.keys[epoch], Place(self.room, epoch, CLIENT_SEAT, n), b'{"k":"text"}')
        return Send(self.room, epoch, n, com, ct)

    def wrap(self) -> bytes:
        return seal_wrap(self.wrap_key, self.room, self.keys)

    def seal(self, pub: bytes, purpose: Any, directory: SignedDirectory) -> bytes:
        return seal_room(pub, purpose, self.room, self.epoch, directory_hash(directory.payload), self.keys)


def new_guest() -> Guest:
    """A client who is about to open a room."""
    return Guest(RoomId(secrets.token_bytes(16)))


def ticket(language: str = "en", **changes: Any) -> Ticket:
    """A ticket that asks for nothing but a language."""
    return replace(Ticket(language, False, None, False, (), (), ()), **changes)


def opening(stage: Stage, guest: Guest, wish: Ticket | None = None, message: Send | None = None) -> Opening:
    """What this client posts to open its room."""
    team = stage.cast.peer_team
    return Opening(
        guest.room,
        guest.secret,
        guest.wrap(),
        team.kid,
        guest.seal(team.pub, TEAM_PEER, stage.signed),
        wish or ticket(),
        message,
    )


async def proof(stage: Stage) -> Proof:
    """A proof of work, done."""
    challenge = await proofs.challenge(stage.house)
    return Proof(challenge, solve(challenge))


async def opened(stage: Stage, wish: Ticket | None = None, *, words: bool = False) -> Guest:
    """A client who waits; with `words`, its first message is there."""
    guest = new_guest()
    message = guest.next_frame() if words else None
    await open_room(stage.house, opening(stage, guest, wish, message), await proof(stage))
    return guest


async def open_again(stage: Stage, wish: Opening) -> Opened:
    """Post an opening with a fresh proof of work."""
    return await open_room(stage.house, wish, await proof(stage))


async def meeting(stage: Stage, guest: Guest, peer: StaffKey) -> None:
    """The peer claims, the client says hello."""
    await stage.queue.claim(stage.staff(peer), guest.room)
    await stage.queue.meet(guest.caller, peer.kid, accept=True)


async def talking(stage: Stage, guest: Guest, peer: StaffKey) -> None:
    """The two talk: the peer holds the key alone."""
    await meeting(stage, guest, peer)
    await narrowed(stage, guest, peer)


async def narrowed(stage: Stage, guest: Guest, peer: StaffKey) -> None:
    """The peer seals the key to itself."""
    sealed = guest.seal(peer.pub, SEAT_PEER, stage.signed)
    await stage.queue.narrow(stage.staff(peer), guest.room, guest.epoch, sealed)


class Scene(Protocol):
    """What sealing needs to know: whose keys, and which directory is in force."""

    @property
    def cast(self) -> Cast: ...

    @property
    def signed(self) -> SignedDirectory: ...


def rekeying(
    stage: Scene,
    guest: Guest,
    *,
    to_team: bool = False,
    to: Sequence[StaffKey] = (),
    wish: Ticket | None = None,
    team: StaffKey | None = None,
) -> Rekey:
    """The next epoch of this client's room, sealed to the peer team or to peers."""
    frame = guest.next_frame()
    guest.keys[guest.epoch + 1] = secrets.token_bytes(32)
    team = team or stage.cast.peer_team
    seals = [Sealed(key.kid, SEAT_PEER, guest.seal(key.pub, SEAT_PEER, stage.signed)) for key in to]
    if to_team:
        seals.append(Sealed(team.kid, TEAM_PEER, guest.seal(team.pub, TEAM_PEER, stage.signed)))
    return Rekey(guest.epoch, frame, guest.wrap(), seals, wish)


async def rekeyed(stage: Stage, guest: Guest, **what: Any) -> Rekeyed:
    """The client raises the epoch."""
    return await rekey(stage.house, guest.caller, rekeying(stage, guest, **what))


async def view(stage: Stage, caller: ClientCaller | StaffCaller, room: RoomId) -> RoomView:
    """The room as this caller sees it."""
    async with stage.db.read() as tx:
        return await enter(tx, caller, room, stage.now)


async def rows(stage: Stage, table: Table, room: RoomId) -> list[Any]:
    """A table's rows of one room."""
    column = table.c.id if table is tables.rooms else table.c.room
    async with stage.db.read() as tx:
        return list((await tx.connection.execute(select(table).where(column == room))).all())


async def listed(stage: Stage, key: StaffKey) -> list[RoomId]:
    """The rooms in a peer's queue, in its order."""
    async with stage.db.read() as tx:
        return [each.room for each in await stage.queue.listing(tx, stage.staff(key))]


def kids(*keys: StaffKey) -> tuple[Kid, ...]:
    return tuple(key.kid for key in keys)
