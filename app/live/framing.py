"""WebSocket frames by hand (RFC 6455, 5.2), where there is nothing to get wrong.

Outgoing ones are whole, unmasked and uncompressed: made once, their bytes are handed to every receiver.
Of incoming ones the plainest alone are unpacked here; for the others the bytes are counted, so that it is
known where the next frame begins, and given to the `websockets` library.
"""

import struct

try:
    from websockets.speedups import apply_mask
except ImportError:  # where the library came without its compiled part
    from websockets.utils import apply_mask

_SHORT = struct.Struct(">BB")
_MEDIUM = struct.Struct(">BBH")
_LONG = struct.Struct(">BBQ")
_FINAL = 0x80
_FINAL_TEXT = 0x81
_FINAL_BINARY = 0x82
_OPCODE = 0x0F
_CONTROL = 0x08
_MASKED = 0x80
_MASK = 4
_LONGEST_HEAD = 14


def binary(data: bytes) -> bytes:
    """A message frame on the line."""
    return _head(_FINAL_BINARY, len(data)) + data


def text(data: str) -> bytes:
    """A control frame of ours (JSON) on the line."""
    payload = data.encode()
    return _head(_FINAL_TEXT, len(payload)) + payload


def _head(first: int, length: int) -> bytes:
    if length < 126:
        return _SHORT.pack(first, length)
    if length < 1 << 16:
        return _MEDIUM.pack(first, 126, length)
    return _LONG.pack(first, 127, length)


class Splitter:
    """Follows where frames begin in what a browser sends, from the first byte behind the handshake.

    For each position call `plain`, and where that takes nothing, `other`.
    """

    __slots__ = ("_begun", "_in_fragments", "_longest", "_owed")

    def __init__(self, longest: int) -> None:
        self._longest = longest
        """Bytes of the longest payload that is taken here."""
        self._owed = 0
        """Bytes that the present frame still lacks."""
        self._begun = b""
        """The header of the present frame, as far as it came."""
        self._in_fragments = False
        """Whether a message came in part, so that its next fragment is due and no other message."""

    def plain(self, data: bytes, at: int) -> tuple[bytes | None, int]:
        """The payload of the frame at `at`, and where it ends; None unless it is whole, binary, final, masked
        and has its length in the shortest form."""
        if self._owed or self._begun or self._in_fragments:
            return None, at
        have = len(data) - at
        if have < 2 + _MASK or data[at] != _FINAL_BINARY:
            return None, at
        length = data[at + 1] - _MASKED
        start = at + 2 + _MASK
        if length == 126:
            length = data[at + 2] << 8 | data[at + 3]
            start += 2
            if length < 126:
                return None, at
        elif not 0 <= length < 126:
            return None, at
        end = start + length
        if end > len(data) or length > self._longest:
            return None, at
        return apply_mask(data[start:end], data[start - _MASK : start]), end

    def other(self, data: bytes, at: int) -> int:
        """Where the present frame ends, or what there is of it."""
        if not self._owed:
            header = self._begun + data[at : at + _LONGEST_HEAD - len(self._begun)]
            length = _frame_length(header)
            if length is None:
                self._begun = header
                return len(data)
            if not header[0] & _CONTROL:
                self._in_fragments = not header[0] & _FINAL
            self._owed = length - len(self._begun)
            self._begun = b""
        end = min(at + self._owed, len(data))
        self._owed -= end - at
        return end


def _frame_length(header: bytes) -> int | None:
    """Bytes of a whole frame that begins so; None where too little of its header is here."""
    if len(header) < 2:
        return None
    mask = _MASK if header[1] & _MASKED else 0
    length = header[1] & ~_MASKED
    if length < 126:
        return 2 + mask + length
    if length == 126:
        return None if len(header) < 4 else 4 + mask + int.from_bytes(header[2:4], "big")
    return None if len(header) < 10 else 10 + mask + int.from_bytes(header[2:10], "big")
