"""Seals open for one key and one purpose; our HPKE is that of RFC 9180."""

import hmac
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.companion.keys import StaffKey
from app.companion.seals import (
    SUITE,
    open_flag,
    open_room,
    open_team_key,
    open_wrap,
    seal_room,
    seal_team_key,
    seal_wrap,
)
from app.wire.encoding import ctx
from app.wire.errors import WireError
from app.wire.ids import FlagId, RoomId, SeatId
from app.wire.sizes import SEAL, TEAM_KEY_SEAL, WRAP

MARA = StaffKey.generate()
SOL = StaffKey.generate()
ROOM = RoomId(b"r" * 16)
KEYS = {1: b"1" * 32, 3: b"3" * 32}
FLAG = FlagId(b"f" * 16)
HASH = b"h" * 32
SEALED = seal_room(MARA.pub, "seat-peer", ROOM, 3, HASH, KEYS)


def test_a_room_seal_opens_for_its_key() -> None:
    opened = open_room(MARA, "seat-peer", ROOM, 3, SEALED)
    assert (opened.dir_hash, opened.keys) == (HASH, KEYS)
    assert len(SEALED) == SEAL
    assert repr(opened) == object.__repr__(opened)


def test_a_room_seal_opens_for_nobody_else_and_nothing_else() -> None:
    other_room = RoomId(b"s" * 16)
    attempts: list[Callable[[], object]] = [
        lambda: open_room(SOL, "seat-peer", ROOM, 3, SEALED),
        lambda: open_room(MARA, "team-peer", ROOM, 3, SEALED),
        lambda: open_room(MARA, "seat-peer", other_room, 3, SEALED),
        lambda: open_room(MARA, "seat-peer", ROOM, 2, SEALED),
        lambda: open_room(MARA, "seat-peer", ROOM, 3, SEALED[:-1] + bytes([SEALED[-1] ^ 1])),
        lambda: open_room(MARA, "seat-peer", ROOM, 3, b"\x04" + bytes(SEAL - 1)),
        lambda: open_room(MARA, "seat-peer", ROOM, 3, bytes(SEAL)),
    ]
    for attempt in attempts:
        with pytest.raises(WireError, match=r"^aead$"):
            attempt()


@pytest.mark.parametrize("sealed", [b"", SEALED[:-1], SEALED + b"\x00"])
def test_a_room_seal_of_another_length_is_seal_format(sealed: bytes) -> None:
    with pytest.raises(WireError, match=r"^seal_format$"):
        open_room(MARA, "seat-peer", ROOM, 3, sealed)


def test_a_seal_is_not_made_of_what_could_not_be_read() -> None:
    with pytest.raises(WireError, match=r"^keys_format$"):
        seal_room(MARA.pub, "seat-peer", ROOM, 3, HASH, {})
    with pytest.raises(WireError, match=r"^malformed$"):
        seal_room(MARA.pub, "seat-peer", ROOM, 3, HASH[:-1], KEYS)
    with pytest.raises(WireError, match=r"^malformed$"):
        seal_room(b"\x04" + bytes(64), "seat-peer", ROOM, 3, HASH, KEYS)


def test_a_team_key_reaches_its_member_for_its_team_and_epoch() -> None:
    team = StaffKey.generate()
    sealed = seal_team_key(MARA.pub, "peer", 4, team)
    assert len(sealed) == TEAM_KEY_SEAL
    assert open_team_key(MARA, "peer", 4, sealed).pub == team.pub
    attempts: list[Callable[[], object]] = [
        lambda: open_team_key(SOL, "peer", 4, sealed),
        lambda: open_team_key(MARA, "moderation", 4, sealed),
        lambda: open_team_key(MARA, "peer", 5, sealed),
    ]
    for attempt in attempts:
        with pytest.raises(WireError, match=r"^aead$"):
            attempt()
    with pytest.raises(WireError, match=r"^seal_format$"):
        open_team_key(MARA, "peer", 4, sealed[:-1])


@pytest.mark.parametrize(
    "plaintext",
    [
        b"\x00\x00\x00\x01x".ljust(256, b"\x00"),
        b"\x00\x00\x01\x00".ljust(256, b"\x00"),
        (b"\x00\x00\x00\x8a" + MARA.pkcs8).ljust(256, b"\x01"),
    ],
    ids=["no key", "longer than there is", "padding"],
)
def test_a_sealed_team_key_that_is_none_is_seal_format(plaintext: bytes) -> None:
    info = ctx("seal", b"team-key", MARA.kid, b"peer", b"\x00\x00\x00\x04")
    sealed = SUITE.encrypt(plaintext, MARA.private.public_key(), info)
    with pytest.raises(WireError, match=r"^seal_format$"):
        open_team_key(MARA, "peer", 4, sealed)


