"""A program that tries to tell which rooms belong to one client, out of nothing but copies of the stores."""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from tests.canary.dumps import Dump, Row, as_bytes
from tests.canary.returns import SEED, Visit

CHUNK = 4
"""Bytes in common that are taken for a sign."""


@dataclass
class Seen:
    """What the copies show of one room."""

    row: Row
    at: dict[str, int]
    """By table, where its first row lies."""
    rows: dict[str, list[Row]] = field(default_factory=dict)

    @cached_property
    def words(self) -> list[Row]:
        return sorted(self.rows.get("messages", []), key=lambda row: int(row["seq"]))

    @cached_property
    def chunks(self) -> set[bytes]:
        """Pieces of every value with some chance in it."""
        values = [self.row["id"], self.row["secret_hash"], self.row["wrap"] or b""]
        values += [row["sealed"] for row in self.rows.get("seals", [])]
        values += [row[name] for row in self.words for name in ("com", "head")]
        return {bytes(value[i : i + CHUNK]) for value in values for i in range(len(value) - CHUNK + 1)}

    @property
    def peers(self) -> set[bytes]:
        return {row["kid"] for row in self.rows.get("seats", []) if row["kid"] is not None}


@dataclass(frozen=True)
class Question:
    """A room of a returning client, and two earlier ones of one day: which was theirs?

    `first`: the one named first.
    """

    room: bytes
    one: bytes
    other: bytes
    first: bool


class Linker:
    """Compares two rooms in every way it knows.

    What a likeness is worth it learns from rooms whose client it is told.
    """

    def __init__(self, identity: Dump, conversations: Dump) -> None:
        self.rooms = _seen(conversations)
        self._accounts = [as_bytes({name: [row]}) for name, rows in identity.items() for row in rows]
        self._worth: dict[str, Counter[int]] = defaultdict(Counter)

    def learn(self, questions: Sequence[Question]) -> None:
        """See on which side each likeness stands where the answer is known."""
        self._worth = defaultdict(Counter)
        for question in questions:
            for name, side in self._sides(question).items():
                self._worth[name][side if question.first else -side] += 1

    def guess(self, question: Question, chance: random.Random) -> bool:
        """Whether the one named first is the client's, as far as it can tell."""
        weight = 0.0
        for name, side in self._sides(question).items():
            seen = self._worth[name]
            weight += side * math.log((seen[1] + 1) / (seen[-1] + 1))
        return weight > 0 if weight else chance.random() < 0.5

    def _sides(self, question: Question) -> dict[str, int]:
        room, one, other = (self.rooms[each] for each in (question.room, question.one, question.other))
        sides = {}
        for name, alike in LIKENESS.items():
            a, b = alike(room, one), alike(room, other)
            sides[name] = (a > b) - (a < b)
        a, b = (self._together(question.room, each) for each in (question.one, question.other))
        return sides | {"named by one account": (a > b) - (a < b)}

    def _together(self, room: bytes, other: bytes) -> int:
        return sum(room[:8] in account and other[:8] in account for account in self._accounts)


def _alike_bits(a: bytes, b: bytes) -> int:
    return -(int.from_bytes(a) ^ int.from_bytes(b)).bit_count()


def _prefix(a: bytes, b: bytes) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))


def _near(table: str) -> Callable[[Seen, Seen], float]:
    return lambda a, b: -abs(a.at.get(table, 0) - b.at.get(table, 0))


def _same(column: str) -> Callable[[Seen, Seen], float]:
    return lambda a, b: float(a.row[column] == b.row[column])


def _size(room: Seen) -> int:
    return sum(len(row["ct"] or b"") for row in room.words)


def _days(a: Seen, b: Seen, mine: str, theirs: str) -> float:
    return -float(abs((a.row[mine] or 0) - (b.row[theirs] or 0)))


LIKENESS: dict[str, Callable[[Seen, Seen], float]] = {
    # times
    "closed when this one opened": lambda a, b: _days(a, b, "opened_day", "closed_day"),
    "kept as long": lambda a, b: _days(a, b, "expires_day", "expires_day"),
    "ended alike": _same("state"),
    # sizes
    "as many messages": lambda a, b: -abs(len(a.words) - len(b.words)),
    "as much said": lambda a, b: -abs(_size(a) - _size(b)),
    "sizes in the same order": lambda a, b: _prefix(
        bytes(len(r["ct"] or b"") >> 10 for r in a.words), bytes(len(r["ct"] or b"") >> 10 for r in b.words)
    ),
    "as much from the client": lambda a, b: -abs(_of_client(a) - _of_client(b)),
    # order
    **{f"near in {table}": _near(table) for table in ("rooms", "seats", "seals", "messages")},
    # ids
    "id begins alike": lambda a, b: _prefix(a.row["id"], b.row["id"]),
    "id has like bits": lambda a, b: _alike_bits(a.row["id"], b.row["id"]),
    "secret has like bits": lambda a, b: _alike_bits(a.row["secret_hash"], b.row["secret_hash"]),
    "wrap has like bits": lambda a, b: _alike_bits(a.row["wrap"] or b"", b.row["wrap"] or b""),
    "pieces in common": lambda a, b: len(a.chunks & b.chunks),
    "the same peer": lambda a, b: len(a.peers & b.peers),
    "the same epoch": _same("ke"),
}
"""The more, the more alike."""


def _of_client(room: Seen) -> int:
    return sum(not any(row["seat"]) for row in room.words)


def _seen(conversations: Dump) -> dict[bytes, Seen]:
    found: dict[bytes, Seen] = {}
    for at, row in enumerate(conversations["rooms"]):
        found[row["id"]] = Seen(row, {"rooms": at})
    for table, rows in conversations.items():
        for at, row in enumerate(rows):
            if table != "rooms" and (room := found.get(row.get("room", b""))) is not None:
                room.at.setdefault(table, at)
                room.rows.setdefault(table, []).append(row)
    return found


def questions(visits: Sequence[Visit]) -> list[Question]:
    """For each return: the client's room before it, and one of the same day that is somebody else's.

    The same day, as the habit of coming at all is everybody's; chance decides which is named first.
    """
    chance = random.Random(SEED + 1)
    by_day: dict[int, list[Visit]] = {}
    by_client: dict[int, list[Visit]] = {}
    for visit in visits:
        by_day.setdefault(visit.day, []).append(visit)
        by_client.setdefault(visit.client, []).append(visit)
    asked = []
    for client, own in sorted(by_client.items()):
        for before, now in pairwise(sorted(own, key=lambda visit: visit.day)):
            strangers = [visit for visit in by_day[before.day] if visit.client != client]
            mine, other = before.place.room, chance.choice(strangers).place.room
            first = chance.random() < 0.5
            asked.append(Question(now.place.room, *((mine, other) if first else (other, mine)), first))
    chance.shuffle(asked)
    return asked


def right_guesses(linker: Linker, asked: Sequence[Question]) -> int:
    """How many it gets right, each half of the questions after learning from the other half."""
    chance = random.Random(SEED + 2)
    half = len(asked) // 2
    right = 0
    for learned, put in ((asked[:half], asked[half:]), (asked[half:], asked[:half])):
        linker.learn(learned)
        right += sum(linker.guess(question, chance) == question.first for question in put)
    return right


def chance_of(right: int, of: int) -> float:
    """How likely chance alone is at least as far from the middle, either way: the exact binomial, p = 1/2."""
    far = abs(2 * right - of)
    return float(sum(math.comb(of, k) for k in range(of + 1) if abs(2 * k - of) >= far) / 2**of)
