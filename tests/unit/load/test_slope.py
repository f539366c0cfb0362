"""Whether memory rises: the line, how sure it is, and when it is called a leak."""

from math import inf, sin

import pytest

from tests.load.slope import slope

MINUTES = range(0, 3_600, 60)


def test_a_straight_line_is_found_with_no_doubt() -> None:
    found = slope([(second, 100 + second / 3_600 * 50) for second in MINUTES])
    assert found.per_hour == pytest.approx(50)
    assert found.margin == pytest.approx(0, abs=1e-9)
    assert found.is_above(49)
    assert not found.is_above(51)


def test_a_wobble_without_a_rise_is_never_called_a_leak() -> None:
    found = slope([(second, 100 + 20 * sin(second)) for second in MINUTES])
    assert abs(found.per_hour) < found.margin
    assert not found.is_above(0)


def test_the_margin_of_few_samples_is_that_of_a_textbook() -> None:
    # Four points about y = 2x: residuals ±1, ∓1 … give a standard error of √(4 / 2 / 5).
    found = slope([(0, 1), (3_600, 1), (7_200, 3), (10_800, 7)])
    assert found.per_hour == pytest.approx(2)
    assert found.margin == pytest.approx(4.303 * (4 / 2 / 5) ** 0.5, rel=0.1)


def test_neighbours_that_resemble_each_other_make_nobody_surer() -> None:
    minutes = [(second, 100 + 20 * sin(second)) for second in MINUTES]
    seconds = [(second + part, value) for second, value in minutes for part in range(0, 60, 5)]
    assert slope(seconds).margin == pytest.approx(slope(minutes).margin, rel=0.01)


def test_two_samples_are_refused_and_three_taken() -> None:
    with pytest.raises(ValueError, match="three"):
        slope([(0, 1), (1, 2)])
    assert slope([(0, 1), (1, 2), (2, 4)]).margin < inf


def test_a_slope_reads_as_a_figure_with_its_doubt() -> None:
    assert str(slope([(second, second / 3_600 * 1_234.5) for second in MINUTES])) == "+1,234.5 ± 0.0"
