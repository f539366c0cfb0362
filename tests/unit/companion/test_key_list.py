"""Key lists: one size, one meaning."""

import pytest

from app.companion.key_list import pack_keys, rekey_hash, unpack_keys
from app.wire.errors import WireError
from app.wire.ids import RoomId

KEYS = {epoch: bytes([epoch]) * 32 for epoch in range(1, 16)}
ROOM = RoomId(b"r" * 16)


@pytest.mark.parametrize("count", [1, 2, 15])
def test_a_list_of_any_count_has_one_size_and_unpacks_to_itself(count: int) -> None:
    keys = dict(list(KEYS.items())[:count])
    assert len(pack_keys(keys)) == 512
    assert unpack_keys(pack_keys(keys)) == keys


@pytest.mark.parametrize(
    "keys", [{}, {0: bytes(32)}, {16: bytes(32)}, {1: bytes(31)}, {**KEYS, 16: bytes(32)}]
)
def test_a_list_that_cannot_be_packed_is_keys_format(keys: dict[int, bytes]) -> None:
    with pytest.raises(WireError, match=r"^keys_format$"):
        pack_keys(keys)


ONE = pack_keys({1: bytes(32)})
TWO = pack_keys({1: bytes(32), 2: bytes(32)})


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        ONE[:-1],
        ONE + b"\x00",
        b"\x00" + ONE[1:],
        b"\x10" + ONE[1:],
        b"\x02" + ONE[1:],
        ONE[:-1] + b"\x01",
        b"\x01" + TWO[1:],
        TWO[:36] + b"\x01" + TWO[37:],
    ],
    ids=[
        "empty",
        "short",
        "long",
        "none",
        "sixteen",
        "epoch 0",
        "padding",
        "hidden second",
        "an epoch twice",
    ],
)
def test_a_list_that_breaks_a_rule_is_keys_format(packed: bytes) -> None:
    with pytest.raises(WireError, match=r"^keys_format$"):
        unpack_keys(packed)


def test_the_hash_of_a_next_key_is_bound_to_room_and_epoch() -> None:
    ours = rekey_hash(ROOM, 2, bytes(32))
    others = {
        rekey_hash(RoomId(b"s" * 16), 2, bytes(32)),
        rekey_hash(ROOM, 3, bytes(32)),
        rekey_hash(ROOM, 2, b"k" * 32),
    }
    assert len(others | {ours}) == 4
