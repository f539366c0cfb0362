"""`backup` and `restore`, on the machine that serves."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.entry import app
from app.cli.upkeep import OnSide, carry_out, settings_of
from app.kit.clock import DAY


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    side: OnSide = None,
) -> None:
    """Copy the stores and the server's own keys into a folder, while servers go on.

    Encrypt it: whoever has it has the service as it was. Of either engine it can be restored into either.
    """
    from app.upkeep.backup import backup

    os.umask(0o077)
    carry_out(backup(settings_of(side), folder))
    typer.echo(f"The backup is in {folder.absolute()}. Encrypt it, and keep it for 30 days at most.")


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="What `beside backup` wrote.")],
    side: OnSide = None,
) -> None:
    """Fill new, empty stores from a backup. Servers must be stopped."""
    from app.upkeep.restore import restore

    os.umask(0o077)
    done = carry_out(restore(settings_of(side), folder))
    day = datetime.fromtimestamp(done.day * DAY, UTC).date().isoformat()
    typer.echo(
        f"Restored {' and '.join(done.stores)} as of {day}. Next: beside check, then start the server."
    )
    if done.lists_the_gone:
        typer.echo(
            "The team in this backup is older than what conversations knows. Before anybody changes or"
        )
        typer.echo("renews it, a coordinator runs: beside recover URL")
    elif done.lists_the_gone is None:
        typer.echo(
            "If anybody left the team or was suspended since this backup was made, they are listed again:"
        )
        typer.echo("then a coordinator runs, before anything else: beside recover URL")
