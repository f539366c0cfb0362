"""What one key holder leaves for another: HPKE seals, the client's own wrap (docs/protocol.md, 2, 4 and 7).

HPKE is RFC 9180 in mode base, single shot. The aad is empty; all context is in `info`, so that a seal
opens only for the purpose, key, room and epoch it was made for.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app.companion.block import pad, pad_to_smallest, unpad
from app.companion.box import box_open, box_seal
from app.companion.key_list import pack_keys, unpack_keys
from app.companion.keys import StaffKey, public_key
from app.wire.encoding import ctx, u16, u32
from app.wire.errors import WireError
from app.wire.fields import dump, load, mapping
from app.wire.ids import FlagId, RoomId, SeatId, kid_of
from app.wire.sizes import (
    FLAG_NOTE_SEALS,
    FLAG_SEALS,
    HASH,
    HPKE_OVERHEAD,
    SEAL,
    SHOWN_SEALS,
    TEAM_KEY_SEAL,
)

Purpose = Literal["team-peer", "seat-peer"]
TeamName = Literal["peer", "moderation", "root"]

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
"""Suite 1 of docs/protocol.md, 1."""

_TEAM_KEY = TEAM_KEY_SEAL - HPKE_OVERHEAD


@dataclass(frozen=True, slots=True, repr=False)
class RoomSeal:
    """What a room seal held: the hash of the directory its maker believed, and keys by epoch."""

    dir_hash: bytes
    keys: dict[int, bytes]


def seal_room(
    pub: bytes, purpose: Purpose, room: RoomId, ke: int, dir_hash: bytes, keys: Mapping[int, bytes]
) -> bytes:
    """The keys of a room for the holder of `pub` (65 bytes): 625 bytes. `ke` is the room's present epoch.

    WireError: `keys_format`, `malformed` for a hash of another length or a point that is none.
    """
    if len(dir_hash) != HASH:
        raise WireError("malformed")
    return _seal(pub, dir_hash + pack_keys(keys), purpose, room, u16(ke))


def open_room(key: StaffKey, purpose: Purpose, room: RoomId, ke: int, sealed: bytes) -> RoomSeal:
    """What `seal_room` sealed. WireError: `seal_format` (length), `aead`, `keys_format`."""
    if len(sealed) != SEAL:
        raise WireError("seal_format")
    plaintext = _open(key, sealed, purpose, room, u16(ke))
    return RoomSeal(plaintext[:HASH], unpack_keys(plaintext[HASH:]))


def seal_team_key(pub: bytes, team: TeamName, epoch: int, team_key: StaffKey) -> bytes:
    """A team's private key for one member: 337 bytes. `epoch` is the team's, not a room's."""
    return _seal(pub, pad(team_key.pkcs8, _TEAM_KEY), "team-key", team.encode(), u32(epoch))


def open_team_key(key: StaffKey, team: TeamName, epoch: int, sealed: bytes) -> StaffKey:
    """What `seal_team_key` sealed. WireError: `seal_format` (length, padding, not a P-256 key), `aead`.

    The caller still compares its public half with the signed one (docs/protocol.md, 7).
    """
    if len(sealed) != TEAM_KEY_SEAL:
        raise WireError("seal_format")
    pkcs8 = unpad(_open(key, sealed, "team-key", team.encode(), u32(epoch)), "seal_format")
    try:
        return StaffKey.load(pkcs8)
    except WireError:
        raise WireError("seal_format") from None


def seal_flag(pub: bytes, flag: FlagId, room: RoomId, seat: SeatId, content: Mapping[str, object]) -> bytes:
    """A flag that `seat` raises, for the moderation team: one of five lengths. WireError("too_long")."""
    return _seal(pub, _sized(content, FLAG_SEALS), "flag", flag, room, seat)


def seal_shown(pub: bytes, flag: FlagId, room: RoomId, seat: SeatId, content: Mapping[str, object]) -> bytes:
    """A flag with what was sent later, for one person who is asked about it: one of six lengths.

    WireError("too_long").
    """
    return _seal(pub, _sized(content, SHOWN_SEALS), "flag", flag, room, seat)


def open_flag(key: StaffKey, flag: FlagId, room: RoomId, seat: SeatId, sealed: bytes) -> dict[str, object]:
    """The JSON of a flag that `seat` raised, also as one person was shown it.

    WireError: `flag_format` (length, padding, not a JSON object), `aead`.
    """
    if len(sealed) not in SHOWN_SEALS:
        raise WireError("flag_format")
    return _flag_json(_open(key, sealed, "flag", flag, room, seat))


def seal_flag_note(pub: bytes, flag: FlagId, number: int, content: Mapping[str, object]) -> bytes:
    """A moderator's line on a flag, for the moderation team: one of three lengths. WireError("too_long")."""
    return _seal(pub, _sized(content, FLAG_NOTE_SEALS), "flag-note", flag, u32(number))


def open_flag_note(key: StaffKey, flag: FlagId, number: int, sealed: bytes) -> dict[str, object]:
    """What `seal_flag_note` sealed. WireError: `flag_format`, `aead`."""
    if len(sealed) not in FLAG_NOTE_SEALS:
        raise WireError("flag_format")
    return _flag_json(_open(key, sealed, "flag-note", flag, u32(number)))


def seal_wrap(wrap_key: bytes, room: RoomId, keys: Mapping[int, bytes]) -> bytes:
    """A room's keys in the client's own box: 593 bytes. WireError("keys_format")."""
    packed = pack_keys(keys)
    return box_seal(wrap_key, "room-wrap", room + u16(max(keys)), packed)


def open_wrap(wrap_key: bytes, room: RoomId, ke: int, wrap: bytes) -> dict[int, bytes]:
    """What `seal_wrap` sealed, `ke` being the room's present epoch.

    WireError: `box_format`, `box_key`, `aead`, `keys_format` (also where the newest key is not that of `ke`).
    """
    keys = unpack_keys(box_open(wrap_key, "room-wrap", room + u16(ke), wrap))
    if max(keys) != ke:
        raise WireError("keys_format")
    return keys


def _info(pub: bytes, purpose: str, *fields: bytes) -> bytes:
    return ctx("seal", purpose.encode(), kid_of(pub), *fields)


def _seal(pub: bytes, plaintext: bytes, purpose: str, *fields: bytes) -> bytes:
    return SUITE.encrypt(plaintext, public_key(pub), _info(pub, purpose, *fields))


def _open(key: StaffKey, sealed: bytes, purpose: str, *fields: bytes) -> bytes:
    try:
        return SUITE.decrypt(sealed, key.private, _info(key.pub, purpose, *fields))
    except (InvalidTag, ValueError):  # ValueError: the encapsulated key is no point of the curve
        raise WireError("aead") from None


def _sized(content: Mapping[str, object], seals: Collection[int]) -> bytes:
    """JSON, padded to the smallest of these sealed lengths that holds it."""
    return pad_to_smallest(dump(content), [size - HPKE_OVERHEAD for size in seals])


def _flag_json(padded: bytes) -> dict[str, object]:
    try:
        return mapping(load(unpad(padded, "flag_format")))
    except WireError:
        raise WireError("flag_format") from None
