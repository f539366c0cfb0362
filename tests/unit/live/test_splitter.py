"""What is taken of the incoming bytes without the library is what the library would have made of them."""

import pytest
from websockets.frames import Frame, Opcode

from app.live.framing import Splitter

LONGEST = 20_000


def sent(opcode: Opcode, data: bytes, *, fin: bool = True) -> bytes:
    """A frame as a browser sends it."""
    return Frame(opcode, data, fin).serialize(mask=True)


@pytest.mark.parametrize("length", [0, 1, 25, 125, 126, 127, 1_095, LONGEST])
def test_a_whole_plain_frame_is_unmasked(length: int) -> None:
    data = bytes(n % 251 for n in range(length))
    frame = sent(Opcode.BINARY, data)
    assert Splitter(LONGEST).plain(b"before" + frame + b"behind", 6) == (data, 6 + len(frame))


OTHERS = {
    "text": sent(Opcode.TEXT, b"text"),
    "a first fragment": sent(Opcode.BINARY, b"in part", fin=False),
    "a last fragment": sent(Opcode.CONT, b"the rest"),
    "a ping": sent(Opcode.PING, b""),
    "a close": sent(Opcode.CLOSE, b"\x03\xe8"),
    "too long for us": sent(Opcode.BINARY, b"x" * (LONGEST + 1)),
    "long in eight bytes": sent(Opcode.BINARY, b"x" * 70_000),
    "not masked": Frame(Opcode.BINARY, b"no mask").serialize(mask=False),
    "a reserved bit": b"\xc2" + sent(Opcode.BINARY, b"a reserved bit")[1:],
    "a length that is too long": b"\x82\xfe\x00\x05" + bytes(4) + b"short",
    "not all of it": sent(Opcode.BINARY, b"not all of it")[:-1],
    "three bytes": sent(Opcode.BINARY, b"x" * 200)[:3],
    "one byte": b"\x82",
}


@pytest.mark.parametrize("which", OTHERS)
def test_every_other_frame_is_left_to_the_library_to_its_last_byte(which: str) -> None:
    splitter, frame = Splitter(LONGEST), OTHERS[which]
    assert splitter.plain(frame, 0) == (None, 0)
    assert splitter.other(frame, 0) == len(frame)


def test_behind_a_frame_that_came_byte_by_byte_the_next_one_is_taken() -> None:
    splitter = Splitter(LONGEST)
    for byte in sent(Opcode.BINARY, b"x" * 300):
        assert splitter.plain(bytes([byte]), 0) == (None, 0)
        assert splitter.other(bytes([byte]), 0) == 1
    frame = sent(Opcode.BINARY, b"next")
    assert splitter.plain(frame, 0) == (b"next", len(frame))


def test_between_the_fragments_of_a_message_nothing_is_taken_and_behind_them_again() -> None:
    splitter = Splitter(LONGEST)
    plain = sent(Opcode.BINARY, b"plain")
    for opcode, fin, taken in (
        (Opcode.TEXT, False, None),
        (Opcode.PING, True, None),
        (Opcode.CONT, False, None),
        (Opcode.CONT, True, b"plain"),
    ):
        part = sent(opcode, b"part", fin=fin)
        assert splitter.other(part, 0) == len(part)
        assert splitter.plain(plain, 0)[0] == taken
