"""The verb for everybody: `talk`."""

from typing import Annotated

import typer

from app.cli.asking import first_line
from app.cli.entry import app, bad, run
from app.cli.staff import Name, PasswordFile, SecretFile, Url
from app.companion.talk.start import talk_again, talk_as_client, talk_as_peer


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
