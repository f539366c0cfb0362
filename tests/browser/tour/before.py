"""Before a talk."""

from playwright.async_api import Route, expect

from tests.browser.tour.way import Way
from tests.browser.words import Words

INSECURE = "Object.defineProperty(window, 'isSecureContext', { value: false })"
OTHER_APP = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Instagram 300.0"


async def first_pages(way: Way) -> None:
    """The first page, its help, and the way back by the code."""
    client = await way.client("client-first")
    await client.opens()
    await expect(client.button("Start when you are ready")).to_be_visible()
    await expect(client.button_named("Español")).to_be_visible()
    await way.stop("client-landing", client.page)
    await client.link("Help now").click()
    await expect(client.heading("People you can reach right now").first).to_be_visible()
    await way.stop("client-help", client.page)
    await client.link("Help now").click()
    await client.press("Come back with my code")
    await expect(client.box("Your seven words")).to_be_visible()
    await way.stop("client-back", client.page)
    await client.box("Your seven words").fill("seven words of my own that fit")
    await client.press("Open my talk")
    await client.sees(
        "These are not seven words of ours yet. Check the spelling, and that there are seven. "
        "Capitals do not matter."
    )
    await way.stop("client-back-not-words", client.page)


async def looking_around(way: Way) -> None:
    """What can be read and tried without a talk."""
    client = await way.client("client-looking")
    await client.opens()
    await client.press("Look around first")
    await client.sees("What happens here")
    await way.stop("client-look-around", client.page)
    await client.unfolds("What people say, and what is so")
    await expect(client.page.locator(".fact-card").first).to_be_visible()
    await way.stop("client-facts", client.page)
    await client.unfolds("Stories")
    await expect(client.page.locator(".story-card").first).to_be_visible()
    await way.stop("client-stories", client.page)
    await client.unfolds("Breathe")
    await client.press("Start")
    await expect(client.page.locator(".breath-word")).to_be_visible()
    await way.stop("client-breathing", client.page)
    await client.unfolds("Write or draw")
    await client.press("My page")
    await client.box("Write here, just for you").fill(way.own("only for me", "solo para mí"))
    await way.stop("client-page-before-a-talk", client.page)


async def other_language(way: Way) -> None:
    """The first page, once another language was chosen on it."""
    client = await way.client("client-other-language")
    await client.opens()
    other = "English" if way.words.locale == "es" else "Español"
    await client.button_named(other).click()
    client.words = Words("en" if way.words.locale == "es" else "es")
    await client.sees("Free. No name. No sign-up. You set the pace.")
    await way.stop("client-landing-other-language", client.page)


async def odd_windows(way: Way) -> None:
    """Browsers that something is wrong with, and a service that has no room."""
    insecure = await way.client("client-insecure")
    await insecure.page.add_init_script(INSECURE)
    await insecure.opens()
    await insecure.sees(
        "This page is not protected here, so talking is switched off. These people can help now:"
    )
    await way.stop("client-not-protected", insecure.page)

    inside = await way.client("client-inside", user_agent=OTHER_APP)
    await inside.opens()
    await inside.sees(
        "You are inside another app, which could look over your shoulder. Open this page in your browser."
    )
    await way.stop("client-inside-another-app", inside.page)

    refused = await way.client("client-refused")
    await refused.page.route("**/api/rooms/open", full)
    await refused.opens()
    await refused.press("Start when you are ready")
    await refused.field.fill(way.own("is anybody here", "¿hay alguien aquí?"))
    await refused.press("Send")
    await expect(refused.heading("We could not open a talk.")).to_be_visible()
    await way.stop("client-no-room", refused.page)


async def full(route: Route) -> None:
    """As a service that too many people ask."""
    await route.fulfill(status=503, json={"code": "queue_full"})
