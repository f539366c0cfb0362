"""What could not be measured."""

import traceback
from dataclasses import dataclass

from tests.load.terminal import say


@dataclass(frozen=True, slots=True)
class Missing:
    """Stands where a figure would; `reason` is a few words for the report."""

    reason: str


NOT_ASKED = Missing("not asked for")
"""Of a part that this run leaves out; no report speaks of it."""


def because(error: Exception) -> Missing:
    """An error ends one part, not the run. Its text goes to the terminal: it may name files of ours."""
    say("".join(traceback.format_exception(error)))
    return Missing(f"not measured: {type(error).__name__}")
