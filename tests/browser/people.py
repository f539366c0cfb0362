"""What people do on the pages, by the role of things and the exact words on them."""

import asyncio
import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from app.companion.demo.cast import Card, Character, new_password
from tests.browser.house import House
from tests.browser.windows import Window, Windows
from tests.browser.words import FSI, PDI, Words

ENGLISH = Words()


class Person:
    """Somebody in front of a page."""

    def __init__(self, window: Window, words: Words = ENGLISH) -> None:
        self.window = window
        self.words = words

    @property
    def page(self) -> Page:
        return self.window.page

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    def button(self, sentence: str, **values: object) -> Locator:
        return self.page.get_by_role("button", name=self.words(sentence, **values), exact=True)

    def button_like(self, sentence: str) -> Locator:
        """A button of these words, whatever the values in its braces are."""
        return self.page.get_by_role("button", name=self.words.like(sentence))

    def button_named(self, name: str) -> Locator:
        """A button of this name in every language, as languages have."""
        return self.page.get_by_role("button", name=name, exact=True)

    def choice(self, sentence: str, **values: object) -> Locator:
        """One of several, of which one is chosen."""
        return self.page.get_by_role("radio", name=self.words(sentence, **values), exact=True)

    def choice_named(self, name: str) -> Locator:
        """One of several that has somebody's name, in every language."""
        return self.page.get_by_role("radio", name=name, exact=True)

    def link(self, sentence: str) -> Locator:
        return self.page.get_by_role("link", name=self.words(sentence), exact=True)

    def box(self, sentence: str, **values: object) -> Locator:
        return self.page.get_by_role("textbox", name=self.words(sentence, **values), exact=True)

    def heading(self, sentence: str, **values: object) -> Locator:
        return self.page.get_by_role("heading", name=self.words(sentence, **values), exact=True)

    def text(self, sentence: str, **values: object) -> Locator:
        """The words on the screen, also beside others; not what is for ears alone."""
        # A list of names is isolated as a whole, and each name in it.
        escaped = re.escape(self.words(sentence, **values)).replace(FSI, f"{FSI}+").replace(PDI, f"{PDI}+")
        words = re.compile(escaped)
        return self.page.get_by_text(words).and_(
            self.page.locator(":not(.announcer *):not(.visually-hidden)")
        )

    async def press(self, sentence: str, **values: object) -> None:
        """Press the button of these words."""
        await self.button(sentence, **values).click()

    async def unfolds(self, title: str) -> None:
        """Open a fold by its title, or put it away again."""
        await self.page.locator("summary").get_by_text(self.words(title), exact=True).click()

    async def closes_panel(self) -> None:
        """The panel that is open."""
        await self.main.locator(".panel > .panel-close").get_by_role("button").click()

    async def opens_acts(self, message: str) -> None:
        """Show what can be done with a message."""
        await self.entry(message).get_by_role("button", name=self.words("More about this message")).click()

    def entry(self, message: str) -> Locator:
        """A message with its speaker and its buttons."""
        return self.log.get_by_role("listitem").filter(has=self.page.get_by_text(message, exact=True))

    async def sees(self, sentence: str, **values: object) -> None:
        """These words come on the screen."""
        await expect(self.text(sentence, **values).first).to_be_visible()

    async def sees_not(self, sentence: str, **values: object) -> None:
        """These words are not on the screen, or go from it."""
        await expect(self.text(sentence, **values)).to_have_count(0)

    async def reads(self, message: str) -> None:
        """A message stands in the log, once."""
        await expect(self.note(message)).to_have_count(1)
        await expect(self.note(message)).to_be_visible()

    def note(self, message: str) -> Locator:
        """A message in the log, as somebody wrote it."""
        return self.log.get_by_text(message, exact=True)

    async def heard(self) -> list[str]:
        """What the page's voice has said to a screen reader, in order."""
        return await self.page.locator(".announcer > *").all_inner_texts()

    @property
    def leave(self) -> Locator:
        """Leave now, as everybody sees it; before it comes the one for who tabs through the page."""
        banner = self.page.get_by_role("banner")
        return banner.get_by_role("link", name=self.words("Leave now"), exact=True).last


