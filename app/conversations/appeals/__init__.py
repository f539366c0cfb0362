"""What a paused peer may say to somebody new, and who ends a pause."""
