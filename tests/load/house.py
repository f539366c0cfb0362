"""Beside itself for the load: a founded data folder with rooms in it, and the real server on it.

Only the set-up is short-cut: rooms, seats and tickets are written into the store before the server starts,
and passes are signed here with the server's own key. What is measured goes through the server's own doors.
"""

import hashlib
import json
import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

import jwt
from sqlalchemy import Connection, Table, create_engine, insert

from app.companion.keys import StaffKey, sign_directory
from app.conversations import tables
from app.identity.enrolment.site import write_site
from app.identity.keys import Keys, open_keys
from app.kit.clock import day_of
from app.kit.migrations import upgrade
from app.wire.directory import LIFETIME, SUITE, VERSION, Directory, Member, Profile, SignedDirectory, Team
from app.wire.encoding import b64u
from app.wire.ids import CLIENT_SEAT, Kid
from app.wire.sizes import COM, CT_SIZES, ID, SEAL, WRAP
from app.wire.transcript import chain_start
from tests.load.cast import Room

HISTORY = Path(__file__).parents[2] / "migrations" / "conversations"
STORE = "conversations.sqlite"
STAFF = 900
"""Peers in the directory, which holds at most 1,000."""

_PASS_SECONDS = 590
_KEEP_DAYS = 30
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody who works here, and the directory that says so."""

    instance: bytes
    root: StaffKey = field(repr=False)
    peers: tuple[Kid, ...]
    team: Kid
    directory: SignedDirectory = field(repr=False)


@dataclass(frozen=True, slots=True)
class Folder:
    """A data folder of the server's."""

    path: Path
    staff: Staff
    keys: Keys = field(repr=False)

    def pass_for(self, kid: Kid) -> str:
        """A pass as the identity house signs it."""
        claims = {
            "aud": "conversations",
            "instance": b64u(self.staff.instance),
            "kid": b64u(kid),
            "role": "peer",
            "limit": 2,
            "languages": ["en"],
            "exp": int(time.time()) + _PASS_SECONDS,
        }
        return jwt.encode(claims, self.keys.signing, algorithm="EdDSA")

    def environment(self, port: int) -> dict[str, str]:
        """What the server is told: buckets and queue wide open, as one generator plays everybody."""
        return {
            "BESIDE_DATA": str(self.path),
            "BESIDE_PORT": str(port),
            "BESIDE_MESSAGES_PER_MINUTE": "1000000000",
            "BESIDE_NOTES_LIMIT": "100000",
        }


def staff_of(count: int) -> Staff:
    """Fresh keys for `count` peers and one coordinator, and their signed directory."""
    root, team, moderation, coordinator = (StaffKey.generate() for _ in range(4))
    peers = [StaffKey.generate() for _ in range(count)]
    now = int(time.time())
    directory = Directory(
        v=VERSION,
        instance=secrets.token_bytes(ID),
        serial=1,
        issued=now,
        expires=now + LIFETIME,
        earlier=(),
        teams={
            "peer": Team(SUITE, 1, team.pub, tuple(peer.kid for peer in peers)),
            "moderation": Team(SUITE, 1, moderation.pub, (coordinator.kid,)),
            "root": Team(SUITE, 1, root.pub, (coordinator.kid,)),
        },
        staff=(
            _member(coordinator, "coordinator", "Coordinator"),
            *(_member(peer, "peer", f"Peer {number}") for number, peer in enumerate(peers)),
        ),
    )
    return Staff(
        directory.instance,
        root,
        tuple(peer.kid for peer in peers),
        team.kid,
        sign_directory(root, directory.to_payload()),
    )


def _member(key: StaffKey, role: str, alias: str) -> Member:
    profile = Profile(alias, "0", "here to listen", ("en",), ("worry", "grief"), ())
    return Member(key.kid, key.pub, (role,), profile)


def put_in_force(port: int, staff: Staff) -> None:
    """Give the server its directory, as a coordinator's browser does. RuntimeError where it is refused."""
    http = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        post(http, "service/directory", {"directory": staff.directory.to_json()})
    finally:
        http.close()


def post(http: HTTPConnection, path: str, body: object, pass_: str | None = None) -> object:
    """The answer to a JSON request under /api/. RuntimeError for every status but 200."""
    headers = {"Content-Type": "application/json", "Origin": f"http://{http.host}:{http.port}"}
    if pass_ is not None:
        headers["Authorization"] = f"Bearer {pass_}"
    http.request("POST", f"/api/{path}", json.dumps(body), headers)
    answer = http.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {content[:200].decode(errors='replace')}")
    return json.loads(content)


