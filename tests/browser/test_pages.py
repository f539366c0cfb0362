"""A client's own pages: shared bit by bit, taken back, kept by the code, gone at once."""

import asyncio
import json
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.async_api import Locator, WebSocket, expect

from app.companion.api import Api
from app.companion.code import code_root, read_words
from app.companion.envelope import Place, decrypt
from app.companion.returning import find_talk
from app.companion.trust import Trust
from app.wire.encoding import unb64u
from app.wire.errors import WireError
from app.wire.frames import Ack, Erase, Item, Send, parse
from app.wire.ids import CLIENT_SEAT
from tests.browser.house import House
from tests.browser.people import Client, Peer, Person, meet
from tests.browser.test_leaving import NOTHING, by_click, by_shift, left
from tests.browser.windows import PHONE, Window, Windows
from tests.browser.words import Locale, Words

LATE = "the bus was late and i"
KID = "i felt like a kid again"
ANYWAY = "anyway it was only a bus"
PAGE = f"{LATE}\n{KID}\n{ANYWAY}"
WORDS = "a stone in the river"

WORD = re.compile(rb"[A-Za-z0-9_-]{16,}")
"""What may be bytes written as base64url."""


@dataclass
class Wire:
    """Everything that leaves a window: requests as its witness saw them, and what goes over its sockets."""

    window: Window
    sent: list[str | bytes] = field(default_factory=list)

    def watch(self) -> None:
        """Begin; before the page opens."""
        self.window.page.on("websocket", self._opened)

    def _opened(self, socket: WebSocket) -> None:
        socket.on("framesent", self._sent)

    def _sent(self, payload: str | bytes) -> None:
        self.sent.append(payload)

    def raw(self) -> bytes:
        """All of it as it went, and what in it is bytes written as text."""
        asked = self.window.witness.requests
        parts = [line if isinstance(line, bytes) else line.encode() for line in self.sent]
        parts += [each.url.encode() + json.dumps(each.headers).encode() + each.body for each in asked]
        return b"\n".join([*parts, *(data for part in parts for data in decoded(part))])

    def messages(self) -> list[Send | Erase]:
        """What is encrypted in it, whichever way it went."""
        found = [line for line in self.sent if isinstance(line, bytes)]
        found += [data for each in self.window.witness.requests for data in decoded(each.body)]
        frames: dict[bytes, Send | Erase] = {}
        for data in found:
            for begin in (0, 32):  # over HTTP the seat's secret stands before the frame
                try:
                    frame = parse(data[begin:])
                except WireError:
                    continue
                if not isinstance(frame, Ack | Item):
                    frames[frame.com] = frame
        return list(frames.values())


def decoded(part: bytes) -> list[bytes]:
    """What in a text is bytes written as base64url."""
    found = [part]
    for word in WORD.findall(part):
        try:
            found.append(unb64u(word.decode()))
        except WireError:
            continue
    return found


async def opened(wire: Wire, url: str, words: str) -> list[dict[str, Any]]:
    """The bodies of all messages that left the window, read with the keys that the seven words open."""
    async with Api(url) as api:
        trust = await Trust.pin(api)
        (code,) = read_words(words)
        root = await asyncio.to_thread(code_root, code, trust.instance)
        talk = await find_talk(api, root)
    assert talk is not None
    bodies = []
    for frame in wire.messages():
        assert frame.room == talk.place.room
        place = Place(frame.room, frame.ke, CLIENT_SEAT, frame.n)
        bodies.append(json.loads(decrypt(talk.keys[frame.ke], place, frame.com, frame.ct).body))
    return bodies


class Pages:
    """A client's own pages, by the words on them."""

    def __init__(self, client: Client) -> None:
        self.client = client

    @property
    def panel(self) -> Locator:
        return self.client.main.locator(".panel")

    async def opens(self, title: str) -> None:
        """One of them, out of More."""
        await self.client.press("More")
        await self.client.press(title)
        await expect(self.client.heading(title)).to_be_visible()

    async def closes(self) -> None:
        """The panel that is open."""
        await self.panel.get_by_role("button", name=self.client.words("Close"), exact=True).click()
        await expect(self.panel).to_have_count(0)

    async def writes(self, text: str) -> None:
        """On the page that nobody else sees."""
        await self.client.box("Write here, just for you").fill(text)

    async def picks(self, line: str) -> None:
        """One line to share."""
        await self.panel.get_by_role("checkbox", name=line, exact=True).check()

    async def takes_back(self) -> None:
        """The one piece that was shared, asked once more."""
        await self.panel.get_by_role("button", name=self.client.words("Take back"), exact=True).click()
        await self.panel.get_by_role("button", name=self.client.words("Take back"), exact=True).nth(1).click()

    async def draws(self, *points: tuple[float, float]) -> None:
        """A line with a hand, through these points; 0 to 1 from the top at the start."""
        board = self.panel.locator(".board")
        await board.scroll_into_view_if_needed()
        box = await board.bounding_box()
        assert box is not None
        mouse = self.client.page.mouse
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
        await mouse.move(*places[0])
        await mouse.down()
        for place in places[1:]:
            await mouse.move(*place, steps=4)
        await mouse.up()


