"""The arithmetic behind the load table."""

import pytest

from tests.load.figures import Round, Row, paired, percentile


def a_round(
    *, messages: int = 100, wall: float = 2.0, server_cpu: float = 1.0, engine_cpu: float = 0.0
) -> Round:
    return Round(messages, wall, server_cpu, 0.5, [0.001, 0.002, 0.003], [0.002, 0.004, 0.006], engine_cpu)


def test_a_percentile_is_a_sample_that_so_many_do_not_exceed() -> None:
    samples = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert percentile(samples, 50) == 3.0
    assert percentile(samples, 99) == 5.0
    assert percentile(samples, 20) == 1.0
    assert percentile(samples, 21) == 2.0
    assert percentile(samples, 0) == 1.0


def test_a_single_sample_is_each_of_its_percentiles() -> None:
    assert percentile([7.0], 1) == percentile([7.0], 99) == 7.0


@pytest.mark.parametrize(("samples", "percent"), [([], 50), ([1.0], -1), ([1.0], 101)])
def test_a_percentile_of_nothing_or_out_of_range_is_refused(samples: list[float], percent: float) -> None:
    with pytest.raises(ValueError, match="percentile"):
        percentile(samples, percent)


def test_a_slow_minute_that_hits_both_halves_of_a_pair_leaves_the_ratio_alone() -> None:
    assert paired([50, 5, 50], [100, 10, 100]) == [0.5, 0.5, 0.5]


def test_rounds_without_a_partner_have_no_ratio() -> None:
    assert paired([1.0], [2.0]) == [0.5]
    with pytest.raises(ValueError, match="zip"):
        paired([1.0, 2.0], [1.0])


def test_a_row_is_the_median_of_its_rounds() -> None:
    row = Row.of([a_round(messages=100), a_round(messages=300), a_round(messages=200, engine_cpu=1.0)])
    assert row.rate == 100.0
    assert row.cpu_per_10k == 50.0
    assert row.engine_per_10k == 0.0
    assert (row.ack_p50, row.ack_p99) == (2.0, 3.0)
    assert (row.delivery_p50, row.delivery_p99) == (4.0, 6.0)
    assert (row.server_share, row.generator_share) == (0.5, 0.25)


def test_engines_cost_time_of_their_own_and_none_of_the_servers() -> None:
    row = Row.of([a_round(messages=100, server_cpu=1.0, engine_cpu=0.5)])
    assert (row.cpu_per_10k, row.engine_per_10k) == (100.0, 50.0)


def test_half_the_messages_for_twice_the_processor_are_a_quarter_for_each_second() -> None:
    ours, theirs = a_round(messages=100, server_cpu=2.0), a_round(messages=200, server_cpu=1.0)
    assert paired([ours.per_cpu_second], [theirs.per_cpu_second]) == [0.25]
