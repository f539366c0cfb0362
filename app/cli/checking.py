"""`check`: whether a service is open, and on the machine that serves whether its stores hold together."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.entry import REFUSED, app, bad, fail, run, the_url
from app.cli.server import Side
from app.cli.upkeep import OnSide, carry_out, settings_of
from app.companion.answers import Service
from app.companion.api import Api
from app.companion.trust import Trust
from app.kit.clock import DAY

if TYPE_CHECKING:  # what serves is loaded by those who serve
    from app.upkeep.checking import Trail

WARN_DAYS = 21
"""Days before the directory's end from which on `check` reminds of it."""

NO_HEAD = "-"
"""Stands for the last head of a trail without entries."""


@app.command()
def check(
    url: Annotated[str | None, typer.Argument(help="The service; without it, the stores here.")] = None,
    kept: Annotated[Path | None, typer.Option(help="What an earlier check of the trails printed.")] = None,
    side: OnSide = None,
) -> None:
    """Whether talks can be opened at a service, and how long its directory is good for.

    Without an address, on the machine that serves: whether the trails of what staff did are as they were
    written, and whether everything in the stores holds together. Exit code 1 where not.
    """
    if url is None:
        _check_stores(kept, side)
        return
    if kept is not None or side is not None:
        bad("--kept and --side are for the stores: they go without an address.")
    url = the_url(url)
    is_open, days = run(_is_open(url))
    if not is_open:
        fail("The service answers, but no talk can be opened: its directory is over, or not everywhere.")
    typer.echo(f"Open. The directory is good for {days} days.")
    if days <= WARN_DAYS:
        typer.echo(f"Renew it soon: beside renew {url}")


async def _is_open(url: str) -> tuple[bool, int]:
    async with Api(url) as api:
        trust = await Trust.pin(api)
        directory = await trust.refresh()
        service = await api.get("/api/service", Service)
        return service.open and service.serial == directory.serial, (directory.expires - service.time) // DAY


def _check_stores(kept: Path | None, side: Side | None) -> None:
    """Read the stores through, and print the number of each trail's last entry and its head.

    Kept where nobody who can reach the stores can write, these lines show later what was cut off or written
    anew: `kept` is a file of them. What is wrong is counted by kind, on standard error, and names nobody.
    """
    from app.upkeep.checking import check

    before = {} if kept is None else _read_kept(kept)
    checked = carry_out(check(settings_of(side)))
    for trail in checked.trails:
        if trail.broken is not None:
            fail(f"The {trail.name} trail is not as it was written, from entry {trail.broken} on.")
        if not _goes_on(before.get(trail.name), trail):
            fail(f"The {trail.name} trail does not go on from the one that was kept.")
    wrong = [
        f"{house}: {count} {kind}" for house, kinds in checked.faults.items() for kind, count in kinds.items()
    ]
    if wrong:
        typer.echo("\n".join(sorted(wrong)), err=True)
        raise typer.Exit(REFUSED)
    for trail in checked.trails:
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
