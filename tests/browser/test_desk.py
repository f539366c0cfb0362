"""The peer's desk through a shift: offers, availability, the client's pace, several talks, after a talk."""

import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Request, expect

from app.companion import body
from app.companion.api import Api
from app.companion.body import Content
from app.companion.client import Client
from app.companion.events import Met, Moved, Said, Writing
from app.companion.ticket import Ticket
from app.wire.ids import CLIENT_SEAT
from tests.browser.house import House
from tests.browser.people import Peer
from tests.browser.windows import Windows
from tests.browser.words import Locale, Words

AGAIN = "Offers start again at {time}."
NOBODY = "Nobody right now. You can also pick from the list."


ANYBODY = Ticket()


@dataclass
class Visitor:
    """Somebody who came to talk, on a page of their own that nobody looks at."""

    client: Client
    heard: list[Content] = field(default_factory=list)
    """What the peer said so far, in order."""

    async def says_yes(self) -> None:
        """Accept whoever says hello, and wait until the talk begins."""
        while True:
            match await self.client.next_event():
                case Met(member=member):
                    await self.client.answer(member.kid, accept=True)
                case Moved(state="talking"):
                    return
                case _:
                    pass

    async def says(self, *contents: Content) -> None:
        """Put something into the talk."""
        for content in contents:
            await self.client.say_here(content)
        assert await self.client.flush(20)

    async def hears(self, kind: str) -> Content:
        """The next of what the peer says that is of this kind; the number of its message is under `seq`."""
        while True:
            match await self.client.next_event():
                case Said(received=received) if received.seat != CLIENT_SEAT and received.body:
                    self.heard.append({"k": received.body.kind, **received.body.fields, "seq": received.seq})
                    if received.body.kind == kind:
                        return self.heard[-1]
                case _:
                    pass

    async def hears_of_writing(self) -> None:
        """The peer is writing a longer reply."""
        while not isinstance(await self.client.next_event(), Writing):
            pass


@asynccontextmanager
async def visitor(place: House, first: str = "hi", ticket: Ticket = ANYBODY) -> AsyncIterator[Visitor]:
    """Somebody who waits with these words ready."""
    async with Api(place.url) as api, await Client.make(api) as client:
        await client.open(ticket, body.text(first))
        yield Visitor(client)


async def at_desk(place: House, windows: Windows, alias: str = "Mara", locale: Locale = "en") -> Peer:
    """A peer at their desk."""
    peer = Peer(await windows.person(alias, locale=locale), Words(locale))
    await peer.sign_in(place.cards[alias])
    await peer.sees("Offered to you")
    return peer


async def met(peer: Peer, who: Visitor, first: str = "hi") -> None:
    """The peer says hello to whoever is first, and both talk."""
    await peer.says_hello()
    await who.says_yes()
    await peer.reads(first)


async def leaves(peer: Peer) -> None:
    """Leave the talk in view, and take it off the list."""
    await peer.press("Leave this talk")
    await peer.press("Leave it")
    await peer.press("Take it off my list")


async def test_an_offer_says_why_it_fits_is_read_out_once_and_met_by_a_hello(
    place: House, windows: Windows
) -> None:
    mara = await at_desk(place, windows)
    await mara.sees(NOBODY)
    async with visitor(
        place, "hola", Ticket(language="es", topics=("grief",), lived=("low-mood",), urgent=True)
    ) as ana:
        card = mara.page.locator(".offer")
        for sentence, values in (
            ("You both speak {language}.", {"language": "Español"}),
            ("You are glad to talk about: {topics}", {"topics": "grief"}),
            ("You have lived through: {topics}", {"topics": "low mood"}),
            ("It feels urgent", {}),
            ("has a note ready", {}),
        ):
            await expect(card.get_by_text(mara.words(sentence, **values))).to_be_visible()
        heard = [line for line in await mara.heard() if line.startswith("Offered to you")]
        assert len(heard) == 1
        # Whoever is offered is not in the list a second time.
        await mara.sees("Nobody else is waiting.")
        await met(mara, ana, "hola")
        await mara.sees(NOBODY)
        assert not [line for line in await mara.heard() if "moved on" in line]


async def test_a_pass_needs_no_reason_and_the_offer_moves_on_without_taking_the_focus(
    place: House, windows: Windows
) -> None:
    mara = await at_desk(place, windows)
    async with visitor(place, ticket=Ticket(topics=("grief",))):
        await expect(mara.button_like("Pass: {row}")).to_be_visible()
        sol = await at_desk(place, windows, "Sol")
        await sol.sees(NOBODY)
        finishing = sol.button("Finishing")
        await finishing.focus()
        await mara.button_like("Pass: {row}").click()
        await mara.sees(NOBODY)
        await expect(mara.heading("Offered to you")).to_be_focused()
        # It is still one of those who wait, to be picked by anybody.
        await expect(mara.button_like("Say hello: {row}")).to_be_enabled()
        await expect(sol.button_like("Pass: {row}")).to_be_visible()
        await expect(finishing).to_be_focused()
    assert not [line for line in await mara.heard() if "moved on" in line]


