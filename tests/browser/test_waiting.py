"""The wait: what is told of it, what one may choose, and what there is to do meanwhile (product rule B11)."""

import json
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, expect

from app.kit.clock import ManualClock
from tests.browser.axe import violations
from tests.browser.between import Between
from tests.browser.house import House, house
from tests.browser.people import Client, Peer, meet
from tests.browser.windows import PHONE, Windows, windows_at
from tests.browser.words import Locale, Words

NOTE = "i could not sleep, so i write here"
ANSWER = "I read your note just now. Thank you for writing it."
NOTE_HERE = "What you write here is your note. We keep it, and a peer answers it here."
CODE_OFFER = "Want to come back to this talk? These seven words bring you back."
UNSURE = "We cannot tell how long. Few peers are on right now."
START = "How would you like to start? You can skip this."
WISH = "Who would you like to talk with? You can skip this."
WHILE = "While you wait"


class Waiting(Client):
    """Somebody who waits, and what stands in the waiting room."""

    def fold(self, title: str) -> Locator:
        """A fold of the waiting room, by its title."""
        return self.page.locator("summary", has_text=self.words(title))

    async def unfolds(self, title: str) -> None:
        """Open a fold."""
        await self.fold(title).click()
        await expect(self.fold(title).locator("..")).to_have_attribute("open", "")

    def topics(self, title: str) -> Locator:
        """A list of topics, by what stands above it."""
        return self.page.get_by_role("group", name=self.words(title), exact=True)


async def waits(windows: Windows, told: Between, locale: Locale = "en") -> Waiting:
    """Somebody who waits, and whose page hears of the wait from the test alone."""
    client = Waiting(await windows.person("client", locale=locale, **PHONE), Words(locale))
    client.window.witness.lines_are_cut = True  # as the page sees it, where a minute passes at once
    await told.stand(client.page)
    await client.page.clock.install()
    await client.opens()
    await client.press("Start when you are ready")
    await expect(client.button("Show my seven words")).to_be_visible()
    return client


async def test_the_text_of_the_wait_changes_at_most_once_a_minute(windows: Windows) -> None:
    told = Between()
    client = await waits(windows, told)
    await client.says(NOTE)
    await client.sees("Ready for your peer. Take it back?")
    text = client.page.locator(".wait")
    await expect(text).to_have_count(0)
    await told.tell_wait(ahead=7, low=4, high=12)
    await client.sees("Today most people waited {low} to {high} minutes.", low=4, high=12)
    shown = await text.inner_text()
    for ahead in (6, 5, 4):
        await told.tell_wait(ahead=ahead, low=5, high=20)
    await client.page.clock.run_for("00:58")
    assert await text.inner_text() == shown
    await client.page.clock.run_for("00:02")
    await client.sees("{n} people are ahead of you.", n=4)
    await client.sees("Today most people waited {low} to {high} minutes.", low=5, high=20)
    # Nothing on the screen counts down, counts up or moves.
    assert await client.page.evaluate("document.getAnimations().length") == 0
    await expect(client.page.get_by_role("progressbar")).to_have_count(0)
    await expect(client.page.get_by_role("timer")).to_have_count(0)


CLOSED = "We are closed now. You can write a note, or use Help now."
NOBODY = "No peer is on right now. We cannot tell how long. You can wait, or leave a note."
LONG = (
    "It is busy, and it may be over {min} minutes. You can wait, leave a note, or come back with your code."
)
OTHERS = (
    "No one who speaks {language} is on right now. "
    "You can leave a note in {language}, or talk in another language."
)


@pytest.mark.parametrize(
    ("why", "sentence", "locale"),
    [
        ("closed", CLOSED, "en"),
        ("nobody", NOBODY, "en"),
        ("long", LONG, "en"),
        ("language", OTHERS, "en"),
        ("nobody", NOBODY, "es"),
        ("language", OTHERS, "es"),
    ],
    ids=lambda value: value if len(value) < 10 else "",
)
async def test_a_wait_that_may_be_long_says_why_and_offers_a_note(
    windows: Windows, why: str, sentence: str, locale: Locale
) -> None:
    told = Between()
    client = await waits(windows, told, locale)
    await client.sees_not(NOTE_HERE)
    await told.tell_wait(why=why, low=4, high=12, over=12)
    await client.sees(sentence, min=12, language={"en": "English", "es": "español"}[locale])
    await client.sees(NOTE_HERE)
    # The code stands beside it, before everything that can be chosen, and Help now people are one tap away.
    code = await client.text(CODE_OFFER).bounding_box()
    chooser = await client.fold(START).bounding_box()
    assert code is not None
    assert chooser is not None
    assert code["y"] < chooser["y"]
    await client.unfolds("People you can reach right now")
    await expect(client.main.locator('a[href="tel:988"]').first).to_be_visible()
    assert await violations(client.page) == []


