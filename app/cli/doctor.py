"""`doctor`: a service looked at from outside, and on the machine that serves also from within."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.cli.entry import REFUSED, app, bad
from app.cli.server import read_settings
from app.cli.staff import Url


@app.command()
def doctor(
    url: Url,
    data: Annotated[
        Path | None, typer.Option(help="On the machine that serves: the server's data folder.")
    ] = None,
    logs: Annotated[
        list[Path] | None, typer.Option(help="There too: a folder of logs of what stands in front.")
    ] = None,
) -> None:
    """Look a service over, one line for each thing: ok, look or bad. Exit code 1 where one is bad.

    TLS, headers, sockets, clock, directory, and what the outside must not reach; with --data also space, the
    modes of keys, and the server's own readiness; with --logs whether a web server writes down who asks what.
    """
    from app.upkeep.doctor.visit import visit

    for folder in logs or ():
        if not folder.is_dir():
            bad(f"There is no folder {folder}.")
    settings = read_settings()
    inside = None if data is None else f"http://{settings.host}:{settings.port}"
    findings = asyncio.run(visit(url, data=data, inside=inside, log_folders=logs or ()))
    for finding in findings:
        typer.echo(str(finding))
    if any(finding.level == "bad" for finding in findings):
        raise typer.Exit(REFUSED)
