"""The first page: read, left and started from at once, with scripts and without."""

import json
import re
from pathlib import Path

from playwright.async_api import expect

from tests.browser.house import LEAVE_URL, House
from tests.browser.people import Client, meet
from tests.browser.windows import PHONE, Windows

FRONTEND = Path(__file__).parents[2] / "frontend"
LOCALE = FRONTEND / "locales" / "en.ftl"
HELP = FRONTEND / "content" / "en" / "help.json"
NO_SCRIPTS = (
    "Talking here needs scripts, and they are off in this browser. The numbers below work without them."
)


def told(prefix: str) -> list[str]:
    """The sentences of the English locale file whose id begins so; values not filled in are left out."""
    text = LOCALE.read_text("utf-8")
    return [
        sentence
        for sentence in re.findall(rf"^{prefix}[\w-]* = (.+)$", text, flags=re.MULTILINE)
        if "{" not in sentence
    ]


def ways() -> list[str]:
    """How each of those who can be reached is reached, as the English list has it."""
    return [entry["how"] for entry in json.loads(HELP.read_text("utf-8"))["entries"]]


async def test_a_talk_begins_in_three_interactions_with_no_field_required(windows: Windows) -> None:
    client = Client(await windows.person("client", **PHONE))
    await client.opens()
    assert await client.page.locator("[required], [aria-required=true]").count() == 0
    await client.button("Start when you are ready").tap()
    await client.field.fill("hi")
    await client.button("Send").tap()
    await client.sees("Ready for your peer. Take it back?")
    assert await client.page.locator("[required], [aria-required=true]").count() == 0
    assert await client.page.locator("dialog, [aria-modal=true]").count() == 0
    assert client.window.witness.acts == []


async def test_without_scripts_promise_limits_numbers_and_leaving_are_there(windows: Windows) -> None:
    client = Client(await windows.person("client", **PHONE, java_script_enabled=False))
    await client.opens()
    # Whether the duty holds is set, and whether a hold is on only a service can say that scripts ask.
    for sentence in [*told("landing-title"), *told("promise-"), *told("limits-(?!duty|hold)"), *ways()]:
        await client.sees(sentence)
    # Chromium paints no noscript where scripts are switched off from outside.
    assert await client.page.locator("noscript").all_text_contents() == [NO_SCRIPTS]
    numbers = client.page.locator("a[href='tel:988'], a[href='sms:988'], a[href='tel:911']")
    assert await numbers.count() >= 3
    await client.link("Help now").click()
    await expect(client.heading("People you can reach right now")).to_be_in_viewport()
    await client.leave.click()
    await client.page.wait_for_url(LEAVE_URL)


async def test_the_page_as_served_says_what_it_says_with_scripts(windows: Windows) -> None:
    plain = Client(await windows.person("without-scripts", java_script_enabled=False))
    lively = Client(await windows.person("with-scripts"))
    for client in (plain, lively):
        await client.opens()
    await expect(lively.button("Start when you are ready")).to_be_enabled()
    await lively.page.wait_for_load_state("networkidle")
    # What only scripts can do or know stands beside it: the choice of languages, and when peers are there.
    await expect(lively.page.get_by_role("button", name="Español", exact=True)).to_be_visible()
    await lively.page.evaluate(
        "document.querySelectorAll('.languages, .hours').forEach((each) => each.remove())"
    )
    said = [await client.main.all_inner_texts() for client in (plain, lively)]
    without = [
        text.replace(
            "Talking here needs scripts, and they are off in this browser. "
            "The numbers below work without them.\n\n",
            "",
        )
        for text in said[0]
    ]
    assert without == said[1]


async def test_looking_around_opens_nothing_and_asks_the_service_for_nothing(windows: Windows) -> None:
    client = Client(await windows.person("client"))
    await client.opens()
    await client.page.wait_for_load_state("networkidle")
    before = len(client.window.witness.requests)
    await client.press("Look around first")
    await expect(client.heading("What happens here")).to_be_visible()
    await client.text("Will someone come to my door?").click()
    await client.sees("No. We do not know where you are.")
    assert [asked.url for asked in client.window.witness.requests[before:]] == []


async def test_no_request_leaves_the_origin_but_the_one_to_leave(place: House, windows: Windows) -> None:
    client, _ = await meet(place, windows, "hello")
    witness = client.window.witness
    assert witness.strangers() == []
    assert any(asked.method == "WS" for asked in witness.requests)
    await client.leave.click()
    await client.page.wait_for_url(LEAVE_URL)
    assert witness.strangers() == [LEAVE_URL]
    # It is told nothing of where the person comes from.
    [left] = [asked for asked in witness.requests if asked.url == LEAVE_URL]
    assert not {"referer", "origin", "cookie"} & set(left.headers)
