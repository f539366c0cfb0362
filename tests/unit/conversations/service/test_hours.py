"""Opening hours: what the wall clock shows in the service's own zone counts."""

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.conversations.service import hours as hours_module
from app.conversations.service.hours import (
    DAYS,
    Hours,
    HoursUnusable,
    OpenNow,
    every_language,
    hours_json,
    open_now,
    parse_hours,
    read_hours,
)

ZONE = "America/Chicago"
EVENINGS = [["mon", "17:00", "23:00"], ["sat", "20:00", "02:00"]]


def hours(weekly: Any = None, closures: Any = (), zone: str = ZONE) -> Hours:
    return parse_hours({"zone": zone, "weekly": weekly or {"*": EVENINGS}, "closures": list(closures)})


def at(clock: str, zone: str = ZONE, fold: int = 0) -> int:
    """The moment at which the wall clock shows this."""
    return int(datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp())


CASES = [
    ("before the evening", "2026-11-23T16:59", OpenNow(False, None, at("2026-11-23T17:00"))),
    ("with its first minute", "2026-11-23T17:00", OpenNow(True, at("2026-11-23T23:00"), None)),
    ("in its last minute", "2026-11-23T22:59", OpenNow(True, at("2026-11-23T23:00"), None)),
    ("with its end", "2026-11-23T23:00", OpenNow(False, None, at("2026-11-28T20:00"))),
    ("over midnight", "2026-11-29T01:30", OpenNow(True, at("2026-11-29T02:00"), None)),
    ("after midnight's end", "2026-11-29T02:00", OpenNow(False, None, at("2026-11-30T17:00"))),
]


