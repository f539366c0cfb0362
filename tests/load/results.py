"""All of one run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.load.comeback import Comeback
from tests.load.compared import Comparison
from tests.load.figures import Round
from tests.load.growth import Growth
from tests.load.idle import Idle
from tests.load.messages import Rounds
from tests.load.missing import Missing


@dataclass(frozen=True, slots=True)
class Results:
    """What each part measured, or why there is nothing."""

    talk: Rounds | Missing
    nodes: Rounds | Missing
    steady: Mapping[str, Sequence[Round]] | Missing
    idle: Mapping[str, Idle] | Missing
    comeback: Comeback | Missing
    growth: Growth | Missing
    peers: Mapping[str, Comparison] | Missing
