"""How long, how many: a whole run and a quick look."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """One run. `limit` bounds it in seconds, set-up included.

    Sockets join `at_once` at the same time; the clock is looked at after each `batch` of them, and past
    `join_limit` seconds nobody else joins that server.
    """

    limit: float
    rounds: int
    seconds: float
    warm_up: float
    rooms: tuple[int, ...]
    idle: tuple[int, ...]
    batch: int
    at_once: int
    join_limit: float
    held: tuple[int, ...]
    waiting: tuple[int, ...]
    growth_seconds: float
    claims: int


WHOLE = Plan(
    limit=300,
    rounds=5,
    seconds=1.5,
    warm_up=0.3,
    rooms=(50, 200),
    idle=(1_000, 5_000),
    batch=500,
    at_once=64,
    join_limit=110,
    held=(10, 100_000),
    waiting=(10, 10_000),
    growth_seconds=0.5,
    claims=100,
)

QUICK = Plan(
    limit=60,
    rounds=5,
    seconds=0.4,
    warm_up=0.1,
    rooms=(50, 200),
    idle=(1_000,),
    batch=100,
    at_once=64,
    join_limit=6,
    held=(10, 5_000),
    waiting=(10, 2_000),
    growth_seconds=0.2,
    claims=20,
)
"""The same in small: for a change under work. Its figures wobble more."""
