"""Figures out of samples: medians, percentiles, ratios. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


def percentile(samples: Sequence[float], percent: float) -> float:
    """The smallest sample that at least `percent` of 100 of all samples do not exceed (nearest rank).

    ValueError without samples or with a percent outside 0..100.
    """
    if not samples or not 0 <= percent <= 100:
        raise ValueError("a percentile needs samples and a percent from 0 to 100")
    rank = ceil(percent / 100 * len(samples))
    return sorted(samples)[max(rank, 1) - 1]


def paired(ours: Sequence[float], reference: Sequence[float]) -> list[float]:
    """The ratios of rounds that ran next to each other.

    A machine that is slow for a while slows both halves of a pair: their ratio moves less than either figure.
    ValueError unless both have the same number of rounds.
    """
    return [mine / theirs for mine, theirs in zip(ours, reference, strict=True)]


@dataclass(frozen=True, slots=True)
class Round:
    """One closed-loop round with one system. Times in seconds, one latency a message."""

    messages: int
    wall: float
    server_cpu: float
    generator_cpu: float
    acks: Sequence[float]
    deliveries: Sequence[float]
    engine_cpu: float = 0.0
    """Of PostgreSQL and NATS, where there are any."""

    @property
    def rate(self) -> float:
        """Messages a second."""
        return self.messages / self.wall

    @property
    def per_cpu_second(self) -> float:
        """Messages for each CPU second of the server."""
        return self.messages / self.server_cpu

    def delivery(self, percent: float) -> float:
        """Seconds until delivery that so many of 100 messages did not exceed."""
        return percentile(self.deliveries, percent)

    @property
    def cpu_per_10k(self) -> float:
        """Server CPU seconds for 10,000 messages, all threads and children."""
        return self.server_cpu / self.messages * 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """What one system did with one number of rooms: medians over its rounds. Latencies in milliseconds."""

    rate: float
    ack_p50: float
    ack_p99: float
    delivery_p50: float
    delivery_p99: float
    cpu_per_10k: float
    server_share: float
    engine_per_10k: float
    generator_share: float
    """CPU seconds of the generator for each second of wall time: below 1, or it was the limit itself."""

    @classmethod
    def of(cls, rounds: Sequence[Round]) -> "Row":
        """ValueError without rounds, or with a round that measured nothing."""
        return cls(
            rate=median(r.rate for r in rounds),
            ack_p50=_milliseconds([percentile(r.acks, 50) for r in rounds]),
            ack_p99=_milliseconds([percentile(r.acks, 99) for r in rounds]),
            delivery_p50=_milliseconds([percentile(r.deliveries, 50) for r in rounds]),
            delivery_p99=_milliseconds([percentile(r.deliveries, 99) for r in rounds]),
            cpu_per_10k=median(r.cpu_per_10k for r in rounds),
            server_share=median(r.server_cpu / r.wall for r in rounds),
            engine_per_10k=median(r.engine_cpu / r.messages * 10_000 for r in rounds),
            generator_share=median(r.generator_cpu / r.wall for r in rounds),
        )


def _milliseconds(seconds: Sequence[float]) -> float:
    return median(seconds) * 1_000
