"""Leave now: nothing is on the screen from the same task on, nothing is kept, Back shows nothing of it."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.house import LEAVE_URL, House
from tests.browser.people import Client, Peer, meet
from tests.browser.windows import Windows

SECRET = "nobody may see this after I left"

WATCH = """
(act) => {
  const state = () => ({
    hidden: document.documentElement.hidden,
    elements: document.body.childElementCount,
    text: document.body.textContent.length,
    title: document.title,
    kept: [sessionStorage, localStorage].flatMap(Object.keys).filter((key) => key !== 'left').length,
  })
  // The last listener on the way up: what holds here holds in the task of the press itself.
  addEventListener(act, () => localStorage.setItem('left', JSON.stringify(state())))
}
"""
"""Notes the state of the page at the end of each such event, where the next page of this origin finds it."""


async def by_click(client: Client) -> None:
    await client.leave.click(no_wait_after=True)


async def by_keyboard(client: Client) -> None:
    await client.link("Go to the talk").focus()
    await client.page.keyboard.press("Tab")
    await client.page.keyboard.press("Enter")


async def by_shift(client: Client) -> None:
    for _ in range(3):
        await client.page.keyboard.press("Shift")


async def on_the_landing(client: Client) -> None:
    await client.opens()


async def looking_around(client: Client) -> None:
    await client.opens()
    await client.press("Look around first")


async def at_the_code_field(client: Client) -> None:
    await client.opens()
    await client.press("Come back with my code")
    await client.box("Your seven words").fill("some words")


async def waiting(client: Client) -> None:
    await client.begins(SECRET)
    await client.press("Show my seven words")


async def with_help_open(client: Client) -> None:
    await client.begins(SECRET)
    await client.link("Help now").click()
    await expect(client.heading("People you can reach right now")).to_be_visible()


async def with_words_in_the_composer(client: Client) -> None:
    await client.begins(SECRET)
    await client.field.fill(SECRET)


Act = Callable[[Client], Awaitable[None]]
NOTHING = {"hidden": True, "elements": 0, "text": 0, "title": "Beside", "kept": 0}


STATES: list[Act] = [
    on_the_landing,
    looking_around,
    at_the_code_field,
    waiting,
    with_help_open,
    with_words_in_the_composer,
]


@pytest.mark.parametrize("state", STATES)
async def test_nothing_is_left_in_the_task_of_the_press(windows: Windows, state: Act) -> None:
    ways: list[tuple[Act, str]] = [(by_click, "click"), (by_keyboard, "click"), (by_shift, "keydown")]
    clients = [Client(await windows.person(way.__name__)) for way, _ in ways]
    await asyncio.gather(*map(state, clients))
    for client, (way, event) in zip(clients, ways, strict=True):
        assert await left(client, way, event) == NOTHING


async def test_nothing_is_left_of_a_talk_with_a_panel_open(place: House, windows: Windows) -> None:
    client, _ = await meet(place, windows, SECRET)
    await client.press("More")
    await client.press("Something felt wrong")
    await client.page.get_by_role("checkbox", name=SECRET).check()
    assert await left(client, by_click, "click") == NOTHING


async def left(client: Client, leave: Act, event: str) -> dict[str, object]:
    """What there is of the page at the end of the press that leaves it."""
    await client.page.evaluate(WATCH, event)
    await leave(client)
    await client.page.wait_for_url(LEAVE_URL)
    beside = await client.page.context.new_page()
    await beside.goto("/site.json")
    state: dict[str, object] = json.loads(await beside.evaluate("localStorage.getItem('left')"))
    return state


async def test_back_and_forward_show_no_word_after_leaving(place: House, windows: Windows) -> None:
    client = Client(await windows.person("client"))
    before = f"{LEAVE_URL}before"
    await client.page.goto(before)
    entries = await client.page.evaluate("history.length")
    await client.begins(SECRET)
    await client.leave.click()
    await client.page.wait_for_url(LEAVE_URL)
    assert await client.page.evaluate("history.length") == entries + 1
    await client.page.go_back()
    assert client.page.url == before
    await client.page.go_forward()
    assert SECRET not in await client.page.content()
    # And by the address: a landing that knows nothing.
    await client.opens()
    await expect(client.button("Start when you are ready")).to_be_visible()
    assert SECRET not in await client.page.content()
    assert await kept(client.page) == {"storage": [], "caches": [], "databases": [], "cookies": ""}


@pytest.mark.parametrize(
    ("way", "question", "yes"),
    [
        ("End for now", None, None),
        ("End this talk", "End this talk? Nobody can write in it any more.", "End it"),
    ],
)
async def test_ending_keeps_nothing_on_the_device(
    place: House, windows: Windows, way: str, question: str | None, yes: str | None
) -> None:
    client, _ = await meet(place, windows, SECRET)
    assert (await kept(client.page))["storage"] != []
    await client.press("More")
    await client.press(way)
    if question is not None and yes is not None:
        await expect(client.page.get_by_text(question)).to_be_visible()
        await client.press(yes)
    await client.sees("Thank you for talking with us.")
    assert await kept(client.page) == {"storage": [], "caches": [], "databases": [], "cookies": ""}
    await client.page.reload()
    await expect(client.button("Start when you are ready")).to_be_visible()


async def test_a_shared_phone_keeps_nothing_over_a_reload(windows: Windows) -> None:
    client = Client(await windows.person("client"))
    await client.begins(SECRET)
    await client.page.get_by_role("checkbox", name="Shared phone: keep nothing").check()
    assert (await kept(client.page))["storage"] == []
    await client.page.reload()
    await expect(client.button("Start when you are ready")).to_be_visible()
    assert SECRET not in await client.page.content()


async def test_title_address_and_history_say_nothing_through_a_whole_talk(
    place: House, windows: Windows
) -> None:
    client = Client(await windows.person("client"))
    mara = Peer(await windows.person("peer"))
    await client.opens()
    entries = await client.page.evaluate("history.length")
    await client.press("Look around first")
    await client.press("Back to the first page")
    await client.press("Come back with my code")
    await client.begins(SECRET)
    await mara.sign_in(place.cards["Mara"])
    await mara.says_hello()
    await client.says_hello_back()
    await mara.replies("hello there")
    await client.reads("hello there")
    await client.link("Help now").click()
    await client.press("More")
    await client.press("My code")
    assert set(client.window.witness.titles) == {"Beside"}
    assert set(client.window.witness.urls) == {f"{place.url}/"}
    # Opened once more by its address, in `begins`.
    assert await client.page.evaluate("history.length") <= entries + 1
    assert await client.page.evaluate("document.querySelectorAll('link[rel~=icon]').length") <= 1


async def test_shift_says_how_often_it_was_pressed(windows: Windows) -> None:
    client = Client(await windows.person("client"))
    await client.begins(SECRET)
    await client.page.keyboard.press("Shift")
    await client.page.keyboard.press("Shift")
    await expect(client.page.locator(".announcer")).to_contain_text(
        client.words("{pressed} of {of}", pressed=2, of=3)
    )
    # Another key in between begins the count anew.
    await client.page.keyboard.press("a")
    await client.page.keyboard.press("Shift")
    assert client.words("{pressed} of {of}", pressed=1, of=3) == (await client.heard())[-1]
    assert client.page.url.endswith("/")


async def kept(page: Page) -> dict[str, object]:
    """What the browser keeps of this origin."""
    found: dict[str, object] = await page.evaluate(
        """async () => ({
          storage: [...Object.keys(sessionStorage), ...Object.keys(localStorage)],
          caches: await caches.keys(),
          databases: (await indexedDB.databases()).map(({ name }) => name),
          cookies: document.cookie,
        })"""
    )
    return found
