"""How long somebody stays asked in, and how many at once (docs/protocol.md, 8)."""

ASKED = 600
"""Seconds after which an ask is over."""
MOST_ASKED = 3
"""People asked into one talk at once."""
