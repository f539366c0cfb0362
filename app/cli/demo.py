"""`beside demo`: a server, a cast to try it with, and somebody who waits."""

import asyncio
import os
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import Annotated

import typer

from app.cli.entry import app, bad
from app.cli.server import CAST_FILE, check_folder, check_port
from app.companion.answers import Service
from app.companion.api import Api, ApiError
from app.companion.demo.cast import Card, make_cast, read_cards, write_cards
from app.companion.demo.visitor import Visitor
from app.settings import Settings
from app.wire.errors import WireError

STARTING = 30.0
"""Seconds that the demo's server may take to answer."""


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=1, max=65_535)] = 8000,
    data: Annotated[Path | None, typer.Option(help="A folder to keep; without it the demo forgets.")] = None,
    cards: Annotated[
        Path | None, typer.Option(help="Write the cast's names, passwords and links here.")
    ] = None,
) -> None:
    """Run a server with a cast to try it with, and a client who waits for a hello."""
    check_port(port)
    if cards is not None and not cards.absolute().parent.is_dir():
        bad(f"There is no folder {cards.absolute().parent}.")
    if data is None:
        with tempfile.TemporaryDirectory(prefix="beside-demo-") as folder:
            _demo(Path(folder), port, cards)
    else:
        check_folder(data)
        if not (data / CAST_FILE).exists() and data.is_dir() and any(data.iterdir()):
            bad(f"{data} is not empty and not a demo's folder.")
        _demo(data, port, cards)


def _demo(folder: Path, port: int, cards: Path | None) -> None:
    from app import main

    url = f"http://localhost:{port}"
    settings = Settings(
        data=folder,
        host="127.0.0.1",
        port=port,
        https=False,
        identity_url=None,
        conversations_url=None,
        side="both",
        workers=1,
        public=None,
        bus_url=None,
        mode="demo",
    )
    # The server ends by the signal that ended it; as an exit it lets the folder be removed first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # The server has the main thread, and with it the signals; whoever plays the cast ends with it.
    threading.Thread(target=_play, args=(folder, url, cards), daemon=True).start()
    main.serve(settings)


def _play(folder: Path, url: str, cards: Path | None) -> None:
    try:
        asyncio.run(_cast_and_visit(folder, url, cards))
    except (ApiError, WireError, OSError, ValueError, KeyError, TypeError) as error:
        typer.echo(
            f"The demo's cast could not be made: {type(error).__name__}. Try an empty folder.", err=True
        )
        os.kill(os.getpid(), signal.SIGTERM)


async def _cast_and_visit(folder: Path, url: str, cards: Path | None) -> None:
    await _answering(url)
    held = folder / CAST_FILE
    if held.exists():
        cast = read_cards(held, url)
    else:
        code = (folder / "setup-code").read_text("ascii").strip()
        cast = await make_cast(url, code)
        write_cards(held, url, cast)
    if cards is not None:
        write_cards(cards, url, cast)
    _introduce(url, cast)
    await Visitor(url).run()


async def _answering(url: str) -> None:
    async with Api(url) as api:
        for _ in range(int(STARTING * 10)):
            try:
                await api.get("/api/service", Service)
            except ApiError:
                await asyncio.sleep(0.1)
            else:
                return
    raise ApiError("unreachable")


def _introduce(url: str, cast: list[Card]) -> None:
    typer.echo(
        f"\nBeside runs. Open it in a browser, each person in a window of their own:\n\n  client       {url}/"
    )
    typer.echo(f"  peer         {url}/peer.html\n  moderator    {url}/moderator.html")
    typer.echo(f"  coordinator  {url}/coordinator.html\n  the API      {url}/docs")
    typer.echo("\nThe cast. A link carries the secret, so that name and password are all there is to type:\n")
    for card in cast:
        typer.echo(f"  {card.alias} ({card.role})")
        typer.echo(f"    name      {card.name}\n    password  {card.password}\n    secret    {card.secret}")
        typer.echo(f"    link      {card.link}")
    typer.echo("\nSomebody waits for a hello already. The same in terminals, each of its own:\n")
    typer.echo(f"  .venv/bin/beside talk {url} --peer")
    typer.echo(f"  .venv/bin/beside talk {url}\n")
