"""The return code and what is derived from it: root secret, rooms' slots, vault (docs/protocol.md, 3)."""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass

from app.companion.derive import ITERATIONS, hkdf
from app.companion.word_list import LISTS, WORDS, find, typed_words, word_list
from app.wire.encoding import ctx, u8, u16
from app.wire.errors import WireError
from app.wire.ids import RoomId
from app.wire.sizes import ID, KEY

LENGTH = 7
"""Words in a code."""

SLOTS = 8
"""Candidate rooms a month."""

_GROUP = 4
_MAX_TYPED = 100
_BETWEEN_DIGITS = " \t\n\r.,;:-–—_/"


@dataclass(frozen=True, slots=True, repr=False)
class ReturnCode:
    """Seven words of one list: the list's number and seven indices (0..2047)."""

    list: int
    indices: tuple[int, ...]

    def __post_init__(self) -> None:
        if (
            not 0 <= self.list <= 255
            or len(self.indices) != LENGTH
            or not all(0 <= index < WORDS for index in self.indices)
        ):
            raise WireError("malformed")

    @property
    def words(self) -> tuple[str, ...]:
        """The seven words. WireError("malformed") where this program does not have the list."""
        return tuple(word_list(self.list)[index] for index in self.indices)

    @property
    def numbers(self) -> str:
        """Eight groups of four digits: the list, then the indices."""
        return " ".join(f"{number:04}" for number in (self.list, *self.indices))

    @property
    def data(self) -> bytes:
        """What the root secret is derived from: u8 list, seven u16 indices."""
        return u8(self.list) + b"".join(map(u16, self.indices))


@dataclass(frozen=True, slots=True, repr=False)
class Slot:
    """One candidate room of a month: its id, what proves the seat, and the key of the client's own wrap."""

    room: RoomId
    secret: bytes
    wrap_key: bytes


@dataclass(frozen=True, slots=True, repr=False)
class VaultKeys:
    """A journal's id (16 bytes), what proves the right to it and what opens it (32 bytes each)."""

    id: bytes
    token: bytes
    key: bytes


def make_code(number: int) -> ReturnCode:
    """A fresh code of list `number`; every index is equally likely."""
    word_list(number)
    return ReturnCode(number, tuple(secrets.randbelow(WORDS) for _ in range(LENGTH)))


def read_code(text: str) -> tuple[ReturnCode, ...]:
    """Every code that typed words or numbers may mean: more than one where the words fit several lists.

    WireError("malformed") where it is none, before anything is computed.
    """
    return (read_numbers(text),) if any(c.isdecimal() for c in text) else read_words(text)


def read_words(text: str) -> tuple[ReturnCode, ...]:
    """The codes that seven typed words may mean, one for each list that has them all.

    Case, accents and separators are ignored, the first four letters of a word are enough.
    WireError("malformed") for another number of words or one that is in no list.
    """
    words = typed_words(text)
    found = [(number, find(number, words)) for number in LISTS]
    codes = tuple(
        ReturnCode(number, indices) for number, indices in found if indices and len(words) == LENGTH
    )
    if not codes:
        raise WireError("malformed")
    return codes


def read_numbers(text: str) -> ReturnCode:
    """The code in eight groups of four digits, with or without blanks, points or dashes between them.

    WireError("malformed") for any other character, another number of digits, an unknown list or index.
    """
    if len(text) > _MAX_TYPED:
        raise WireError("malformed")
    digits = unicodedata.normalize("NFKC", text).translate(dict.fromkeys(map(ord, _BETWEEN_DIGITS)))
    if not (digits.isascii() and digits.isdecimal()) or len(digits) != (1 + LENGTH) * _GROUP:
        raise WireError("malformed")
    number, *indices = (int(digits[at : at + _GROUP]) for at in range(0, len(digits), _GROUP))
    if number not in LISTS:
        raise WireError("malformed")
    return ReturnCode(number, tuple(indices))


def code_root(code: ReturnCode, instance: bytes, iterations: int = ITERATIONS) -> bytes:
    """The root secret (32 bytes) behind a code at the service `instance` (16 bytes). Slow on purpose."""
    return hashlib.pbkdf2_hmac("sha256", code.data, ctx("return-code", instance), iterations)


def slot(root: bytes, month: int, k: int) -> Slot:
    """Candidate `k` (0..7) of `month` (since January 2020, by the server's clock)."""
    out = hkdf(root, ctx("slot", u16(month), u8(k)), ID + 2 * KEY)
    return Slot(RoomId(out[:ID]), out[ID : ID + KEY], out[ID + KEY :])


def vault_keys(root: bytes) -> VaultKeys:
    """The journal's id and keys; they lead to no room, nor a room to them."""
    out = hkdf(root, ctx("vault"), ID + 2 * KEY)
    return VaultKeys(out[:ID], out[ID : ID + KEY], out[ID + KEY :])
