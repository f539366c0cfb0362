"""Rates in memory: each vault has its own, and only so many are remembered."""

import pytest

from app.identity.errors import SlowDown
from app.identity.ids import VaultId
from app.identity.limits import VAULTS, WRITES, Limits
from app.kit.clock import ManualClock


def vault(number: int) -> VaultId:
    return VaultId(number.to_bytes(16, "big"))


def test_a_vault_that_is_written_too_often_is_slowed_down_alone() -> None:
    rate, burst = WRITES
    clock = ManualClock(0)
    limits = Limits(clock)
    for _ in range(burst):
        limits.take_write(vault(1))
    with pytest.raises(SlowDown):
        limits.take_write(vault(1))
    limits.take_write(vault(2))
    clock.advance(1 / rate)
    limits.take_write(vault(1))


def test_only_the_vaults_written_last_are_remembered() -> None:
    limits = Limits(ManualClock(0))
    _, burst = WRITES
    for _ in range(burst):
        limits.take_write(vault(0))
        limits.take_write(vault(1))
    for number in range(2, VAULTS + 1):
        limits.take_write(vault(number))
    with pytest.raises(SlowDown):
        limits.take_write(vault(1))
    # The one before was forgotten for the one that came after so many others.
    limits.take_write(vault(0))
