"""`beside check` on the machine that serves: whether the trails of what staff did are as written."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from app.cli.entry import bad, fail
from app.cli.server import read_settings
from app.kit.errors import NotReady

if TYPE_CHECKING:  # what serves is loaded by those who serve
    from app.main import Trail

NO_HEAD = "-"
"""Stands for the last head of a trail without entries."""


def check_trails(kept: Path | None) -> None:
    """Read all trails through, and print the number of each one's last entry and its head.

    Kept where nobody who can reach the stores can write, these lines show later what was cut off or written
    anew: `kept` is a file of them. Exit code 1 where a trail is not as it was.
    """
    from app import main

    before = {} if kept is None else _read_kept(kept)
    try:
        trails = asyncio.run(main.check(read_settings()))
    except NotReady as error:
        fail(str(error))
    for trail in trails:
        if trail.broken is not None:
            fail(f"The {trail.name} trail is not as it was written, from entry {trail.broken} on.")
        if not _goes_on(before.get(trail.name), trail):
            fail(f"The {trail.name} trail does not go on from the one that was kept.")
    for trail in trails:
        number = max(trail.heads, default=0)
        last = trail.heads[number].hex() if trail.heads else NO_HEAD
        typer.echo(f"{trail.name} {number} {last}")


def _read_kept(file: Path) -> dict[str, tuple[int, str]]:
    """Number and head of the last entry, by trail."""
    try:
        lines = [line.split() for line in file.read_text("ascii").splitlines() if line.strip()]
        return {name: (int(number), head) for name, number, head in lines}
    except (OSError, ValueError):
        bad(f"{file} is not what a check printed.")


def _goes_on(before: tuple[int, str] | None, trail: "Trail") -> bool:
    # What was cut since has served its time: there is nothing left to compare with.
    if before is None or before == (0, NO_HEAD) or 0 < before[0] < trail.cut:
        return True
    number, head = before
    return number in trail.heads and trail.heads[number].hex() == head
