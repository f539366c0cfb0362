"""Opening hours: when peers mean to be on, by language (docs/operations.md).

A file in JSON names a time zone, the weekly hours of each language ("*" for all that have none of their
own), and days on which nobody is on:

    {"zone": "America/Chicago",
     "weekly": {"*": [["mon", "17:00", "23:00"], ["sat", "20:00", "02:00"]],
                "es": [["sun", "18:00", "22:00"]]},
     "closures": [["2026-12-24", "2026-12-26"]]}

An end that is not after its beginning is of the next day. Where the clocks change, what the wall clock
shows counts: an hour that comes twice is open twice.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALL: Final = "*"
LANGUAGES: Final = 50
"""Languages with hours of their own."""
LOOK_AHEAD: Final = 60
"""Days in which the next opening or closing is looked for."""
MOST_INTERVALS: Final = 150
"""Stretches of a week, of all languages together: each costs time at every look."""
MOST_CLOSURES: Final = 40
"""Closures."""

_language = re.compile(r"[a-z]{2,3}", re.ASCII)
_clock = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_date = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_ONE_DAY = timedelta(days=1)


class HoursUnusable(Exception):
    """The file is not of this form; the text says where."""


@dataclass(frozen=True, slots=True)
class Interval:
    """`day` counts from Monday; an end not after the beginning is of the next day."""

    day: int
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Hours:
    """When peers mean to be on; `closures` from the first day to the last, both closed."""

    zone: ZoneInfo
    weekly: Mapping[str, tuple[Interval, ...]]
    closures: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenNow:
    """Whether it is open, until when, and if it is not, when it opens; unix seconds, None for not soon."""

    open: bool
    until: int | None
    opens: int | None


ALWAYS: Final = OpenNow(True, None, None)


def open_now(hours: Hours | None, language: str, now: int) -> OpenNow:
    """The hours of a language (without region) at a moment. Without any hours it is always open."""
    if hours is None:
        return ALWAYS
    weekly = hours.weekly.get(language, hours.weekly.get(ALL, ()))
    return _at(hours.zone, _days_ahead(hours, now), weekly, now)


def hours_of(known: Mapping[str, OpenNow], language: str) -> OpenNow:
    """The hours of a language (without region) among those of `every_language`, known for all at once."""
    if not known:
        return ALWAYS
    return known.get(language, known.get(ALL, OpenNow(False, None, None)))


def every_language(hours: Hours | None, now: int) -> dict[str, OpenNow]:
    """The hours of each language that has its own, and of "*" for the others; nothing without hours."""
    if hours is None:
        return {}
    ahead = _days_ahead(hours, now)
    return {language: _at(hours.zone, ahead, weekly, now) for language, weekly in hours.weekly.items()}


@dataclass(frozen=True, slots=True)
class _Day:
    """A day within sight that is not closed, and the midnight at which the next closure cuts it off."""

    day: date
    closes: int | None


def _days_ahead(hours: Hours, now: int) -> list[_Day]:
    first = datetime.fromtimestamp(now, UTC).astimezone(hours.zone).date() - 2 * _ONE_DAY
    closed = {
        first + ahead * _ONE_DAY
        for ahead in range(LOOK_AHEAD + 5)
        if any(begins <= first + ahead * _ONE_DAY <= ends for begins, ends in hours.closures)
    }
    days = (first + ahead * _ONE_DAY for ahead in range(LOOK_AHEAD + 4))
    return [
        _Day(day, _moment(hours.zone, day + _ONE_DAY, time()) if day + _ONE_DAY in closed else None)
        for day in days
        if day not in closed
    ]


def _at(zone: ZoneInfo, ahead: list[_Day], weekly: tuple[Interval, ...], now: int) -> OpenNow:
    for begins, ends in _stretches(zone, ahead, weekly, now):
        if begins > now:
            return OpenNow(False, None, begins)
        if now < ends:
            return OpenNow(True, ends if ends <= now + LOOK_AHEAD * 86_400 else None, None)
    return OpenNow(False, None, None)


def _stretches(
    zone: ZoneInfo, ahead: list[_Day], weekly: tuple[Interval, ...], now: int
) -> list[tuple[int, int]]:
    """Open stretches that end after `now`, in order, those that touch as one."""
    found = []
    for each in ahead:
        for interval in weekly:
            if interval.day == each.day.weekday():
                last = each.day if interval.ends > interval.begins else each.day + _ONE_DAY
                begins = _moment(zone, each.day, interval.begins)
                ends = _moment(zone, last, interval.ends, late=True)
                # Of a night before a closed day its evening is left.
                found.append((begins, ends if each.closes is None else min(ends, each.closes)))
    joined: list[tuple[int, int]] = []
    for begins, ends in sorted(found):
        if joined and begins <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(ends, joined[-1][1])
        else:
            joined.append((begins, ends))
    return [stretch for stretch in joined if stretch[1] > now]


def _moment(zone: ZoneInfo, day: date, at: time, *, late: bool = False) -> int:
    """What the wall clock shows, in unix seconds; `late`: the second time, where it comes twice."""
    first = datetime.combine(day, at, zone)
    both = {int(first.replace(fold=fold).timestamp()) for fold in (0, 1)}
    return max(both) if late else int(first.timestamp())


def read_hours(path: Path) -> Hours:
    """The hours in a file. `HoursUnusable` for what is not of this form, in words for the operator."""
    try:
        found = json.loads(path.read_text("utf-8"), object_pairs_hook=_once_each)
    except OSError:
        raise HoursUnusable("the file cannot be read") from None
    except (ValueError, RecursionError):
        raise HoursUnusable("the file is not JSON, or names something twice") from None
    return parse_hours(found)


def parse_hours(found: Any) -> Hours:
    """Hours out of parsed JSON, as `read_hours` says."""
    if not isinstance(found, dict) or not {"zone", "weekly"} <= set(found) <= {"zone", "weekly", "closures"}:
        raise HoursUnusable("it is {zone, weekly, closures}, the last if you like, and nothing else")
    weekly = found["weekly"]
    if not isinstance(weekly, dict) or not 0 < len(weekly) <= LANGUAGES:
        raise HoursUnusable("weekly holds a list for each language, or for * as all others")
    for language in weekly:
        if language != ALL and _language.fullmatch(language) is None:
            raise HoursUnusable("a language in weekly is two or three small letters, or *")
    entries = [entry for each in weekly.values() for entry in _list(each)]
    closures = _list(found.get("closures", []))
    if len(entries) > MOST_INTERVALS or len(closures) > MOST_CLOSURES:
        raise HoursUnusable(f"at most {MOST_INTERVALS} hours of all languages, and {MOST_CLOSURES} closures")
    return Hours(
        _zone(found["zone"]),
        {language: tuple(map(_interval, each)) for language, each in weekly.items()},
        tuple(map(_closure, closures)),
    )


def hours_json(hours: Hours | None) -> Any:
    """What `parse_hours` reads, ready for JSON; None for no hours."""
    if hours is None:
        return None
    return {
        "zone": hours.zone.key,
        "weekly": {
            language: [[DAYS[each.day], f"{each.begins:%H:%M}", f"{each.ends:%H:%M}"] for each in intervals]
            for language, intervals in hours.weekly.items()
        },
        "closures": [[first.isoformat(), last.isoformat()] for first, last in hours.closures],
    }


def _zone(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(name if isinstance(name, str) else "")
    except (ValueError, OSError, KeyError):
        raise HoursUnusable("zone is a name such as America/Chicago, which this machine knows") from None


def _list(found: Any) -> list[Any]:
    if not isinstance(found, list):
        raise HoursUnusable("hours and closures are lists")
    return found


def _interval(entry: Any) -> Interval:
    match entry:
        case [str(day), str(begins), str(ends)] if day in DAYS and _clock.fullmatch(begins):
            if _clock.fullmatch(ends):
                return Interval(DAYS.index(day), time.fromisoformat(begins), time.fromisoformat(ends))
    raise HoursUnusable('hours are ["mon", "17:00", "23:00"]: a day from mon to sun, and two times')


def _closure(entry: Any) -> tuple[date, date]:
    match entry:
        case [str(first), str(last)] if _date.fullmatch(first) and _date.fullmatch(last):
            try:
                days = date.fromisoformat(first), date.fromisoformat(last)
            except ValueError:
                raise HoursUnusable("a closure names a day that does not exist") from None
            if days[0] <= days[1] < date.max:
                return days
    raise HoursUnusable('a closure is ["2026-12-24", "2026-12-26"]: its first and its last day')


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError
    return dict(pairs)
