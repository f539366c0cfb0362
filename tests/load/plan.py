"""How long, how many: a whole run and a quick look."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """One run. Seconds and counts; `limits` bounds each part, set-up included.

    Sockets join `at_once` at the same time, in batches of `batch`; past `join_limit` seconds nobody joins.
    """

    limit: float
    """Of the whole run: a part that comes too late is not measured."""
    limits: "Limits"
    rounds: int
    seconds: float
    warm_up: float
    rooms: tuple[int, ...]
    pace: int
    """Messages a second in the open loop, in `pace_rooms` rooms."""
    pace_rooms: int
    pace_seconds: float
    idle: tuple[int, ...]
    idle_beside: int
    """So many sockets the relay holds beside ours: joins are compared batch by batch until then."""
    batch: int
    at_once: int
    join_limit: float
    returning: int
    held: tuple[int, ...]
    weighed: int
    """Messages that are written into PostgreSQL to see what one takes."""
    waiting: tuple[int, ...]
    growth_seconds: float
    claims: int
    peer_rounds: int
    peer_rooms: int
    peer_seconds: float
    peer_warm_up: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds after which a part is given up, and reported as not measured."""

    talk: float
    nodes: float
    steady: float
    idle: float
    comeback: float
    growth: float
    peers: float
    peer: float
    """One of the peers."""


WHOLE = Plan(
    limit=900,
    limits=Limits(talk=240, nodes=120, steady=120, idle=180, comeback=150, growth=120, peers=280, peer=70),
    rounds=5,
    seconds=1.5,
    warm_up=0.3,
    rooms=(50, 200),
    pace=1_000,
    pace_rooms=200,
    pace_seconds=3.0,
    idle=(1_000, 5_000, 10_000),
    idle_beside=5_000,
    batch=500,
    at_once=64,
    join_limit=120,
    returning=10_000,
    held=(10, 100_000),
    weighed=20_000,
    waiting=(10, 10_000),
    growth_seconds=0.5,
    claims=40,
    peer_rounds=5,
    peer_rooms=200,
    peer_seconds=2.5,
    peer_warm_up=0.5,
)

QUICK = Plan(
    limit=240,
    limits=Limits(talk=90, nodes=60, steady=40, idle=60, comeback=60, growth=60, peers=120, peer=30),
    rounds=5,
    seconds=0.6,
    warm_up=0.1,
    rooms=(200,),
    pace=1_000,
    pace_rooms=200,
    pace_seconds=0.6,
    idle=(1_000, 2_000),
    idle_beside=1_000,
    batch=200,
    at_once=64,
    join_limit=12,
    returning=1_000,
    held=(10, 5_000),
    weighed=5_000,
    waiting=(10, 2_000),
    growth_seconds=0.2,
    claims=10,
    peer_rounds=1,
    peer_rooms=200,
    peer_seconds=2.5,
    peer_warm_up=0.5,
)
"""The same in small: for a change under work. Its figures wobble more."""
