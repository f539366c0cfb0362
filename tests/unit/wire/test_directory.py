"""The directory: read strictly, believed only from a pinned root, in time, going forward."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.wire.directory import (
    LIFETIME,
    MAX_PAYLOAD,
    SLACK,
    Directory,
    Member,
    Profile,
    SignedDirectory,
    Team,
    accept,
    directory_hash,
    parse_directory,
    signed_bytes,
    verify_signature,
)
from app.wire.encoding import b64u
from app.wire.errors import WireError
from app.wire.ids import Kid, kid_of

NOW = 1_800_000_000
ROOT = ec.generate_private_key(ec.SECP256R1())
OTHER_ROOT = ec.generate_private_key(ec.SECP256R1())
INSTANCE = b"i" * 16


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def sign(key: ec.EllipticCurvePrivateKey, payload: bytes) -> SignedDirectory:
    r, s = decode_dss_signature(key.sign(signed_bytes(payload), ec.ECDSA(SHA256())))
    return SignedDirectory(payload, ((kid_of(point(key)), r.to_bytes(32, "big") + s.to_bytes(32, "big")),))


PUB = point(ec.generate_private_key(ec.SECP256R1()))
MARA = Member(
    kid_of(PUB), PUB, ("peer", "coordinator"), Profile("Mara", "slate", "I listen.", ("en",), ("grief",), ())
)
TEAM = Team(1, 3, PUB, (MARA.kid,))
DIRECTORY = Directory(
    v=1,
    instance=INSTANCE,
    serial=7,
    issued=NOW,
    expires=NOW + LIFETIME,
    earlier=(b"h" * 32,),
    teams={"peer": TEAM, "moderation": TEAM, "root": TEAM},
    staff=(MARA,),
)
PAYLOAD = DIRECTORY.to_payload()
ROOTS = {kid_of(point(ROOT)): point(ROOT)}


def test_a_directory_survives_its_payload() -> None:
    assert parse_directory(PAYLOAD) == DIRECTORY


def test_staff_are_found_by_their_key() -> None:
    assert DIRECTORY.member(MARA.kid) == MARA
    assert DIRECTORY.member(Kid(bytes(16))) is None


def test_a_field_of_a_later_time_is_passed_over() -> None:
    assert parse_directory(json.dumps(json.loads(PAYLOAD) | {"later": 1}).encode()) == DIRECTORY


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    body = json.loads(PAYLOAD)
    change(body)
    return json.dumps(body).encode()


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff",
        b"{",
        b"[]",
        b"null",
        b"[" * 100_000,
        b" " * (MAX_PAYLOAD + 1),
        PAYLOAD.replace(b'"v":1', b'"v":1,"v":1'),
        PAYLOAD.replace(b'"serial":7', b'"serial":NaN'),
        PAYLOAD.replace(b'"serial":7', b'"serial":' + b"9" * 5000),
        changed(lambda d: d.pop("v")),
        changed(lambda d: d.update(v=2)),
        changed(lambda d: d.update(v=True)),
        changed(lambda d: d.update(instance=b64u(bytes(15)))),
        changed(lambda d: d.update(serial=0)),
        changed(lambda d: d.update(serial="7")),
        changed(lambda d: d.update(serial=2**53)),
        changed(lambda d: d.update(expires=NOW)),
        changed(lambda d: d.update(expires=NOW + LIFETIME + 1)),
        changed(lambda d: d.update(earlier=["AAAA"])),
        changed(lambda d: d.update(earlier=None)),
        changed(lambda d: d["teams"].pop("root")),
        changed(lambda d: d["teams"]["peer"].update(suite=2)),
        changed(lambda d: d["teams"]["peer"].update(epoch=0)),
        changed(lambda d: d["teams"]["peer"].update(pub=b64u(b"\x02" + PUB[1:]))),
        changed(lambda d: d["teams"]["peer"].update(members=[b64u(bytes(16))])),
        changed(lambda d: d["teams"]["peer"].update(members=[b64u(MARA.kid)] * 2)),
        changed(lambda d: d["staff"].append(d["staff"][0])),
        changed(lambda d: d["staff"][0].update(kid=b64u(bytes(16)))),
        changed(lambda d: d["staff"][0].update(roles=[])),
        changed(lambda d: d["staff"][0].update(roles=["root"])),
        changed(lambda d: d["staff"][0].update(roles=["peer", "peer"])),
        changed(lambda d: d["staff"][0]["profile"].pop("alias")),
        changed(lambda d: d["staff"][0]["profile"].update(alias="x" * 201)),
        changed(lambda d: d["staff"][0]["profile"].update(alias="\x1b[2J")),
        changed(lambda d: d["staff"][0]["profile"].update(line="\ud800")),
        changed(lambda d: d["staff"][0]["profile"].update(languages="en")),
    ],
)
def test_a_payload_that_breaks_a_rule_is_malformed(payload: bytes) -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        parse_directory(payload)


def test_what_a_pinned_root_signed_is_accepted() -> None:
    assert accept(sign(ROOT, PAYLOAD), ROOTS, INSTANCE, 7, NOW) == DIRECTORY
    assert accept(sign(ROOT, PAYLOAD), ROOTS, None, 0, NOW) == DIRECTORY


def test_one_signature_of_a_pinned_root_is_enough() -> None:
    other, ours = sign(OTHER_ROOT, PAYLOAD), sign(ROOT, PAYLOAD)
    assert accept(SignedDirectory(PAYLOAD, other.sigs + ours.sigs), ROOTS, INSTANCE, 0, NOW) == DIRECTORY


@pytest.mark.parametrize(
    "signed",
    [
        sign(OTHER_ROOT, PAYLOAD),
        SignedDirectory(PAYLOAD, ()),
        SignedDirectory(PAYLOAD, ((kid_of(point(ROOT)), sign(OTHER_ROOT, PAYLOAD).sigs[0][1]),)),
        SignedDirectory(PAYLOAD, ((kid_of(point(ROOT)), bytes(64)),)),
        SignedDirectory(PAYLOAD + b" ", sign(ROOT, PAYLOAD).sigs),
    ],
    ids=["unpinned", "none", "another's under its name", "zeros", "changed payload"],
)
def test_what_no_pinned_root_signed_is_dir_signature(signed: SignedDirectory) -> None:
    with pytest.raises(WireError, match=r"^dir_signature$"):
        accept(signed, ROOTS, INSTANCE, 0, NOW)


def test_another_instance_is_dir_signature() -> None:
    with pytest.raises(WireError, match=r"^dir_signature$"):
        accept(sign(ROOT, PAYLOAD), ROOTS, b"j" * 16, 0, NOW)


def test_a_directory_is_taken_for_a_day_after_its_end_and_no_longer() -> None:
    end = DIRECTORY.expires + SLACK
    assert accept(sign(ROOT, PAYLOAD), ROOTS, INSTANCE, 0, end) == DIRECTORY
    with pytest.raises(WireError, match=r"^dir_expired$"):
        accept(sign(ROOT, PAYLOAD), ROOTS, INSTANCE, 0, end + 1)


def test_a_serial_below_the_last_seen_is_dir_rollback() -> None:
    with pytest.raises(WireError, match=r"^dir_rollback$"):
        accept(sign(ROOT, PAYLOAD), ROOTS, INSTANCE, 8, NOW)


def test_a_signed_payload_that_does_not_parse_is_malformed() -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        accept(sign(ROOT, b"{}"), ROOTS, INSTANCE, 0, NOW)


def test_a_signed_directory_survives_json() -> None:
    signed = sign(ROOT, PAYLOAD)
    assert SignedDirectory.from_json(json.loads(json.dumps(signed.to_json()))) == signed


@pytest.mark.parametrize(
    "change",
    [
        {"payload": None},
        {"payload": "A" * (MAX_PAYLOAD * 4 // 3 + 5)},
        {"sigs": {}},
        {"sigs": [{"kid": "AAAA", "sig": "AAAA"}]},
        {"sigs": [{}] * 17},
        {"more": 1},
    ],
)
def test_a_signed_directory_of_another_shape_is_malformed(change: dict[str, Any]) -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        SignedDirectory.from_json(sign(ROOT, PAYLOAD).to_json() | change)


def test_a_signature_that_is_none_verifies_for_nothing() -> None:
    sig = sign(ROOT, PAYLOAD).sigs[0][1]
    assert verify_signature(point(ROOT), PAYLOAD, sig)
    assert not verify_signature(point(ROOT), PAYLOAD, sig[:-1])
    assert not verify_signature(point(ROOT), PAYLOAD, b"\xff" * 64)
    assert not verify_signature(b"\x04" + bytes(64), PAYLOAD, sig)
    assert not verify_signature(b"", PAYLOAD, sig)


def test_another_payload_has_another_hash() -> None:
    assert directory_hash(PAYLOAD) != directory_hash(replace(DIRECTORY, serial=8).to_payload())


def test_a_directory_prints_no_key_and_no_name() -> None:
    assert "Mara" not in repr(DIRECTORY.staff)
    assert repr(sign(ROOT, PAYLOAD)) == "SignedDirectory()"
