"""Somebody with all keys of one member of staff, before a copy of both stores."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.companion.demo.cast import Card
from app.companion.envelope import Place, decrypt
from app.companion.keyring import Keyring
from app.companion.keys import StaffKey
from app.companion.seals import TeamName, open_room, open_team_key
from app.companion.staff import read_secret, staff_keys
from app.wire.directory import parse_directory
from app.wire.errors import WireError
from app.wire.ids import RoomId, SeatId, StaffId

TEAM_NAMES: tuple[TeamName, ...] = ("peer", "moderation", "root")


@dataclass(repr=False)
class Thief:
    """All that one person's key has opened so far: team keys, room keys."""

    key: StaffKey
    team_keys: list[StaffKey] = field(default_factory=list)
    room_keys: dict[tuple[RoomId, int], bytes] = field(default_factory=dict)

    @classmethod
    async def of(cls, card: Card, data: Path) -> "Thief":
        """By name, password and staff secret; the service in `data` still lists their owner."""
        [(payload,)] = _rows(
            data / "identity.sqlite", "SELECT payload FROM directories ORDER BY serial DESC LIMIT 1"
        )
        [kid] = [m.kid for m in parse_directory(payload).staff if m.profile.alias == card.alias]
        query = "SELECT id, salt, keys FROM staff WHERE kid = ?"
        [(staff, salt, keys)] = _rows(data / "identity.sqlite", query, kid)
        derived = await asyncio.to_thread(staff_keys, card.password, salt, read_secret(card.secret))
        return cls(Keyring.open(derived.wrap, StaffId(staff), keys).key)

    def opens(self, data: Path) -> set[str]:
        """Takes whatever opens of a copy of the stores in `data`; which bodies of messages do, as JSON.

        Neither whom something is sealed to nor for what is believed: every key is tried on everything.
        """
        for epoch, sealed in _rows(data / "identity.sqlite", "SELECT epoch, sealed FROM sealed_team_keys"):
            self._take_team_key(epoch, sealed)
        for room, ke, sealed in _rows(data / "conversations.sqlite", "SELECT room, ke, sealed FROM seals"):
            self._take_room_keys(RoomId(room), ke, sealed)
        query = "SELECT room, ke, seat, n, com, ct FROM messages WHERE ct IS NOT NULL"
        bodies = [self._body(*row) for row in _rows(data / "conversations.sqlite", query)]
        return {body for body in bodies if body is not None}

    def _take_team_key(self, epoch: int, sealed: bytes) -> None:
        for team in TEAM_NAMES:
            try:
                self.team_keys.append(open_team_key(self.key, team, epoch, sealed))
            except WireError:
                continue

    def _take_room_keys(self, room: RoomId, ke: int, sealed: bytes) -> None:
        for key in (self.key, *self.team_keys):
            for purpose in ("seat-peer", "team-peer"):
                try:
                    keys = open_room(key, purpose, room, ke, sealed).keys
                except WireError:
                    continue
                self.room_keys |= {(room, epoch): opened for epoch, opened in keys.items()}

    def _body(self, room: bytes, ke: int, seat: bytes, n: int, com: bytes, ct: bytes) -> str | None:
        for key in self.room_keys.values():
            try:
                return decrypt(key, Place(RoomId(room), ke, SeatId(seat), n), com, ct).body.decode()
            except WireError:
                continue
        return None


def _rows(store: Path, query: str, *values: object) -> list[Any]:
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(query, values).fetchall()
