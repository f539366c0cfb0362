"""`beside check` on the machine that serves: whether the trails of what staff did are as written."""

import asyncio
from pathlib import Path

import typer

from app.cli.entry import bad, fail
from app.cli.server import read_settings

NO_HEAD = "-"
"""Stands for the last head of a trail without entries."""


def check_trails(kept: Path | None) -> None:
    """Read both trails through, and print how many entries each has and its last head.

    Kept where nobody who can reach the stores can write, these lines show later what was cut off or written
    anew: `kept` is a file of them. Exit code 1 where a trail is not as it was.
    """
    from app import main

    before = {} if kept is None else _read_kept(kept)
    try:
        trails = asyncio.run(main.check(read_settings()))
    except main.NotReady as error:
        fail(str(error))
    for trail in trails:
        if trail.broken is not None:
            fail(f"The {trail.name} trail is not as it was written, from entry {trail.broken} on.")
        if not _goes_on(before.get(trail.name), trail.heads):
            fail(f"The {trail.name} trail does not go on from the one that was kept.")
    for trail in trails:
        last = trail.heads[-1].hex() if trail.heads else NO_HEAD
        typer.echo(f"{trail.name} {len(trail.heads)} {last}")


def _read_kept(file: Path) -> dict[str, tuple[int, str]]:
    """Number of entries and last head by trail."""
    try:
        lines = [line.split() for line in file.read_text("ascii").splitlines() if line.strip()]
        return {name: (int(number), head) for name, number, head in lines}
    except (OSError, ValueError):
        bad(f"{file} is not what a check printed.")


def _goes_on(before: tuple[int, str] | None, heads: list[bytes]) -> bool:
    if before is None or before == (0, NO_HEAD):
        return True
    number, head = before
    return 0 < number <= len(heads) and heads[number - 1].hex() == head
