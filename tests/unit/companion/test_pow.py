"""Solving a proof of work."""

from app.companion.pow import solve
from app.wire.pow import check_solution, issue


def test_a_solution_is_right_for_its_challenge_and_no_other() -> None:
    challenge = issue(b"k" * 32, b"s" * 16, cost=2, bits=6, puzzles=4, expires=1)
    other = issue(b"k" * 32, b"t" * 16, cost=2, bits=6, puzzles=4, expires=1)
    solution = solve(challenge)
    assert check_solution(challenge, solution)
    assert not check_solution(other, solution)
