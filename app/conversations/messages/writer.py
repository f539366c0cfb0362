"""The group commit: what piled up while the last commit ran is the next batch.

This is the one place where a use case is not one transaction of its own (docs/message-path.md).
There is no timer, so a lone message waits for nothing.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from time import perf_counter

import structlog

from app.conversations.messages.batches import Batches
from app.conversations.messages.rules import Envelope, Outcome, Placed
from app.conversations.messages.tally import Tally
from app.conversations.notices import Notices
from app.kit.errors import Refusal, Unavailable
from app.wire.frames import Item

BATCH = 512
"""Messages in one transaction: enough to share its cost, few enough to keep its wait short."""

WAITING = 20_000
"""Messages that may wait for the disk; more are answered `unavailable` at once."""

log = structlog.get_logger()

Done = Callable[[Outcome], None]


class Writer:
    """Takes envelopes of all rooms, commits them in groups, then acknowledges and publishes.

    `keep_until` answers the day until which a room written in today is kept.
    """

    def __init__(
        self,
        batches: Batches,
        exclusive: Callable[[], AbstractAsyncContextManager[None]],
        notices: Notices,
        keep_until: Callable[[], int],
    ) -> None:
        self._batches = batches
        self._exclusive = exclusive
        self._notices = notices
        self._keep_until = keep_until
        self.tally = Tally()
        self._waiting: deque[tuple[Envelope, Done]] = deque()
        self._something = asyncio.Event()
        self._stopping = False

    def submit(self, envelope: Envelope, done: Done) -> None:
        """Queue one envelope; `done` hears its outcome, after the commit if it was placed."""
        if self._stopping or len(self._waiting) >= WAITING:
            done(Unavailable())
            return
        self._waiting.append((envelope, done))
        self._something.set()

    def let_go(self) -> None:
        """Answer all that waits with `unavailable`: it was meant for another store than there is now."""
        waiting, self._waiting = self._waiting, deque()
        for _, done in waiting:
            done(Unavailable())

    async def run(self) -> None:
        """Commit batches until `stop`; then commit what still waits and return."""
        while True:
            await self._something.wait()
            # One more turn of the loop: what other sockets have ready now shares this commit.
            await asyncio.sleep(0)
            batch = self._take()
            if batch:
                await self._commit(batch)
            elif self._stopping:
                return
            else:
                self._something.clear()

    def stop(self) -> None:
        """Take no more; let `run` finish what waits."""
        self._stopping = True
        self._something.set()

    async def close(self) -> None:
        """Let go of the connection, after `run` returned."""
        await self._batches.close()

    def _take(self) -> list[tuple[Envelope, Done]]:
        return [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]

    async def _commit(self, batch: list[tuple[Envelope, Done]]) -> None:
        began = perf_counter()
        outcomes = await self._outcomes([envelope for envelope, _ in batch])
        taken = perf_counter() - began
        items: list[Item] = []
        placed = 0
        for (_, done), outcome in zip(batch, outcomes, strict=True):
            done(outcome)
            if isinstance(outcome, Placed):
                placed += 1
                items.append(outcome.item)
                if outcome.emptied is not None:
                    items.append(outcome.emptied)
        self._notices.committed(items)
        self.tally.batch(len(batch), placed, taken, len(self._waiting))
        if placed < len(batch):
            self.tally.not_placed(outcomes)

    async def _outcomes(self, envelopes: list[Envelope]) -> list[Outcome]:
        try:
            async with self._exclusive():
                return await self._batches.commit(envelopes, self._keep_until())
        except Unavailable:
            return [Unavailable() for _ in envelopes]
        except Exception as error:
            # A mistake of ours in one batch must not end the writer for every room.
            log.error("batch failed", error=type(error).__name__, count=len(envelopes))
            return [Unavailable() for _ in envelopes]


async def placed_seq(writer: Writer, envelope: Envelope) -> int:
    """Submit and wait: the room's number of the message. Raises the Refusal of a message not taken."""
    future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

    def done(outcome: Outcome) -> None:
        if not future.done():
            future.set_result(outcome)

    writer.submit(envelope, done)
    return seq_of(await future)


def seq_of(outcome: Outcome) -> int:
    """The number of a message that is on disk. Raises the Refusal of one that is not."""
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome.item.seq if isinstance(outcome, Placed) else outcome.seq
