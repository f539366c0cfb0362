"""What a page fetches on a first visit, over a line that is no limit."""

from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Browser, expect

from tests.browser.house import House
from tests.browser.people import Client, Staff
from tests.browser.windows import DESK, PHONE, Window
from tests.browser.witness import Witness, origin_of
from tests.pages.wire import Answer, Wire

PATIENCE = 60_000.0
"""Milliseconds."""


async def until_room(browser: Browser, place: House) -> tuple[Answer, ...]:
    """The client's page, until its room is open and the first words wait in it for a peer."""

    async def wait(window: Window) -> None:
        await Client(window).begins("hello")

    return await _fetched(browser, place, wait, PHONE)


async def until_sign_in(browser: Browser, place: House, page: str) -> tuple[Answer, ...]:
    """A page of the team (peer.html, moderator.html), until one can sign in."""

    async def open_page(window: Window) -> None:
        staff = Staff(window)
        await window.page.goto(f"/{page}")
        await expect(staff.box("Sign-in name")).to_be_editable(timeout=PATIENCE)

    return await _fetched(browser, place, open_page, DESK)


async def _fetched(
    browser: Browser, place: House, act: Callable[[Window], Awaitable[None]], device: dict[str, Any]
) -> tuple[Answer, ...]:
    context = await browser.new_context(**device, locale="en-US", base_url=place.url)
    context.set_default_timeout(PATIENCE)
    try:
        page = await context.new_page()
        wire = await Wire.on(page)
        await act(Window("measured", context, page, Witness(origin_of(place.url))))
        # What was begun by then is fetched to its end.
        await page.wait_for_load_state("networkidle")
    finally:
        await context.close()
    wire.check()
    return tuple(wire.answers)
