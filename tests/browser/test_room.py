"""A talk at the person's own pace: the pace in view, pauses, questions left out (product rules B8 to B10)."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from app.companion import body
from app.companion.api import Api
from app.companion.body import Content
from app.companion.events import Said
from app.companion.peer import Peer as Listener
from app.companion.staff import read_secret
from app.companion.staff_session import StaffSession
from app.wire.ids import CLIENT_SEAT, RoomId
from tests.browser.house import House
from tests.browser.people import Client, meet
from tests.browser.windows import PHONE, Windows
from tests.browser.words import Locale, Words

SMALL: dict[str, Any] = {**PHONE, "viewport": {"width": 320, "height": 640}}
SIZES = pytest.mark.parametrize("size", [SMALL, PHONE], ids=["320x640", "390x844"])
FIRST = "not sure where to begin"
QUESTION = "What has this week been like?"
LONG = "A line that is long enough to fill the screen after a while. " * 4

CHIPS = {"listen": "Pace: just listen", "slowly": "Pace: slowly", "ask": "Pace: ask me"}
LISTEN = "Just listen. I will write when I can."
ASK = "Ask me things. Questions help me."
HERE = "I am here, not writing"
AWAY = "Step away for a while"
BACK = "I am back"
PAUSED = "Paused. Nothing is expected of you. {peer} knows."
NOT_READY = "Not ready for that"
SKIP = "Skip"
SWITCH = "Switch to someone else"
PANELS = ("My page", "Draw", "Our page", "Name a step I took", SWITCH, "Something felt wrong")

UNCOVERED = """
chip => {
  const box = chip.getBoundingClientRect()
  const inside = box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
  return inside && chip.contains(top) && box.height >= 44 && box.width >= 44
}
"""
SHARE = "dock => dock.getBoundingClientRect().height / innerHeight"


class Talking(Client):
    """Somebody who talks, and what stays in their reach."""

    @property
    def dock(self) -> Locator:
        return self.page.locator(".dock")

    @property
    def chip(self) -> Locator:
        return self.dock.get_by_role("button").first

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("main").locator(".panel")

    async def paces(self, words: str) -> None:
        """Two taps: the chip, and one of three."""
        await self.chip.tap()
        await self.page.get_by_role("radio", name=self.words(words), exact=True).tap()

    async def pauses(self, words: str) -> None:
        """Two taps: Pause, and one of two."""
        await self.press("Pause")
        await self.press(words)

    async def closes(self) -> None:
        """The panel that is open."""
        await self.panel.locator("> .panel-close").get_by_role("button").click()
        await expect(self.panel).to_have_count(0)


class Mara:
    """A peer without a page, so that a test says what she does and hears what reaches her."""

    def __init__(self, peer: Listener) -> None:
        self._peer = peer
        self.heard: list[tuple[str, Any]] = []
        """Kind and value of what the client said, in order."""
        self._numbers: dict[str, int] = {}

    @property
    def room(self) -> RoomId:
        (room,) = self._peer.rooms
        return room

    async def meets(self) -> None:
        """Whoever waits first; on once their words can be read."""
        async with asyncio.timeout(20):
            while not self._peer.queue:
                await self._next()
            await self._peer.claim(RoomId(self._peer.queue[0].room))

    async def says(self, content: Content) -> None:
        """One message."""
        await self._peer.say(self.room, content)

    async def writes_long(self) -> None:
        """A reply that takes more than a minute."""
        await self._peer.writing(self.room)

    async def hears(self, kind: str, value: Any) -> None:
        """This comes from the client, or has come."""
        async with asyncio.timeout(20):
            while (kind, value) not in self.heard:
                await self._next()

    async def number_of(self, text: str) -> int:
        """The number of her own message in the room."""
        async with asyncio.timeout(20):
            while text not in self._numbers:
                await self._next()
        return self._numbers[text]

    async def sits(self) -> None:
        """The client said yes."""
        async with asyncio.timeout(20):
            while not self._peer.rooms:
                await self._next()

    async def _next(self) -> None:
        event = await self._peer.next_event()
        if not isinstance(event, Said) or event.received.kind is None or event.received.body is None:
            return
        kind, fields = event.received.kind, event.received.body.fields
        if event.received.seat == CLIENT_SEAT:
            value = next((fields[name] for name in ("x", "v", "of", "alias") if name in fields), None)
            self.heard.append((kind, value))
        elif kind == "text":
            self._numbers[fields["x"]] = event.received.seq


@asynccontextmanager
async def mara_of(place: House) -> AsyncIterator[Mara]:
    """Mara, on."""
    card = place.cards["Mara"]
    async with Api(place.url) as api:
        session = await StaffSession.sign_in(api, card.name, card.password, read_secret(card.secret))
        async with Listener(session) as peer:
            yield Mara(peer)


@asynccontextmanager
async def together(
    place: House, windows: Windows, locale: Locale = "en", **options: Any
) -> AsyncIterator[tuple[Talking, Mara]]:
    """A client on a phone and Mara in a talk."""
    language = {"en": "en-US", "es": "es-US"}.get(locale, locale)
    client = Talking(
        await windows.person("client", **{**PHONE, "locale": language, **options}), Words(locale)
    )
    async with mara_of(place) as mara:
        await client.begins(FIRST)
        await mara.meets()
        await client.says_hello_back()
        await mara.sits()
        yield client, mara


async def states(client: Talking, mara: Mara) -> AsyncIterator[str]:
    """Every state of a talk's screen, one after another."""
    yield "before the first answer"
    for number in range(3):
        await mara.says(body.text(f"{number}: {LONG}".strip()))
    await mara.says(body.text(QUESTION))
    await client.reads(QUESTION)
    yield "a question stands open"
    await client.page.evaluate("scrollTo(0, 0)")
    yield "scrolled to the top"
    await client.press("Skip")
    yield "a question was left out"
    for opener in (client.chip, client.button("Pause"), client.button("More")):
        await opener.click()
        yield "a panel of the dock"
        await client.closes()
    for title in PANELS:
        await client.press("More")
        await client.press(title)
        yield title
        await client.closes()
    await client.link("Help now").click()
    await client.page.evaluate("scrollTo(0, 0)")
    yield "Help now is open"
    await client.closes()
    await mara.says(body.here())
    await mara.writes_long()
    await client.sees("{peer} is writing a longer reply.", peer="Mara")
    yield "a longer reply is being written"
    await client.field.fill(LONG * 3)
    yield "a long draft"
    await client.field.fill("")
    for words in (HERE, AWAY):
        await client.pauses(words)
        await client.sees(PAUSED, peer="Mara")
        yield f"paused: {words}"
        await client.press(BACK)
    await mara.says(body.leaving(29_000_000))
    await mara.says(body.bye())
    await client.sees("{peer} left the talk for now. That is always OK.", peer="Mara")
    yield "the peer said goodbye"


