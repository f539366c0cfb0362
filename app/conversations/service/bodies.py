"""Bodies and answers of `/api/service/{settings,set}`."""

import json
from typing import Annotated, Any

from pydantic import Field

from app.conversations.errors import Malformed
from app.conversations.service.hours import (
    LANGUAGES,
    MOST_CLOSURES,
    MOST_INTERVALS,
    Hours,
    HoursUnusable,
    hours_json,
    parse_hours,
)
from app.conversations.service.rules import Change, ServiceRules
from app.conversations.trail.bodies import ReasonLine
from app.wire.body import Body

Entry = Annotated[list[Annotated[str, Field(max_length=10)]], Field(max_length=3)]
Intervals = Annotated[list[Entry], Field(max_length=MOST_INTERVALS)]
Closures = Annotated[list[Entry], Field(max_length=MOST_CLOSURES)]


class HoursBody(Body):
    """As the operator's file (docs/operations.md): `weekly` by language, `closures` by first and last day."""

    zone: Annotated[str, Field(max_length=64)]
    weekly: Annotated[dict[str, Intervals], Field(max_length=LANGUAGES)]
    closures: Closures = Field(default_factory=list)

    @classmethod
    def of(cls, hours: Hours) -> "HoursBody":
        return cls(**hours_json(hours))

    def hours(self) -> Hours:
        try:
            return parse_hours(self.model_dump())
        except HoursUnusable:
            raise Malformed from None


class SetBody(Body):
    """What is left out stays; `hours` null: open day and night."""

    hours: HoursBody | None = None
    keep_days: Annotated[int | None, Field(ge=1, le=365)] = None
    hold: bool | None = None
    reason: ReasonLine

    def change(self) -> Change:
        values: dict[str, Any] = {
            name: value
            for name, value in (("keep_days", self.keep_days), ("hold", self.hold))
            if value is not None
        }
        if "hours" in self.model_fields_set:
            hours = None if self.hours is None else self.hours.hours()
            values["hours"] = json.dumps(hours_json(hours), separators=(",", ":"), sort_keys=True)
        return Change(values, self.reason)


class SettingsAnswer(Body):
    """What holds now, whoever set it; `hours` null: open day and night."""

    hours: HoursBody | None
    keep_days: int
    hold: bool

    @classmethod
    def of(cls, rules: ServiceRules) -> "SettingsAnswer":
        hours = None if rules.hours is None else HoursBody.of(rules.hours)
        return cls(hours=hours, keep_days=rules.keep_days, hold=rules.hold)
