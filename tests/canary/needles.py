"""Looking for what must be nowhere: every way in which a secret may have been written down."""

import base64
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

SHORTEST = 8
"""Bytes below which a find may be chance."""

WORD = 8
"""Bytes that are compared at once."""


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
    needles = list(needles)
    patterns = {pattern for needle in needles for pattern in needle.forms.values()}
    there = {pattern for straw in hay for pattern in _likely(patterns, straw) if pattern in straw}
    return [
        f"{needle.name} as {form}"
        for needle in needles
        for form, pattern in needle.forms.items()
        if pattern in there
    ]


def _likely(patterns: Iterable[bytes], hay: bytes) -> Iterator[bytes]:
    """The patterns that `hay` can contain, after one look at it instead of one for each of them.

    Cut into words from its beginning, it has at least one whole word of whatever long pattern lies in it,
    wherever that lies. Shorter patterns are all likely.
    """
    words_of: dict[int, list[bytes]] = defaultdict(list)
    for pattern in patterns:
        if len(pattern) < 2 * WORD - 1:
            yield pattern
            continue
        for at in range(WORD):
            words_of[int.from_bytes(pattern[at : at + WORD], sys.byteorder)].append(pattern)
    whole = memoryview(hay)[: len(hay) // WORD * WORD].cast("Q")
    yield from {pattern for word in words_of.keys() & whole for pattern in words_of[word]}


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
