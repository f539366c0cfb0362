"""What a writer did since it began, in plain numbers; nothing of them says whose messages they were."""

from collections import Counter
from collections.abc import Iterable

from app.conversations.messages.rules import Outcome, Placed
from app.kit.errors import Refusal
from app.kit.metrics import Spread

SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
"""Messages of a batch."""

SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
"""From a batch's beginning to its commit."""


class Tally:
    """Counts by the batch: a few additions for all of its messages together."""

    def __init__(self) -> None:
        self.placed = 0
        self.repeated = 0
        self.refused: Counter[str] = Counter()
        self.sizes = Spread(SIZES)
        self.seconds = Spread(SECONDS)
        self.most_waiting = 0
        """The longest that the line for the disk was since somebody asked."""

    def batch(self, size: int, placed: int, seconds: float, waiting: int) -> None:
        """A batch was committed, or was not; `waiting` are behind it."""
        self.sizes.add(size)
        self.seconds.add(seconds)
        self.placed += placed
        if waiting > self.most_waiting:
            self.most_waiting = waiting

    def not_placed(self, outcomes: Iterable[Outcome]) -> None:
        """What became of those of a batch that were not placed."""
        for outcome in outcomes:
            if isinstance(outcome, Refusal):
                self.refused[outcome.code] += 1
            elif not isinstance(outcome, Placed):
                self.repeated += 1
