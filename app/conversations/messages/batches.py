"""The promise of a batch store: one transaction for many messages, each judged alone."""

from collections.abc import Sequence
from typing import Protocol

from app.conversations.messages.rules import Envelope, Outcome


class Batches(Protocol):
    """Commits batches over one held connection of its own."""

    async def commit(self, envelopes: Sequence[Envelope], keep_until: int) -> list[Outcome]:
        """Judge and commit the envelopes in one transaction; outcomes in the same order.

        A room that somebody writes in is kept until day `keep_until` at least (retention counts
        from the last use), but never longer than LONGEST_LIFE from its opening.

        When this returns, every `Placed` is on disk. Raises `Unavailable` when the engine
        failed: then nothing was half-written, but the commit itself may have happened; a
        repeat of the envelope finds out.
        """

    async def close(self) -> None: ...
