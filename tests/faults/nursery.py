"""Starts `beside serve` again and again, its imports done once, so that a killed server is soon back.

One line in starts a server; its process id comes out, and when it has ended, how (as `wait` has it: a signal
as a negative number). A server so started is the command line's own, in a process of its own.
"""

import os
import sys

import app.main
from app.cli import main

IMPORTED = app.main.serve
"""The command line imports it only inside its verb, which would be after the fork."""


def serve() -> None:
    """Be the command `beside serve`."""
    # The pipe is for the answers of the parent alone.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.argv[1:] = ["serve"]
    main()


def tend() -> None:
    """Serve for as long as somebody asks."""
    while sys.stdin.readline():
        child = os.fork()
        if not child:
            serve()
        answer(child)
        _, status = os.waitpid(child, 0)
        answer(os.waitstatus_to_exitcode(status))


def answer(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    tend()
