"""Envelopes: a message opens where it stands and nowhere else, and its body is the one committed to."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.companion import envelope
from app.companion.envelope import Place, decrypt, encrypt, verify_item
from app.wire.errors import WireError
from app.wire.ids import CLIENT_SEAT, RoomId, SeatId
from app.wire.sizes import BODY, CT_SIZES

KEY = b"k" * 32
PLACE = Place(RoomId(b"r" * 16), 1, CLIENT_SEAT, 4)
COM, CT = encrypt(KEY, PLACE, b"words")


def test_a_message_opens_where_it_stands() -> None:
    assert decrypt(KEY, PLACE, COM, CT).body == b"words"


@pytest.mark.parametrize(
    "place",
    [
        replace(PLACE, room=RoomId(b"s" * 16)),
        replace(PLACE, ke=2),
        replace(PLACE, seat=SeatId(b"s" * 16)),
        replace(PLACE, n=5),
    ],
)
def test_a_message_opens_nowhere_else(place: Place) -> None:
    with pytest.raises(WireError, match=r"^aead$"):
        decrypt(KEY, place, COM, CT)


def test_another_key_commitment_or_ciphertext_is_aead() -> None:
    com, ct = encrypt(KEY, PLACE, b"words")
    for key, commitment, ciphertext in ((b"x" * 32, COM, CT), (KEY, com, CT), (KEY, COM, ct)):
        with pytest.raises(WireError, match=r"^aead$"):
            decrypt(key, PLACE, commitment, ciphertext)


@pytest.mark.parametrize(("length", "size"), [(0, 0), (988, 0), (989, 1), (4060, 1), (4061, 2), (BODY, 2)])
def test_a_body_is_padded_to_one_of_three_sizes(length: int, size: int) -> None:
    com, ct = encrypt(KEY, PLACE, b"x" * length)
    assert len(ct) == CT_SIZES[size]
    assert decrypt(KEY, PLACE, com, ct).body == b"x" * length


def test_a_body_longer_than_the_largest_size_is_too_long() -> None:
    with pytest.raises(WireError, match=r"^too_long$"):
        encrypt(KEY, PLACE, bytes(BODY + 1))


@pytest.mark.parametrize(
    ("com", "ct"),
    [(COM, b""), (COM, CT[:-1]), (COM, CT + b"\x00"), (COM[:-1], CT), (b"", CT)],
    ids=["no ct", "short ct", "long ct", "short com", "no com"],
)
def test_another_length_is_msg_format(com: bytes, ct: bytes) -> None:
    with pytest.raises(WireError, match=r"^msg_format$"):
        decrypt(KEY, PLACE, com, ct)


def sealed(com: bytes, plaintext: bytes) -> bytes:
    """A ciphertext of any plaintext, as somebody who holds the key could make."""
    aes, nonce, bound = envelope._derive(KEY, PLACE, com)
    return AESGCM(aes).encrypt(nonce, plaintext.ljust(1024, b"\x00"), bound)


def test_padding_that_is_not_zero_is_msg_padding() -> None:
    kf = b"f" * 32
    com = envelope._commitment(kf, PLACE, b"ab")
    assert decrypt(KEY, PLACE, com, sealed(com, kf + b"\x00\x00\x00\x02ab")).body == b"ab"
    for rest in (b"\x00\x00\x00\x02abc", b"\xff\xff\xff\xffab"):
        with pytest.raises(WireError, match=r"^msg_padding$"):
            decrypt(KEY, PLACE, com, sealed(com, kf + rest))


def test_a_body_other_than_the_one_committed_to_is_bad_commitment() -> None:
    with pytest.raises(WireError, match=r"^bad_commitment$"):
        decrypt(KEY, PLACE, COM, sealed(COM, b"f" * 32 + b"\x00\x00\x00\x02ab"))


def test_a_disclosed_body_verifies_for_its_true_bytes_and_place_only() -> None:
    opened = decrypt(KEY, PLACE, COM, CT)
    assert verify_item(PLACE, COM, opened.kf, opened.body)
    assert not verify_item(PLACE, COM, opened.kf, b"worts")
    assert not verify_item(PLACE, COM, opened.kf[:-1], opened.body)
    assert not verify_item(PLACE, COM, b"f" * 32, opened.body)
    assert not verify_item(replace(PLACE, n=5), COM, opened.kf, opened.body)


def test_one_body_sent_twice_gives_two_commitments_and_two_ciphertexts() -> None:
    again = encrypt(KEY, PLACE, b"words")
    assert again[0] != COM
    assert again[1] != CT


def test_an_opened_message_does_not_print() -> None:
    for part in (decrypt(KEY, PLACE, COM, CT), PLACE):
        assert repr(part) == object.__repr__(part)
