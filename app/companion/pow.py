"""Solving a proof of work (docs/protocol.md, 13)."""

from itertools import count

from app.wire.pow import Challenge, solves


def solve(challenge: Challenge) -> list[int]:
    """The smallest right counter of each puzzle, in order: about `puzzles` × 2^`bits` × `cost` PBKDF2 rounds.

    `Challenge.from_json` bounds what a server may ask for.
    """
    c = challenge
    return [
        next(counter for counter in count() if solves(c.salt, c.cost, c.bits, i, counter))
        for i in range(c.puzzles)
    ]