async def test_a_note_is_answered_later_and_read_by_the_code_elsewhere(
    browser: Browser, founded: Path, tmp_path: Path
) -> None:
    clock = ManualClock(time.time())
    async with (
        house(founded, tmp_path / "data", clock=clock) as place,
        windows_at(browser, place.url) as windows,
    ):
        writer = Waiting(await windows.person("client", **PHONE))
        await writer.begins(NOTE)
        await writer.sees("Your note is with us. A peer answers it here.")
        words, _ = await writer.takes_code()
        await writer.window.context.close()
        windows.open.remove(writer.window)
        clock.advance(10 * 60)
        mara = Peer(await windows.person("peer"))
        await mara.sign_in(place.cards["Mara"])
        await mara.says_hello()
        await mara.reads(NOTE)
        await mara.replies(ANSWER)
        reader = Waiting(await windows.person("elsewhere", **PHONE))
        await reader.comes_back(words)
        await reader.press("Show them")
        await reader.reads(NOTE)
        await reader.reads(ANSWER)
        assert windows.faults() == {}


async def test_tags_go_with_the_ticket_and_are_gone_once_a_peer_joined(
    place: House, windows: Windows
) -> None:
    client = Waiting(await windows.person("client", **PHONE))
    await client.begins(NOTE)
    await client.unfolds(WISH)
    for topic in ("grief", "faith", "health"):
        await client.topics("Things on my mind").get_by_role("button", name=topic, exact=True).click()
    await expect(
        client.topics("Things on my mind").get_by_role("button", name="worry", exact=True)
    ).to_be_disabled()
    lived = client.topics("Someone who has lived through")
    async with client.page.expect_response(lambda answer: "loneliness" in (answer.request.post_data or "")):
        await lived.get_by_role("button", name="loneliness", exact=True).click()
    assert tickets(place) == [("en", ["grief", "faith", "health"], ["loneliness"])]
    mara = Peer(await windows.person("peer"))
    await mara.sign_in(place.cards["Mara"])
    await mara.says_hello()
    await client.says_hello_back()
    await mara.reads(NOTE)
    assert tickets(place) == []
    # Looking for somebody again asks again.
    await client.press("More")
    await client.press("End for now")
    await client.unfolds(WISH)
    await expect(client.main.locator('button[aria-pressed="true"]')).to_have_count(0)
    await client.press("Look for a peer")
    await client.sees("You are in. A peer will join you here.")
    await client.unfolds(WISH)
    await expect(client.main.locator('button[aria-pressed="true"]')).to_have_count(0)
    assert tickets(place) == [("en", [], [])]


def tickets(place: House) -> list[tuple[str, list[str], list[str]]]:
    """Language, topics and lived experience of every ticket in the store."""
    return [
        (language, json.loads(topics), json.loads(lived))
        for language, topics, lived in stored(place, "SELECT language, topics, lived FROM tickets")
    ]


def stored(place: House, query: str) -> list[tuple[Any, ...]]:
    """What the conversations store says now."""
    with closing(sqlite3.connect(f"file:{place.data / 'conversations.sqlite'}?mode=ro", uri=True)) as store:
        return store.execute(query).fetchall()


