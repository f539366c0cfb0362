"""A service begins: its first coordinator sets it up by the link that works once."""

import re

from playwright.async_api import expect

from tests.browser.house import LEAVE_URL
from tests.browser.people import Staff
from tests.browser.tour.way import Way
from tests.serving import serving, settings_for

PASSWORD = "four quiet words here"


async def beginning(way: Way) -> None:
    """From a server that nobody founded to a team of one."""
    folder = way.place.data.with_name("beginning")
    async with serving(settings_for(folder, leave_url=LEAVE_URL)) as served:
        first = Staff(await way.person("coordinator-first", url=served.url), way.words)
        # A server that has just started is slow with its first page.
        await first.page.goto("/coordinator.html", wait_until="commit")
        await expect(first.heading("This service is not set up yet.")).to_be_visible()
        await way.stop("coordinator-not-set-up", first.page)
        await sets_up(way, first, (folder / "setup-code").read_text("ascii").strip())
        await first.box("Sign-in name").fill("robin")
        await first.page.get_by_label(way.words("Password"), exact=True).fill(PASSWORD)
        await first.press("Sign in")
        await expect(first.heading("A second coordinator")).to_be_visible()
        await way.stop("coordinator-alone", first.page)
        await first.window.context.close()
        way.windows.open.remove(first.window)


async def sets_up(way: Way, first: Staff, code: str) -> None:
    """An account, its key kept, and three words of it back."""
    await first.page.goto("about:blank")
    await first.page.goto(f"/coordinator.html#setup={code}")
    await expect(first.heading("Set up Beside")).to_be_visible()
    await first.box("Sign-in name").fill("robin")
    await first.press("Set up")
    await first.sees("Still empty: {what}", what=way.words("Password"))
    await way.stop("coordinator-set-up", first.page)
    for label in ("Password", "The same password again"):
        await first.page.get_by_label(way.words(label), exact=True).fill(PASSWORD)
    await first.box("The name people see").fill("Robin")
    await first.page.locator(".picks-stones").get_by_role("radio").first.check()
    await first.page.locator('input[type="checkbox"][value="en"]').check()
    await first.press("Set up")
    shown = first.page.locator("ol.secret-words > li")
    await expect(shown).to_have_count(12)
    words = await shown.all_inner_texts()
    await way.stop("coordinator-set-up-key", first.page)
    await first.press("I have kept my key")
    await expect(first.heading("Three words back")).to_be_visible()
    await first.press("Go on")
    await first.sees("Those are not the words yet. Look at what you kept, or show them again.")
    await way.stop("coordinator-set-up-words", first.page)
    for field in await first.page.locator(".setup-words .field").all():
        place = re.search(r"\d+", await field.locator("label").inner_text())
        assert place is not None
        await field.get_by_role("textbox").fill(words[int(place[0]) - 1])
    await first.press("Go on")
    await expect(first.heading("Your service is there.")).to_be_visible()
    await way.stop("coordinator-set-up-done", first.page)
    await first.press("Go to sign in")
