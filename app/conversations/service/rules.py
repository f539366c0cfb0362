"""What holds for the whole service until somebody sets it otherwise, and how it is kept."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from app.conversations.service.hours import Hours

Act = Literal["set-hours", "set-keep-days", "hold-on", "hold-off"]


@dataclass(frozen=True, slots=True)
class ServiceRules:
    """`keep_days`: how long a room is kept after its last use; `hours`: None for always open.

    `hold`: the daily purge lets rooms and flags be.
    """

    keep_days: int
    hours: Hours | None
    hold: bool = False


@dataclass(frozen=True, slots=True)
class Set:
    """What a coordinator set; None: as the operator's settings say. `hours`: JSON, "null" for always open."""

    hours: str | None = None
    keep_days: int | None = None
    hold: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be set, in the names of `Set`: what is not there stays. `reason`: one line."""

    values: dict[str, Any]
    reason: str = field(repr=False)


def changed(before: Set, change: Change) -> tuple[Set, list[Act]]:
    """What is set after a change, and the acts that the trail is to tell: none for what was so already."""
    after = replace(before, **change.values)
    acts: list[Act] = []
    if after.hours != before.hours:
        acts.append("set-hours")
    if after.keep_days != before.keep_days:
        acts.append("set-keep-days")
    if after.hold != before.hold:
        acts.append("hold-on" if after.hold else "hold-off")
    return after, acts