class Client(Person):
    """Somebody who came to talk."""

    @property
    def field(self) -> Locator:
        """Where words are written, before and during a talk."""
        return self.box("Start writing, if you like").or_(self.box("Write here"))

    async def opens(self) -> None:
        """The first page."""
        await self.page.goto("/")

    async def says(self, message: str) -> None:
        """Write and send; the field is empty then."""
        await self.field.fill(message)
        await self.press("Send")
        await expect(self.field).to_have_value("")

    async def begins(self, message: str) -> None:
        """From the first page to words that wait for a peer on the server."""
        await self.opens()
        await self.press("Start when you are ready")
        await self.says(message)
        await self.sees("Ready for your peer. Take it back?")

    async def says_hello_back(self, peer: str = "Mara") -> None:
        """A peer is here: yes."""
        await self.press("Say hello")
        await self.sees(
            "You are talking with {peer}, a trained peer. {peer} cannot see who you are.", peer=peer
        )

    async def takes_code(self) -> tuple[str, str]:
        """The seven words, and the same as numbers, as the card shows them."""
        await self.press("Show my seven words")
        words = await self._code()
        await self.press("Show as numbers")
        await expect(self.button("Show as words")).to_be_visible()
        return words, await self._code()

    async def comes_back(self, typed: str) -> None:
        """The code's page, with this in its field."""
        await self.opens()
        await self.press("Come back with my code")
        await self.box("Your seven words").fill(typed)
        await self.press("Open my talk")

    async def shows(self, title: str) -> None:
        """One of the panels that More leads to."""
        await self.press("More")
        await self.press(title)
        await expect(self.heading(title)).to_be_visible()

    async def deletes(self, message: str) -> None:
        """Remove an own message on both sides, asked once more."""
        await self.opens_acts(message)
        for _ in ("asked", "sure"):
            await (
                self.entry(message)
                .get_by_role("button", name=self.words("Delete for both"), exact=True)
                .click()
            )

    async def flags(self, *messages: str, why: str, note: str) -> None:
        """Something felt wrong: these messages go to a moderator."""
        await self.press("More")
        await self.press("Something felt wrong")
        for message in messages:
            await self.page.get_by_role("checkbox", name=message).check()
        await self.page.get_by_role("radio", name=self.words(why), exact=True).check()
        await self.box("Add a line, if you like").fill(note)
        await self.press("Send to a moderator")

    async def _code(self) -> str:
        return " ".join(await self.page.locator("ol.code > li").all_inner_texts())


class Staff(Person):
    """Somebody of the team."""

    async def sign_in(self, card: Card) -> None:
        """By the personal link, with name and password."""
        await self.page.goto(card.link)
        await self.enter(card)

    async def enter(self, card: Card) -> None:
        """Name and password on the sign-in page."""
        await self.box("Sign-in name").fill(card.name)
        await self.page.get_by_label(self.words("Password"), exact=True).fill(card.password)
        await self.press("Sign in")

    async def opens_invitation(self, link: str) -> None:
        """From the link to the form."""
        await self.page.goto(link)
        await expect(self.heading("Welcome to the team")).to_be_visible()

    async def introduces(self, newcomer: Character, password: str) -> None:
        """Fill the form of somebody new."""
        await self.box("Sign-in name").fill(newcomer.alias.lower())
        for label in ("Password", "The same password again"):
            await self.page.get_by_label(self.words(label), exact=True).fill(password)
        await self.box("The name people see").fill(newcomer.alias)
        await self.box("One line of your own").fill(newcomer.line)
        await self.page.get_by_role("radio").nth(newcomer.stone).check()
        for language in newcomer.languages:
            await self.page.locator(f'input[type="checkbox"][value="{language}"]').first.check()

    async def joins(self, link: str, newcomer: Character) -> Card:
        """By an invitation, up to the sign-in that opens once they are admitted."""
        password = new_password()
        await self.opens_invitation(link)
        await self.introduces(newcomer, password)
        await self.press("Join")
        words = await self.key_words()
        await self.press("I have kept my key")
        await self.press("Go to sign in")
        return Card(newcomer.role, newcomer.alias, newcomer.alias.lower(), password, link, words)

    async def key_words(self) -> str:
        """The twelve words that are shown once."""
        shown = self.page.get_by_role("list", name=self.words("Your twelve words")).get_by_role("listitem")
        await expect(shown).to_have_count(12)
        return " ".join(await shown.all_inner_texts())


