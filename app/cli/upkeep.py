"""What the verbs of upkeep share: the side they work on, and how they fail."""

import asyncio
from collections.abc import Coroutine
from typing import Annotated, Any, TypeVar

import typer

from app.cli.entry import fail
from app.cli.server import Side, read_settings
from app.kit.errors import NotReady, Refusal
from app.settings import Settings

T = TypeVar("T")

OnSide = Annotated[
    Side | None, typer.Option("--side", help="Which house's store, unless BESIDE_SIDE; both by default.")
]


def settings_of(side: Side | None) -> Settings:
    """The settings in the environment, for one side where it is named."""
    settings = read_settings()
    return settings if side is None else settings.model_copy(update={"side": side})


def carry_out(work: Coroutine[Any, Any, T]) -> T:
    """Do it; what stands in the way ends the program with one sentence."""
    try:
        return asyncio.run(work)
    except NotReady as error:
        fail(f"{error}.")
    except Refusal:
        fail("A store did not answer, or a disk is full. Nothing was half done; try again.")
    except OSError as error:
        fail(f"A file could not be written: {error.strerror}.")
