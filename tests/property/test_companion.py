"""Hostile bytes at every door of the companion end in WireError, and what is read is what was written."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.companion.body import parse_body, text, write_body
from app.companion.box import box_open, box_seal
from app.companion.code import ReturnCode, read_code, read_numbers, vault_keys
from app.companion.envelope import Place, decrypt, encrypt
from app.companion.key_list import pack_keys, unpack_keys
from app.companion.keys import StaffKey
from app.companion.note import open_note
from app.companion.seals import open_flag, open_room, open_team_key, open_wrap
from app.companion.snapshot import Snapshot
from app.companion.staff import read_key_file, read_secret, secret_words
from app.companion.vault import open_journal
from app.wire.encoding import u32
from app.wire.errors import WireError
from app.wire.ids import CLIENT_SEAT, FlagId, RoomId, SeatId
from app.wire.sizes import BODY, CT_SIZES, SEAL, TEAM_KEY_SEAL

ROOM = RoomId(b"r" * 16)
KEY = b"k" * 32
STAFF = StaffKey.generate()
VAULT = vault_keys(KEY)
CODES = st.builds(ReturnCode, st.sampled_from([1, 2]), st.tuples(*[st.integers(0, 2047)] * 7))
PLACES = st.builds(
    Place,
    st.binary(min_size=16, max_size=16).map(RoomId),
    st.integers(1, 15),
    st.binary(min_size=16, max_size=16).map(SeatId),
    st.integers(1, 2**32 - 1),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["k", "t", "seen", "x", "op", "v"]) | st.text(max_size=8), inner, max_size=6
        )
    ),
    max_leaves=12,
)
TYPED = st.text(max_size=80) | st.text("0123456789 -", max_size=50)


def refusal(read: Callable[[Any], object], value: object) -> str | None:
    """The code that reading ends in, None where it succeeds; any other exception is a failure."""
    try:
        read(value)
    except WireError as error:
        return error.code
    return None


def of(*sizes: int) -> st.SearchStrategy[bytes]:
    """Bytes of any length, often of a length that passes the first check."""
    exact = st.builds(
        lambda seed, size: (seed * size)[:size], st.binary(min_size=1, max_size=64), st.sampled_from(sizes)
    )
    return exact | st.binary(max_size=200)


@pytest.mark.parametrize(
    "door",
    [
        parse_body,
        lambda data: box_open(KEY, "note", b"", b"\x01" + data),
        lambda data: open_journal(VAULT, 1, data),
        lambda data: open_journal(VAULT, 1, box_seal(VAULT.key, "vault", VAULT.id + u32(1), data)),
        lambda data: open_note(KEY, ROOM, 1, data),
        unpack_keys,
        lambda data: decrypt(KEY, Place(ROOM, 1, CLIENT_SEAT, 1), bytes(32), data),
        lambda data: open_room(STAFF, "seat-peer", ROOM, 1, data),
        lambda data: open_team_key(STAFF, "peer", 1, data),
        lambda data: open_flag(STAFF, FlagId(bytes(16)), ROOM, CLIENT_SEAT, data),
        lambda data: open_wrap(KEY, ROOM, 1, data),
        StaffKey.load,
    ],
    ids=[
        "body",
        "box",
        "journal",
        "inside of a journal",
        "note",
        "key list",
        "message",
        "room seal",
        "team key",
        "flag",
        "wrap",
        "staff key",
    ],
)
@given(data=of(512, 593, SEAL, TEAM_KEY_SEAL, 4177, *CT_SIZES))
def test_any_bytes_end_in_a_documented_error(door: Callable[[bytes], object], data: bytes) -> None:
    with pytest.raises(WireError):
        door(data)


@given(JSON)
def test_any_json_is_a_body_or_msg_format(value: object) -> None:
    assert refusal(parse_body, json.dumps(value).encode()) in (None, "msg_format")


@given(st.dictionaries(st.text(max_size=8), JSON, max_size=4))
def test_any_fields_beside_kind_time_and_seen_leave_a_body_that_can_be_judged(
    fields: dict[str, object],
) -> None:
    base = {"k": "ours", "t": 1, "seen": [0, "A" * 43]}
    parsed = parse_body(json.dumps(fields | base).replace("NaN", "0").replace("Infinity", "1").encode())
    assert parsed.kind == "ours"


@given(JSON)
def test_any_json_is_a_snapshot_or_malformed(value: object) -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        Snapshot.from_json(value)


@pytest.mark.parametrize("read", [read_code, read_numbers, read_secret, read_key_file])
@given(typed=TYPED)
def test_any_typed_text_is_read_or_malformed(read: Callable[[str], object], typed: str) -> None:
    assert refusal(read, typed) in (None, "malformed")


@given(CODES, st.sampled_from([" ", "-", "\n", ", ", " · "]), st.booleans())
def test_a_code_is_read_in_any_form_it_may_be_typed(code: ReturnCode, between: str, short: bool) -> None:
    assert code in read_code(between.join(word[:4].title() if short else word for word in code.words))
    assert read_code(code.numbers) == (code,)


@given(st.binary(min_size=16, max_size=16), st.sampled_from([1, 2]))
def test_a_secret_is_read_from_its_words(secret: bytes, number: int) -> None:
    assert read_secret(" ".join(secret_words(secret, number))) == secret


@given(st.dictionaries(st.integers(1, 15), st.binary(min_size=32, max_size=32), min_size=1, max_size=15))
def test_a_key_list_unpacks_to_itself(keys: dict[int, bytes]) -> None:
    assert unpack_keys(pack_keys(keys)) == keys


@given(PLACES, st.binary(max_size=64) | st.integers(0, BODY).map(bytes))
def test_a_message_opens_where_it_stands_only(place: Place, body: bytes) -> None:
    com, ct = encrypt(KEY, place, body)
    assert decrypt(KEY, place, com, ct).body == body
    with pytest.raises(WireError, match=r"^aead$"):
        decrypt(KEY, Place(place.room, place.ke, place.seat, place.n - 1), com, ct)


@given(st.binary(max_size=100), st.integers(0))
def test_a_box_with_any_flipped_bit_does_not_open(plaintext: bytes, where: int) -> None:
    blob = bytearray(box_seal(KEY, "note", b"", plaintext))
    assert box_open(KEY, "note", b"", bytes(blob)) == plaintext
    blob[where // 8 % len(blob)] ^= 1 << where % 8
    with pytest.raises(WireError):
        box_open(KEY, "note", b"", bytes(blob))


@given(st.text(max_size=200))
def test_any_words_that_can_be_written_are_read_again(words: str) -> None:
    parsed = parse_body(write_body(text(words), 1, (0, bytes(32))))
    assert parsed.fields["x"] == words
