"""A coordinator's desk: the hours, what is kept for how long, and what was done."""

from playwright.async_api import expect

from tests.browser.people import Staff
from tests.browser.tour.way import Way


async def hours(way: Way, wren: Staff) -> None:
    """Day and night, then evenings, with a language of its own and a day off."""
    await wren.press("Hours")
    await expect(wren.button("Open day and night")).to_be_visible()
    await way.stop("coordinator-hours-always", wren.page)
    await wren.press("Set hours")
    await expect(wren.heading("All languages")).to_be_visible()
    await way.stop("coordinator-hours", wren.page)
    await wren.page.locator(".hours-add select").select_option("es")
    await wren.press("Add it")
    own = wren.page.locator(".week").last
    await own.get_by_role(
        "button", name=way.words("Remove these hours of {day}", day=way.words("Monday"))
    ).click()
    await own.scroll_into_view_if_needed()
    await way.stop("coordinator-hours-language", wren.page)
    await wren.press("Add days off")
    await wren.press("Save these hours")
    await wren.sees("Still empty: {what}", what=way.words("A time or a day"))
    await wren.button("Save these hours").scroll_into_view_if_needed()
    await way.stop("coordinator-hours-incomplete", wren.page)
    for day in await wren.page.locator('.closures input[type="date"]').all():
        await day.fill("2031-12-24")
    await wren.box("Why, in one line").fill(way.own("evenings first", "primero las noches"))
    await wren.press("Save these hours")
    await wren.sees("Saved.")
    await wren.text("Saved.").scroll_into_view_if_needed()
    await way.stop("coordinator-hours-saved", wren.page)


async def keeping(way: Way, wren: Staff) -> None:
    """How many days, and a hold."""
    await wren.press("Keeping")
    days = wren.box("Days")
    await days.fill("0")
    await wren.press("Save")
    await expect(days).to_have_attribute("aria-invalid", "true")
    await way.stop("coordinator-keeping", wren.page)
    await wren.box("Why, in one line").last.fill(way.own("a court asks", "un tribunal lo pide"))
    await wren.press("Begin a hold")
    await wren.sees("A hold is on. Nothing is deleted by time now.")
    await wren.text("Saved.").scroll_into_view_if_needed()
    await way.stop("coordinator-hold", wren.page)


async def what_was_done(way: Way, wren: Staff) -> None:
    """The record."""
    await wren.press("What was done")
    await wren.sees("Began a hold on deleting")
    await way.stop("coordinator-deeds", wren.page)