async def test_an_offer_that_is_met_by_another_goes_quietly_and_is_told_once(
    place: House, windows: Windows
) -> None:
    mara = await at_desk(place, windows)
    sol = await at_desk(place, windows, "Sol")
    async with visitor(place, ticket=Ticket(topics=("grief",))) as ana:
        await expect(mara.button_like("Pass: {row}")).to_be_visible()
        on = mara.button("On")
        await on.focus()
        await met(sol, ana)
        await mara.sees(NOBODY)
        await expect(on).to_be_focused()
        await mara.sees_not("They are not waiting any more.")
        assert (await mara.heard()).count(mara.words("That offer has moved on.")) == 1


async def test_the_focus_follows_whoever_goes_from_the_list_to_the_offer_and_is_never_dropped(
    place: House, windows: Windows
) -> None:
    mara = await at_desk(place, windows)
    hello = mara.page.locator(".queue").get_by_role("button", name=mara.words.like("Say hello: {row}"))
    async with visitor(place) as ana:
        await expect(mara.button_like("Pass: {row}")).to_be_visible()
        async with visitor(place, ticket=Ticket(topics=("grief",))) as ben:
            await expect(hello).to_be_enabled()
            await hello.focus()
            await ana.client.delete()
            offered = mara.page.locator(".offer").filter(has_text="grief")
            await expect(offered.get_by_role("button").first).to_be_focused()
            async with visitor(place) as cleo:
                await expect(hello).to_be_enabled()
                await hello.focus()
                await cleo.client.delete()
                await expect(mara.page.locator("#queue-title")).to_be_focused()
            await met(mara, ben)


async def test_finishing_brings_nobody_new_keeps_the_talk_and_says_when_the_last_is_over(
    place: House, windows: Windows
) -> None:
    mara = await at_desk(place, windows)
    async with visitor(place) as ana:
        await met(mara, ana)
        await mara.press("Finishing")
        await mara.sees("No offers come.")
        await mara.sees("Your talks go on.")
        async with visitor(place, "another"):
            await mara.replies("still with you")
            assert (await ana.hears("text"))["x"] == "still with you"
            await mara.sees("You meet nobody new until you turn on.")
            await expect(mara.button_like("Say hello: {row}")).to_have_count(0)
            await leaves(mara)
            await mara.sees("Your last talk is over.")


async def test_after_a_talk_offers_wait_until_a_clock_time_and_only_the_peer_shortens_that(
    place: House, windows: Windows
) -> None:
    mara = await at_desk(place, windows)
    async with visitor(place) as ana:
        await met(mara, ana)
        await leaves(mara)
        line = mara.page.get_by_text(mara.words.like(AGAIN))
        await expect(line).to_be_visible()
        said = re.sub(r"[\u2066-\u2069]", "", await line.inner_text())
        assert re.fullmatch(r"Offers start again at \d{1,2}:\d\d[\s\u202f][AP]M\.", said), said
        # It is said again after a reload, and is not a clock that runs.
        await mara.page.reload()
        await expect(line).to_be_visible()
        assert re.sub(r"[\u2066-\u2069]", "", await line.inner_text()) == said
    async with visitor(place, "another"):
        await expect(mara.button_like("Say hello: {row}")).to_be_enabled()
        await mara.sees(NOBODY)
        await mara.press("I am ready now")
        await expect(line).to_have_count(0)
        await expect(mara.button_like("Pass: {row}")).to_be_visible()


async def test_the_clients_pace_need_name_pause_and_answers_are_in_view(
    place: House, windows: Windows
) -> None:
    mara = await at_desk(place, windows)
    async with visitor(place) as ana:
        await met(mara, ana)
        head = mara.page.get_by_role("list", name=mara.words("What they asked for"))
        await expect(head).to_contain_text("Pace: slowly")
        await ana.says(body.pace("listen"), body.need("heard"), body.hello("Sam"))
        for said in ("Pace: just listen", "Be heard", "Call them"):
            await expect(head).to_contain_text(said)
        await expect(mara.log).to_contain_text("They (")
        await mara.replies("what happened then?")
        question = (await ana.hears("text"))["seq"]
        await ana.says(body.not_ready(question), body.pause("here"))
        entry = mara.log.get_by_role("listitem").filter(has_text="what happened then?")
        await expect(entry).to_contain_text("They said: not ready for that")
        await mara.sees("They paused. Nothing is expected of you.")
        await ana.says(body.pause("back"))
        await mara.sees_not("They paused. Nothing is expected of you.")
        heard = " ".join(await mara.heard())
        assert heard.count("not ready for that") == 1


