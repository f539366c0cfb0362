"""The promises of a bus between nodes; tests/contracts/test_bus.py holds every adapter to them.

A bus may lose anything, hand it over twice, late or in another order. Nothing is stored on it, and whoever
uses it finds in the store what it lost. What goes over it are ids and ciphertext.
"""

from collections.abc import Callable
from typing import NewType, Protocol

from app.wire.sizes import ID

NodeId = NewType("NodeId", bytes)
"""16 random bytes that name one run of one process, and nothing else."""

MOST = 512 * 1024
"""Bytes of a payload, at most; a longer one is lost."""

ALL = "beside.nodes"
"""The subject that every node hears."""


def inbox(node: NodeId) -> str:
    """The subject that this node alone hears. ValueError for an id of another length: no other name of
    anything becomes a subject."""
    if len(node) != ID:
        raise ValueError("a node's id has 16 bytes")
    return f"beside.node.{node.hex()}"


class Bus(Protocol):
    """One node's place on the bus."""

    lost: int
    """Payloads that this node could not send, or not take in fast enough."""

    @property
    def is_up(self) -> bool:
        """Whether payloads go through, as far as this node knows."""

    async def open(self, node: NodeId, heard: Callable[[bytes], None], restored: Callable[[], None]) -> None:
        """Join as `node`. Raises nothing for a bus that is away: the adapter tries again until closed.

        `heard` gets each payload of others, never the node's own; it returns at once and does not raise.
        `restored` is called whenever the bus is back after it was away: anything may have been lost.
        """

    def tell(self, node: NodeId, payload: bytes) -> None:
        """Send to one node. Never waits, never raises; lost where the node, or the bus, is away."""

    def tell_all(self, payload: bytes) -> None:
        """Send to every other node, in the same way."""

    async def close(self) -> None:
        """Send what was told before, within a second, and leave."""
