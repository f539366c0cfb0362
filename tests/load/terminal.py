"""What the run says while it goes on: to standard error, so that the report stays clean."""

import sys


def say(what: str) -> None:
    """One line."""
    sys.stderr.write(f"{what}\n")
