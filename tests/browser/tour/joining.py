"""A new peer, from the link to the twelve words."""

from playwright.async_api import expect

from app.companion.api import Api
from app.companion.coordinator import Coordinator
from app.companion.staff import read_secret
from app.companion.staff_session import StaffSession
from tests.browser.house import House
from tests.browser.people import Peer
from tests.browser.tour.way import Way


async def joining(way: Way) -> None:
    """By a fresh invitation."""
    invitation = await invited(way.place)
    newcomer = Peer(await way.person("newcomer"), way.words)
    await newcomer.page.goto("/peer.html")
    await expect(newcomer.box("Sign-in name")).to_be_visible()
    await way.stop("peer-sign-in-new-browser", newcomer.page)
    await newcomer.page.goto("about:blank")
    await newcomer.page.goto(invitation)
    await expect(newcomer.heading("Welcome to the team")).to_be_visible()
    await way.stop("peer-invitation", newcomer.page)
    await newcomer.box("Sign-in name").fill("robin")
    for label in ("Password", "The same password again"):
        await newcomer.page.get_by_label(way.words(label), exact=True).fill("four quiet words here")
    await newcomer.press("Join")
    await newcomer.sees("Still empty: {what}", what=way.words("The name people see"))
    await way.stop("peer-invitation-incomplete", newcomer.page)
    await newcomer.box("The name people see").fill("Robin")
    await newcomer.page.get_by_role("radio").first.check()
    await newcomer.page.locator('input[type="checkbox"][value="en"]').check()
    await newcomer.press("Join")
    await expect(newcomer.heading("Your key")).to_be_visible()
    await way.stop("peer-key", newcomer.page)
    await newcomer.press("I have kept my key")
    await expect(newcomer.heading("You have joined.")).to_be_visible()
    await way.stop("peer-joined", newcomer.page)


async def invited(place: House) -> str:
    """The link of a fresh invitation of a peer."""
    card = place.cards["Wren"]
    async with Api(place.url) as api:
        session = await StaffSession.sign_in(api, card.name, card.password, read_secret(card.secret))
        invitation = await Coordinator(session).invite("peer")
        await session.sign_out()
    return invitation.link(place.url, "peer")
