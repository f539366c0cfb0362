"""Boxes open for their key, label and context, and say which kind of wrong it was."""

import pytest

from app.companion.box import box_open, box_seal
from app.wire.errors import WireError
from app.wire.sizes import BOX_OVERHEAD

KEY = b"k" * 32
BLOB = box_seal(KEY, "note", b"room", b"words")


def test_a_box_opens_to_what_was_put_in() -> None:
    assert box_open(KEY, "note", b"room", BLOB) == b"words"
    assert len(BLOB) == BOX_OVERHEAD + len(b"words")


def test_the_same_words_make_another_box_each_time() -> None:
    assert box_seal(KEY, "note", b"room", b"words") != BLOB


@pytest.mark.parametrize(
    ("key", "label", "aad"), [(b"x" * 32, "note", b"room"), (KEY, "vault", b"room"), (KEY, "note", b"moor")]
)
def test_another_key_label_or_context_is_box_key(key: bytes, label: str, aad: bytes) -> None:
    with pytest.raises(WireError, match=r"^box_key$"):
        box_open(key, label, aad, BLOB)


def test_a_changed_ciphertext_is_aead() -> None:
    with pytest.raises(WireError, match=r"^aead$"):
        box_open(KEY, "note", b"room", BLOB[:-1] + bytes([BLOB[-1] ^ 1]))


@pytest.mark.parametrize(
    "blob",
    [b"", BLOB[: BOX_OVERHEAD - 1], b"\x02" + BLOB[1:]],
    ids=["empty", "too short", "another version"],
)
def test_a_blob_that_is_no_box_is_box_format(blob: bytes) -> None:
    with pytest.raises(WireError, match=r"^box_format$"):
        box_open(KEY, "note", b"room", blob)


def test_the_commitment_is_checked_before_anything_is_decrypted() -> None:
    broken = bytearray(BLOB)
    broken[33] ^= 1
    broken[-1] ^= 1
    with pytest.raises(WireError, match=r"^box_key$"):
        box_open(KEY, "note", b"room", bytes(broken))