def shared(person: Person) -> Locator:
    """What was shared, as it stands in the log."""
    return person.log.locator(".shared")


async def talk(
    place: House, windows: Windows, locale: Locale = "en", **options: Any
) -> tuple[Client, Peer, Wire]:
    """A client and Mara who talk, and everything that leaves the client's window."""
    language = "es-US" if locale == "es" else "en-US"
    client = Client(await windows.person("client", locale=language, **options), Words(locale))
    wire = Wire(client.window)
    wire.watch()
    client, mara = await meet(place, windows, "hello", client)
    return client, mara, wire


async def code_of(client: Client) -> str:
    """The seven words, as More shows them."""
    await client.press("More")
    await client.press("My code")
    words = " ".join(await client.page.locator("ol.code > li").all_inner_texts())
    await client.press("More")
    return words


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_of_three_lines_the_one_that_was_picked_arrives_and_the_others_never_leave_the_device(
    place: House, windows: Windows, locale: Locale
) -> None:
    client, mara, wire = await talk(place, windows, locale, **PHONE)
    pages = Pages(client)
    await pages.opens("My page")
    await client.sees("Only you can see this. It goes when you leave, unless you keep it with your code.")
    await pages.writes(PAGE)
    await pages.picks(KID)
    preview = pages.panel.locator(".preview")
    await expect(preview).to_contain_text(client.words("{peer} will see only this:", peer="Mara"))
    assert await preview.locator(".preview-words").all_inner_texts() == [KID]
    await client.press("Share these lines")
    await expect(shared(mara).locator(".shared-line")).to_have_text([KID])

    for person in (client, mara):
        assert LATE not in await person.log.inner_text()
    assert LATE not in await mara.page.content()

    await pages.takes_back()
    for person in (client, mara):
        await expect(shared(person)).to_have_count(0)
    await pages.closes()

    bodies = await opened(wire, place.url, await code_of(client))
    assert [body["lines"] for body in bodies if body["k"] == "page"] == [[KID]]
    assert [body["x"] for body in bodies if body["k"] == "text"] == ["hello"]
    assert "take-back" in [body["k"] for body in bodies]
    everything = wire.raw() + json.dumps(bodies).encode()
    assert KID.encode() in everything
    for line in (LATE, ANYWAY):
        assert line.encode() not in everything


async def test_up_to_a_step_exactly_that_many_strokes_arrive_and_go_again(
    place: House, windows: Windows
) -> None:
    client, mara, wire = await talk(place, windows)
    pages = Pages(client)
    await pages.opens("Draw")
    await pages.draws((0.1, 0.1), (0.9, 0.1))
    await pages.draws((0.1, 0.3), (0.5, 0.6), (0.9, 0.3))
    await pages.draws((0.123, 0.789), (0.877, 0.789))
    await expect(pages.panel.locator(".board path")).to_have_count(3)
    slider = client.page.get_by_role("slider", name=client.words("Share up to this step"))
    await expect(slider).to_have_attribute("aria-valuetext", client.words("{n} of {all}", n=3, all=3))
    await slider.press("ArrowLeft")
    await expect(pages.panel.locator(".preview path")).to_have_count(2)
    await client.press("Share up to this step")
    await expect(shared(mara).locator("svg path")).to_have_count(2)
    drawn = (
        await shared(mara)
        .locator("svg path")
        .evaluate_all("paths => paths.map((path) => path.getAttribute('d'))")
    )
    kept = await pages.panel.locator(".board path").evaluate_all(
        "paths => paths.map((path) => path.getAttribute('d'))"
    )
    assert drawn == kept[:2]
    picture, log = await shared(mara).locator("svg").bounding_box(), await mara.log.bounding_box()
    assert picture is not None
    assert log is not None
    assert picture["width"] <= 0.6 * log["width"]

    await pages.takes_back()
    for person in (client, mara):
        await expect(shared(person)).to_have_count(0)
    await pages.closes()

    bodies = await opened(wire, place.url, await code_of(client))
    (drawing,) = (body for body in bodies if body["k"] == "drawing")
    assert len(drawing["strokes"]) == 2
    third = re.findall(r"\d+", kept[2] or "")
    assert ",".join(third[:2]) not in json.dumps(bodies).replace(" ", "")


