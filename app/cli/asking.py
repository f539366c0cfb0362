"""Questions to whoever runs a verb: on a terminal with a prompt, else one line of standard input each."""

import sys
from pathlib import Path

import typer

from app.cli.entry import bad
from app.companion.key_files import read_secret_file
from app.companion.staff import read_secret
from app.wire.directory import Profile
from app.wire.errors import WireError
from app.wire.fields import line

MAX_PASSWORD = 1_000
SHORTEST_PASSWORD = 12
"""Characters of a new password. With the staff secret, guessing needs both; this guards a stolen key file."""


def ask(question: str, *, secret: bool = False) -> str:
    """One answer; what is secret is not shown while it is typed."""
    if sys.stdin.isatty():
        answer: str = typer.prompt(question, hide_input=secret)
    else:
        answer = sys.stdin.readline(MAX_PASSWORD)
    if not answer.strip():
        bad(f"No answer to: {question}")
    return answer.strip()


def confirm(question: str) -> bool:
    """Yes or no; anything but a plain yes is a no."""
    return ask(f"{question} [y/n]").casefold() in ("y", "yes")


def the_password(file: Path | None, *, new: bool = False) -> str:
    """The password, from the first line of a file or asked for; a new one must be long enough."""
    password = ask("Password", secret=True) if file is None else first_line(file)
    if not new:
        return password
    if len(password) < SHORTEST_PASSWORD:
        bad(f"Choose a password of at least {SHORTEST_PASSWORD} characters.")
    if file is None and sys.stdin.isatty() and ask("The same again", secret=True) != password:
        bad("The two are not the same.")
    return password


def the_secret(file: Path | None) -> bytes:
    """The staff secret, from its key file or asked for as twelve words."""
    if file is not None:
        return read_secret_file(file)
    try:
        return read_secret(ask("Staff secret (twelve words)", secret=True))
    except WireError:
        bad("These are not the twelve words of a staff secret.")


def first_line(file: Path) -> str:
    """The first line of a small file."""
    try:
        with open(file, encoding="utf-8") as text:
            found = text.readline(MAX_PASSWORD).strip()
    except (OSError, UnicodeDecodeError):
        bad(f"{file} cannot be read.")
    if not found:
        bad(f"{file} is empty.")
    return found


def the_profile(
    alias: str | None, about: str, stone: int, languages: list[str], topics: list[str]
) -> Profile:
    """What clients will see; never a real name."""
    try:
        return Profile(
            alias=line(alias or ask("Alias that clients will see (never a real name)"), 24),
            stone=str(stone),
            line=line(about, 140),
            languages=tuple(languages),
            topics=tuple(topics),
            lived=(),
        )
    except WireError:
        bad("The alias has at most 24 characters, the line about you at most 140.")
