"""A bus over which payloads are lost, come twice, come late or in another order, by seeded chance."""

from collections.abc import Callable
from functools import partial
from random import Random

from app.bus.port import Bus, NodeId


class Weather:
    """Stands between a node and its bus, and does what the port allows to whatever comes in.

    What is late comes after something later, or never.
    """

    def __init__(self, bus: Bus, chance: Random, *, lost: float, doubled: float, late: float) -> None:
        self._bus = bus
        self._chance = chance
        self.lost = 0
        self._loses, self._doubles, self._delays = lost, doubled, late
        self._held: list[bytes] = []

    @property
    def is_up(self) -> bool:
        return self._bus.is_up

    async def open(self, node: NodeId, heard: Callable[[bytes], None], restored: Callable[[], None]) -> None:
        await self._bus.open(node, partial(self._befall, heard), restored)

    def tell(self, node: NodeId, payload: bytes) -> None:
        self._bus.tell(node, payload)

    def tell_all(self, payload: bytes) -> None:
        self._bus.tell_all(payload)

    async def close(self) -> None:
        await self._bus.close()

    def _befall(self, heard: Callable[[bytes], None], payload: bytes) -> None:
        if self._chance.random() < self._loses:
            self.lost += 1
            return
        for _ in range(2 if self._chance.random() < self._doubles else 1):
            if self._chance.random() < self._delays:
                self._held.append(payload)
            else:
                heard(payload)
        if self._held and self._chance.random() < 0.5:
            heard(self._held.pop(self._chance.randrange(len(self._held))))
