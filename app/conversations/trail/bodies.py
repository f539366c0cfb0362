"""What bodies of HTTP say of a reason that goes on the trail."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.conversations.trail.rules import MOST_REASON
from app.wire.errors import WireError
from app.wire.fields import line


def _one_line(value: str) -> str:
    try:
        return line(value, MOST_REASON)
    except WireError:
        raise ValueError("not one line") from None


ReasonLine = Annotated[str, Field(min_length=1, max_length=MOST_REASON), AfterValidator(_one_line)]
"""A reason in one's own words: one line, without control characters."""
