"""The command line itself, how a verb runs, and how it fails: 1 for a refusal, 2 for bad arguments.

The companion is imported where it is needed: a server does not load it.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, NoReturn, TypeVar

import typer

from app.wire.errors import WireError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Beside: anonymous peer chat, end-to-end encrypted.",
)

REFUSED = 1
BAD_ARGUMENTS = 2

T = TypeVar("T")


class Refused(typer.Exit):
    """The service refused; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(REFUSED)
        self.code = code


def run(work: Coroutine[Any, Any, T]) -> T:
    """Carry out a verb of somebody's own; a refusal ends the program with one sentence and no trace."""
    from app.companion.api import ApiError
    from app.companion.key_files import BadKeyFile
    from app.companion.talk import words

    try:
        return asyncio.run(work)
    except (ApiError, WireError) as error:
        typer.echo(f"{words.refusal(error.code)} ({error.code})", err=True)
        raise Refused(error.code) from None
    except BadKeyFile as error:
        fail(str(error))
    except KeyboardInterrupt:
        raise typer.Exit(REFUSED) from None


def fail(text: str) -> NoReturn:
    """End with a sentence on standard error."""
    typer.echo(text, err=True)
    raise typer.Exit(REFUSED)


def bad(text: str) -> NoReturn:
    """End because the arguments cannot be meant so."""
    typer.echo(text, err=True)
    raise typer.Exit(BAD_ARGUMENTS)


def the_url(value: str) -> str:
    """The address of a service, from an argument."""
    from app.companion.api import ApiError, origin_of

    try:
        return origin_of(value)
    except ApiError:
        raise typer.BadParameter("an address like https://beside.example or http://localhost:8000") from None
