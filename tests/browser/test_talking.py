"""A talk as somebody uses it who hears the page, or has only a keyboard (product rules A2 to A9, B12)."""

import sqlite3
from contextlib import closing

from playwright.async_api import expect

from tests.browser.checks import frames
from tests.browser.house import LEAVE_URL, House
from tests.browser.people import Client, Peer, meet
from tests.browser.windows import PHONE, Windows

FIRST = "hi"
LONG = "A line that is long enough to fill the screen after a while. " * 4

FOCUSED = """
() => {
  const { localName, textContent, placeholder, role } = document.activeElement
  return `${role ?? localName}: ${(placeholder || textContent).trim().slice(0, 40)}`
}
"""

RING = """
() => {
  const element = document.activeElement
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
  const box = element.getBoundingClientRect()
  const points = [[box.left + 3, box.top + 3], [box.right - 3, box.top + 3], [box.left + 3, box.bottom - 3],
    [box.right - 3, box.bottom - 3], [box.left + box.width / 2, box.top + box.height / 2]]
  return {
    what: `${element.localName} ${(element.textContent || element.placeholder || '').trim().slice(0, 30)}`,
    ring: (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none',
    seen: points.some(([x, y]) => element.contains(document.elementFromPoint(x, y)))
      || element.localName === 'input' || element.localName === 'body' || box.height > innerHeight / 2,
  }
}
"""


async def focused(client: Client) -> str:
    return str(await client.page.evaluate(FOCUSED))


async def test_each_message_of_the_peer_is_read_out_once_in_order_and_ones_own_never(
    place: House, windows: Windows
) -> None:
    client, mara = await meet(place, windows, FIRST)
    for number in range(3):
        await mara.replies(f"answer {number}")
        await client.reads(f"answer {number}")
        await client.says(f"my own {number}")
    await mara.reads("my own 2")
    heard = await client.heard()
    assert [line for line in heard if "answer" in line] == [
        client.words("{peer} says: {words}", peer="Mara", words=f"answer {number}") for number in range(3)
    ]
    assert not [line for line in heard if "my own" in line or line.endswith(FIRST)]
    joined = client.words(
        "You are talking with {peer}, a trained peer. {peer} cannot see who you are.", peer="Mara"
    )
    assert heard.count(joined) == 1


async def test_sending_keeps_the_focus_and_new_words_never_move_a_reader(
    place: House, windows: Windows
) -> None:
    client, mara = await meet(place, windows, FIRST, **PHONE)
    for number in range(6):
        await mara.replies(f"{number}: {LONG}".strip())
    await client.reads(f"5: {LONG}".strip())
    await client.says("seen")
    await expect(client.field).to_be_focused()
    await client.page.evaluate("scrollTo(0, 0)")
    await mara.replies("one more")
    await expect(client.button("New words below")).to_be_visible()
    assert await client.page.evaluate("scrollY") == 0
    await expect(client.field).to_be_focused()
    await client.press("New words below")
    await expect(client.note("one more")).to_be_in_viewport()
    # At the end of the log one stays there.
    await mara.replies("and another")
    await expect(client.note("and another")).to_be_in_viewport()


async def test_a_panel_takes_the_focus_and_gives_it_back(place: House, windows: Windows) -> None:
    client, _ = await meet(place, windows, FIRST)
    for opener, heading in (
        (client.button("More"), "More"),
        (client.link("Help now"), "People you can reach right now"),
    ):
        await opener.focus()
        await client.page.keyboard.press("Enter")
        await expect(client.heading(heading)).to_be_focused()
        await client.press("Close")
        await expect(opener).to_be_focused()


async def test_one_tabs_from_the_ways_out_over_the_words_to_the_field(place: House, windows: Windows) -> None:
    client, mara = await meet(place, windows, FIRST)
    await mara.replies("hello there")
    await client.reads("hello there")
    await client.link("Go to the talk").focus()
    order = [await focused(client)]
    for _ in range(40):
        await client.page.keyboard.press("Tab")
        order.append(await focused(client))
        if order[-1] == "button: Send":
            break
    expected = [
        "a: Go to the talk",
        "a: Leave now",
        "a: Help now",
        "a: Leave now",
        "log: ",
        "button: More",
        "textarea: Write here",
        "button: Send",
    ]
    found = iter(order)
    assert all(any(each.startswith(wanted) for each in found) for wanted in expected), order


async def test_every_stop_of_the_keyboard_shows_a_ring_and_is_not_under_a_bar(
    place: House, windows: Windows
) -> None:
    client, mara = await meet(place, windows, FIRST, **PHONE)
    for number in range(4):
        await mara.replies(f"{number}: {LONG}".strip())
    await client.reads(f"3: {LONG}".strip())
    await client.press("More")
    await client.link("Go to the talk").focus()
    for _ in range(40):
        await client.page.keyboard.press("Tab")
        stop = await client.page.evaluate(RING)
        if stop["what"].startswith("body"):
            break
        assert (stop["ring"], stop["seen"]) == (True, True), stop


