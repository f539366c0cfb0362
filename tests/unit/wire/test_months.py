"""Months, by UTC."""

from app.wire.months import month_of


def test_months_count_from_january_2020_in_utc() -> None:
    assert month_of(1_577_836_800) == 0  # 2020-01-01T00:00:00Z
    assert month_of(1_577_836_799) == -1
    assert month_of(1_793_491_199) == 81  # 2026-10-31T23:59:59Z
    assert month_of(1_793_491_200) == 82
