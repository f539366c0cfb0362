"""Hostile bytes at every door of the wire end in WireError, and what is read is what was written."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.wire.directory import SignedDirectory, parse_directory
from app.wire.encoding import b64u, ctx, unb64u
from app.wire.errors import WireError
from app.wire.frames import Ack, Erase, Item, Send, parse, parse_from_browser
from app.wire.ids import RoomId, SeatId
from app.wire.pow import Challenge, check_solution
from app.wire.sizes import CT_SIZES

U16 = st.integers(0, 2**16 - 1)
U32 = st.integers(0, 2**32 - 1)
ROOMS = st.binary(min_size=16, max_size=16).map(RoomId)
SEATS = st.binary(min_size=16, max_size=16).map(SeatId)
COMS = st.binary(min_size=32, max_size=32)
CTS = st.builds(lambda byte, size: bytes([byte]) * size, st.integers(0, 255), st.sampled_from(CT_SIZES))
FRAMES = st.one_of(
    st.builds(Send, ROOMS, U16, U32, COMS, CTS),
    st.builds(Ack, ROOMS, U32, U32),
    st.builds(Item, ROOMS, U32, SEATS, U16, U32, COMS, CTS | st.just(b"")),
    st.builds(Erase, ROOMS, U32, U16, U32, COMS, CTS.filter(lambda ct: len(ct) == CT_SIZES[0])),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def refusal(read: Callable[[Any], object], value: object) -> str | None:
    """The code that reading ends in, None where it succeeds; any other exception is a failure."""
    try:
        read(value)
    except WireError as error:
        return error.code
    return None


@given(FRAMES)
def test_every_frame_parses_to_itself(frame: Send | Ack | Item | Erase) -> None:
    assert parse(frame.pack()) == frame


@given(
    st.binary(max_size=200)
    | st.builds(lambda kind, size: bytes([kind]) * size, U16.map(lambda n: n % 6), st.integers(0, 17_000))
)
def test_any_bytes_are_one_frame_or_malformed(data: bytes) -> None:
    for read in (parse, parse_from_browser):
        if refusal(read, data) != "malformed":
            assert read(data).pack() == data


@given(FRAMES, st.data())
def test_a_cut_or_lengthened_frame_is_never_the_frame_it_was(
    frame: Send | Ack | Item | Erase, data: st.DataObject
) -> None:
    packed = frame.pack()
    cut = data.draw(st.integers(0, len(packed) - 1))
    for other in (packed[:cut], packed + bytes(cut + 1)):
        assert refusal(parse, other) == "malformed" or parse(other) != frame


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_contexts_are_equal_only_where_their_parts_are(one: list[bytes], other: list[bytes]) -> None:
    assert (ctx("x", *one) == ctx("x", *other)) == (one == other)


@given(st.binary(max_size=100))
def test_bytes_survive_base64url(data: bytes) -> None:
    assert unb64u(b64u(data), len(data)) == data


@given(st.text(max_size=40) | st.text("AB-_=+/ ", max_size=9))
def test_any_text_is_canonical_base64url_or_malformed(text: str) -> None:
    if refusal(unb64u, text) != "malformed":
        assert b64u(unb64u(text)) == text


@pytest.mark.parametrize("read", [SignedDirectory.from_json, Challenge.from_json, unb64u])
@given(value=JSON)
def test_any_json_is_read_or_malformed(read: Callable[[Any], object], value: object) -> None:
    assert refusal(read, value) in (None, "malformed")


@given(st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_payload_is_a_directory_or_malformed(payload: bytes) -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        parse_directory(payload)


@given(st.lists(st.integers(), max_size=4))
def test_any_list_of_numbers_is_a_solution_or_none(solution: list[int]) -> None:
    challenge = Challenge(bytes(16), 1, 0, 2, 0, bytes(32))
    fits = len(solution) == 2 and all(0 <= counter < 2**32 for counter in solution)
    assert check_solution(challenge, solution) == fits
