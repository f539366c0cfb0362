"""Outgoing frames are what the `websockets` library makes of the same data, and what it reads back."""

import pytest
from websockets.frames import Frame, Opcode

from app.live import framing


@pytest.mark.parametrize("length", [0, 1, 25, 125, 126, 127, 1_115, 65_535, 65_536, 70_000])
def test_a_frame_is_byte_for_byte_the_librarys(length: int) -> None:
    data = b"x" * length
    assert framing.binary(data) == Frame(Opcode.BINARY, data).serialize(mask=False)
    assert framing.text("x" * length) == Frame(Opcode.TEXT, data).serialize(mask=False)


def test_text_is_counted_in_bytes_not_in_letters() -> None:
    assert framing.text("ñ") == Frame(Opcode.TEXT, "ñ".encode()).serialize(mask=False)
