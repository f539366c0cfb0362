"""Proof of work: only the issuer's challenge, only in time, only with right counters."""

from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from app.wire.errors import WireError
from app.wire.pow import (
    MAX_BITS,
    MAX_COST,
    MAX_PUZZLES,
    Challenge,
    check_challenge,
    check_solution,
    issue,
    solves,
)

KEY = b"k" * 32
SALT = b"s" * 16
END = 1_800_000_000
CHALLENGE = issue(KEY, SALT, cost=1, bits=4, puzzles=3, expires=END)


def counters(challenge: Challenge) -> list[int]:
    c = challenge
    return [next(n for n in count() if solves(c.salt, c.cost, c.bits, i, n)) for i in range(c.puzzles)]


def test_an_issued_challenge_holds_until_its_end() -> None:
    check_challenge(KEY, CHALLENGE, END - 1)
    with pytest.raises(WireError, match=r"^pow_invalid$"):
        check_challenge(KEY, CHALLENGE, END)


@pytest.mark.parametrize(
    "change",
    [{"salt": b"t" * 16}, {"cost": 2}, {"bits": 3}, {"puzzles": 1}, {"expires": END + 1}, {"mac": bytes(32)}],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_challenge_is_refused(change: dict[str, Any]) -> None:
    check_challenge(KEY, CHALLENGE, 0)
    with pytest.raises(WireError, match=r"^pow_invalid$"):
        check_challenge(KEY, replace(CHALLENGE, **change), 0)


def test_another_issuers_challenge_is_refused() -> None:
    with pytest.raises(WireError, match=r"^pow_invalid$"):
        check_challenge(b"x" * 32, CHALLENGE, 0)


def test_a_right_counter_for_each_puzzle_is_a_solution() -> None:
    assert check_solution(CHALLENGE, counters(CHALLENGE))


def test_a_wrong_missing_further_or_impossible_counter_is_none() -> None:
    right = counters(CHALLENGE)
    wrong = next(n for n in count() if not solves(SALT, 1, 4, 0, n))
    for solution in ([wrong, *right[1:]], right[:-1], [*right, 0], [], [-1, *right[1:]], [2**32, *right[1:]]):
        assert not check_solution(CHALLENGE, solution)


def test_a_counter_solves_its_own_puzzle_only() -> None:
    right = counters(issue(KEY, SALT, 1, 8, 2, END))
    assert not check_solution(issue(KEY, SALT, 1, 8, 2, END), right[::-1])


def test_a_challenge_survives_json() -> None:
    assert Challenge.from_json(CHALLENGE.to_json()) == CHALLENGE


@pytest.mark.parametrize(
    "change",
    [
        {"salt": "AAAA"},
        {"mac": None},
        {"cost": 0},
        {"cost": MAX_COST + 1},
        {"cost": 1.0},
        {"bits": MAX_BITS + 1},
        {"bits": -1},
        {"bits": True},
        {"puzzles": 0},
        {"puzzles": MAX_PUZZLES + 1},
        {"expires": 2**32},
        {"expires": "1"},
        {"more": 1},
    ],
    ids=str,
)
def test_a_challenge_outside_the_limits_is_malformed(change: dict[str, Any]) -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        Challenge.from_json(CHALLENGE.to_json() | change)


@pytest.mark.parametrize("value", [None, [], "x", 1, {}])
def test_what_is_not_a_challenge_is_malformed(value: object) -> None:
    with pytest.raises(WireError, match=r"^malformed$"):
        Challenge.from_json(value)