@SIZES
async def test_the_pace_is_in_view_and_in_reach_whatever_else_is_open(
    place: House, windows: Windows, size: dict[str, Any]
) -> None:
    async with together(place, windows, **size) as (client, mara):
        hidden, tall = [], []
        async for state in states(client, mara):
            if not await client.chip.evaluate(UNCOVERED):
                hidden.append(state)
            if state != "a long draft" and await client.dock.evaluate(SHARE) > 0.35:
                tall.append(state)
        assert (hidden, tall) == ([], [])


@SIZES
async def test_two_taps_change_the_pace_and_the_peer_hears_it(
    place: House, windows: Windows, size: dict[str, Any]
) -> None:
    async with together(place, windows, **size) as (client, mara):
        await expect(client.chip).to_have_text(CHIPS["slowly"])
        await client.paces(LISTEN)
        await mara.hears("pace", "listen")
        await expect(client.chip).to_have_text(CHIPS["listen"])
        line = client.words("Pace is now “Just listen”. {peer} can see this.", peer="Mara")
        await expect(client.log.get_by_text(line, exact=True)).to_have_count(1)
        assert (await client.heard()).count(line) == 1


async def test_a_pace_chosen_while_waiting_meets_the_peer(place: House, windows: Windows) -> None:
    client = Talking(await windows.person("client", **PHONE))
    async with mara_of(place) as mara:
        await client.begins(FIRST)
        await client.page.locator("summary", has_text="How would you like to start?").tap()
        await client.page.get_by_role("radio", name=ASK, exact=True).tap()
        await mara.meets()
        await client.says_hello_back()
        await mara.hears("pace", "ask")
        await expect(client.chip).to_have_text(CHIPS["ask"])


