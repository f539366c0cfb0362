"""What a service needs follows from what was measured, by the arithmetic of docs/operations.md."""

from dataclasses import replace

from tests.load.comeback import Comeback
from tests.load.figures import Round
from tests.load.idle import Idle
from tests.load.missing import NOT_ASKED
from tests.load.names import BESIDE, NODES
from tests.load.plan import WHOLE
from tests.load.results import Results
from tests.load.sizing import Costs, need, sizing

COSTS = Costs(app=0.0002, engines=0.0001, socket=20, held=10_000, back=8)


def test_a_million_clients_need_what_their_sockets_and_their_messages_ask_for() -> None:
    found = need(1_000_000, COSTS)

    assert (found.sockets, found.messages) == (1_250_000, 25_000)
    # 25,000 messages a second would keep 10 processes half busy; 1,250,000 sockets need 125.
    assert found.processes == 125
    assert found.engines == 5
    assert round(found.memory, 1) == 23.8
    assert found.back == 8


def test_where_messages_cost_more_than_sockets_they_decide() -> None:
    assert need(1_000_000, replace(COSTS, app=0.01)).processes == 500


def test_the_report_says_what_was_assumed_and_takes_its_costs_from_the_run() -> None:
    round_ = Round(10_000, 1.0, 2.0, 0.5, [0.001], [0.001], engine_cpu=1.0)
    nodes = {(NODES, WHOLE.rooms[-1]): [round_]}
    idle = {BESIDE: Idle({1_000: 30.0, 10_000: 20.0}, [500.0], 1.0, 0.5)}
    back = Comeback(1.0, [8.0] * WHOLE.returning, WHOLE.returning, {}, 1.0, 1.0)
    results = Results(nodes, nodes, NOT_ASKED, idle, back, NOT_ASKED, NOT_ASKED)

    text = sizing(results, WHOLE)

    assert "| 1,000,000" in text
    assert " 125 |" in text
    assert "Assumed, not measured" in text
    assert "Not all of what it needs" in sizing(replace(results, comeback=NOT_ASKED), WHOLE)
