"""Nodes as processes of their own, which a test kills, ends and starts again."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from tests.faults.nodes.region import Founded, town_at
from tests.faults.process import Process, nursed
from tests.integration.companion.served import free_port
from tests.talkers import Town


@asynccontextmanager
async def processes(service: Founded, store: str, bus: str, many: int) -> AsyncIterator[list[Process]]:
    """So many nodes as `beside serve` starts them, the cast's directory in force, both peers on."""
    async with AsyncExitStack() as stack:
        nodes = []
        for number in range(many):
            own = service.settings(store, bus, port=free_port(), messages_per_minute=10**9)
            log = service.folder / f"node-{number}.log"
            nodes.append(await stack.enter_async_context(nursed(own, log)))
        await nodes[0].start()
        first = await stack.enter_async_context(town_at(service, nodes[0].served))
        await first.publish(first.signed)
        await first.on_shift()
        # Whoever starts now finds the directory in force.
        for node in nodes[1:]:
            await node.start()
        yield nodes
        for log in service.folder.glob("node-*.log"):
            assert b"Traceback" not in log.read_bytes()


@asynccontextmanager
async def towns_at(service: Founded, nodes: list[Process]) -> AsyncIterator[list[Town]]:
    """The town at each of them."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(town_at(service, node.served)) for node in nodes]