async def test_here_no_rush_and_a_nod_reach_the_client(place: House, windows: Windows) -> None:
    mara = await at_desk(place, windows)
    async with visitor(place) as ana:
        await met(mara, ana)
        await mara.press("I'm here, no rush")
        await ana.hears("here")
        await ana.says({"k": "step", "x": "I rang my sister"})
        entry = mara.log.get_by_role("listitem").filter(has_text="I rang my sister")
        await entry.get_by_role("button", name="More about this message").click()
        await entry.get_by_role("button", name="Nod", exact=True).click()
        await ana.hears("nod")
        await entry.get_by_role("button", name="More about this message").click()
        await expect(entry.get_by_role("button", name="Nod", exact=True)).to_have_count(0)


async def test_the_client_hears_once_of_a_reply_that_takes_a_minute(place: House, windows: Windows) -> None:
    mara = Peer(await windows.person("peer"))
    await mara.page.clock.install()
    await mara.sign_in(place.cards["Mara"])
    async with visitor(place) as ana:
        await mara.sees("Offered to you")
        await met(mara, ana)
        await mara.field().focus()
        for _ in range(7):
            await mara.page.keyboard.type("word ")
            await mara.page.clock.fast_forward(10_000)
        await mara.page.keyboard.type("more")
        await ana.hears_of_writing()


@pytest.mark.walk
@pytest.mark.parametrize("locale", ["en", "es"])
async def test_200_random_switches_with_drafts_bring_no_message_into_the_wrong_talk(
    place: House, windows: Windows, locale: Locale
) -> None:
    mara = await at_desk(place, windows, locale=locale)
    chance = random.Random(23)
    async with visitor(place, "one here") as one:
        await met(mara, one, "one here")
        async with visitor(place, "two here") as two:
            await met(mara, two, "two here")
            drafts = {1: "", 2: ""}
            meant: dict[int, list[Content]] = {1: [], 2: []}
            for step in range(200):
                number = chance.choice((1, 2))
                await mara.page.get_by_role("tab", name=mara.talk(number)).click()
                await expect(mara.field(number)).to_have_value(drafts[number])
                await mara.field(number).focus()
                await mara.page.keyboard.type(f"{number}:{step} ")
                drafts[number] += f"{number}:{step} "
                if chance.random() < 0.25:
                    meant[number].append(body.text(drafts[number].strip()))
                    drafts[number] = ""
                    if chance.random() < 0.5:
                        await mara.page.keyboard.press("Control+Enter")
                    else:
                        await mara.press("Send")
            for number, who in ((1, one), (2, two)):
                assert len(meant[number]) > 10
                while sum(said["k"] == "text" for said in who.heard) < len(meant[number]):
                    await who.hears("text")
                came = [body.text(said["x"]) for said in who.heard if said["k"] == "text"]
                assert came == meant[number]
            for number in (1, 2):
                await mara.page.get_by_role("tab", name=mara.talk(number)).click()
                await expect(mara.field(number)).to_have_value(drafts[number])


async def test_after_a_talk_nothing_has_to_be_answered_and_nothing_leaves_the_browser(
    place: House, windows: Windows
) -> None:
    mara = await at_desk(place, windows)
    async with visitor(place) as ana:
        await met(mara, ana)
        await leaves(mara)
    await expect(mara.heading("After this talk")).to_be_focused()
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    mara.page.on("request", note)
    await mara.press("Shaken")
    await mara.box("Put it down").fill("what is still with me")
    await mara.press("Let it go")
    await expect(mara.box("Put it down")).to_have_value("")
    await mara.sees("It is gone.")
    await mara.box("What might I try differently next time?").fill("ask less")
    await mara.press("Go on")
    await mara.sees_not("How are you, in your body?")
    mara.page.remove_listener("request", note)
    assert asked == []
    # The note to oneself is there after the next talk, also on a page that was loaded since; the rest is not.
    await mara.page.reload()
    async with visitor(place) as ben:
        await met(mara, ben)
        await leaves(mara)
        await expect(mara.box("What might I try differently next time?")).to_have_value("ask less")
        await expect(mara.box("Put it down")).to_have_value("")
        # One act passes all of it over.
        await mara.press("Go on")
        await mara.sees_not("How are you, in your body?")


async def test_two_talks_that_shook_a_peer_bring_the_offer_to_end_the_shift(
    place: House, windows: Windows
) -> None:
    mara = await at_desk(place, windows)
    for first in ("hi", "hello"):
        async with visitor(place, first) as ana:
            await met(mara, ana, first)
            await leaves(mara)
            await expect(mara.button("End my shift")).to_have_count(0)
            await mara.press("Shaken")
    await mara.sees("That was a lot for one shift. You can end it here. Nobody asks why.")
    await mara.press("End my shift")
    await mara.sees("You are off. Turn on when you are ready.")
