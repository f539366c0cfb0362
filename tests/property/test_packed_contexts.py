"""The packed contexts on the path of every message are the ones of `ctx`, byte for byte."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from app.wire.encoding import ctx, u16, u32
from app.wire.ids import RoomId, SeatId
from app.wire.transcript import chain_next, header

ids = st.binary(min_size=16, max_size=16)
digests = st.binary(min_size=32, max_size=32)
numbers = st.integers(0, 2**32 - 1)


@given(ids, st.integers(0, 2**16 - 1), ids, numbers)
def test_a_header_is_its_context(room: bytes, ke: int, seat: bytes, n: int) -> None:
    assert header(RoomId(room), ke, SeatId(seat), n) == ctx("msg", room, u16(ke), seat, u32(n))


@given(digests, numbers, ids, numbers, digests)
def test_a_link_of_the_chain_is_the_hash_of_its_context(
    prev: bytes, seq: int, room: bytes, n: int, com: bytes
) -> None:
    h = header(RoomId(room), 1, SeatId(room), n)
    expected = hashlib.sha256(ctx("chain-next", prev, u32(seq), h) + com).digest()
    assert chain_next(prev, seq, h, com) == expected