async def found(path: Path, staff: Staff) -> Folder:
    """A new data folder with its keys, its pinned root and an empty conversations store."""
    write_site(path, staff.instance, [staff.root.pub])
    keys = open_keys(path / "identity.keys", founded=False)
    await upgrade(f"sqlite+aiosqlite:///{path / STORE}", HISTORY)
    return Folder(path, staff, keys)


class Seeding:
    """Writes rooms into a folder's store, before a server runs on it or between two requests to it."""

    def __init__(self, folder: Folder) -> None:
        self._staff = folder.staff
        self._engine = create_engine(f"sqlite:///{folder.path / STORE}", hide_parameters=True)
        self._today = day_of(time.time())

    def settle(self) -> None:
        """Leave the store as a server at rest would: nothing in its log for the next commit to move."""
        with self._engine.connect() as store:
            store.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._engine.dispose()

    def talking(self, rooms: Iterable[Room], said: int = 0) -> None:
        """Rooms in talk, `said` messages in each, all by the client."""
        rooms = list(rooms)
        with self._engine.begin() as store:
            _put(store, tables.rooms, [self._room(room, "talking", said) for room in rooms])
            _put(store, tables.seats, [_client_seat(room, said) for room in rooms])
            _put(store, tables.seats, [_peer_seat(room) for room in rooms])
            _put(store, tables.seals, [_seal(room, room.kid, "seat-peer") for room in rooms])
            for room in rooms:
                _put(store, tables.messages, [_message(room, seq) for seq in range(1, said + 1)])

    def on_shift(self, peers: Iterable[Kid]) -> None:
        """Peers who are on, by requests alone: none of them has a page open."""
        with self._engine.begin() as store:
            _put(store, tables.availability, [_shift(peer) for peer in peers])

    def waiting(self, rooms: Iterable[Room]) -> None:
        """Rooms whose clients left a note and went away: a claim counts as accepted."""
        rooms = list(rooms)
        now = int(time.time())
        with self._engine.begin() as store:
            _put(store, tables.rooms, [self._room(room, "waiting", 0) for room in rooms])
            _put(store, tables.seats, [_client_seat(room, 0) for room in rooms])
            _put(store, tables.seals, [_seal(room, self._staff.team, "team-peer") for room in rooms])
            _put(
                store,
                tables.tickets,
                [_ticket(room, now - number % 3_600) for number, room in enumerate(rooms)],
            )

    def _room(self, room: Room, state: str, seq: int) -> dict[str, object]:
        return {
            "id": room.room,
            "secret_hash": hashlib.sha256(room.secret).digest(),
            "wrap": secrets.token_bytes(WRAP),
            "state": state,
            "ke": 1,
            "needs_rekey": False,
            "seq": seq,
            "head": chain_start(room.room),
            "opened_day": self._today,
            "closed_day": None,
            "expires_day": self._today + _KEEP_DAYS,
        }


def _client_seat(room: Room, said: int) -> dict[str, object]:
    return {
        "room": room.room,
        "seat": CLIENT_SEAT,
        "kid": None,
        "n": said,
        "open": True,
        "alone_since_n": None,
    }


def _peer_seat(room: Room) -> dict[str, object]:
    return {
        "room": room.room,
        "seat": room.staff_seat,
        "kid": room.kid,
        "n": 0,
        "open": True,
        "alone_since_n": None,
    }


def _seal(room: Room, kid: Kid, purpose: str) -> dict[str, object]:
    return {"room": room.room, "kid": kid, "purpose": purpose, "ke": 1, "sealed": secrets.token_bytes(SEAL)}


def _message(room: Room, seq: int) -> dict[str, object]:
    com, ct = secrets.token_bytes(COM), secrets.token_bytes(CT_SIZES[0])
    return {"room": room.room, "seq": seq, "seat": CLIENT_SEAT, "ke": 1, "n": seq, "com": com, "ct": ct}


def _ticket(room: Room, since: int) -> dict[str, object]:
    return {
        "room": room.room,
        "language": "en",
        "urgent": False,
        "back": None,
        "note": True,
        "topics": ("worry",),
        "lived": (),
        "refused": (),
        "later": (),
        "peer_epoch": 1,
        "waiting_since": since,
        "seen_at": 0,
    }


def _shift(kid: Kid) -> dict[str, object]:
    return {
        "kid": kid,
        "state": "on",
        "room_limit": 2,
        "buffer_until": None,
        "seen_at": int(time.time()) - 3_600,
        "met_quarter": None,
    }


def _put(store: Connection, table: Table, rows: Sequence[dict[str, object]]) -> None:
    for start in range(0, len(rows), _AT_ONCE):
        store.execute(insert(table), list(rows[start : start + _AT_ONCE]))
