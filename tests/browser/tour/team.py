"""A coordinator's desk: who is on the team, who comes, who goes."""

from playwright.async_api import Locator, expect

from app.companion.newcomer import Invitation
from tests.browser.people import Staff
from tests.browser.tour.elsewhere import answered
from tests.browser.tour.way import Way


async def team(way: Way, wren: Staff) -> None:
    """Everything about people."""
    await wren.page.goto(way.place.cards["Wren"].link)
    await expect(wren.box("Sign-in name")).to_be_visible()
    await way.stop("coordinator-sign-in", wren.page)
    await wren.enter(way.place.cards["Wren"])
    await expect(wren.heading("Peers")).to_be_visible()
    await way.stop("coordinator-team", wren.page)
    await inviting(way, wren)
    await changing(way, wren)
    await suspending(way, wren)


async def inviting(way: Way, wren: Staff) -> None:
    """A moderator, from the invitation to the list."""
    await wren.choice("Moderator").check()
    await wren.press("Make an invitation")
    await wren.sees("The invitation is ready to hand over.")
    link = wren.page.locator(".invite-link")
    await expect(link).to_be_visible()
    await link.scroll_into_view_if_needed()
    await way.stop("coordinator-invitation", wren.page)
    await answered(way.place.url, "moderator", "Lin", Invitation.read(await link.inner_text()))
    await wren.choice("Peer").check()
    await wren.press("Make an invitation")
    await expect(wren.button("Copy the link")).to_be_visible()
    await wren.press("Look again")
    await wren.sees("Verified")
    await wren.page.locator(".newcomers").get_by_role("checkbox").check()
    await wren.button("Take back").first.click()
    await way.stop("coordinator-newcomers", wren.page)
    await wren.press("No, change nothing")
    await wren.page.locator(".newcomers input[type=checkbox]").check()
    await wren.page.locator(".newcomers > .pebble-primary").click()
    await wren.sees("They are on the team now, and the team has new keys.")
    await way.stop("coordinator-admitted", wren.page)


async def changing(way: Way, wren: Staff) -> None:
    """How many talks at once, and what somebody who goes may still hold."""
    await wren.press("Change something about {alias}", alias="Sol")
    sol = person(wren, "Sol")
    await sol.get_by_role("group").get_by_role("button").first.click()
    await wren.sees("Changed. It counts from their next few minutes on.")
    await way.stop("coordinator-person", wren.page)
    await sol.get_by_role("button", name=way.words("Let go"), exact=True).click()
    await wren.button("Yes, let them go").scroll_into_view_if_needed()
    await way.stop("coordinator-let-go-ask", wren.page)
    await wren.press("No, change nothing")
    await wren.press("Close what can change about {alias}", alias="Sol")


async def suspending(way: Way, wren: Staff) -> None:
    """Two people suspend a peer, and one restores them."""
    await wren.press("Change something about {alias}", alias="Mara")
    await wren.press("Ask to suspend")
    await wren.press("Ask a second person")
    await wren.sees("Still empty: {what}", what=way.words("Reason"))
    await wren.button("Ask a second person").scroll_into_view_if_needed()
    await way.stop("coordinator-suspend", wren.page)
    await wren.choice("How they work here").check()
    await wren.press("Ask a second person")
    await wren.sees("A second person has been asked. Nothing has changed yet.")
    await way.stop("coordinator-suspension-asked", wren.page)

    ash = Staff(await way.person("moderator-asked"), way.words)
    await ash.sign_in(way.place.cards["Ash"])
    await ash.press("Asked of you: someone waits")
    await ash.press("Agree")
    await way.stop("moderator-suspension", ash.page)
    await ash.press("Yes, I agree")
    await ash.sees("Nothing is asked of you now.")

    await wren.press("Look again")
    await wren.press("Suspend now")
    await wren.sees("They are suspended, and the team has new keys.")
    await expect(wren.heading("Suspended")).to_be_visible()
    await wren.heading("Suspended").scroll_into_view_if_needed()
    await way.stop("coordinator-suspended", wren.page)
    await wren.press("Restore")
    await wren.sees("They are back on the team, and the team has new keys.")
    await ash.window.context.close()
    way.windows.open.remove(ash.window)


def person(wren: Staff, alias: str) -> Locator:
    """Somebody's card on the team."""
    return wren.page.locator(".team-are .person").filter(has_text=alias)
