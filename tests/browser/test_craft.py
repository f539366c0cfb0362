"""A peer's tools beside a talk: words that fit, hints on a draft, the safety guide, private notes."""

import sqlite3
from contextlib import closing

from playwright.async_api import Locator, expect

from tests.browser.house import House
from tests.browser.people import Peer, meet
from tests.browser.windows import PHONE, Windows

PROMPT = "What would be a small place to begin?"
STEER = "Offer, don't steer: 'Would an idea help?'"
SOFTER = "'What' or 'how' lands softer."


def use(peer: Peer, words: str) -> Locator:
    """The button that puts these words into the draft."""
    return peer.button("Use: {words}", words=words)


def hint(peer: Peer, words: str) -> Locator:
    """A hint under the field."""
    return peer.page.locator(".nudge").get_by_text(peer.words(words), exact=True)


def notes_kept(place: House) -> int:
    """How many notes the service holds, of anybody."""
    with closing(sqlite3.connect(place.data / "conversations.sqlite")) as store:
        return int(store.execute("SELECT count(*) FROM notes").fetchone()[0])


async def open_notes(peer: Peer) -> Locator:
    """Unfold the notes on the talk in view."""
    await peer.page.get_by_text(peer.words("Notes (only you)"), exact=True).click()
    field = peer.box("Notes (only you)")
    await expect(field).to_be_visible()
    return field


async def test_a_prompt_comes_into_the_draft_and_waits_there(place: House, windows: Windows) -> None:
    client, mara = await meet(place, windows, "hi")
    await expect(mara.heading("Guide (fits “Slowly”)")).to_be_visible()
    await mara.field().fill("Thank you for writing.")
    # By keyboard alone: to another moment and back, then the words.
    moments = mara.page.get_by_role("radio", name="Opening")
    await moments.focus()
    await mara.page.keyboard.press("ArrowDown")
    await expect(use(mara, "Which part is biggest right now?")).to_be_visible()
    await mara.page.keyboard.press("ArrowUp")
    await use(mara, PROMPT).focus()
    await mara.page.keyboard.press("Enter")
    await expect(mara.field()).to_have_value(f"Thank you for writing.\n{PROMPT}")
    assert mara.words("These words stand in your reply. Nothing is sent.") in await mara.heard()
    # What is sent next arrives alone, so the prompt was not sent before it.
    await mara.replies("only this")
    await client.reads("only this")
    await expect(client.log).not_to_contain_text(PROMPT)


async def test_their_own_words_are_given_back_in_a_frame(place: House, windows: Windows) -> None:
    _, mara = await meet(place, windows, "not sure. others have it worse")
    await mara.page.get_by_text("Reflect and check", exact=True).click()
    framed = "I'm hearing “others have it worse”. Did I get that right?"
    await use(mara, framed).click()
    await expect(mara.field()).to_have_value(framed)


async def test_a_hint_comes_can_be_stopped_and_never_holds_a_message_back(
    place: House, windows: Windows
) -> None:
    client, mara = await meet(place, windows, "hi")
    asked = len(mara.window.witness.requests)
    await mara.field().fill("You should talk to her.")
    await expect(hint(mara, STEER)).to_be_visible()
    assert len(mara.window.witness.requests) == asked
    await expect(mara.page.get_by_role("status").filter(has_text=STEER)).to_have_count(1)
    await mara.press("Send")
    await client.reads("You should talk to her.")
    await expect(hint(mara, STEER)).to_have_count(0)
    # One at a time; the one that is stopped stays off, and the next takes its place.
    await mara.field().fill("You should go. Why did you stay?")
    await expect(hint(mara, STEER)).to_be_visible()
    await mara.press("Stop this hint")
    await mara.sees("This hint stays off in this browser.")
    await mara.field().press_sequentially(" ")
    await expect(hint(mara, SOFTER)).to_be_visible()
    await mara.page.reload()
    await mara.reads("hi")
    await mara.field().fill("You should go. Why did you stay?")
    await expect(hint(mara, SOFTER)).to_be_visible()
    # And it can come back.
    await mara.page.get_by_text("Hints while you write", exact=True).click()
    await mara.page.get_by_role("checkbox", name=STEER).check()
    await mara.field().fill("You should go.")
    await expect(hint(mara, STEER)).to_be_visible()


async def test_asking_again_what_was_left_brings_a_hint(place: House, windows: Windows) -> None:
    client, mara = await meet(place, windows, "hi")
    await mara.replies("How are things with your father?")
    await client.reads("How are things with your father?")
    await client.press("Not ready for that")
    await expect(mara.log).to_contain_text("not ready", ignore_case=True)
    await mara.field().fill("Did your father call?")
    await expect(hint(mara, "They asked to leave this.")).to_be_visible()
    await mara.field().fill("Which part is biggest right now?")
    await expect(hint(mara, "They asked to leave this.")).to_have_count(0)
    await mara.press("Send")
    await client.reads("Which part is biggest right now?")


async def test_a_story_of_ones_own_is_counted_in_words(place: House, windows: Windows) -> None:
    _, mara = await meet(place, windows, "hi")
    await mara.field().fill("I lost my job in 2015. What was it like for you?")
    told = mara.words("About {count} words of your story. 40 is plenty.", count=6)
    await expect(mara.page.locator(".nudge").get_by_text(told, exact=True)).to_be_visible()


async def test_the_safety_guide_opens_without_a_line_and_gives_the_focus_back(
    place: House, windows: Windows
) -> None:
    _, mara = await meet(place, windows, "hi")
    await expect(use(mara, PROMPT)).to_be_visible()
    mara.window.witness.lines_are_cut = True
    await mara.window.context.set_offline(True)
    opener = mara.button("Safety guide")
    await opener.focus()
    await mara.page.keyboard.press("Enter")
    await expect(mara.heading("Safety guide")).to_be_focused()
    await mara.sees("Ask plainly.")
    await mara.press("A medical emergency")
    await mara.sees("Poison help is 1-800-222-1222, day and night.")
    await mara.press("Thoughts of suicide")
    await use(mara, "Are you having thoughts of suicide?").click()
    await expect(mara.field()).to_have_value("Are you having thoughts of suicide?")
    await mara.press("Close")
    await expect(opener).to_be_focused()
    await mara.window.context.set_offline(False)


async def test_notes_come_back_at_another_sign_in_and_go_with_the_talk(
    place: House, windows: Windows
) -> None:
    _, mara = await meet(place, windows, "hi")
    field = await open_notes(mara)
    await field.fill("likes mornings")
    await field.blur()
    await mara.sees("Kept.")
    assert notes_kept(place) == 1
    await mara.press("Sign out")
    again = Peer(await windows.person("peer-again", **PHONE))
    await again.sign_in(place.cards["Mara"])
    await again.reads("hi")
    await again.press("Guide")
    await expect(await open_notes(again)).to_have_value("likes mornings")
    await again.press("Leave this talk")
    await again.press("Leave it")
    await again.sees("This talk is at rest. Nothing more can be sent.")
    assert notes_kept(place) == 0
