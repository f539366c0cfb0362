"""How long own lines stay shown, and how many at once (docs/protocol.md, 11)."""

KEPT_DAYS = 14
"""Days after which shown lines are gone."""
MOST_SHOWN = 10
"""Shown lines of one peer at once."""
MOST_LISTED = 30
"""Shown lines in one answer, the newest."""
