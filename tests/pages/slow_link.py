"""A first visit over a slow line with a slow processor: when the promise is read, when words can be typed."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser

from tests.browser.windows import PHONE
from tests.pages.wire import Answer, Link, Wire

SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")
PATIENCE = 60
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One first visit. Times are milliseconds since the page was asked for."""

    promise: float
    """First paint, where the whole promise was in the page by then; else when it was."""
    composer: float
    """The field took a letter, after Start."""
    by_then: tuple[Answer, ...]
    """What had come when it did."""
    begun: int
    """Requests made by then."""


async def visit(browser: Browser, url: str, link: Link) -> Visit:
    """A fresh phone opens the page over this link and starts as soon as it can."""
    context = await browser.new_context(**PHONE, locale="en-US")
    try:
        page = await context.new_page()
        told: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        await page.expose_function("__usable", told.put_nowait)
        await page.add_init_script(SCRIPT)
        wire = await Wire.on(page)
        await link.put_on(page)
        await page.goto(url, wait_until="commit")
        async with asyncio.timeout(PATIENCE):
            usable = await told.get()
        wire.check()
    finally:
        await context.close()
    then = usable["origin"] + usable["composer"]
    return Visit(usable["promise"], usable["composer"], tuple(wire.whole_by(then)), wire.begun_by(then))
