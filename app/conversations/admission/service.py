"""The door: who is asking, by the directory in force."""

import hashlib
import hmac
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.conversations.admission import store
from app.conversations.admission.callers import ClientCaller, StaffCaller
from app.conversations.admission.passes import read_pass
from app.conversations.errors import DirExpired, Unknown
from app.conversations.ids import Conversations, Kid, RoomId, kid_of
from app.kit.clock import Clock
from app.kit.database import Database, Look, ReadTx, WriteTx
from app.wire.directory import SLACK, Directory, directory_hash, parse_directory

_NO_HASH = bytes(32)


@dataclass(frozen=True, slots=True)
class InForce:
    """The directory in force, parsed once.

    `hash` rides in every room seal; `team` is the id of the peer team's key.
    """

    directory: Directory = field(repr=False)
    hash: bytes = field(repr=False)
    team: Kid = field(repr=False)

    def is_valid(self, now: float) -> bool:
        """Whether new rooms may open under it."""
        return now <= self.directory.expires + SLACK


class Admission:
    """Passes and seat secrets in, callers out.

    Keeps the parsed directory of this process; `refresh` (sweeps, `staff_changed`) or any
    transaction that relies on the directory brings it up to date.
    """

    def __init__(self, db: Database[Conversations], clock: Clock, pass_key: Ed25519PublicKey) -> None:
        self._db = db
        self._clock = clock
        self._pass_key = pass_key
        self._in_force: InForce | None = None

    @property
    def in_force(self) -> InForce | None:
        """The directory this process knows of, None before the first."""
        return self._in_force

    async def refresh(self, *, anew: bool = False) -> bool:
        """Take over a directory that another node put in force; whether there was one. `anew`: read it also
        where the serial is the same, which may mean another directory in another life of the store."""
        async with self._db.read() as tx:
            return await self._update(tx, anew=anew)

    async def rely(self, tx: WriteTx[Conversations]) -> InForce:
        """The directory in force, unchanged until the transaction ends. `DirExpired` where there is none.

        To be called before the transaction locks a room.
        """
        await store.rely_on_directory(tx)
        await self._update(tx)
        if self._in_force is None:
            raise DirExpired
        return self._in_force

    def staff(self, token: str) -> StaffCaller:
        """The bearer of a pass. `PassExpired`, or `Unknown` for anything else that is wrong with it."""
        found = read_pass(token, self._pass_key, self._clock.now())
        if self._in_force is None or not hmac.compare_digest(
            found.instance, self._in_force.directory.instance
        ):
            raise Unknown
        if not self.still_listed(found.caller):
            raise Unknown
        return found.caller

    def still_listed(self, caller: StaffCaller) -> bool:
        """Whether the directory in force lists this key with this role."""
        if self._in_force is None:
            return False
        member = self._in_force.directory.member(caller.kid)
        return member is not None and caller.role in member.roles

    async def client(
        self, look: Look[Conversations], room: RoomId, secret: bytes, *, even_deleted: bool = False
    ) -> ClientCaller:
        """Whoever holds a room's seat secret. `Unknown` alike for no room, a wrong secret and a deleted room.

        `even_deleted` lets the one request in that may be repeated on a tombstone.
        """
        row = await store.secret_row(look, room)
        right = is_right(secret, None if row is None else row.secret_hash)
        if row is None or not right or (row.deleted and not even_deleted):
            raise Unknown
        return ClientCaller(room)

    async def _update(self, tx: ReadTx[Conversations], *, anew: bool = False) -> bool:
        serial = await store.newest_serial(tx)
        if not anew and serial == (0 if self._in_force is None else self._in_force.directory.serial):
            return False
        self._in_force = in_force((await store.directory(tx, serial)).payload) if serial else None
        return True


def in_force(payload: bytes) -> InForce:
    """A payload that was accepted, ready to be asked."""
    directory = parse_directory(payload)
    return InForce(directory, directory_hash(payload), kid_of(directory.teams["peer"].pub))


def secret_hash(secret: bytes) -> bytes:
    """What the server keeps of a seat secret."""
    return hashlib.sha256(secret).digest()


def is_right(secret: bytes, kept: bytes | None) -> bool:
    """Whether a seat secret is the one whose hash was kept. None, for no room, is as slow as a wrong one."""
    return hmac.compare_digest(secret_hash(secret), _NO_HASH if kept is None else kept)
