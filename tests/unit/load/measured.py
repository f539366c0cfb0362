"""A run as it might have come out, for tests of what is said about it."""

from tests.load.comeback import Comeback
from tests.load.compared import Compared, Comparison
from tests.load.figures import Round
from tests.load.growth import Claims, Growth
from tests.load.idle import Idle
from tests.load.machine import Machine
from tests.load.missing import Missing
from tests.load.names import BARE, BESIDE, DURABLE, NODE, NODES
from tests.load.plan import WHOLE
from tests.load.results import Results

MACHINE = Machine("Some CPU", 2, "Linux 6", 0.1, {"Python": "3.11"})


def a_round(messages: int, generator_cpu: float = 0.5, delivery: float = 0.002) -> Round:
    return Round(messages, 1.0, 1.0, generator_cpu, [0.001], [delivery])


def a_run(generator_cpu: float = 0.5) -> Results:
    """A run in which some goals are met, some not, and one peer is not installed."""
    rounds = {
        BARE: a_round(1_000, generator_cpu),
        DURABLE: a_round(900),
        BESIDE: a_round(870),
        NODE: a_round(600),
    }
    return Results(
        talk={(name, rooms): [one] * 5 for name, one in rounds.items() for rooms in WHOLE.rooms},
        nodes={(NODE, 200): [a_round(1_000)] * 3, (NODES, 200): [a_round(n) for n in (500, 800, 1_000)]},
        steady={BARE: [a_round(1_000, delivery=0.001)], BESIDE: [a_round(1_000, delivery=0.004)]},
        idle={
            BARE: Idle({1_000: 10.0, 5_000: 10.0}, [2_000.0] * 3, 0.5, 0.3),
            BESIDE: Idle({1_000: 20.0, 5_000: 18.0, 10_000: 17.0}, [1_000.0] * 5, 1.0, 0.2),
        },
        comeback=Comeback(2.0, [1.0, 2.0, 9.0], 3, {"error unavailable": 2}, 5.0, 2.0),
        growth=Growth(
            {10: [a_round(100)], 100_000: [a_round(100)]},
            {10: [Claims([0.002], 0.01)], 10_000: [Claims([0.003], 0.02)]},
            {"SQLite": 1_234.0},
        ),
        peers={
            "Some chat": Comparison(4, Compared("version 1.", [a_round(900)] * 2, [a_round(100)] * 2)),
            "Another chat": Comparison(15, Missing("not installed")),
        },
    )
