"""The generator's own WebSocket frames."""

import pytest

from tests.load.websocket import BINARY, PING, TEXT, BadFrame, pack, split


def from_server(kind: int, payload: bytes) -> bytes:
    length = len(payload)
    if length < 126:
        return bytes((kind, length)) + payload
    if length < 1 << 16:
        return bytes((kind, 126)) + length.to_bytes(2, "big") + payload
    return bytes((kind, 127)) + length.to_bytes(8, "big") + payload


def payloads(data: bytes) -> list[tuple[int, bytes]]:
    return [(kind, data[start : start + length]) for kind, start, length in split(data)[0]]


@pytest.mark.parametrize("length", [0, 1, 125, 126, 1_095, 65_535, 65_536])
def test_a_packed_frame_is_masked_with_zeros_and_says_its_length(length: int) -> None:
    payload = bytes(range(256)) * (length // 256 + 1)
    frame = pack(BINARY, payload[:length])
    assert frame[0] == BINARY
    assert frame[1] & 0x80
    head = {True: 2, length >= 126: 4, length >= 1 << 16: 10}[True]
    assert frame[head : head + 4] == bytes(4)
    assert frame[head + 4 :] == payload[:length]


@pytest.mark.parametrize("length", [0, 125, 126, 1_115, 65_535, 65_536])
def test_a_whole_frame_is_found_with_its_payload(length: int) -> None:
    data = from_server(BINARY, b"x" * length)
    assert payloads(data) == [(BINARY, b"x" * length)]
    assert split(data)[1] == len(data)


def test_frames_that_arrive_together_come_apart_in_order() -> None:
    data = from_server(BINARY, b"ack") + from_server(PING, b"") + from_server(TEXT, b"{}")
    assert payloads(data) == [(BINARY, b"ack"), (PING, b""), (TEXT, b"{}")]


@pytest.mark.parametrize("length", [3, 300, 70_000])
def test_a_frame_cut_anywhere_is_left_for_later(length: int) -> None:
    first, second = from_server(BINARY, b"first"), from_server(BINARY, b"y" * length)
    for cut in {*range(12), len(second) // 2, len(second) - 1}:
        if cut < len(second):
            frames, used = split(first + second[:cut])
            assert len(frames) == 1
            assert used == len(first)


@pytest.mark.parametrize("head", [b"\x02\x01", b"\x80\x01", b"\x82\x81", b"\xc2\x01", b"\x83\x00"])
def test_fragments_masks_and_unknown_kinds_are_refused(head: bytes) -> None:
    assert payloads(b"\x82\x01x") == [(BINARY, b"x")]
    with pytest.raises(BadFrame):
        split(head + b"x")
