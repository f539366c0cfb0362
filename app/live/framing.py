"""Outgoing WebSocket frames (RFC 6455, 5.2): whole, unmasked, uncompressed.

A frame is made once and its bytes are handed to every receiver. Incoming frames, where there is
something to get wrong, are parsed by the `websockets` library.
"""

import struct

_SHORT = struct.Struct(">BB")
_MEDIUM = struct.Struct(">BBH")
_LONG = struct.Struct(">BBQ")
_FINAL_TEXT = 0x81
_FINAL_BINARY = 0x82


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
