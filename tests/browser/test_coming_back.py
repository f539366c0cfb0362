"""Leaving, a server that restarts, and coming back by seven words on another device."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.house import LEAVE_URL, House, cast_of, copied
from tests.browser.people import Client, Peer
from tests.browser.windows import PHONE, Windows
from tests.faults.process import PATIENCE, Process, process

FIRST = "i keep the radio on so there is a voice"
ANSWER = "That makes sense to me."
BACK = "Welcome back. Your last words are hidden. Show them, or start fresh."


@pytest_asyncio.fixture(loop_scope="session")
async def server(founded: Path, tmp_path: Path) -> AsyncIterator[Process]:
    """The service in a process of its own."""
    await copied(founded, tmp_path / "data")
    async with process(tmp_path, leave_url=LEAVE_URL) as running:
        yield running


@pytest.fixture
def place(server: Process, founded: Path) -> House:
    """The same, as the other tests know it."""
    return House(server.served, cast_of(founded, server.served.url))


def odd(words: str) -> str:
    """The words as somebody might paste them out of a note."""
    first, second, *others = words.upper().split()
    return f"\n  {first}-{second}\r\n\n{'   '.join(others)}\t "


async def test_words_open_the_talk_on_another_device_after_leaving_and_a_restart(
    server: Process, place: House, windows: Windows
) -> None:
    client = Client(await windows.person("client", **PHONE))
    mara = Peer(await windows.person("peer"))
    for window in windows.open:
        window.witness.lines_are_cut = True
    await client.begins(FIRST)
    words, numbers = await client.takes_code()
    assert len(words.split()) == 7
    await mara.sign_in(place.cards["Mara"])
    await mara.says_hello()
    await client.says_hello_back()
    await mara.replies(ANSWER)
    await client.reads(ANSWER)

    lines = client.window.witness.lines
    await server.stop()
    await client.sees("You are offline. Keep writing. It goes when you are back.")
    await client.says("still here")
    await server.start()
    await client.sees("You are back online. Everything is sent.")
    await mara.reads("still here")

    # Until its socket is back a page goes on over HTTP, and who leaves then is not seen to leave.
    async with asyncio.timeout(PATIENCE):
        while client.window.witness.lines == lines:  # noqa: ASYNC110 - the browser tells no event for it
            await asyncio.sleep(0.05)
    await client.leave.click()
    await client.page.wait_for_url(LEAVE_URL)
    await mara.sees("They left the page. That is always OK.")

    other = Client(await windows.person("other-device"))
    await other.comes_back(odd(words))
    await other.sees(BACK)
    assert FIRST not in await other.page.content()
    await other.press("Show them")
    for message in (FIRST, ANSWER, "still here"):
        await other.reads(message)
    # This device knows nobody yet: who holds a key is asked about by name.
    await expect(other.heading("{peer} asks to join this talk.", peer="Mara")).to_be_visible()
    await other.press("Yes, let them in")
    await other.says("on my other phone now")
    await mara.reads("on my other phone now")

    await other.page.close()
    third = Client(await windows.person("third-device", **PHONE))
    await third.comes_back(numbers)
    await third.sees(BACK)
    await third.press("Start fresh")
    await third.press("Yes, let them in")
    await third.sees_not(FIRST)
    await third.says("and by numbers")
    await mara.reads("and by numbers")


async def test_words_that_open_nothing_are_answered_with_what_to_do(windows: Windows) -> None:
    client = Client(await windows.person("client"))
    await client.begins(FIRST)
    words, _ = await client.takes_code()
    other = Client(await windows.person("other-device"))
    await other.comes_back("seven words of my own that fit")
    await other.sees(
        "These are not seven words of ours yet. Check the spelling, and that there are seven. "
        "Capitals do not matter."
    )
    *others, last = words.split()
    swapped = " ".join([last, *others])
    await other.box("Your seven words").fill(swapped)
    await other.press("Open my talk")
    await other.sees(
        "Those words do not open a talk. Check the spelling. Capitals do not matter. "
        "Talks close after {days} days.",
        days=30,
    )
    # What was typed stays there to be mended.
    await expect(other.box("Your seven words")).to_have_value(swapped)
    await other.box("Your seven words").fill(words)
    await other.press("Open my talk")
    await other.sees(BACK)
