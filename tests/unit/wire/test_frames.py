"""Binary frames: exact bytes, exact lengths, and silence about what they hold."""

import pytest

from app.wire.errors import WireError
from app.wire.frames import MAX_FRAME, Ack, Erase, Item, Send, parse, parse_from_browser
from app.wire.ids import RoomId, SeatId
from app.wire.sizes import CT_SIZES

ROOM = RoomId(bytes(range(16)))
SEAT = SeatId(bytes(range(16, 32)))
COM = bytes(range(32, 64))
CT = b"c" * CT_SIZES[0]

SEND = Send(ROOM, 2, 7, COM, CT)
ACK = Ack(ROOM, 7, 9)
ITEM = Item(ROOM, 9, SEAT, 2, 7, COM, CT)
ERASE = Erase(ROOM, 5, 2, 7, COM, CT)
FRAMES = [SEND, ACK, ITEM, ERASE]


def test_each_frame_is_laid_out_as_the_protocol_says() -> None:
    ke, n, seq = b"\x00\x02", b"\x00\x00\x00\x07", b"\x00\x00\x00\x09"
    assert SEND.pack() == b"\x01" + ROOM + ke + n + COM + CT
    assert ACK.pack() == b"\x02" + ROOM + n + seq
    assert ITEM.pack() == b"\x03" + ROOM + seq + SEAT + ke + n + COM + CT
    assert ERASE.pack() == b"\x04" + ROOM + b"\x00\x00\x00\x05" + ke + n + COM + CT


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: type(frame).__name__)
def test_a_packed_frame_parses_to_itself(frame: Send | Ack | Item | Erase) -> None:
    assert parse(frame.pack()) == frame


@pytest.mark.parametrize("size", CT_SIZES)
def test_messages_come_in_three_sizes(size: int) -> None:
    assert parse(SEND._replace(ct=bytes(size)).pack()) == SEND._replace(ct=bytes(size))
    assert len(ITEM._replace(ct=bytes(size)).pack()) <= MAX_FRAME


def test_an_erased_item_is_empty_but_nothing_can_be_sent_empty() -> None:
    assert parse(ITEM._replace(ct=b"").pack()) == ITEM._replace(ct=b"")
    with pytest.raises(WireError, match=r"^malformed$"):
        SEND._replace(ct=b"").pack()
    with pytest.raises(WireError, match=r"^malformed$"):
        parse(SEND.pack()[: -len(CT)])


def test_a_take_back_has_the_smallest_size_only() -> None:
    longer = ERASE.pack() + bytes(CT_SIZES[1] - CT_SIZES[0])
    assert parse(ERASE.pack()) == ERASE
    with pytest.raises(WireError, match=r"^malformed$"):
        parse(longer)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: type(frame).__name__)
def test_a_frame_one_byte_longer_or_shorter_is_malformed(frame: Send | Ack | Item | Erase) -> None:
    data = frame.pack()
    for other in (data[:-1], data + b"\x00"):
        with pytest.raises(WireError, match=r"^malformed$"):
            parse(other)


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x05" + SEND.pack()[1:], bytes(1 << 20)])
def test_an_empty_huge_or_unknown_frame_is_malformed(data: bytes) -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        parse(data)


def test_a_browser_sends_messages_and_take_backs_only() -> None:
    assert parse_from_browser(SEND.pack()) == SEND
    assert parse_from_browser(ERASE.pack()) == ERASE
    for frame in (ACK, ITEM):
        with pytest.raises(WireError, match=r"^malformed$"):
            parse_from_browser(frame.pack())


@pytest.mark.parametrize(
    "frame",
    [
        SEND._replace(room=RoomId(bytes(15))),
        SEND._replace(com=bytes(33)),
        SEND._replace(ke=-1),
        SEND._replace(ke=65536),
        SEND._replace(n=2**32),
        ACK._replace(room=RoomId(bytes(17))),
        ITEM._replace(seat=SeatId(bytes(15))),
        ITEM._replace(seq=2**32),
        ERASE._replace(ct=bytes(CT_SIZES[1])),
    ],
)
def test_a_field_that_does_not_fit_is_never_cut_or_padded(frame: Send | Ack | Item | Erase) -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        frame.pack()


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: type(frame).__name__)
def test_a_frame_prints_its_kind_and_length_only(frame: Send | Ack | Item | Erase) -> None:
    length = 0 if isinstance(frame, Ack) else len(CT)
    assert repr(frame) == str(frame) == f"<{type(frame).__name__} {length}>"
