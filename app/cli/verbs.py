"""Every verb there is."""

from app.cli import checking, demo, doctor, keeping, server, staff, suspending, talking
from app.cli.entry import app

__all__ = ["app", "checking", "demo", "doctor", "keeping", "server", "staff", "suspending", "talking"]
