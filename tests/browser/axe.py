"""axe, the accessibility checker, on a page as it is now."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Page

SOURCE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
"""They are not for forced colours: they read the page's own, which are then not painted."""

SCROLLED = "partially obscured"
"""Of a target under a bar that stays in view: it can be scrolled out. Sizes are checked by themselves."""

RUN = """
async (runOnly) => {
  const result = await window.axe.run(document, { runOnly, resultTypes: ['violations'] })
  return result.violations.map(({ id, help, nodes }) => ({
    id, help, nodes: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
  }))
}
"""


async def violations(page: Page, *, colours_alone: bool = False) -> list[str]:
    """What axe finds, one line for each place; of the colours alone where nothing else can have changed."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_source())
    options = {"type": "rule", "values": COLOUR_RULES} if colours_alone else {"type": "tag", "values": TAGS}
    found: list[dict[str, Any]] = await page.evaluate(RUN, options)
    return [
        f"{rule['id']} ({rule['help']}) {node}"
        for rule in found
        for node in rule["nodes"]
        if SCROLLED not in node
    ]


@cache
def _source() -> str:
    if not SOURCE.is_file():
        raise RuntimeError("axe-core is missing. Run `scripts/setup tests`.")
    # The value of the last expression goes back to Python: none.
    return SOURCE.read_text("utf-8") + "\n;undefined"
