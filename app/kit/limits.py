"""Token buckets: how often something may happen."""

from app.kit.clock import Clock


class TokenBucket:
    """`burst` acts at once, refilled with `rate` a second."""

    __slots__ = ("_burst", "_clock", "_rate", "_tokens", "_updated")

    def __init__(self, clock: Clock, *, rate: float, burst: float) -> None:
        self._clock = clock
        self._rate = rate
        self._burst = burst
        self._tokens = burst
        self._updated = clock.now()

    def take(self) -> bool:
        """Take one token; False means that the caller must slow down."""
        now = self._clock.now()
        # A clock that was set back must not drain the bucket.
        self._tokens = min(self._burst, self._tokens + max(0.0, now - self._updated) * self._rate)
        self._updated = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
