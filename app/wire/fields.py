"""Readers of JSON values that refuse instead of guessing: WireError("malformed") for anything else."""

import json
import unicodedata
from typing import Any

from app.wire.errors import WireError

MAX_INT = 2**53 - 1
"""The largest whole number that JavaScript reads exactly."""

MAX_U32 = 2**32 - 1


def load(data: bytes) -> object:
    """The JSON value in UTF-8 bytes: no key twice in an object, no NaN or Infinity."""
    try:
        return json.loads(data.decode(), object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise WireError("malformed") from None


def dump(value: object) -> bytes:
    """A JSON value as compact UTF-8."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except (ValueError, TypeError, RecursionError):
        raise WireError("malformed") from None


def mapping(value: object) -> dict[str, Any]:
    """An object."""
    if not isinstance(value, dict):
        raise WireError("malformed")
    return value


def array(value: object, most: int) -> list[Any]:
    """An array of at most `most` entries."""
    if not isinstance(value, list) or len(value) > most:
        raise WireError("malformed")
    return value


def whole(value: object, least: int, most: int) -> int:
    """A whole number from `least` to `most`; true and false are not numbers."""
    if type(value) is not int or not least <= value <= most:
        raise WireError("malformed")
    return value


def text(value: object, most: int) -> str:
    """Text of at most `most` characters. A lone surrogate has no UTF-8 form and is refused."""
    if not isinstance(value, str) or len(value) > most or any("\ud800" <= c <= "\udfff" for c in value):
        raise WireError("malformed")
    return value


def line(value: object, most: int) -> str:
    """Text without control characters: safe to print on a terminal, which would obey them."""
    if any(unicodedata.category(c) == "Cc" for c in text(value, most)):
        raise WireError("malformed")
    return text(value, most)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Readers differ in which of two they keep, so two of them could see different things under one signature.
    if len(dict(pairs)) != len(pairs):
        raise ValueError
    return dict(pairs)


def _no_constant(name: str) -> None:
    raise ValueError
