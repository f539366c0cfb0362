"""Staff keys: stored, loaded, and used to sign."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app.companion.keys import StaffKey, public_key, sign_directory
from app.wire.directory import verify_signature
from app.wire.errors import WireError
from app.wire.ids import kid_of

KEY = StaffKey.generate()


def pkcs8(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def test_a_stored_key_is_the_same_key() -> None:
    again = StaffKey.load(KEY.pkcs8)
    assert (again.pub, again.kid, again.pkcs8) == (KEY.pub, KEY.kid, KEY.pkcs8)
    assert len(KEY.pub) == 65
    assert KEY.kid == kid_of(KEY.pub)


def test_two_keys_are_never_the_same() -> None:
    assert StaffKey.generate().pub != KEY.pub


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x" * 138,
        KEY.pkcs8[:-1],
        pkcs8(ed25519.Ed25519PrivateKey.generate()),
        pkcs8(ec.generate_private_key(ec.SECP384R1())),
    ],
    ids=["empty", "of no form", "cut short", "another kind", "another curve"],
)
def test_anything_but_a_p256_key_is_malformed(data: bytes) -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        StaffKey.load(data)


def test_a_signed_directory_carries_a_signature_that_verifies() -> None:
    signed = sign_directory(KEY, b"payload")
    ((kid, sig),) = signed.sigs
    assert kid == KEY.kid
    assert verify_signature(KEY.pub, b"payload", sig)
    assert not verify_signature(KEY.pub, b"another", sig)
    assert not verify_signature(StaffKey.generate().pub, b"payload", sig)


def test_a_point_off_the_curve_is_malformed() -> None:
    public_key(KEY.pub)
    with pytest.raises(WireError, match=r"^malformed$"):
        public_key(b"\x04" + bytes(64))


def test_a_key_does_not_print() -> None:
    assert repr(KEY) == str(KEY) == "<StaffKey P-256>"
