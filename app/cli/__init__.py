"""`beside`: thin verbs. Those of `server`, `keeping` and `checking` are for the machine that serves, the
others are API clients that people run on their own. Passwords and secrets are never arguments: others can
see those.
"""

import sys
from importlib import import_module

from app.cli.entry import app


def main() -> None:
    """Run the command line."""
    # A server starts often and lives long: it does not carry what people's verbs need.
    import_module("app.cli.server" if sys.argv[1:2] == ["serve"] else "app.cli.verbs")
    app()
