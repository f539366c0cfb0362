"""How often an account may do what costs work. Nobody is limited by address, nor by what others do."""

from typing import Final, Literal

from app.identity.errors import SlowDown
from app.identity.ids import StaffId
from app.kit.clock import Clock
from app.kit.limits import TokenBucket

Act = Literal["pass", "invite", "publish"]

RATES: Final[dict[Act, tuple[float, float]]] = {
    "pass": (1 / 10, 30),  # a pass lasts ten minutes; every tab and every reconnect may take one
    "invite": (1 / 60, 20),
    "publish": (1 / 30, 20),
}
"""Refill a second, and how many at once. Each process counts for itself."""


class Limits:
    """Token buckets by account, kept in memory: as many as there are accounts that act."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: dict[tuple[Act, StaffId], TokenBucket] = {}

    def take(self, act: Act, staff: StaffId) -> None:
        """SlowDown where this account did this too often."""
        bucket = self._buckets.get((act, staff))
        if bucket is None:
            rate, burst = RATES[act]
            bucket = self._buckets[act, staff] = TokenBucket(self._clock, rate=rate, burst=burst)
        if not bucket.take():
            raise SlowDown