def flag(plaintext: bytes) -> bytes:
    info = ctx("seal", b"flag", MARA.kid, FLAG, ROOM, bytes(16))
    return SUITE.encrypt(plaintext, MARA.private.public_key(), info)


def test_a_flag_opens_to_its_json() -> None:
    sealed = flag(b'\x00\x00\x00\x07{"v":1}'.ljust(8192, b"\x00"))
    assert open_flag(MARA, FLAG, ROOM, SeatId(bytes(16)), sealed) == {"v": 1}


@pytest.mark.parametrize(
    "plaintext",
    [
        b'\x00\x00\x00\x07{"v":1}'.ljust(4095, b"\x00"),
        b'\x00\x00\x00\x07{"v":1}'.ljust(3 * 4096, b"\x00"),
        b'\x00\x00\x00\x06{"v":1}'.ljust(4096, b"\x00"),
        b"\x00\x00\x00\x02[]".ljust(4096, b"\x00"),
    ],
    ids=["short", "no power of two", "padding", "no object"],
)
def test_a_flag_of_another_form_is_flag_format(plaintext: bytes) -> None:
    with pytest.raises(WireError, match=r"^flag_format$"):
        open_flag(MARA, FLAG, ROOM, SeatId(bytes(16)), flag(plaintext))


def test_a_clients_wrap_opens_under_its_key_for_its_room_and_epoch() -> None:
    wrap = seal_wrap(b"w" * 32, ROOM, KEYS)
    assert len(wrap) == WRAP
    assert open_wrap(b"w" * 32, ROOM, 3, wrap) == KEYS
    for key, room, ke in ((b"x" * 32, ROOM, 3), (b"w" * 32, RoomId(b"s" * 16), 3), (b"w" * 32, ROOM, 1)):
        with pytest.raises(WireError, match=r"^box_key$"):
            open_wrap(key, room, ke, wrap)


# The public call has neither an aad nor a chosen ephemeral key, and all public vectors have an aad. So the
# recipient's key schedule of RFC 9180, 4.1, 5.1 and 7.1 stands here once more: it is right because it
# opens the vectors, and the library's call is right because the two open what the other sealed.

RFC9180 = json.loads((Path(__file__).parents[2] / "vectors" / "rfc9180.json").read_bytes())
KEM_ID = b"KEM" + (0x0010).to_bytes(2, "big")
HPKE_ID = b"HPKE" + bytes.fromhex("001000010002")


def extract(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, sha256)


def expand(suite: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(prk, labelled + b"\x01", sha256)[:length]


def recipient(key: StaffKey, enc: bytes, info: bytes) -> tuple[AESGCM, bytes]:
    """The AEAD and the nonce of the first message."""
    ephemeral = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), enc)
    eae = extract(KEM_ID, b"", b"eae_prk", key.private.exchange(ec.ECDH(), ephemeral))
    shared = expand(KEM_ID, eae, b"shared_secret", enc + key.pub, 32)
    hashes = extract(HPKE_ID, b"", b"psk_id_hash", b"") + extract(HPKE_ID, b"", b"info_hash", info)
    secret = extract(HPKE_ID, shared, b"secret", b"")
    context = b"\x00" + hashes
    nonce = expand(HPKE_ID, secret, b"base_nonce", context, 12)
    return AESGCM(expand(HPKE_ID, secret, b"key", context, 32)), nonce


def vector_key(case: dict[str, Any]) -> StaffKey:
    return StaffKey(ec.derive_private_key(int(case["skRm"], 16), ec.SECP256R1()))


@pytest.mark.parametrize("case", RFC9180["cases"])
def test_our_suite_is_that_of_the_rfc_9180_vectors(case: dict[str, Any]) -> None:
    assert (RFC9180["mode"], RFC9180["kem_id"], RFC9180["kdf_id"], RFC9180["aead_id"]) == (0, 0x10, 1, 2)
    key, enc, info = vector_key(case), bytes.fromhex(case["enc"]), bytes.fromhex(case["info"])
    assert key.pub.hex() == case["pkRm"]
    aead, nonce = recipient(key, enc, info)
    for sequence, message in enumerate(case["encryptions"]):
        own = (int.from_bytes(nonce, "big") ^ sequence).to_bytes(12, "big")
        assert own.hex() == message["nonce"]
        opened = aead.decrypt(own, bytes.fromhex(message["ct"]), bytes.fromhex(message["aad"]))
        assert opened.hex() == message["pt"]
    assert SUITE.decrypt(enc + aead.encrypt(nonce, b"words", b""), key.private, info) == b"words"
    sealed = SUITE.encrypt(b"words", key.private.public_key(), info)
    aead, nonce = recipient(key, sealed[:65], info)
    assert aead.decrypt(nonce, sealed[65:], b"") == b"words"
