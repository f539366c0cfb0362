"""How often somebody may do what costs work. Nobody is limited by address, nor by what others do."""

from collections import OrderedDict
from typing import Final, Literal

from app.identity.errors import SlowDown
from app.identity.ids import StaffId, VaultId
from app.kit.clock import Clock
from app.kit.limits import TokenBucket

Act = Literal["pass", "invite", "publish", "member", "own"]

RATES: Final[dict[Act, tuple[float, float]]] = {
    "pass": (1 / 10, 30),  # a pass lasts ten minutes; every tab and every reconnect may take one
    "invite": (1 / 60, 20),
    "publish": (1 / 30, 20),
    "member": (1 / 30, 40),
    "own": (1 / 60, 10),  # a password, a second factor: what few do twice a year
}
"""Refill a second, and how many at once. Each process counts for itself."""

WRITES: Final = (1 / 10, 30)
"""The same for the writes of one vault."""

VAULTS: Final = 10_000
"""Vaults whose rate is remembered; the one not written for longest is forgotten first."""


class Limits:
    """Token buckets in memory: as many as there are accounts that act, and for the vaults last written."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: dict[tuple[Act, StaffId], TokenBucket] = {}
        self._vaults: OrderedDict[VaultId, TokenBucket] = OrderedDict()

    def take(self, act: Act, staff: StaffId) -> None:
        """SlowDown where this account did this too often."""
        bucket = self._buckets.get((act, staff))
        if bucket is None:
            rate, burst = RATES[act]
            bucket = self._buckets[act, staff] = TokenBucket(self._clock, rate=rate, burst=burst)
        if not bucket.take():
            raise SlowDown

    def take_write(self, vault: VaultId) -> None:
        """SlowDown where this vault was written too often; to be asked for its owner alone."""
        bucket = self._vaults.pop(vault, None)
        if bucket is None:
            rate, burst = WRITES
            bucket = TokenBucket(self._clock, rate=rate, burst=burst)
        self._vaults[vault] = bucket
        if len(self._vaults) > VAULTS:
            self._vaults.popitem(last=False)
        if not bucket.take():
            raise SlowDown
