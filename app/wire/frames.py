"""Binary message frames: fixed layouts, told apart by type byte and length (docs/protocol.md, 12).

The server checks lengths and passes the bytes on; nothing here looks inside a ciphertext.
"""

import struct
from typing import NamedTuple

from app.wire.errors import WireError
from app.wire.ids import RoomId, SeatId
from app.wire.sizes import COM, CT_SIZES, ID, TAKE_BACK_CT

_SEND = struct.Struct(">B16sHI32s")
_ACK = struct.Struct(">B16sII")
_ITEM = struct.Struct(">B16sI16sHI32s")
_ERASE = struct.Struct(">B16sIHI32s")
_ERASED = 0

SEND, ACK, ITEM, ERASE = 1, 2, 3, 4
"""The type bytes."""

MAX_FRAME = _ITEM.size + CT_SIZES[-1]
"""The longest frame there is, in bytes."""


class Send(NamedTuple):
    """A message on its way to the server. `ct` has one of the lengths CT_SIZES."""

    room: RoomId
    ke: int
    n: int
    com: bytes
    ct: bytes

    def __repr__(self) -> str:
        return _redacted(self)

    def pack(self) -> bytes:
        """The frame's bytes. WireError("malformed") where a field has a wrong length or range."""
        _check(self.room, self.com, self.ct, CT_SIZES)
        return _pack(_SEND, SEND, self.room, self.ke, self.n, self.com) + self.ct


class Ack(NamedTuple):
    """The server's word that message `n` of this seat is on disk as number `seq` of the room."""

    room: RoomId
    n: int
    seq: int

    def __repr__(self) -> str:
        return _redacted(self)

    def pack(self) -> bytes:
        """The frame's bytes. WireError("malformed") where a field has a wrong length or range."""
        if len(self.room) != ID:
            raise WireError("malformed")
        return _pack(_ACK, ACK, self.room, self.n, self.seq)


class Item(NamedTuple):
    """A message as the server hands it out; an empty `ct` means that it was erased."""

    room: RoomId
    seq: int
    seat: SeatId
    ke: int
    n: int
    com: bytes
    ct: bytes

    def __repr__(self) -> str:
        return _redacted(self)

    def pack(self) -> bytes:
        """The frame's bytes. WireError("malformed") where a field has a wrong length or range."""
        _check(self.room, self.com, self.ct, (_ERASED, *CT_SIZES))
        if len(self.seat) != ID:
            raise WireError("malformed")
        return _pack(_ITEM, ITEM, self.room, self.seq, self.seat, self.ke, self.n, self.com) + self.ct


class Erase(NamedTuple):
    """The client's take-back: `seq` names the row to empty, the rest is the message that says so."""

    room: RoomId
    seq: int
    ke: int
    n: int
    com: bytes
    ct: bytes

    def __repr__(self) -> str:
        return _redacted(self)

    def pack(self) -> bytes:
        """The frame's bytes. WireError("malformed") where a field has a wrong length or range."""
        _check(self.room, self.com, self.ct, (TAKE_BACK_CT,))
        return _pack(_ERASE, ERASE, self.room, self.seq, self.ke, self.n, self.com) + self.ct


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
    # A tuple: a union would be made anew for each frame.
    if not isinstance(frame, (Send, Erase)):
        raise WireError("malformed")
    return frame


def _redacted(frame: Send | Ack | Item | Erase) -> str:
    """Contents do not print: a frame's repr shows its kind and its ciphertext's length."""
    return f"<{type(frame).__name__} {len(getattr(frame, 'ct', b''))}>"


def _check(room: bytes, com: bytes, ct: bytes, ct_sizes: tuple[int, ...]) -> None:
    # struct pads or cuts a byte string of another length without a word.
    if len(room) != ID or len(com) != COM or len(ct) not in ct_sizes:
        raise WireError("malformed")


def _pack(layout: struct.Struct, *fields: int | bytes) -> bytes:
    try:
        return layout.pack(*fields)
    except struct.error:
        raise WireError("malformed") from None