async def test_a_drawing_can_be_made_shared_and_heard_without_a_hand_that_drags(
    place: House, windows: Windows
) -> None:
    client, mara, _ = await talk(place, windows)
    keys = client.page.keyboard

    async def reach(what: Locator) -> None:
        """With the Tab key alone."""
        for _ in range(80):
            if await what.evaluate("(element) => element === document.activeElement"):
                return
            await keys.press("Tab")
        raise AssertionError("the Tab key does not get there")

    await reach(client.button("More"))
    await keys.press("Enter")
    await reach(client.button("Draw"))
    await keys.press("Enter")
    await reach(client.button("Stamps"))
    await keys.press("Enter")
    await reach(client.button("Row {row}, place {place}", row=3, place=3))
    for key in ("ArrowUp", "ArrowRight", "Enter"):
        await keys.press(key)
    await expect(Pages(client).panel.locator(".board path")).to_have_count(1)
    assert client.words("{s}, {c}: row {row}, place {place}", s="Stone", c="Blue", row=2, place=4) in (
        await client.heard()
    )
    await reach(client.page.get_by_role("radio", name=client.words("Blue"), exact=True))
    await keys.press("ArrowRight")
    await expect(client.page.get_by_role("radio", name=client.words("Green"), exact=True)).to_be_checked()
    await reach(client.box("Say it in words, if you like"))
    await keys.type(WORDS)
    await reach(client.button("Share up to this step"))
    await keys.press("Enter")

    name = mara.words("Drawing: {words}", words=WORDS)
    await expect(mara.log.get_by_role("img", name=name)).to_be_visible()
    spoken = " ".join(await mara.heard())
    assert name in spoken


async def test_a_step_is_shown_alone_and_nodded_to(place: House, windows: Windows) -> None:
    client, mara, wire = await talk(place, windows, **PHONE)
    pages = Pages(client)
    await pages.opens("Name a step I took")
    for step in ("I slept", "I told nobody this"):
        await client.box("A step, in my own words").fill(step)
        await client.press("Add it")
    await client.box("A next step, in my own words. You can skip this.").fill("a walk, maybe")
    first = pages.panel.get_by_role("listitem").filter(has_text="I slept")
    await first.get_by_role("button", name=client.words("Show {peer}", peer="Mara")).click()
    await expect(shared(mara)).to_contain_text("I slept")

    entry = mara.log.get_by_role("listitem").filter(has_text="I slept")
    await entry.get_by_role("button", name=mara.words("More about this message")).click()
    await entry.get_by_role("button", name=mara.words("Nod"), exact=True).click()
    await expect(first).to_contain_text(client.words("{peer} nodded.", peer="Mara"))

    bodies = await opened(wire, place.url, await code_of(client))
    assert [body["x"] for body in bodies if body["k"] == "step"] == ["I slept"]
    for words in ("I told nobody this", "a walk, maybe"):
        assert words not in json.dumps(bodies)
        assert words.encode() not in wire.raw()


async def test_both_write_on_our_page_and_only_the_client_copies_and_ends_it(
    place: House, windows: Windows
) -> None:
    client, mara, _ = await talk(place, windows)
    pages = Pages(client)
    await pages.opens("Our page")
    await client.sees(
        "Start a page you both can write on. Only you can keep it, or take it off both screens. "
        "The service holds it, locked, as long as this talk. “Delete this talk” removes both."
    )
    await client.press("Start our page")
    await mara.page.get_by_role("button", name=re.compile("^Our page")).click()
    await mara.sees(
        "They see each line as soon as you add it. Only they can keep this page, or take it off both screens."
    )

    async def adds(person: Person, words: str) -> None:
        await person.box("A new line").fill(words)
        await person.press("Add")

    await asyncio.gather(adds(client, "what was good"), adds(mara, "the river?"))
    written: list[list[str]] = []
    for person in (client, mara):
        await expect(person.page.locator(".our-words")).to_have_count(2)
        written.append(await person.page.locator(".our-words").all_inner_texts())
    assert written[0] == written[1]
    assert sorted(written[0]) == ["the river?", "what was good"]
    assert await mara.page.get_by_role("button", name="Take our page away").count() == 0

    mine = client.page.locator(".our-line").filter(has_text="what was good")
    await mine.get_by_role("button", name=client.words("Change"), exact=True).click()
    await client.box("Change this line").fill("what was good today")
    await client.press("Save")
    await expect(mara.page.locator(".our-words").filter(has_text="what was good today")).to_have_count(1)

    theirs = mara.page.locator(".our-line").filter(has_text="the river?")
    await theirs.get_by_role("button", name=mara.words("Take out"), exact=True).click()
    await expect(
        client.page.get_by_text(re.compile("took a line out. You can still flag it."))
    ).to_be_visible()
    await client.box("A new line").fill("half a li")
    await pages.closes()
    await pages.opens("Something felt wrong")
    await expect(client.page.get_by_role("group").filter(has_text="the river?").first).to_be_visible()
    await pages.closes()
    await pages.opens("Our page")
    await expect(client.box("A new line")).to_have_value("half a li")

    await client.press("Copy it to my page")
    await client.press("Take our page away")
    await client.press("Take it away")
    await mara.sees("There is no page yet. They can start one that you both write on.")
    await pages.closes()
    await pages.opens("My page")
    await expect(client.box("Write here, just for you")).to_have_value(re.compile("what was good today"))
    await pages.closes()

    await pages.opens("Our page")
    await client.press("Start our page")
    await pages.closes()
    await adds(mara, "and tomorrow?")
    await client.sees("{peer} wrote on our page.", peer="Mara")
    await client.press("Look at it")
    await expect(client.page.locator(".our-words")).to_have_text(["and tomorrow?"])
    await client.sees_not("{peer} wrote on our page.", peer="Mara")


