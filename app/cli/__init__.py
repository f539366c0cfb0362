"""`beside`: thin verbs. `serve`, `demo`, `migrate` and `purge` run the server; the others are API clients
that people run on their own machines. Passwords and secrets are never arguments: others can see those.
"""

from app.cli import server, staff, suspending, talking
from app.cli.entry import app, main

__all__ = ["app", "main", "server", "staff", "suspending", "talking"]