class Peer(Staff):
    """A peer at the desk."""

    def talk(self, number: int = 1) -> str:
        """What a talk is called on this desk."""
        return self.words("Talk {number}", number=number)

    async def says_hello(self) -> None:
        """Meet whoever waits first."""
        await self.button_like("Say hello: {row}").first.click()

    def field(self, number: int = 1) -> Locator:
        """Where the answer in a talk is written."""
        return self.box("Your reply in {room}", room=self.talk(number))

    async def replies(self, message: str, number: int = 1) -> None:
        """Write and send in the talk that is open."""
        await self.field(number).fill(message)
        await self.press("Send")
        await expect(self.field(number)).to_have_value("")


class Reviewer(Staff):
    """Somebody who reads what was flagged."""

    async def chooses(self, act: str, reason: str, line: str, *, about: str | None = None) -> None:
        """Fill the form of a decision. `about`: the peer it names, where the act names one."""
        await self.choice(act).check()
        if about is not None:
            await self.choice_named(about).check()
        await self.choice(reason).check()
        await self.box("One line for the team").fill(line)

    async def uncovers(self, message: str) -> None:
        """The first message of a flag, whose words are proven."""
        await self.press("Show message {number}", number=1)
        await self.sees(message)
        await self.sees("This message was said in this room, in these words.")


class Moderator(Reviewer):
    """A moderator at the desk."""

    async def decides(self, act: str, reason: str, line: str) -> None:
        """An act with its reason, asked once more, and done."""
        await self.chooses(act, reason, line)
        await self.press("Decide")
        await self.press("Yes, this is right")


class Coordinator(Reviewer):
    """A coordinator at the desk."""

    async def sets_up(self, link: str, founder: Character) -> Card:
        """A new service, by the link that works once, up to the sign-in."""
        password = new_password()
        await self.page.goto(link)
        await expect(self.heading("Set up Beside")).to_be_visible()
        await self.introduces(founder, password)
        await self.press("Set up")
        words = await self.key_words()
        await self.press("I have kept my key")
        await self.gives_back(["not", "these", "words"])
        await self.sees("Those are not the words yet. Look at what you kept, or show them again.")
        places = await self.asked_back()
        await self.gives_back([words.split()[place - 1] for place in places])
        await expect(self.heading("Your service is there.")).to_be_visible()
        await self.press("Go to sign in")
        return Card(founder.role, founder.alias, founder.alias.lower(), password, link, words)

    async def asked_back(self) -> list[int]:
        """Which of the twelve words are asked for, by their places from 1."""
        return [n for n in range(1, 13) if await self.box("Word {place}", place=n).count()]

    async def gives_back(self, words: list[str]) -> None:
        """Type the words that are asked for."""
        await expect(self.heading("Three words back")).to_be_visible()
        for place, word in zip(await self.asked_back(), words, strict=True):
            await self.box("Word {place}", place=place).fill(word)
        await self.press("Go on")

    async def invites(self, role: str) -> str:
        """An invitation for one person: its link."""
        links = self.main.locator(".invite-link")
        before = await links.all_text_contents()
        await self.choice(role).check()
        await self.press("Make an invitation")
        await expect(links).to_have_count(len(before) + 1)
        [fresh] = set(await links.all_text_contents()) - set(before)
        return fresh

    async def admits(self, count: int) -> None:
        """All who have joined, at once."""
        await self.press("Look again")
        await expect(self.text("Verified")).to_have_count(count)
        for choice in await self.main.locator(".newcomers input[type=checkbox]").all():
            await choice.check()
        await self.press("Admit 1 person" if count == 1 else "Admit {count} people", count=count)

    async def lets_go(self, alias: str) -> None:
        """Off the team, for good."""
        await self.press("Change something about {alias}", alias=alias)
        await self.press("Let go")
        await self.press("Yes, let them go")


async def meet(
    place: House, windows: Windows, first: str, client: Client | None = None, **options: Any
) -> tuple[Client, Peer]:
    """A client writes these first words, Mara says hello: both talk. `options` are of the client's window."""
    writer = client or Client(await windows.person("client", **options))
    mara = Peer(await windows.person("peer"))
    await asyncio.gather(writer.begins(first), mara.sign_in(place.cards["Mara"]))
    await mara.says_hello()
    await writer.says_hello_back()
    await mara.reads(first)
    return writer, mara
