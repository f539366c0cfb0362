"""A new epoch of a room's keys, by the client alone (docs/protocol.md, 8).

Whoever is given a key is given it by name, and nobody is given more of the past than they had.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from app.companion import body
from app.companion.code import Slot
from app.companion.key_list import rekey_hash
from app.companion.room import Room
from app.companion.seals import seal_room, seal_wrap
from app.companion.ticket import Ticket
from app.companion.trust import Trust
from app.wire.errors import WireError
from app.wire.frames import Send
from app.wire.ids import Kid, RoomId, kid_of
from app.wire.sizes import KEY

Shared = Mapping[Kid | None, Collection[int]]
"""The epochs that each reader was given; None stands for the peer team, while a room waits."""


@dataclass(frozen=True, slots=True, repr=False)
class Rekey:
    """A new epoch, ready to be posted, and posted again as it is where the answer was lost."""

    epoch: int
    key: bytes
    opening: Send
    shared: Shared
    request: dict[str, Any]

    def __repr__(self) -> str:
        return f"<Rekey {len(self.shared)} readers>"


def make_rekey(
    room: Room, place: Slot, trust: Trust, shared: Shared, ticket: Ticket | None, minutes: int
) -> Rekey:
    """A fresh key for `room`, sealed to the readers in `shared` under the present directory.

    WireError: `keys_format` when the room has had all fifteen epochs, `closed` where no peer holds the team's
    key, `unknown` for a reader who is not in the directory, `unknown_epoch` while the transcript is behind.
    """
    epoch, key = room.next_epoch(), secrets.token_bytes(KEY)
    keys = room.transcript.keys | {epoch: key}
    shared = {reader: {*epochs, epoch} for reader, epochs in shared.items()}
    opening = room.transcript.compose(
        room.next_n, body.rekey(epoch, rekey_hash(room.room, epoch, key)), minutes
    )
    if not isinstance(opening, Send):
        raise WireError("malformed")
    lists = {reader: {e: keys[e] for e in sorted(epochs) if e in keys} for reader, epochs in shared.items()}
    request = {
        "room": room.room,
        "secret": place.secret,
        "ke": epoch,
        "frame": opening.pack(),
        "wrap": seal_wrap(place.wrap_key, room.room, keys),
        "seals": [reader_seal(trust, room.room, reader, epoch, keys) for reader, keys in lists.items()],
        "ticket": None if ticket is None else ticket.to_json(),
    }
    return Rekey(epoch, key, opening, shared, request)


def readers_after(
    room: Room,
    trust: Trust,
    accepted: Collection[Kid],
    before: Shared,
    *,
    to_team: bool,
    share_past: bool,
    newcomers: Collection[Kid] = (),
) -> dict[Kid | None, set[int]]:
    """Who reads on, and which of the past they keep: the team, or everyone accepted who sits or comes here.

    A newcomer reads what is said from now on, and the past only if it is shared.
    """
    if to_team:
        kept = set(before.get(None, {room.ke})) if room.state == "waiting" else set()
        return {None: kept | (set(room.transcript.keys) if share_past else set())}
    sitting = [Kid(seat.kid) for seat in room.seats if seat.kid and seat.open]
    past = set(room.transcript.keys) if share_past else set()
    readers: dict[Kid | None, set[int]] = {kid: set(past) for kid in newcomers}
    for kid in sitting:
        if kid in accepted and trust.directory.member(kid) is not None:
            readers[kid] = {*before.get(kid, before.get(None, ())), room.ke}
    return readers


def reader_seal(
    trust: Trust, room: RoomId, reader: Kid | None, epoch: int, keys: Mapping[int, bytes]
) -> dict[str, object]:
    """The room's keys for one reader, as the server takes it."""
    if reader is None:
        return {"purpose": "team-peer", **team_seal(trust, room, epoch, keys)}
    member = trust.directory.member(reader)
    if member is None:
        raise WireError("unknown")
    sealed = seal_room(member.pub, "seat-peer", room, epoch, trust.hash, keys)
    return {"purpose": "seat-peer", "kid": reader, "sealed": sealed}


def team_seal(trust: Trust, room: RoomId, epoch: int, keys: Mapping[int, bytes]) -> dict[str, object]:
    """The room's keys for the peer team. WireError("closed") where no peer is in it."""
    directory = trust.directory
    team = directory.teams["peer"]
    members = [directory.member(kid) for kid in team.members]
    if not any(member is not None and "peer" in member.roles for member in members):
        raise WireError("closed")
    return {
        "kid": kid_of(team.pub),
        "sealed": seal_room(team.pub, "team-peer", room, epoch, trust.hash, keys),
    }
