"""Lists of 2,048 words, by number, and words as people type them (docs/protocol.md, 3)."""

import unicodedata
from functools import cache
from importlib import resources

from app.wire.errors import WireError

LISTS = {1: "en", 2: "es"}
"""Language of each list by its number. Numbers are part of every code, so they never change."""

WORDS = 2048
BITS = 11
_ENOUGH = 4  # letters that tell every word of a list from the others
_MAX_TYPED = 500


@cache
def word_list(number: int) -> tuple[str, ...]:
    """The words of a list in the order of their indices. WireError("malformed") for an unknown number."""
    if number not in LISTS:
        raise WireError("malformed")
    file = resources.files("app.companion.words") / f"words.{LISTS[number]}.txt"
    return tuple(file.read_text("utf-8").split())


def typed_words(text: str) -> list[str]:
    """The words in what somebody typed: case, accents and whatever stands between the words are ignored.

    WireError("malformed") for more than 500 characters.
    """
    if len(text) > _MAX_TYPED:
        raise WireError("malformed")
    plain = [c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)]
    return "".join(c if c.isalpha() else " " for c in plain).split()


def find(number: int, words: list[str]) -> tuple[int, ...] | None:
    """The index of each word in a list, None where one is not in it. The first four letters are enough."""
    known = _by_opening(number)
    indices = []
    for word in words:
        index = known.get(word[:_ENOUGH])
        if index is None or not word_list(number)[index].startswith(word):
            return None
        indices.append(index)
    return tuple(indices)


@cache
def _by_opening(number: int) -> dict[str, int]:
    return {word[:_ENOUGH]: index for index, word in enumerate(word_list(number))}
