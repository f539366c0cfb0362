"""What is published: made once a period, rounded, and one for several processes."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.kit.clock import ManualClock
from app.kit.files import replace
from app.kit.metrics import PERIOD, Numbers, Published, Series, Spread, bounds_of, page, shared_folder

BEGUN = 1_000 * PERIOD
PEOPLE = Series("people", "People.", "gauge", step=20, label="kind", labels=("here", "away"))
ACTS = Series("acts_total", "Acts.", "counter", step=500)
SIZES = Series("sizes", "Sizes.", "histogram", step=10, labels=bounds_of((1, 4)))


def told(text: bytes) -> dict[tuple[str, str], float]:
    """The samples of a page by name and label."""
    return {
        (sample.name, next(iter(sample.labels.values()), "")): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


def one(numbers: Mapping[str, Mapping[str, float]]) -> dict[tuple[str, str], float]:
    return told(page([PEOPLE, ACTS, SIZES], [numbers]))


class Counted:
    """A process that counts acts."""

    def __init__(self) -> None:
        self.acts = 0.0

    async def read(self) -> Numbers:
        return {"acts_total": {"": self.acts}}


async def test_a_page_stays_as_it_is_until_the_next_period_whatever_happens() -> None:
    clock, process = ManualClock(BEGUN + 1), Counted()
    published = Published([ACTS], process.read, clock)
    await published.turn()
    before = await published.page()
    process.acts = 5_000
    clock.advance(PERIOD - 2)
    await published.turn()
    assert await published.page() == before

    clock.advance(2)
    await published.turn()

    assert told(await published.page()) == {("acts_total", ""): 5_000}


def test_a_few_people_look_like_nobody_and_more_are_told_in_whole_steps() -> None:
    nobody = {"people": {"here": 0.0}, "acts_total": {"": 0.0}}
    assert one({"people": {"here": 19}, "acts_total": {"": 499}}) == one(nobody)
    assert one({"people": {"here": 20}, "acts_total": {"": 1_499}}) == {
        ("people", "here"): 20,
        ("acts_total", ""): 1_000,
    }


def test_a_label_that_is_not_listed_counts_as_other() -> None:
    assert one({"people": {"here": 40, "somebody": 60}}) == {("people", "here"): 40, ("people", "other"): 60}


def test_buckets_count_what_is_at_most_so_large_in_whole_steps_and_no_sum_moves_with_each() -> None:
    spread = Spread((1, 4))
    for size in (*[1] * 10, *[3] * 25, *[9] * 9):
        spread.add(size)

    assert one({"sizes": spread.numbers()}) == {
        ("sizes_bucket", "1"): 10,
        ("sizes_bucket", "4"): 30,
        ("sizes_bucket", "+Inf"): 40,
    }


async def test_of_processes_that_share_a_folder_each_tells_the_sum_of_all(tmp_path: Path) -> None:
    clock, process = ManualClock(BEGUN), Counted()
    process.acts = 700
    published = Published([ACTS, PEOPLE], process.read, clock, tmp_path)
    period = BEGUN // PERIOD
    lay(tmp_path / "other.json", period, {"acts_total": {"": 400}, "people": {"here": 25}})
    lay(tmp_path / "ended.json", period - 9, {"acts_total": {"": 400}, "people": {"here": 60}})

    await published.turn()

    # Of a process that is gone, what it counted stays; whom it had with it went.
    assert told(await published.page()) == {("acts_total", ""): 1_500, ("people", "here"): 20}


def lay(file: Path, period: int, numbers: Numbers) -> None:
    replace(
        file,
        (b'{"period": %d, "numbers": %s}' % (period, str(dict(numbers)).replace("'", '"').encode())),
        mode=0o600,
    )


def test_processes_that_say_different_things_of_one_are_joined_as_the_series_says() -> None:
    most = Series("age", "Age.", "gauge", over="max")
    least = Series("up", "Up.", "gauge", over="min")
    lives = [{"age": {"": 3.0}, "up": {"": 1.0}}, {"age": {"": 5.0}, "up": {"": 0.0}}]

    assert told(page([most, least], lives)) == {("age", ""): 5, ("up", ""): 0}


def test_a_folder_that_others_could_write_to_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.kit.metrics.gettempdir", lambda: str(tmp_path))
    ours = shared_folder(7)
    assert shared_folder(7) == ours

    ours.chmod(0o777)

    with pytest.raises(PermissionError):
        shared_folder(7)
