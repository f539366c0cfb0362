"""When a soak calls memory that rises a leak."""

from collections import Counter

from tests.load.soak import BOUND, Look, Tally, leaks, report

HOUR = 3_600


def rising(seconds: int, kib_an_hour: float) -> Tally:
    looks = [
        Look(second, round(100_000 + second / HOUR * kib_an_hour), 300, 12) for second in range(0, seconds, 5)
    ]
    return Tally(Counter(messages=1), looks)


def test_an_hour_that_rises_faster_than_the_bound_is_a_leak_and_a_slower_one_is_none() -> None:
    assert leaks(rising(HOUR, 1.5 * BOUND), HOUR)
    assert "ABOVE" in report(rising(HOUR, 1.5 * BOUND), HOUR)
    assert not leaks(rising(HOUR, 0.5 * BOUND), HOUR)
    assert "within" in report(rising(HOUR, 0.5 * BOUND), HOUR)


def test_what_rises_while_the_server_warms_up_is_no_leak() -> None:
    warming = rising(600, 20 * BOUND).looks
    after = [Look(second, warming[-1].anonymous_kib, 300, 12) for second in range(600, HOUR, 5)]
    assert not leaks(Tally(Counter(), warming + after), HOUR)


def test_minutes_are_reported_and_not_judged() -> None:
    short = rising(120, 100 * BOUND)
    assert not leaks(short, 120)
    assert "not judged before 20 minutes" in report(short, 120)
