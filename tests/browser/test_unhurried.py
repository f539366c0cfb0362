"""Nothing runs out, nothing hurries, and the end is near whenever it is wanted (rules A15, B10, B16)."""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, expect

from app.kit.clock import ManualClock
from tests.browser.house import House, house
from tests.browser.people import Client, meet
from tests.browser.windows import PHONE, Windows, windows_at
from tests.browser.words import Locale, Words

FIRST = "not sure where to begin"
DRAFT = "a word that is still being looked for"
PAGE = "only for me"

A_DAY = 86_400
pytestmark = pytest.mark.walk

READ = pytest.mark.parametrize("locale", ["en", "es"])


async def client_of(windows: Windows, locale: Locale) -> Client:
    """Somebody with a phone who reads this language."""
    language = {"en": "en-US", "es": "es-US"}[locale]
    return Client(await windows.person("client", **PHONE, locale=language), Words(locale))


@READ
async def test_nothing_runs_out_while_the_page_is_open_and_the_place_can_be_kept_longer(
    browser: Browser, founded: Path, tmp_path: Path, locale: Locale
) -> None:
    clock = ManualClock(time.time())
    async with (
        house(founded, tmp_path / "data", clock=clock) as place,
        windows_at(browser, place.url) as windows,
    ):
        client = await client_of(windows, locale)
        client.window.witness.lines_are_cut = True  # as the page sees it, where a day passes at once
        await client.page.clock.install()
        await meet(place, windows, FIRST, client)
        await client.shows("My page")
        await client.box("Write here, just for you").fill(PAGE)
        await client.field.fill(DRAFT)
        await client.press("Pause")
        await client.press("Step away for a while")
        kept = client.page.locator(".paused .soft")
        until = await kept.inner_text()
        # What the page said of the pause has arrived: until then it shows that it waits.
        await client.sees("Away for a while.")
        await client.sees_not("Waiting to send")
        shown = await client.main.inner_text()
        clock.advance(A_DAY)
        await client.page.clock.fast_forward(1000 * A_DAY)
        # The line comes back by itself; nothing on the screen has counted, changed or gone.
        await expect(client.page.locator(".dock .system-line")).to_have_count(0)
        await expect(client.main).to_have_text(shown, use_inner_text=True)
        await expect(client.field).to_have_value(DRAFT)
        await client.press("Keep my place longer")
        await expect(kept).not_to_have_text(until)
        await client.press("I am back")
        await client.shows("My page")
        await expect(client.box("Write here, just for you")).to_have_value(PAGE)
        await client.press("Send")
        await client.reads(DRAFT)
        assert windows.faults() == {}


async def while_waiting(client: Client) -> Locator:
    return client.button("More")


async def with_a_drawing_open(client: Client) -> Locator:
    await client.shows("Draw")
    return client.button("More")


async def in_a_pause(client: Client) -> Locator:
    await client.press("Pause")
    await client.press("I am here, not writing")
    return client.button("More")


@READ
@pytest.mark.parametrize("state", [while_waiting, with_a_drawing_open, in_a_pause])
async def test_two_taps_end_a_wait_or_a_talk_and_nothing_is_asked_then(
    place: House, windows: Windows, locale: Locale, state: Callable[[Client], Awaitable[Locator]]
) -> None:
    client = await client_of(windows, locale)
    if state is while_waiting:
        await client.begins(FIRST)
    else:
        await meet(place, windows, FIRST, client)
    await (await state(client)).tap()
    await client.button("End for now").tap()
    await expect(client.heading("Thank you for talking with us.")).to_be_visible()
    await expect(client.page.get_by_role("textbox")).to_have_count(0)
