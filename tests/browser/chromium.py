"""The Chromium that tests and pictures run in: the machine's own, else the one that came with Playwright.

`python -m tests.browser.chromium` ends well where there is one: what `scripts/setup tests` asks.
"""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Playwright, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
WITHOUT = (
    # What each window loads for the address bar that nobody sees: three times the work of the page itself.
    "WebUIOmniboxPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxAimPopup",
    "PreloadTopChromeWebUI",
    "SpareRendererForSitePerProcess",
    # What Playwright switches off itself: Chromium heeds the last list only.
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
ARGUMENTS = (
    f"--disable-features={','.join(WITHOUT)}",
    # Containers lack the kernel rights of Chromium's own sandbox; only our own pages are opened.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The network is cut for the browser as it is for the tests: nothing but this machine has a name.
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def executable(playwright: Playwright) -> str | None:
    """Path of the browser, or None where there is none."""
    own = playwright.chromium.executable_path
    return next(filter(None, map(shutil.which, NAMES)), own if Path(own).exists() else None)


@asynccontextmanager
async def chromium(*more: str) -> AsyncIterator[Browser]:
    """A running browser without a window, with `more` arguments. RuntimeError where there is none."""
    async with async_playwright() as playwright:
        path = executable(playwright)
        if path is None:
            raise RuntimeError("There is no Chromium on this machine. Run `scripts/setup tests`.")
        browser = await playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *more])
        try:
            yield browser
        finally:
            await browser.close()


async def _is_there() -> bool:
    async with async_playwright() as playwright:
        return executable(playwright) is not None


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(_is_there()) else 1)