async def test_a_whole_talk_goes_by_keyboard_alone(place: House, windows: Windows) -> None:
    client = Client(await windows.person("client"))
    mara = Peer(await windows.person("peer"))
    keys = client.page.keyboard
    await client.opens()
    await client.button("Start when you are ready").focus()
    await keys.press("Enter")
    await expect(client.field).to_be_focused()
    await keys.type("by keys")
    await keys.press("Control+Enter")
    await client.sees("Ready for your peer. Take it back?")
    await mara.sign_in(place.cards["Mara"])
    await expect(mara.button_like("Say hello: {row}")).to_be_enabled()
    await mara.button_like("Say hello: {row}").focus()
    await mara.page.keyboard.press("Enter")
    await client.button("Say hello").focus()
    await keys.press("Enter")
    await mara.reads("by keys")
    await mara.field().focus()
    await mara.page.keyboard.type("I hear you.")
    await mara.page.keyboard.press("Control+Enter")
    await client.reads("I hear you.")
    await client.entry("by keys").get_by_role("button", name="More about this message").focus()
    await keys.press("Enter")
    await client.entry("by keys").get_by_role("button", name="Delete for both").focus()
    await keys.press("Enter")
    await keys.press("Enter")
    await client.sees("You deleted a message.")
    await client.button("More").focus()
    await keys.press("Space")
    await client.button("Something felt wrong").focus()
    await keys.press("Enter")
    await client.page.get_by_role("checkbox", name="I hear you.").focus()
    await keys.press("Space")
    await client.button("Send to a moderator").focus()
    await keys.press("Enter")
    await client.button("Stop here").focus()
    await keys.press("Enter")
    await expect(client.heading("Thank you for talking with us.")).to_be_visible()
    await client.leave.focus()
    await keys.press("Enter")
    await client.page.wait_for_url(LEAVE_URL)


async def test_enter_makes_a_line_and_sends_only_where_one_asked_for_it(
    place: House, windows: Windows
) -> None:
    client, mara = await meet(place, windows, FIRST)
    keys = client.page.keyboard
    await client.field.focus()
    await keys.type("one")
    await keys.press("Enter")
    await keys.type("two")
    await expect(client.field).to_have_value("one\ntwo")
    await keys.press("Control+Enter")
    await expect(client.field).to_have_value("")
    await client.press("More")
    await client.press("Enter sends")
    await client.press("Close")
    await client.field.focus()
    # What an input method composes is not sent by the Enter that picks a word.
    session = await client.page.context.new_cdp_session(client.page)
    await session.send("Input.imeSetComposition", {"text": "に", "selectionStart": 1, "selectionEnd": 1})
    await client.field.dispatch_event(
        "keydown", {"key": "Enter", "isComposing": True, "bubbles": True, "cancelable": True}
    )
    await expect(client.field).to_have_value("に")
    await session.send("Input.insertText", {"text": "日"})
    await keys.press("Enter")
    await expect(client.field).to_have_value("")
    await mara.reads("日")


async def test_no_letter_is_a_shortcut_and_shift_can_be_switched_off(place: House, windows: Windows) -> None:
    client, _ = await meet(place, windows, FIRST)
    await client.log.focus()
    before = await client.main.aria_snapshot()
    await client.page.keyboard.type("abcdefghijklmnopqrstuvwxyz?/")
    assert await client.main.aria_snapshot() == before
    await client.press("More")
    await client.press("Shift three times leaves")
    await expect(client.button("Shift three times leaves")).to_have_attribute("aria-pressed", "false")
    await frames(client.page)
    for _ in range(4):
        await client.page.keyboard.press("Shift")
    await expect(client.heading("More")).to_be_visible()
    assert client.page.url.endswith("/")


async def test_deleting_for_both_removes_the_words_from_both_pages_and_the_service(
    place: House, windows: Windows
) -> None:
    client, mara = await meet(place, windows, FIRST)
    await client.says("this one not")
    await mara.reads("this one not")
    assert emptied(place) == 0
    await client.opens_acts("this one not")
    delete = client.entry("this one not").get_by_role("button", name="Delete for both", exact=True)
    await delete.click()
    # Said before it is confirmed.
    await client.sees(
        "Delete this from both sides? {peer} may have read it already. "
        "If it was flagged, the moderator keeps a copy.",
        peer="Mara",
    )
    await mara.reads("this one not")
    await delete.click()
    await client.sees("You deleted a message.")
    await expect(mara.note("this one not")).to_have_count(0)
    for person in (client, mara):
        assert "this one not" not in await person.main.inner_html()
    assert emptied(place) == 1
    await client.page.reload()
    await client.press("Show them")
    await client.reads(FIRST)
    assert "this one not" not in await client.main.inner_html()


def emptied(place: House) -> int:
    """Messages whose words the service keeps no more, locked or not."""
    with closing(sqlite3.connect(place.data / "conversations.sqlite")) as store:
        [(count,)] = store.execute("SELECT count(*) FROM messages WHERE ct IS NULL")
    return int(count)


async def test_the_dock_leaves_room_and_with_a_keyboard_open_one_can_write_and_leave(
    place: House, windows: Windows
) -> None:
    client, _ = await meet(place, windows, FIRST, **PHONE)
    await client.page.set_viewport_size({"width": 320, "height": 640})
    dock = await client.page.locator(".dock").bounding_box()
    assert dock is not None
    assert dock["height"] <= 0.35 * 640
    await client.page.set_viewport_size({"width": 320, "height": 280})
    await client.field.scroll_into_view_if_needed()
    await expect(client.field).to_be_in_viewport(ratio=0.9)
    await expect(client.leave).to_be_in_viewport(ratio=0.9)
