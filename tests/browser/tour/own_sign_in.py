"""What everybody of the staff has at the end of their page: their own sign-in, and changes to the team."""

import time

import pyotp
from playwright.async_api import expect

from tests.browser.people import Staff
from tests.browser.tour.way import Way

STEP = 30
"""Seconds that a code is the present one."""


async def own_sign_in(way: Way, wren: Staff) -> None:
    """Each part once; the last is another sign-in, which asks for a code."""
    await wren.unfolds("Changes to the team")
    await expect(wren.page.locator(".trail > li").first).to_be_visible()
    await wren.page.locator(".trail").scroll_into_view_if_needed()
    await way.stop("coordinator-changes", wren.page)
    await wren.unfolds("Changes to the team")
    await wren.unfolds("Your sign-in")
    await wren.unfolds("Where you are signed in")
    await expect(wren.button("Sign out everywhere")).to_be_visible()
    await wren.button("Sign out everywhere").scroll_into_view_if_needed()
    await way.stop("coordinator-sessions", wren.page)
    await wren.unfolds("Change your password")
    await wren.page.get_by_label(way.words("Your password now"), exact=True).fill("what it was")
    await wren.page.get_by_label(way.words("Your new password"), exact=True).fill("four quiet words here")
    await wren.press("Change it")
    await wren.sees("The two are not the same yet.")
    await wren.button("Change it").scroll_into_view_if_needed()
    await way.stop("coordinator-password", wren.page)
    await wren.unfolds("Your key for another browser")
    await wren.press("Show my twelve words")
    await wren.button("Hide them").scroll_into_view_if_needed()
    await way.stop("coordinator-own-key", wren.page)
    app = await codes(way, wren)
    await wren.press("Sign out")
    await wren.enter(way.place.cards["Wren"])
    await expect(wren.box("Code from your app")).to_be_focused()
    await way.stop("coordinator-code-asked", wren.page)
    await wren.box("Code from your app").fill(app.at(int(time.time()) + STEP))
    await wren.press("Sign in")
    await expect(wren.heading("Peers")).to_be_visible()


async def codes(way: Way, wren: Staff) -> pyotp.TOTP:
    """Codes from a phone, until they are on; what makes them."""
    await wren.unfolds("Codes from your phone")
    await wren.page.get_by_label(way.words("Your password now"), exact=True).fill(
        way.place.cards["Wren"].password
    )
    await wren.press("Set up codes")
    await expect(wren.page.locator(".own-square")).to_be_visible()
    await wren.page.locator(".own-square").scroll_into_view_if_needed()
    await way.stop("coordinator-codes", wren.page)
    app = pyotp.TOTP((await wren.page.locator(".own-letters").inner_text()).replace(" ", ""))
    await wren.box("Code from your app").fill(app.now())
    await wren.press("Turn codes on")
    await wren.sees("Codes are on.")
    await wren.button("Turn codes off").scroll_into_view_if_needed()
    await way.stop("coordinator-codes-on", wren.page)
    return app


async def another_page(way: Way) -> None:
    """A moderator at the coordinators' page."""
    ash = Staff(await way.person("moderator-elsewhere"), way.words)
    await ash.page.goto(way.place.cards["Ash"].link.replace("moderator.html", "coordinator.html"))
    await ash.enter(way.place.cards["Ash"])
    await expect(ash.link("Go to the moderators' page")).to_be_visible()
    await way.stop("coordinator-not-yours", ash.page)
