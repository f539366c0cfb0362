"""The checks of checks.js, run in a page."""

from pathlib import Path

from playwright.async_api import Page

SOURCE = Path(__file__).with_name("checks.js").read_text("utf-8")


async def unmet(page: Page, *names: str) -> list[str]:
    """Where the page as it is now does not meet these checks, one line each."""
    await page.evaluate(SOURCE)
    found: dict[str, list[str]] = await page.evaluate(
        "(names) => Object.fromEntries(names.map((name) => [name, window.checks[name]()]))", list(names)
    )
    return [f"{name}: {line}" for name, lines in found.items() for line in lines]


async def spaced(page: Page) -> None:
    """Text as widely spaced as readers may set it (WCAG 1.4.12), until the page is left."""
    rule = "line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important"
    await page.evaluate(
        """(rule) => {
          const sheet = new CSSStyleSheet()
          sheet.replaceSync(`* { ${rule} }`)
          document.adoptedStyleSheets = [sheet]
        }""",
        rule,
    )


async def unspaced(page: Page) -> None:
    """The page's own spacing again."""
    await page.evaluate("document.adoptedStyleSheets = []")


Found = dict[str, list[str]]
"""By the state, what was found there."""


async def size(page: Page, width: int, height: int) -> None:
    """Give the window another size, and wait until the page has it."""
    await page.set_viewport_size({"width": width, "height": height})
    await frames(page)


async def frames(page: Page) -> None:
    """Wait until the page has been drawn anew, and what follows from that is done."""
    await page.evaluate(
        """async () => {
          for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
          await new Promise(setTimeout)
        }"""
    )
