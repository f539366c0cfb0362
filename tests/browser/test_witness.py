"""A check that finds nothing says something only if it would have found: here each finds what is planted."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.checks import unmet
from tests.browser.house import House
from tests.browser.people import Client
from tests.browser.windows import Windows, windows_at

PLANTED = {
    "logs": "plant('ol', { role: 'log' })",
    "voices": "plant('p', { role: 'alert' })",
    "tabStops": "plant('p', { tabindex: '3' })",
    "width": "plant('div', {}).style.minWidth = '3000px'",
    "clipped": "plant('p', {}).style.cssText = 'width: 9px; overflow: hidden; white-space: nowrap'",
    "targets": "plant('button', {}).style.cssText = 'all: initial; height: 20px'",
    "edges": "plant('button', {}).style.cssText = 'all: initial'",
    "chosen": "plant('button', { 'aria-pressed': 'true' }).style.cssText = 'all: initial; border: 2px solid'",
    "fields": "plant('textarea', {})",
    "pictures": (
        "plant('div', { class: 'preview' })"
        ".append(document.createElementNS('http://www.w3.org/2000/svg', 'svg'))"
    ),
    "watching": "plant('p', {}).textContent = 'Mara is typing'",
    "dock": "plant('div', { class: 'dock' })",
    "writing": (
        "plant('textarea', { class: 'composer-field' }).style.cssText = 'position: fixed; top: -900px'"
    ),
    "motion": "plant('p', {}).animate([{ opacity: 0 }, { opacity: 1 }], 60000)",
    "messages": "plant('div', { role: 'log' }).appendChild(plant('ol', {})).append(plant('li', {}))",
    "language": "document.documentElement.lang = ''",
    "shape": "plant('h1', {})",
}
PLANT = """
(what) => {
  const plant = (name, attributes) => {
    const element = document.createElement(name)
    for (const [each, value] of Object.entries(attributes)) element.setAttribute(each, value)
    element.textContent = 'planted words'
    document.querySelector('main').append(element)
    return element
  }
  %s
}
"""


async def landing(windows: Windows) -> Page:
    client = Client(await windows.person("client", reduced_motion="reduce"))
    await client.opens()
    await expect(client.button("Start when you are ready")).to_be_visible()
    return client.page


async def test_each_check_finds_what_is_planted_and_nothing_before(windows: Windows) -> None:
    page = await landing(windows)
    for name, planted in PLANTED.items():
        assert (name, await unmet(page, name)) == (name, [])
        before = await page.evaluate("document.documentElement.lang")
        await page.evaluate(PLANT % planted)
        assert (name, await unmet(page, name)) != (name, [])
        await page.evaluate(
            """(lang) => {
              document.documentElement.lang = lang
              for (const each of document.querySelectorAll('main > :not(.landing)')) each.remove()
            }""",
            before,
        )


async def test_axe_finds_what_is_planted_in_the_light_and_in_the_dark(windows: Windows) -> None:
    page = await landing(windows)
    assert await violations(page) == []
    await page.evaluate(PLANT % "plant('button', {}).textContent = ''")
    assert any(line.startswith("button-name") for line in await violations(page))
    await page.emulate_media(color_scheme="dark")
    assert await violations(page, colours_alone=True) == []
    await page.evaluate(PLANT % "plant('p', {}).style.color = '#333'")
    assert any(line.startswith("color-contrast") for line in await violations(page, colours_alone=True))


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("fetch('https://elsewhere.example/').catch(() => {})", "content policy: connect-src"),
        ("console.error('something broke')", "console: something broke"),
        ("setTimeout(() => { throw new Error('broken') })", "uncaught: broken"),
        ("history.pushState(null, '', '/')", "pushed"),
        ("location.assign('https://elsewhere.example/')", "asked another origin: https://elsewhere.example/"),
    ],
)
async def test_a_witness_tells_of_whatever_a_page_may_not_do(
    browser: Browser, place: House, act: str, told: str
) -> None:
    async with windows_at(browser, place.url) as windows:
        page = await landing(windows)
        assert windows.faults() == {}
        async with page.expect_event("framenavigated") if "assign" in act else page.expect_request("**/seen"):
            await page.evaluate(
                f"() => {{ try {{ {act} }} catch {{ }} ; setTimeout(() => fetch('/seen'), 50) }}"
            )
        assert any(told in fault for fault in windows.faults()["client"])
