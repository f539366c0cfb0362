"""`beside`: thin verbs. Those of `server`, `keeping` and `checking` are for the machine that serves, the
others are API clients that people run on their own. Passwords and secrets are never arguments: others can
see those.
"""

from app.cli import checking, doctor, keeping, server, staff, suspending, talking
from app.cli.entry import app, main

__all__ = ["app", "checking", "doctor", "keeping", "main", "server", "staff", "suspending", "talking"]
