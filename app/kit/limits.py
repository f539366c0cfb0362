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
        tokens = self._tokens
        # A clock that was set back must not drain the bucket.
        if now > self._updated:
            tokens += (now - self._updated) * self._rate
            if tokens > self._burst:
                tokens = self._burst
        self._updated = now
        if tokens < 1:
            self._tokens = tokens
            return False
        self._tokens = tokens - 1
        return True
