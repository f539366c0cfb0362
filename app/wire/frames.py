"""Binary message frames: fixed layouts, told apart by type byte and length (docs/protocol.md, 12).

The server checks lengths and passes the bytes on; nothing here looks inside a ciphertext.
"""

import struct
from dataclasses import dataclass
from typing import ClassVar

from app.wire.errors import WireError
from app.wire.ids import RoomId, SeatId
from app.wire.sizes import COM, CT_SIZES, ID, TAKE_BACK_CT

_SEND = struct.Struct(">B16sHI32s")
_ACK = struct.Struct(">B16sII")
_ITEM = struct.Struct(">B16sI16sHI32s")
_ERASE = struct.Struct(">B16sIHI32s")
_ERASED = 0

MAX_FRAME = _ITEM.size + CT_SIZES[-1]
"""The longest frame there is, in bytes."""


class _Redacted:
    """Contents do not print: a frame's repr shows its kind and its ciphertext's length."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {len(getattr(self, 'ct', b''))}>"


@dataclass(frozen=True, slots=True, repr=False)
class Send(_Redacted):
    """A message on its way to the server. `ct` has one of the lengths CT_SIZES."""

    TYPE: ClassVar[int] = 1

    room: RoomId
    ke: int
    n: int
    com: bytes
    ct: bytes

    def pack(self) -> bytes:
        """The frame's bytes. WireError("malformed") where a field has a wrong length or range."""
        _check(self.room, self.com, self.ct, CT_SIZES)
        return _pack(_SEND, self.TYPE, self.room, self.ke, self.n, self.com) + self.ct


@dataclass(frozen=True, slots=True, repr=False)
class Ack(_Redacted):
    """The server's word that message `n` of this seat is on disk as number `seq` of the room."""

    TYPE: ClassVar[int] = 2

    room: RoomId
    n: int
    seq: int

    def pack(self) -> bytes:
        """The frame's bytes. WireError("malformed") where a field has a wrong length or range."""
        if len(self.room) != ID:
            raise WireError("malformed")
        return _pack(_ACK, self.TYPE, self.room, self.n, self.seq)


@dataclass(frozen=True, slots=True, repr=False)
class Item(_Redacted):
    """A message as the server hands it out; an empty `ct` means that it was erased."""

    TYPE: ClassVar[int] = 3

    room: RoomId
    seq: int
    seat: SeatId
    ke: int
    n: int
    com: bytes
    ct: bytes

    def pack(self) -> bytes:
        """The frame's bytes. WireError("malformed") where a field has a wrong length or range."""
        _check(self.room, self.com, self.ct, (_ERASED, *CT_SIZES))
        if len(self.seat) != ID:
            raise WireError("malformed")
        return _pack(_ITEM, self.TYPE, self.room, self.seq, self.seat, self.ke, self.n, self.com) + self.ct


@dataclass(frozen=True, slots=True, repr=False)
class Erase(_Redacted):
    """The client's take-back: `seq` names the row to empty, the rest is the message that says so."""

    TYPE: ClassVar[int] = 4

    room: RoomId
    seq: int
    ke: int
    n: int
    com: bytes
    ct: bytes

    def pack(self) -> bytes:
        """The frame's bytes. WireError("malformed") where a field has a wrong length or range."""
        _check(self.room, self.com, self.ct, (TAKE_BACK_CT,))
        return _pack(_ERASE, self.TYPE, self.room, self.seq, self.ke, self.n, self.com) + self.ct


def parse(data: bytes) -> Send | Ack | Item | Erase:
    """Any frame. WireError("malformed") for an unknown type byte or a length that its type does not have."""
    match data[:1]:
        case b"\x01" if len(data) - _SEND.size in CT_SIZES:
            _, room, ke, n, com = _SEND.unpack_from(data)
            return Send(room, ke, n, com, data[_SEND.size :])
        case b"\x02" if len(data) == _ACK.size:
            _, room, n, seq = _ACK.unpack_from(data)
            return Ack(room, n, seq)
        case b"\x03" if len(data) - _ITEM.size in (_ERASED, *CT_SIZES):
            _, room, seq, seat, ke, n, com = _ITEM.unpack_from(data)
            return Item(room, seq, seat, ke, n, com, data[_ITEM.size :])
        case b"\x04" if len(data) - _ERASE.size == TAKE_BACK_CT:
            _, room, seq, ke, n, com = _ERASE.unpack_from(data)
            return Erase(room, seq, ke, n, com, data[_ERASE.size :])
        case _:
            raise WireError("malformed")


def parse_from_browser(data: bytes) -> Send | Erase:
    """A frame that a browser may send. WireError("malformed") for any other."""
    frame = parse(data)
    if not isinstance(frame, Send | Erase):
        raise WireError("malformed")
    return frame


def _check(room: bytes, com: bytes, ct: bytes, ct_sizes: tuple[int, ...]) -> None:
    # struct pads or cuts a byte string of another length without a word.
    if len(room) != ID or len(com) != COM or len(ct) not in ct_sizes:
        raise WireError("malformed")


def _pack(layout: struct.Struct, *fields: int | bytes) -> bytes:
    try:
        return layout.pack(*fields)
    except struct.error:
        raise WireError("malformed") from None
