"""Notation: what is injective, what is canonical, what is refused."""

import pytest

from app.wire.encoding import b64u, ctx, lp, u8, u16, u32, unb64u
from app.wire.errors import WireError


def test_integers_are_big_endian() -> None:
    assert (u8(1), u16(258), u32(16909060)) == (b"\x01", b"\x01\x02", b"\x01\x02\x03\x04")


def test_an_integer_that_does_not_fit_is_never_cut() -> None:
    for write, most in ((u8, 255), (u16, 65535), (u32, 2**32 - 1)):
        assert set(write(most)) == {255}
        with pytest.raises(OverflowError):
            write(most + 1)
        with pytest.raises(OverflowError):
            write(-1)


def test_a_context_is_its_label_and_its_parts_with_lengths() -> None:
    assert ctx("kid", b"ab", b"") == b"beside/1 kid\x00\x00\x02ab\x00\x00"


def test_two_splits_of_the_same_bytes_are_two_contexts() -> None:
    assert ctx("x", b"ab", b"c") != ctx("x", b"a", b"bc")


def test_a_part_longer_than_its_length_field_is_refused() -> None:
    assert len(lp(bytes(65535))) == 65537
    with pytest.raises(OverflowError):
        lp(bytes(65536))


def test_bytes_survive_base64url() -> None:
    data = bytes(range(256))
    assert unb64u(b64u(data), 256) == data
    assert unb64u("") == b""


@pytest.mark.parametrize(
    "text",
    ["A", "AA==", "AB", "AAB", "+/AA", "AA A", "AAAA\n", "ÄAAA", None, 7, ["AAAA"], b"AAAA"],
    ids=repr,
)
def test_anything_but_canonical_base64url_is_malformed(text: object) -> None:
    assert unb64u("AAAA") == bytes(3)
    with pytest.raises(WireError, match=r"^malformed$"):
        unb64u(text)


def test_bytes_of_another_length_are_malformed() -> None:
    assert unb64u(b64u(bytes(16)), 16) == bytes(16)
    for length in (0, 15, 17):
        with pytest.raises(WireError, match=r"^malformed$"):
            unb64u(b64u(bytes(length)), 16)