async def test_the_next_peer_hears_the_pace_by_itself_and_nothing_of_before(
    place: House, windows: Windows
) -> None:
    async with together(place, windows) as (client, mara):
        await client.paces(LISTEN)
        await mara.hears("pace", "listen")
        await client.press("More")
        await client.press(SWITCH)
        await client.sees("Your words stay here with you. You choose what the next peer sees.")
        # The field of the talk is the only one: no reason is asked for.
        await expect(client.page.get_by_role("textbox")).to_have_count(1)
        await client.press("Switch")
        await client.sees("You are in. A peer will join you here.")
    sol = place.cards["Sol"]
    async with Api(place.url) as api:
        session = await StaffSession.sign_in(api, sol.name, sol.password, read_secret(sol.secret))
        async with Listener(session) as peer:
            next_one = Mara(peer)
            await next_one.meets()
            await client.says_hello_back("Sol")
            await next_one.hears("pace", "listen")
            assert ("text", FIRST) not in next_one.heard


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_skip_and_not_ready_are_one_tap_and_the_peer_sees_them(
    place: House, windows: Windows, locale: Locale
) -> None:
    async with together(place, windows, locale) as (client, mara):
        await mara.says(body.text("I am glad you wrote."))
        await mara.says(body.text(QUESTION))
        await client.reads(QUESTION)
        # Under the question alone, and no further question is asked about it.
        await expect(client.button(SKIP)).to_have_count(1)
        await client.button(NOT_READY).tap()
        told = "{peer} knows. You can bring it up again if you ever want to."
        await client.sees(told, peer="Mara")
        await expect(client.button(SKIP)).to_have_count(0)
        await mara.hears("not-ready", await mara.number_of(QUESTION))
        assert (await client.heard()).count(client.words(told, peer="Mara")) == 1
        await mara.says(body.text("Would some quiet be good?"))
        await client.button(SKIP).tap()
        await client.sees("Skipped. {peer} knows, and that is fine.", peer="Mara")
        # Whoever writes on has answered in their own way.
        await mara.says(body.text("Or a walk?"))
        await expect(client.button(SKIP)).to_have_count(1)
        await client.says("let me think")
        await expect(client.button(SKIP)).to_have_count(0)


async def test_a_pause_keeps_the_place_over_a_reload_and_ends_with_a_tap(
    place: House, windows: Windows
) -> None:
    async with together(place, windows) as (client, mara):
        await client.pauses(AWAY)
        await mara.hears("pause", "away")
        await client.sees(PAUSED, peer="Mara")
        kept = client.page.locator(".paused")
        await expect(kept).to_contain_text(re.compile(r"Your place is kept until .+\d+:\d\d"))
        await client.page.reload()
        await client.sees(PAUSED, peer="Mara")
        # While paused nothing is offered or asked.
        await mara.says(body.text("I am here. No rush."))
        await mara.writes_long()
        await mara.says(body.here())
        await client.sees("{peer} is here. No rush.", peer="Mara")
        await client.sees_not("{peer} is writing a longer reply.", peer="Mara")
        await client.press(BACK)
        await mara.hears("pause", "back")
        await expect(kept).to_have_count(0)


async def test_the_focus_stays_on_the_one_button_that_begins_and_ends_a_pause(
    place: House, windows: Windows
) -> None:
    async with together(place, windows) as (client, mara):
        await client.dock.get_by_role("button", name="Pause", exact=True).focus()
        await client.page.keyboard.press("Enter")
        await client.button(AWAY).focus()
        await client.page.keyboard.press("Enter")
        await mara.hears("pause", "away")
        await expect(client.button(BACK)).to_be_focused()
        await client.page.keyboard.press("Enter")
        await mara.hears("pause", "back")
        await expect(client.dock.get_by_role("button", name="Pause", exact=True)).to_be_focused()


async def test_writing_again_ends_a_pause(place: House, windows: Windows) -> None:
    async with together(place, windows) as (client, mara):
        await client.pauses(HERE)
        await mara.hears("pause", "here")
        await client.says("here i am")
        await mara.hears("text", "here i am")
        assert mara.heard[-2:] == [("pause", "back"), ("text", "here i am")]
        await expect(client.page.locator(".paused")).to_have_count(0)


async def test_a_nod_and_a_quiet_word_of_the_peer_stand_in_the_talk(place: House, windows: Windows) -> None:
    async with together(place, windows) as (client, mara):
        await mara.says(body.nod(1))
        await mara.says(body.here())
        await client.sees("{peer} is here. No rush.", peer="Mara")
        await expect(client.entry(FIRST)).to_contain_text(client.words("{peer} nodded.", peer="Mara"))
        heard = await client.heard()
        assert heard.count(client.words("{peer} nodded.", peer="Mara")) == 1


async def test_what_to_be_called_is_said_only_by_who_wants_to(place: House, windows: Windows) -> None:
    async with together(place, windows) as (client, mara):
        await client.press("More")
        await client.press("What would help, and your name here")
        await client.page.get_by_role("radio", name="Company for a while", exact=True).tap()
        await mara.hears("need", "company")
        assert not [value for kind, value in mara.heard if kind == "hello"]
        name = client.box("What can your peer call you? Any word will do. You can skip this.")
        await name.fill("River")
        await name.press("Enter")
        await mara.hears("hello", "River")


async def test_a_peers_page_shows_the_pace_a_pause_and_what_was_left_out(
    place: House, windows: Windows
) -> None:
    client = Talking(await windows.person("client", **PHONE))
    _, mara = await meet(place, windows, FIRST, client)
    await client.paces(LISTEN)
    await mara.sees("Pace: just listen")
    await mara.replies(QUESTION)
    await client.button(SKIP).tap()
    await mara.sees("They said: skip this")
    await client.pauses(HERE)
    await mara.sees("They paused. Nothing is expected of you.")
