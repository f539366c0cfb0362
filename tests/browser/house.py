"""A founded service with the demo's cast, served afresh to each test out of one copy."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from app.companion.demo.cast import Card, make_cast, read_cards, write_cards
from app.kit.clock import Clock
from tests.serving import Served, serving, settings_for

LEAVE_URL = "https://weather.example/"
"""Where Leave now leads in tests: nothing is there, the window itself answers."""
CARDS = "cards.json"


@dataclass(frozen=True)
class House:
    """A service that answers, and how its staff sign in."""

    served: Served
    cards: dict[str, Card]
    """By alias."""

    @property
    def url(self) -> str:
        return self.served.url

    @property
    def data(self) -> Path:
        return self.served.server.settings.data


async def found(folder: Path) -> None:
    """Found a service in `folder` and enrol its cast; nobody serves it then."""
    async with serving(settings_for(folder)) as served:
        code = (folder / "setup-code").read_text("ascii").strip()
        write_cards(folder.parent / CARDS, served.url, await make_cast(served.url, code))


def cast_of(founded: Path, url: str) -> dict[str, Card]:
    """How the staff of the service founded in `founded` sign in where it is served at `url`."""
    return {card.alias: card for card in read_cards(founded.parent / CARDS, url)}


async def copied(founded: Path, data: Path) -> None:
    """Copy a founded service's data folder, which nobody serves, to one that is not there yet."""
    await asyncio.to_thread(shutil.copytree, founded, data)


@asynccontextmanager
async def house(
    founded: Path, data: Path, *, clock: Clock | None = None, **settings: object
) -> AsyncIterator[House]:
    """A copy of the founded service in `data`, served."""
    await copied(founded, data)
    async with serving(
        settings_for(data, **{"mode": "demo", "leave_url": LEAVE_URL, **settings}), clock
    ) as served:
        yield House(served, cast_of(founded, served.url))