async def test_what_is_chosen_before_a_peer_comes_reaches_the_peer(place: House, windows: Windows) -> None:
    client = Waiting(await windows.person("client", **PHONE))
    await client.begins(NOTE)
    await client.unfolds(START)
    await expect(client.choice("Slowly. One small thing at a time.")).to_be_checked()
    await client.choice("Just listen. I will write when I can.").check()
    await client.choice("Be heard").check()
    mara = Peer(await windows.person("peer"))
    await mara.sign_in(place.cards["Mara"])
    await mara.says_hello()
    await client.says_hello_back()
    await mara.reads(NOTE)
    await expect(client.button("Pace: just listen")).to_be_visible()
    await mara.sees("Pace is now “Just listen”.")


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_of_the_three_things_to_do_one_is_open_at_a_time(windows: Windows, locale: Locale) -> None:
    client = Waiting(await windows.person("client", locale=locale, **PHONE), Words(locale))
    await client.opens()
    await client.press("Start when you are ready")
    await client.unfolds(START)
    await client.unfolds(WHILE)
    await expect(client.page.locator(".folds details[open]")).to_have_count(1)
    things = {
        "Write": client.button("My page"),
        "Something light": client.button("A song stuck in your head"),
        "Breathe": client.button("Start"),
    }
    for name in things:
        await client.press(name)
        for other, shown in things.items():
            await expect(shown).to_have_count(1 if other == name else 0)
    # Nothing breathes before a tap; it stops at one, and with the fold.
    await expect(client.page.locator(".breath")).to_have_count(0)
    await client.press("Start")
    await expect(client.page.locator(".breath-word")).to_have_text(client.words("in"))
    await client.press("Stop")
    await expect(client.page.locator(".breath")).to_have_count(0)
    await client.press("Something light")
    await client.press("A song stuck in your head")
    await expect(client.field).to_have_value(client.words("A song stuck in my head:"))
    await expect(client.field).to_be_focused()


async def test_who_is_further_down_sees_that_a_peer_came_and_is_not_moved(
    place: House, windows: Windows
) -> None:
    client = Waiting(await windows.person("client", **PHONE))
    await client.begins(NOTE)
    await client.unfolds(WHILE)
    await client.press("Something light")
    await client.unfolds("Stories")
    read = client.page.locator("article").last
    await read.scroll_into_view_if_needed()
    before = await read.bounding_box()
    mara = Peer(await windows.person("peer"))
    await mara.sign_in(place.cards["Mara"])
    await mara.says_hello()
    show = client.button("{peer} is here. Show", peer="Mara")
    await expect(show).to_be_in_viewport()
    await expect(client.button("Say hello")).not_to_be_in_viewport()
    assert before is not None
    after = await read.bounding_box()
    assert after is not None
    assert after["y"] == pytest.approx(before["y"], abs=2)
    await show.click()
    await expect(client.button("Say hello")).to_be_in_viewport()
    await expect(client.button("Say hello")).to_be_focused()
    await expect(show).to_have_count(0)
    await client.says_hello_back()


async def test_with_less_motion_breathing_is_words_alone(windows: Windows) -> None:
    moving = Waiting(await windows.person("moving", **PHONE))
    still = Waiting(await windows.person("still", reduced_motion="reduce", **PHONE))
    for client, shapes in ((moving, 1), (still, 0)):
        await client.page.clock.install()
        await client.opens()
        await client.press("Look around first")
        await client.unfolds("Breathe")
        await client.press("Start")
        await expect(client.page.locator(".breath-shapes").filter(visible=True)).to_have_count(shapes)
        for word, seconds in (("in", 4), ("out", 6), ("in", 1)):
            await expect(client.page.locator(".breath-word")).to_have_text(word)
            assert (await client.page.evaluate("document.getAnimations().length") > 0) == bool(shapes)
            await client.page.clock.run_for(seconds * 1000)


async def test_looking_around_asks_the_server_for_nothing(windows: Windows) -> None:
    client = Waiting(await windows.person("client", **PHONE))
    async with client.page.expect_response("**/content/en/stories.json"):
        await client.opens()
    await client.page.wait_for_load_state("networkidle")
    asked = client.window.witness.requests
    assert not [each.url for each in asked if "/api/" in each.url and not each.url.endswith("/service")]
    before = len(asked)
    await client.press("Look around first")
    for title in ("What people say, and what is so", "Stories"):
        await client.unfolds(title)
        await expect(client.page.locator("details[open] article").first).to_be_visible()
    await client.unfolds("Breathe")
    await client.press("Start")
    await expect(client.page.locator(".breath-word")).to_be_visible()
    await client.unfolds("Write or draw")
    await client.press("My page")
    await client.box("Write here, just for you").fill("only for me")
    await client.press("Draw")
    await expect(client.heading("Draw")).to_be_visible()
    assert [each.url for each in asked[before:]] == []
    assert await violations(client.page) == []


