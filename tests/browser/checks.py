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


async def size(page: Page, width: int, height: int) -> None:
    """Give the window another size, and wait until the page has it."""
    await page.set_viewport_size({"width": width, "height": height})
    await frames(page)


async def frames(page: Page) -> None:
    """Wait until the page has been drawn anew, and what follows from that is done.

    A browser that draws nothing for seconds has nothing new to draw; the checks make it lay the page out.
    """
    await page.evaluate(
        """async () => {
          const drawn = () => new Promise(requestAnimationFrame)
          const late = new Promise((done) => setTimeout(done, 5000))
          for (let frame = 0; frame < 2; frame++) await Promise.race([drawn(), late])
          await new Promise(setTimeout)
        }"""
    )


async def left_in(page: Page, language: str, sentences: list[str]) -> list[str]:
    """Which of these sentences of another language stand on the page, and nothing says that it is that."""
    found: list[str] = await page.evaluate(
        """([language, sentences]) => {
          const theirs = new Set(sentences)
          return [...document.querySelectorAll('body *')]
            .filter((each) => each.closest('[lang]')?.lang !== language)
            .flatMap((each) => [...each.childNodes].filter((node) => node.nodeType === 3))
            .map((node) => node.textContent.trim())
            .filter((words) => theirs.has(words))
        }""",
        [language, sentences],
    )
    return found


async def place_of(page: Page, selector: str) -> str:
    """Where something is in the window, to the pixel."""
    box = await page.locator(selector).bounding_box()
    if box is None:
        return "nowhere"
    return f"{box['x']:.0f} {box['y']:.0f} {box['width']:.0f} {box['height']:.0f}"
