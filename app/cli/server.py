"""Verbs of the machine that serves: `serve`, `pages`, `setup-link`, `migrate`, `purge`.

What serves is imported inside the verbs: a person who only talks does not load a server.
"""

import asyncio
import os
import socket
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Literal

import typer
from pydantic import ValidationError

from app.cli.entry import app, bad, fail, the_url
from app.kit.errors import NotReady
from app.settings import Settings

Side = Literal["both", "identity", "conversations"]

CAST_FILE = "demo-cast.json"
"""Marks a folder as a demo's: passwords lie in it, so no other server may have been there."""


@app.command()
def serve(
    side: Annotated[
        Side | None, typer.Option(help="Which house to serve, unless BESIDE_SIDE; both by default.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(help="Processes at one port, unless BESIDE_WORKERS. Several need PostgreSQL and a bus."),
    ] = None,
) -> None:
    """Run the server. Its settings come from the environment (BESIDE_*)."""
    from app import main

    # Workers are processes of their own, and read the same environment.
    for name, value in ("BESIDE_SIDE", side), ("BESIDE_WORKERS", workers):
        if value is not None:
            os.environ[name] = str(value)
    settings = read_settings()
    check_folder(settings.data)
    if settings.side != "conversations":
        check_folder(settings.public_folder)
    if (settings.data / CAST_FILE).exists():
        bad(f"{settings.data} belongs to a demo. Use another folder (BESIDE_DATA).")
    if ":" not in settings.host:
        check_port(settings.port, settings.host)
    _say_what_next(settings)
    main.serve(settings)


@app.command()
def pages(folder: Annotated[Path, typer.Argument(help="A folder that is new, empty, or of pages.")]) -> None:
    """Write the pages with your settings in them, for a web server to hand out (docs/operations.md)."""
    from app.web.frontend import PagesUnusable
    from app.web.written_pages import FolderUnusable, write_pages

    settings = read_settings()
    try:
        count = write_pages(settings, folder)
    except FolderUnusable as error:
        bad(f"{error}.")
    except OSError as error:
        bad(f"{folder} cannot be written: {error.strerror}.")
    except PagesUnusable as error:
        fail(f"The pages cannot be used: {error}.")
    typer.echo(f"{count} files are in {folder.absolute()}.")


@app.command()
def migrate() -> None:
    """Bring both stores to the revision of this program."""
    from app.upkeep.stores import migrate

    asyncio.run(migrate(read_settings()))


@app.command("setup-link")
def setup_link(
    data: Annotated[Path | None, typer.Option(help="The server's data folder, unless BESIDE_DATA.")] = None,
    url: Annotated[str | None, typer.Option(help="Where browsers reach the service.")] = None,
) -> None:
    """Print the link that sets the service up in a browser, once. Whoever opens it first founds it."""
    from app.identity.enrolment.setup_code import SetupCode

    settings = read_settings()
    code = SetupCode(data or settings.data).read()
    if code is None:
        fail("There is no set-up code: the service is set up already, or its server has not started yet.")
    # Never one of the further origins: a page there would be the first to hear the code.
    origin = f"http://localhost:{settings.port}" if url is None else the_url(url)
    typer.echo(f"{origin}/coordinator.html#setup={code}")


@app.command()
def purge() -> None:
    """Remove what has served its time, as the server does every day."""
    from app.kit import logs
    from app.upkeep.purging import purge

    logs.configure()
    try:
        gone = asyncio.run(purge(read_settings()))
    except NotReady as error:
        fail(str(error))
    typer.echo(f"Removed {gone} rows.")


def read_settings() -> Settings:
    """The settings in the environment; exit code 2 where one is not as it must be."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = ", ".join(sorted({_named(each["loc"], each["msg"]) for each in error.errors()}))
        bad(f"A setting is not as it must be: {wrong}")


def _named(setting: tuple[int | str, ...], wrong: str) -> str:
    """What is wrong, after the setting's name; several settings that do not go together have none."""
    reason = wrong.removeprefix("Value error, ")
    return f"BESIDE_{'_'.join(map(str, setting)).upper()}: {reason}" if setting else reason


def check_folder(folder: Path) -> None:
    """End where the folder cannot be a data folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        bad(f"{folder} cannot be written: {error.strerror}.")


def check_port(port: int, host: str = "127.0.0.1") -> None:
    """End where something listens there already: the demo must not mistake it for itself."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            bad(f"Nothing can listen on port {port}: {error.strerror}. Choose another (--port, BESIDE_PORT).")


def _say_what_next(settings: Settings) -> None:
    url = f"http://localhost:{settings.port}"
    typer.echo(f"Beside serves at {url}, with its data in {settings.data.absolute()}.", err=True)
    # Only to a person: what is not a terminal may be a log, and there nobody could act on it.
    if sys.stderr.isatty() and settings.side != "conversations" and not settings.site_file.exists():
        typer.echo("Next, in another terminal: beside setup-link. It prints a link that sets the", err=True)
        typer.echo(f"service up in a browser. Or from a terminal: beside setup {url}", err=True)