@pytest.mark.parametrize(("clock", "found"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_it_is_open_in_its_hours_and_says_until_when_or_from_when(clock: str, found: OpenNow) -> None:
    assert open_now(hours(), "en", at(clock)) == found


def test_hours_are_told_in_the_form_in_which_they_are_read() -> None:
    told = hours_json(hours(closures=[["2026-12-24", "2026-12-26"]]))
    assert told == {"zone": ZONE, "weekly": {"*": EVENINGS}, "closures": [["2026-12-24", "2026-12-26"]]}
    assert hours_json(parse_hours(told)) == told
    assert hours_json(None) is None


def test_without_hours_it_is_always_open() -> None:
    assert open_now(None, "en", 0) == OpenNow(True, None, None)
    assert every_language(None, 0) == {}


def test_a_language_with_hours_of_its_own_has_no_others() -> None:
    both = hours({"*": EVENINGS, "es": [["sun", "18:00", "22:00"]]})
    sunday, monday = at("2026-11-22T19:00"), at("2026-11-23T19:00")
    assert [open_now(both, each, sunday).open for each in ("es", "en")] == [True, False]
    assert [open_now(both, each, monday).open for each in ("es", "en")] == [False, True]
    assert set(every_language(both, monday)) == {"*", "es"}


def test_a_language_that_nobody_has_hours_for_opens_never() -> None:
    spanish = hours({"es": [["sun", "18:00", "22:00"]]})
    assert open_now(spanish, "en", at("2026-11-22T19:00")) == OpenNow(False, None, None)
    assert open_now(spanish, "es", at("2026-11-22T19:00")).open


def test_hours_that_touch_are_one_and_day_and_night_have_no_end() -> None:
    touching = hours({"*": [["mon", "08:00", "12:00"], ["mon", "12:00", "18:00"], ["mon", "17:00", "19:00"]]})
    assert open_now(touching, "en", at("2026-11-23T09:00")).until == at("2026-11-23T19:00")
    always = hours({"*": [[day, "00:00", "00:00"] for day in DAYS]})
    assert open_now(always, "en", at("2026-11-23T03:00")) == OpenNow(True, None, None)


def test_a_closure_closes_from_midnight_to_midnight_and_cuts_a_night_short() -> None:
    away = hours(closures=[["2026-11-29", "2026-12-05"]])
    assert open_now(away, "en", at("2026-11-28T21:00")) == OpenNow(True, at("2026-11-29T00:00"), None)
    assert open_now(away, "en", at("2026-11-29T01:00")) == OpenNow(False, None, at("2026-12-07T17:00"))
    # The night of the last day reaches into the day after.
    assert open_now(away, "en", at("2026-12-06T01:00")) == OpenNow(False, None, at("2026-12-07T17:00"))
    always = hours({"*": [[day, "00:00", "00:00"] for day in DAYS]}, [["2026-11-29", "2026-11-29"]])
    assert open_now(always, "en", at("2026-11-29T12:00")).opens == at("2026-11-30T00:00")


def test_a_closure_without_an_end_in_sight_says_no_opening() -> None:
    away = hours(closures=[["2026-11-01", "2027-11-01"]])
    assert open_now(away, "en", at("2026-11-23T18:00")) == OpenNow(False, None, None)
    assert open_now(away, "en", at("2027-10-30T18:00")).opens == at("2027-11-06T20:00")


def test_in_spring_the_hour_that_is_missing_is_missing() -> None:
    # 2026-03-08: 02:00 is 03:00.
    night = hours({"*": [["sun", "01:30", "03:30"]]})
    assert open_now(night, "en", at("2026-03-08T01:29")).opens == at("2026-03-08T01:30")
    assert open_now(night, "en", at("2026-03-08T01:45")).until == at("2026-03-08T03:30")
    assert at("2026-03-08T03:30") - at("2026-03-08T01:30") == 3_600
    inside = hours({"*": [["sun", "02:15", "02:45"]]})
    assert open_now(inside, "en", at("2026-03-08T03:20")).until == at("2026-03-08T03:45")


def test_in_autumn_the_hour_that_comes_twice_is_open_twice() -> None:
    # 2026-11-01: 02:00 is 01:00 again.
    night = hours({"*": [["sun", "00:30", "01:30"]]})
    first, second = at("2026-11-01T01:15"), at("2026-11-01T01:15", fold=1)
    assert second - first == 3_600
    for moment in (first, second):
        assert open_now(night, "en", moment).until == at("2026-11-01T01:30", fold=1)
    assert not open_now(night, "en", at("2026-11-01T01:30", fold=1)).open


def test_the_evening_begins_at_the_same_wall_clock_before_and_after_a_change() -> None:
    daily = hours({"*": [[day, "17:00", "18:00"] for day in DAYS]})
    before = open_now(daily, "en", at("2026-10-31T12:00")).opens
    after = open_now(daily, "en", at("2026-11-01T12:00")).opens
    assert (before, after) == (at("2026-10-31T17:00"), at("2026-11-01T17:00"))
    assert after is not None
    assert before is not None
    assert after - before == 25 * 3_600


GOOD = {"zone": ZONE, "weekly": {"*": EVENINGS}, "closures": [["2026-12-24", "2026-12-26"]]}

BAD: list[Any] = [
    [],
    {},
    {**GOOD, "more": 1},
    {"zone": ZONE},
    {**GOOD, "zone": "Mars/Base"},
    {**GOOD, "zone": "../../etc/passwd"},
    {**GOOD, "zone": ""},
    {**GOOD, "zone": 5},
    {**GOOD, "weekly": {}},
    {**GOOD, "weekly": []},
    {**GOOD, "weekly": {"english": EVENINGS}},
    {**GOOD, "weekly": {"EN": EVENINGS}},
    {**GOOD, "weekly": {"*": "always"}},
    {**GOOD, "weekly": {"*": [["mon", "17:00"]]}},
    {**GOOD, "weekly": {"*": [["monday", "17:00", "18:00"]]}},
    {**GOOD, "weekly": {"*": [["mon", "7:00", "18:00"]]}},
    {**GOOD, "weekly": {"*": [["mon", "17:00", "24:00"]]}},
    {**GOOD, "weekly": {"*": [["mon", "17:60", "18:00"]]}},
    {**GOOD, "weekly": {"*": [["mon", "17:00", 18]]}},
    {**GOOD, "weekly": {"*": [["mon", "17:00", "18:00"]] * 76, "es": [["tue", "17:00", "18:00"]] * 75}},
    {**GOOD, "closures": [["2026-12-24", "2026-12-26"]] * 41},
    {**GOOD, "closures": {"2026-12-24": "2026-12-26"}},
    {**GOOD, "closures": [["2026-12-24"]]},
    {**GOOD, "closures": [["2026-12-26", "2026-12-24"]]},
    {**GOOD, "closures": [["2026-02-30", "2026-03-01"]]},
    {**GOOD, "closures": [["24.12.2026", "26.12.2026"]]},
    {**GOOD, "closures": [["2026-12-24", "9999-12-31"]]},
]


@pytest.mark.parametrize("found", BAD, ids=lambda found: json.dumps(found)[-60:])
def test_what_is_not_of_this_form_is_refused_in_words(found: Any) -> None:
    with pytest.raises(HoursUnusable, match=" "):
        parse_hours(found)
    assert parse_hours(GOOD).closures[0][1].day == 26


def test_as_many_hours_as_are_taken_cost_no_more_than_their_own_moments(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    languages = [f"a{letter}" for letter in "abcdefghijklmnopqrstuvwxyzabcd"[:26]]
    weekly = {each: [[day, "17:00", "18:00"] for day in DAYS[:5]] for each in languages}
    many = hours(weekly, [["2027-01-01", "2027-12-31"]] * 40)
    counted: list[int] = []
    moment = hours_module._moment

    def counting(zone: ZoneInfo, day: date, clock: time, *, late: bool = False) -> int:
        counted.append(1)
        return moment(zone, day, clock, late=late)

    monkeypatch.setattr(hours_module, "_moment", counting)
    assert every_language(many, at("2026-11-23T17:30"))["ab"].open
    # Two for each time in the 64 days looked at, and one for each evening before a closure.
    assert len(counted) <= 2 * 130 * 10 + 64


def test_a_file_is_read_strictly(tmp_path: Path) -> None:
    path = tmp_path / "hours.json"
    with pytest.raises(HoursUnusable, match="cannot be read"):
        read_hours(path)
    for text in ("", "{", '{"zone": "a", "zone": "b"}', "\ud800", "[" * 100_000):
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        with pytest.raises(HoursUnusable, match=r"not JSON|and nothing else"):
            read_hours(path)
    path.write_text(json.dumps(GOOD))
    assert read_hours(path) == parse_hours(GOOD)
