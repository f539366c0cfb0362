"""A pass is a claim under one key, for one audience, for ten minutes."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.conversations.admission.passes import read_pass
from app.conversations.errors import PassExpired, Unknown
from app.wire.encoding import b64u
from tests.builders import NOW, pass_claims, sign_pass
from tests.cast import INSTANCE, Cast

signing = Ed25519PrivateKey.generate()
mara = Cast().mara


def token(**claims: Any) -> str:
    return sign_pass(signing, pass_claims(mara, NOW, **claims))


def forged(header: dict[str, str], mac_key: bytes | None = None) -> str:
    """The good claims under another header, with an HMAC or no signature at all."""

    def part(data: bytes) -> bytes:
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    signed = part(json.dumps(header).encode()) + b"." + part(json.dumps(pass_claims(mara, NOW)).encode())
    mac = b"" if mac_key is None else hmac.new(mac_key, signed, hashlib.sha256).digest()
    return (signed + b"." + part(mac)).decode()


def test_a_good_pass_says_who_in_which_role_with_which_limit() -> None:
    found = read_pass(token(limit=3, languages=["en", "spa"]), signing.public_key(), NOW)
    caller = found.caller
    assert found.instance == INSTANCE
    assert (caller.kid, caller.role, caller.limit) == (mara.kid, "peer", 3)
    assert (caller.languages, caller.expires) == (("en", "spa"), NOW + 600)


def test_a_pass_is_over_at_its_end_and_not_before() -> None:
    assert read_pass(token(), signing.public_key(), NOW + 599).caller.kid == mara.kid
    with pytest.raises(PassExpired):
        read_pass(token(), signing.public_key(), NOW + 600)


def test_a_forged_pass_is_unknown_even_when_it_looks_expired() -> None:
    other = Ed25519PrivateKey.generate()
    for expires in (NOW + 600, NOW - 1):
        with pytest.raises(Unknown):
            read_pass(sign_pass(other, pass_claims(mara, NOW, exp=expires)), signing.public_key(), NOW)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "identity"},
        {"aud": None},
        {"exp": None},
        {"exp": NOW + 3_600},
        {"exp": str(NOW + 600)},
        {"kid": None},
        {"kid": b64u(bytes(15))},
        {"kid": b64u(bytes(16)) + "=="},
        {"instance": None},
        {"instance": 7},
        {"role": None},
        {"role": "client"},
        {"role": ["peer"]},
        {"limit": None},
        {"limit": -1},
        {"limit": 10_000},
        {"limit": True},
        {"languages": None},
        {"languages": "en"},
        {"languages": ["english"]},
        {"languages": ["en"] * 9},
    ],
    ids=str,
)
def test_a_pass_with_another_claim_is_unknown(claims: dict[str, Any]) -> None:
    with pytest.raises(Unknown):
        read_pass(token(**claims), signing.public_key(), NOW)


def test_the_algorithm_is_fixed() -> None:
    public = signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    pem = signing.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for bad in (
        forged({"alg": "none"}),
        forged({"alg": "None", "typ": "JWT"}),
        forged({"alg": "HS256"}, public),
        forged({"alg": "HS256"}, pem),
        forged({"alg": "EdDSA"}),
    ):
        with pytest.raises(Unknown):
            read_pass(bad, signing.public_key(), NOW)


@pytest.mark.parametrize("text", ["", ".", "..", "a.b.c", "é" * 50, "x" * 100_000])
def test_what_is_no_token_is_unknown(text: str) -> None:
    with pytest.raises(Unknown):
        read_pass(text, signing.public_key(), NOW)


def test_nothing_of_a_pass_prints() -> None:
    shown = repr(read_pass(token(), signing.public_key(), NOW))
    for secret in (mara.kid, INSTANCE):
        assert repr(secret) not in shown
        assert b64u(secret) not in shown
