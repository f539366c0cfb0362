"""Browsers of people: one context each, all watched, and a picture of each open page where a test fails."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, Route

from tests.browser.house import LEAVE_URL
from tests.browser.witness import Witness, origin_of

PATIENCE = 20_000.0
"""Milliseconds within which anything that is expected comes, on a busy machine."""

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 1,
    "is_mobile": True,
    "has_touch": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1100, "height": 800}}

ELSEWHERE = "<!doctype html><html lang=en><title>Weather</title><h1>Weather</h1><p>Sun, later rain."


@dataclass(eq=False)
class Window:
    """Somebody's browser with one page open in it."""

    name: str
    context: BrowserContext
    page: Page
    witness: Witness


@dataclass(eq=False)
class Windows:
    """All browsers of a test."""

    browser: Browser
    url: str
    open: list[Window] = field(default_factory=list)

    async def person(self, name: str, url: str | None = None, **options: Any) -> Window:
        """A fresh browser of somebody, as a desk or a `**PHONE`; `options` are Playwright's of a context."""
        base = url or self.url
        context = await self.browser.new_context(**{**DESK, "locale": "en-US", "base_url": base, **options})
        context.set_default_timeout(PATIENCE)
        witness = Witness(origin_of(base))
        await witness.watch(context)
        await context.route(f"{LEAVE_URL}**", _weather)
        window = Window(name, context, await context.new_page(), witness)
        self.open.append(window)
        return window

    async def pictures(self, folder: Path) -> list[Path]:
        """One picture of each page that is open."""
        taken = []
        for window in self.open:
            for number, page in enumerate(window.context.pages):
                path = folder / f"{window.name}-{number}.png"
                await page.screenshot(path=path)
                taken.append(path)
        return taken

    def faults(self) -> dict[str, list[str]]:
        """By the window's name, what no window may have done."""
        found = {
            window.name: [
                *(f"asked another origin: {url}" for url in window.witness.strangers(allowed=LEAVE_URL)),
                *window.witness.complaints,
                *window.witness.acts,
            ]
            for window in self.open
        }
        return {name: faults for name, faults in found.items() if faults}


@asynccontextmanager
async def windows_at(browser: Browser, url: str) -> AsyncIterator[Windows]:
    """Browsers for a service, closed at the end."""
    windows = Windows(browser, url)
    try:
        yield windows
    finally:
        for window in windows.open:
            await window.context.close()


async def _weather(route: Route) -> None:
    await route.fulfill(status=200, content_type="text/html", body=ELSEWHERE)