async def test_a_peer_who_is_on_can_be_asked_for_again(place: House, windows: Windows) -> None:
    client = Waiting(await windows.person("client", **PHONE))
    _, mara = await meet(place, windows, NOTE, client)
    words = await code_of(client)
    await client.press("End for now")
    await client.sees("Thank you for talking with us.")
    # After a talk a peer has some quiet minutes: nobody is told that they could be asked for.
    early = Waiting(await windows.person("early", **PHONE))
    await early.comes_back(words)
    await early.sees("Look for someone again")
    await expect(early.choice("Anyone")).to_have_count(0)
    await mara.press("I am ready now")
    await expect(mara.button("I am ready now")).to_have_count(0)
    again = Waiting(await windows.person("again", **PHONE))
    await again.comes_back(words)
    await again.sees("{peer} is on today. Ask for {peer}, or anyone?", peer="Mara")
    await expect(again.choice("Anyone")).to_be_checked()
    await again.page.get_by_role("radio", name=again.words("Ask for {peer}", peer="Mara")).check()
    await again.press("Look for a peer")
    await expect(mara.button_like("Say hello: {row}").first).to_be_visible()
    assert stored(place, "SELECT count(*) FROM tickets WHERE back IS NOT NULL") == [(1,)]


async def code_of(client: Client) -> str:
    """The seven words, out of More."""
    await client.press("More")
    await client.press("My code")
    return " ".join(await client.page.locator(".panel ol.code > li").all_inner_texts())


async def test_the_first_page_says_when_it_is_open_and_only_once_it_knows(
    browser: Browser, founded: Path, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    day = (now + timedelta(days=2)).strftime("%a").lower()
    hours = tmp_path / "hours.json"
    hours.write_text(json.dumps({"zone": "UTC", "weekly": {"*": [[day, "10:00", "11:00"]]}}), "utf-8")
    async with (
        house(founded, tmp_path / "data", hours=hours) as served,
        windows_at(browser, served.url) as windows,
    ):
        client = Waiting(await windows.person("client", timezone_id="UTC", **PHONE))
        weekday = (now + timedelta(days=2)).strftime("%A")
        async with client.page.expect_response("**/api/service"):
            await client.opens()
        line = client.page.locator(".hours")
        await expect(line).to_contain_text("We are closed now. We open ")
        await expect(line).to_contain_text(weekday)
        html = await (await client.page.request.get("/")).text()
        assert "closed now" not in html
        await client.press("Start when you are ready")
        await expect(client.page.locator(".wait")).to_contain_text("We are closed now.")
        assert windows.faults() == {}


DEVICE = """
const count = (name, by) => {
  const { dataset } = document.documentElement
  dataset[name] = Number(dataset[name] ?? 0) + by
}
navigator.wakeLock.request = async () => {
  count('locks', 1)
  const lock = { released: false, release: async () => {
    if (!lock.released) count('locks', -1)
    lock.released = true
  } }
  return lock
}
const Oscillator = window.OscillatorNode
window.OscillatorNode = class extends Oscillator {
  constructor(...all) {
    super(...all)
    count('notes', 1)
  }
}
"""
"""Counts, on the page itself, what keeps the screen on now, and the notes that sounded."""


async def test_the_screen_stays_on_while_one_waits_and_a_peer_is_heard(
    place: House, windows: Windows
) -> None:
    client = Waiting(await windows.person("client", **PHONE))
    await client.page.add_init_script(DEVICE)
    await client.begins(NOTE)
    awake = client.page.get_by_role("checkbox", name=client.words("Keep this screen on while I wait"))
    sound = client.page.get_by_role("checkbox", name=client.words("Play a soft sound when a peer joins"))
    # Nobody is asked, and nothing is on before a tap.
    await expect(awake).not_to_be_checked()
    await expect(sound).not_to_be_checked()
    page = client.page.locator("html")
    assert await page.get_attribute("data-locks") is None
    await awake.check()
    await sound.check()
    await expect(page).to_have_attribute("data-locks", "1")
    assert await page.get_attribute("data-notes") is None
    mara = Peer(await windows.person("peer"))
    await mara.sign_in(place.cards["Mara"])
    await mara.says_hello()
    await expect(page).to_have_attribute("data-notes", "2")
    await client.says_hello_back()
    await expect(page).to_have_attribute("data-locks", "0")
    await expect(page).to_have_attribute("data-notes", "2")
