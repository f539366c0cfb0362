"""The bus within one process: the embedded default, where mostly nobody else is."""

import asyncio
from collections.abc import Callable

from app.bus.port import MOST, NodeId

Nodes = dict[NodeId, Callable[[bytes], None]]


class InProcessBus:
    """Implements `bus.port.Bus`; those made with the same `nodes` hear each other."""

    def __init__(self, nodes: Nodes | None = None) -> None:
        self._nodes: Nodes = {} if nodes is None else nodes
        self._own: NodeId | None = None
        self.lost = 0

    @property
    def is_up(self) -> bool:
        return self._own is not None

    async def open(self, node: NodeId, heard: Callable[[bytes], None], restored: Callable[[], None]) -> None:
        self._own = node
        self._nodes[node] = heard

    def tell(self, node: NodeId, payload: bytes) -> None:
        if self._own is None or len(payload) > MOST or node not in self._nodes:
            self.lost += 1
        elif node != self._own:
            # Never within the call: whoever tells is in the middle of something.
            asyncio.get_running_loop().call_soon(self._hand_over, node, payload)

    def tell_all(self, payload: bytes) -> None:
        for node in self._nodes:
            if node != self._own:
                self.tell(node, payload)

    async def close(self) -> None:
        if self._own is not None:
            self._nodes.pop(self._own, None)
            self._own = None

    def _hand_over(self, node: NodeId, payload: bytes) -> None:
        heard = self._nodes.get(node)
        if heard is not None:
            heard(payload)
