"""`python -m tests.browser.pictures`, which `make pictures` runs: every state of each page, as WebP."""

import asyncio
import base64
import logging
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal

import structlog
from playwright.async_api import Browser, Page, expect

from tests.browser.checks import size
from tests.browser.chromium import chromium
from tests.browser.house import found, house
from tests.browser.tour import Way, all_states, key_states
from tests.browser.windows import PATIENCE, windows_at
from tests.browser.words import Locale, Words

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SIZES = {"phone": (390, 844), "desk": (1100, 800)}
Shot = tuple[Literal["phone", "desk"], Literal["light", "dark"]]
ON_A_PHONE: tuple[Shot, ...] = (("phone", "light"), ("phone", "dark"), ("desk", "light"))
AT_A_DESK: tuple[Shot, ...] = (("desk", "light"), ("desk", "dark"), ("phone", "light"))
ONCE_EACH: tuple[Shot, ...] = (("desk", "dark"), ("phone", "light"))
SHOTS = {"client": ON_A_PHONE, "peer": AT_A_DESK, "moderator": ONCE_EACH, "coordinator": ONCE_EACH}
"""By the page that a state's name begins with."""
SPANISH = (
    "client-landing",
    "client-facts",
    "client-waiting",
    "client-waiting-with-words",
    "client-how-to-start",
    "client-wishes",
    "client-something-light",
    "client-code",
    "client-meeting",
    "client-pace",
    "client-question",
    "client-talk",
    "client-paused",
    "client-my-page-picked",
    "client-draw-stamps",
    "client-our-page",
    "client-steps",
    "client-flag-picked",
    "peer-offer",
    "peer-talk",
    "peer-hint",
    "peer-reflects",
    "peer-safety-guide",
    "peer-after-a-talk",
    "moderator-second-chosen",
    "coordinator-team",
    "coordinator-hours",
)
"""States that are shown in Spanish, too: a talk, the desk of the peer in it, and some of who serves."""
MIRRORED = ("client-talk", "peer-talk", "moderator-proof-ok", "moderator-second-chosen", "coordinator-team")
"""States that are shown right to left, too."""
QUALITY = 18
"""Of WebP, out of 100: letters stay sharp, and the whole folder stays within ten megabytes."""


class Album:
    """Takes the pictures of one tour."""

    def __init__(self, folder: Path, locale: Locale) -> None:
        self._folder = folder
        self._locale = locale

    async def stop(self, name: str, page: Page) -> None:
        """In English all of it; of the other locales the chosen states, once each."""
        shots = SHOTS[name.partition("-")[0]]
        match self._locale:
            case "ar-XB" if name in MIRRORED:
                await self._take(f"{name}-right-to-left", page)
            case "es" if name in SPANISH:
                await self._shots(f"{name}-in-spanish", page, shots[:1])
            case "en":
                await self._shots(name, page, shots)

    async def _shots(self, name: str, page: Page, shots: tuple[Shot, ...]) -> None:
        whole = page.viewport_size
        assert whole is not None
        for place, scheme in shots:
            await size(page, *SIZES[place])
            await page.emulate_media(color_scheme=scheme)
            await self._take(f"{name}-{place}-{scheme}", page)
        await page.emulate_media(color_scheme="light")
        await size(page, whole["width"], whole["height"])

    async def _take(self, name: str, page: Page) -> None:
        session = await page.context.new_cdp_session(page)
        options = {"format": "webp", "quality": QUALITY}
        answer = await session.send("Page.captureScreenshot", options)
        await session.detach()
        (self._folder / f"{name}.webp").write_bytes(base64.b64decode(answer["data"]))


async def walk(browser: Browser, founded: Path, folder: Path, locale: Locale, scratch: Path) -> None:
    """One tour with pictures."""
    async with (
        house(founded, scratch / locale, limits_duty=True) as place,
        windows_at(browser, place.url) as windows,
    ):
        way = Way(place, windows, Words(locale), Album(folder, locale).stop)
        await (all_states(way) if locale == "en" else key_states(way))


async def take(scratch: Path) -> Path:
    """All pictures, in a folder of `scratch`."""
    expect.set_options(timeout=PATIENCE)
    founded, folder = scratch / "founded" / "data", scratch / "pictures"
    for each in (founded.parent, folder):
        each.mkdir()
    await found(founded)
    async with chromium() as browser:
        for locale in ("en", "es", "ar-XB"):
            await walk(browser, founded, folder, locale, scratch)
    return folder


def main() -> None:
    """Take them all, then put them in place of the former ones."""
    # The server's lines say nothing here.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with tempfile.TemporaryDirectory() as scratch:
        taken = asyncio.run(take(Path(scratch)))
        shutil.rmtree(FOLDER, ignore_errors=True)
        shutil.copytree(taken, FOLDER)
    files = list(FOLDER.iterdir())
    kilobytes = sum(file.stat().st_size for file in files) // 1000
    sys.stdout.write(f"{len(files)} pictures, {kilobytes:,} kB, in docs/pictures\n")


if __name__ == "__main__":
    main()
