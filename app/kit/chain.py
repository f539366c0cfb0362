"""Lists in which each entry's head is a hash over its words and the head before: whether they still are."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar


class Numbered(Protocol):
    """An entry of such a list; its number is among what is hashed."""

    @property
    def n(self) -> int:
        """Its number; they rise."""


E = TypeVar("E", bound=Numbered)


def first_break(
    chain: Sequence[tuple[E, bytes]], start: bytes, head_after: Callable[[bytes, E], bytes]
) -> int | None:
    """The number of the first entry that is not what was written; None where all are.

    What was cut off at the end, or written anew from some entry on, leaves no trace here: for that a head
    must be compared with one that was kept elsewhere.
    """
    head = start
    for entry, held in chain:
        head = head_after(head, entry)
        if held != head:
            return entry.n
    return None
