"""Verbs for everybody: `talk`, and `check` for whoever watches over a service."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.asking import first_line
from app.cli.entry import app, bad, fail, run, the_url
from app.cli.staff import Name, PasswordFile, SecretFile, Url
from app.cli.trails import check_trails
from app.companion.answers import Service
from app.companion.api import Api
from app.companion.talk.start import talk_again, talk_as_client, talk_as_peer
from app.companion.trust import Trust
from app.kit.clock import DAY

WARN_DAYS = 21
"""Days before the directory's end from which on `check` reminds of it."""


@app.command()
def talk(
    url: Url,
    peer: Annotated[bool, typer.Option("--peer", help="Sign in as a peer.")] = False,
    code: Annotated[bool, typer.Option("--code", help="Come back by your seven words, asked for.")] = False,
    language: Annotated[str, typer.Option(help="The language you would like to talk in.")] = "en",
    name: Name = None,
    password_file: PasswordFile = None,
    secret_file: SecretFile = None,
) -> None:
    """Talk: as a client, as a client who comes back, or as a peer."""
    if peer and code:
        bad("Seven words are a client's: --peer and --code do not go together.")
    if not peer and (name or password_file or secret_file):
        bad("A client has no name, password or secret: these are for --peer.")
    if not (language.isascii() and language.isalpha() and language.islower() and len(language) in (2, 3)):
        bad("A language is two or three letters, such as en or es.")
    if peer:
        password = None if password_file is None else first_line(password_file)
        run(talk_as_peer(url, name, password, secret_file))
    elif code:
        run(talk_again(url, language))
    else:
        run(talk_as_client(url, language))


@app.command()
def check(
    url: Annotated[str | None, typer.Argument(help="The service; without it, the trails kept here.")] = None,
    kept: Annotated[Path | None, typer.Option(help="What an earlier check of the trails printed.")] = None,
) -> None:
    """Whether talks can be opened at a service, and how long its directory is good for.

    Without an address, on the machine that serves: whether both trails of what staff did are as they were
    written. Exit code 1 where not.
    """
    if url is None:
        check_trails(kept)
        return
    if kept is not None:
        bad("--kept is for the trails: it goes without an address.")
    url = the_url(url)
    is_open, days = run(_check(url))
    if not is_open:
        fail("The service answers, but no talk can be opened: its directory is over, or not everywhere.")
    typer.echo(f"Open. The directory is good for {days} days.")
    if days <= WARN_DAYS:
        typer.echo(f"Renew it soon: beside renew {url}")


async def _check(url: str) -> tuple[bool, int]:
    async with Api(url) as api:
        trust = await Trust.pin(api)
        directory = await trust.refresh()
        service = await api.get("/api/service", Service)
        return service.open and service.serial == directory.serial, (directory.expires - service.time) // DAY
