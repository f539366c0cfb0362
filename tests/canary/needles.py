"""Looking for what must be nowhere: every way in which a secret may have been written down."""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

SHORTEST = 8
"""Bytes below which a find may be chance."""


@dataclass(frozen=True)
class Needle:
    """A secret as it is: text as UTF-8, anything else as its bytes.

    The name says whose and what, never the value.
    """

    name: str
    data: bytes

    @cached_property
    def forms(self) -> dict[str, bytes]:
        """By the name of the form, what to look for."""
        return {form: pattern for form, pattern in _forms(self.data) if len(pattern) >= SHORTEST}

    def __repr__(self) -> str:
        return f"<Needle {self.name}>"


def words(name: str, text: str) -> Needle:
    """A secret that somebody typed or read."""
    return Needle(name, text.encode())


def found(needles: Iterable[Needle], *hay: bytes) -> list[str]:
    """Each secret that is in any of these bytes, with the form it is in."""

    @cache
    def is_there(pattern: bytes) -> bool:
        return any(pattern in straw for straw in hay)

    return [
        f"{needle.name} as {form}"
        for needle in needles
        for form, pattern in needle.forms.items()
        if is_there(pattern)
    ]


def base64_at(data: bytes, offset: int, alphabet: bytes = b"+/") -> bytes:
    """The part of base64 that these bytes alone decide, where `offset` (0..2) others stand before them."""
    text = base64.b64encode(bytes(offset) + data, alphabet).rstrip(b"=")
    return text[(0, 2, 3)[offset] : (offset + len(data)) * 8 // 6]


def _forms(data: bytes) -> Iterator[tuple[str, bytes]]:
    yield "raw", data
    yield "hex", data.hex().encode()
    yield "HEX", data.hex().upper().encode()
    for offset in range(3):
        yield f"base64 at {offset}", base64_at(data, offset)
        yield f"base64url at {offset}", base64_at(data, offset, b"-_")
    for order in ("utf-16-le", "utf-16-be"):
        texts = {"base64url": base64_at(data, 0, b"-_"), "hex": data.hex().encode()}
        if data.isascii():
            texts["text"] = data
        for form, text in texts.items():
            yield f"{order} of {form}", text.decode().encode(order)
