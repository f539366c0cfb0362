"""Months since January 2020, the unit in which return slots are numbered (docs/protocol.md, 3)."""

from datetime import UTC, datetime


def month_of(unix_seconds: int) -> int:
    """The month of a moment in UTC, counted from January 2020 = 0; negative before."""
    moment = datetime.fromtimestamp(unix_seconds, UTC)
    return (moment.year - 2020) * 12 + moment.month - 1