async def test_what_is_kept_with_the_code_comes_back_by_its_words_on_another_device(
    place: House, windows: Windows
) -> None:
    client, _, wire = await talk(place, windows)
    pages = Pages(client)
    await pages.opens("My page")
    await pages.writes(PAGE)
    assert b"/api/vault/" not in wire.raw()
    await client.press("Keep with my code")
    await client.sees("Kept. Your seven words bring it back. Without them, no one can.")
    await client.press("Show my seven words")
    words = " ".join(await client.page.locator("ol.code > li").all_inner_texts())
    await client.leave.click()
    for line in PAGE.splitlines():
        assert line.encode() not in wire.raw()

    again = Client(await windows.person("again", **PHONE))
    back = Wire(again.window)
    back.watch()
    await again.comes_back(words)
    await again.press("Show them")
    there = Pages(again)
    await there.opens("My page")
    assert b"/api/vault/" not in back.raw()
    await again.press("Bring back what I kept")
    await again.sees("It is back. Only you can see it.")
    await expect(again.box("Write here, just for you")).to_have_value(PAGE)

    await again.press("Stop keeping")
    await again.press("Delete what is kept")
    await again.sees("Nothing is kept now.")
    await expect(again.box("Write here, just for you")).to_have_value(PAGE)
    await again.press("Bring back what I kept")
    await again.sees("Nothing is kept with this code.")


async def test_a_reload_forgets_what_was_not_shared_and_the_code(place: House, windows: Windows) -> None:
    client, _, _ = await talk(place, windows)
    pages = Pages(client)
    await pages.opens("My page")
    await pages.writes(PAGE)
    await client.page.reload()
    await client.sees("You and {names} can read this talk. Nobody else can.", names="Mara")
    await pages.opens("My page")
    await expect(client.box("Write here, just for you")).to_have_value("")
    await pages.writes(KID)
    await client.press("Keep with my code")
    await client.sees(
        "This page does not know your code right now. Start a talk, or come back with your seven words."
        " Then you can keep it."
    )


async def test_leaving_forgets_a_page_and_a_drawing_at_once(place: House, windows: Windows) -> None:
    client, _, _ = await talk(place, windows)
    pages = Pages(client)
    await pages.opens("My page")
    await pages.writes(PAGE)
    await pages.picks(KID)
    assert await left(client, by_click, "click") == NOTHING

    other = Client(await windows.person("other"))
    await other.begins("hello")
    await other.page.locator("summary").filter(has_text="While you wait").click()
    await other.press("Write")
    await other.press("Draw")
    await Pages(other).draws((0.1, 0.1), (0.5, 0.5))
    await other.page.mouse.down()
    assert await left(other, by_shift, "keydown") == NOTHING


async def test_before_a_talk_the_page_is_there_and_says_why_nothing_can_be_shared(windows: Windows) -> None:
    client = Client(await windows.person("client", **PHONE))
    await client.begins("hello")
    await client.page.locator("summary").filter(has_text="While you wait").click()
    await client.press("Write")
    await client.press("My page")
    pages = Pages(client)
    await pages.writes(PAGE)
    await pages.picks(KID)
    await client.sees(
        "There is no one to share with yet. It waits here. When a peer is with you, you choose what they see."
    )
    await expect(client.button("Share these lines")).to_have_count(0)
