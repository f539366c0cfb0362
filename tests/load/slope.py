"""How fast a figure rises, and how sure that is: a straight line through it by least squares. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt
from statistics import NormalDist, linear_regression, mean, median

_BLOCKS = 60
_HOUR = 3_600


@dataclass(frozen=True, slots=True)
class Slope:
    """Units an hour, and half the width of the interval that holds the true slope in 95 of 100 cases."""

    per_hour: float
    margin: float

    def is_above(self, bound: float) -> bool:
        """Whether even the low end of the interval is above `bound`: not a mood of the machine."""
        return self.per_hour - self.margin > bound

    def __str__(self) -> str:
        return f"{self.per_hour:+,.1f} ± {self.margin:,.1f}"


def slope(samples: Sequence[tuple[float, float]]) -> Slope:
    """The slope through samples of (seconds, value), in order of time.

    Samples next to each other resemble each other, which would make the interval too narrow: so the line goes
    through the medians of at most 60 blocks. ValueError with fewer than three samples.
    """
    if len(samples) < 3:
        raise ValueError("a slope and its margin need three samples")
    size = -(-len(samples) // _BLOCKS)
    blocks = [samples[at : at + size] for at in range(0, len(samples), size)]
    times = [mean(time for time, _ in block) / _HOUR for block in blocks]
    values = [median(value for _, value in block) for block in blocks]
    line = linear_regression(times, values)
    free = len(blocks) - 2
    off = sum(
        (value - line.intercept - line.slope * time) ** 2 for time, value in zip(times, values, strict=True)
    )
    middle = mean(times)
    spread = sum((time - middle) ** 2 for time in times)
    margin = _student(free) * sqrt(off / free / spread) if free else inf
    return Slope(line.slope, margin)


def _student(free: int) -> float:
    """The 97.5 % quantile of Student's t with so many degrees of freedom (Cornish-Fisher)."""
    z = NormalDist().inv_cdf(0.975)
    return (
        z
        + (z**3 + z) / (4 * free)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * free**3)
    )
