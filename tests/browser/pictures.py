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
from tests.browser.tour import Tour
from tests.browser.windows import PATIENCE, windows_at
from tests.browser.words import Locale, Words

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SIZES = {"phone": (390, 844), "desk": (1100, 800)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
MIRRORED = ("client-talk", "peer-talk", "moderator-proof-ok")
"""States that are shown right to left, too."""
QUALITY = 18
"""Of WebP, out of 100: letters stay sharp, and the whole folder stays within three mebibytes."""


class Album:
    """Takes the pictures of one tour."""

    def __init__(self, folder: Path, locale: Locale) -> None:
        self._folder = folder
        self._locale = locale

    async def stop(self, name: str, page: Page) -> None:
        """Every size and scheme of this state; right to left one of the chosen ones."""
        if self._locale == "ar-XB":
            if name in MIRRORED:
                await self._take(f"{name}-right-to-left", page)
            return
        whole = page.viewport_size
        assert whole is not None
        for place, (width, height) in SIZES.items():
            await size(page, width, height)
            for scheme in SCHEMES:
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
    async with house(founded, scratch / locale) as place, windows_at(browser, place.url) as windows:
        await Tour(place, windows, Words(locale), Album(folder, locale).stop).all()


async def take(scratch: Path) -> Path:
    """All pictures, in a folder of `scratch`."""
    expect.set_options(timeout=PATIENCE)
    founded, folder = scratch / "founded" / "data", scratch / "pictures"
    for each in (founded.parent, folder):
        each.mkdir()
    await found(founded)
    async with chromium() as browser:
        for locale in ("en", "ar-XB"):
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
