"""Flags: words somebody chose to show, read by one moderator at a time, and what was decided on them."""
