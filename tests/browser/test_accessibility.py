"""What holds in every state of every page: rules A1, A5, A8 to A14, B8, B10, B16; axe finds nothing."""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from tests.browser import checks
from tests.browser.axe import violations
from tests.browser.house import house
from tests.browser.tour import (
    Way,
    arriving,
    before_a_talk,
    coordinating,
    one_talk,
    reviewing,
    two_of_the_team,
    whatever_else,
)
from tests.browser.translated import sentences
from tests.browser.windows import windows_at
from tests.browser.words import Locale, Words

Found = dict[str, list[str]]
"""By the state, what was found there."""

NARROW = 320, 640
PHONE = 390, 844
WITH_KEYBOARD = 320, 280
READ: tuple[Locale, ...] = ("en", "es")
MADE_UP: tuple[Locale, ...] = ("en-XA", "ar-XB")
"""Made of English, for checking: longer, and from right to left."""

LONG = "client-long-draft"
"""Where somebody writes much, what they write takes the room that it needs."""

STRUCTURE = ("logs", "voices", "tabStops", "messages", "fields", "pictures", "shape")


@dataclass
class Walk:
    """What was found in each state, by what was looked for."""

    words: Words
    states: list[str] = field(default_factory=list)
    found: defaultdict[str, Found] = field(default_factory=lambda: defaultdict(dict))
    places: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Where Help now was, and in which states."""

    async def stop(self, name: str, page: Page) -> None:
        """Look at everything, and leave the page as it was."""
        self.states.append(name)
        self._note("axe", name, await violations(page))
        if self.words.locale in READ:
            await page.emulate_media(color_scheme="dark")
            self._note("axe in the dark", name, await violations(page, colours_alone=True))
            await page.emulate_media(color_scheme="light")
        self._note("structure", name, await checks.unmet(page, *STRUCTURE))
        self._note("language", name, [*await checks.unmet(page, "language"), *await self._untranslated(page)])
        self._note("watching", name, await checks.unmet(page, "watching"))
        self._note("targets", name, await checks.unmet(page, "targets"))
        self._note("motion", name, await checks.unmet(page, "motion"))
        self._note("end", name, await self._no_end(page))
        await page.emulate_media(forced_colors="active")
        self._note("edges", name, await checks.unmet(page, "edges", "chosen"))
        await page.emulate_media(forced_colors="none")
        await self._in_small_windows(name, page)

    async def _in_small_windows(self, name: str, page: Page) -> None:
        whole = page.viewport_size
        assert whole is not None
        await checks.size(page, *NARROW)
        self._note("narrow", name, await checks.unmet(page, "width", "clipped"))
        if await page.locator("html").get_attribute("lang") == self.words.locale:
            self.places[await checks.place_of(page, ".help-link")].append(name)
        if await page.locator(".dock").count():
            dock = await checks.unmet(page, "dock")
            await checks.size(page, *PHONE)
            dock += await checks.unmet(page, "dock")
            await checks.size(page, *WITH_KEYBOARD)
            if name != LONG:
                self._note("dock", name, [*dock, *await checks.unmet(page, "writing")])
            await checks.size(page, *NARROW)
        await checks.spaced(page)
        self._note("spaced", name, await checks.unmet(page, "width", "clipped"))
        await checks.unspaced(page)
        await checks.size(page, whole["width"], whole["height"])

    async def _untranslated(self, page: Page) -> list[str]:
        if self.words.locale != "es" or await page.locator("html").get_attribute("lang") != "es":
            return []
        english = [one for one, other in sentences("es").items() if one != other and " " in one]
        return [f"in English: {line}" for line in await checks.left_in(page, "en", english)]

    async def _no_end(self, page: Page) -> list[str]:
        """A talk or a wait whose end is neither in view nor under the one button that shows it."""
        if await page.locator(".dock, .waiting-below").count() == 0:
            return []
        ways = [
            page.get_by_role("button", name=self.words(each), exact=True) for each in ("More", "End for now")
        ]
        return [] if any([await way.is_visible() for way in ways]) else ["no way to the end"]

    def _note(self, kind: str, name: str, lines: list[str]) -> None:
        if lines:
            self.found[kind][name] = lines


Part = Callable[[Way], Awaitable[None]]

PARTS: list[tuple[Locale, Part, int]] = [
    *((locale, before_a_talk, 18) for locale in READ),
    *((locale, one_talk, 80) for locale in READ),
    *((locale, whatever_else, 16) for locale in READ),
    *((locale, arriving, 9) for locale in MADE_UP),
    *((locale, one_talk, 80) for locale in MADE_UP),
    *((locale, two_of_the_team, 17) for locale in (*READ, *MADE_UP)),
    *((locale, coordinating, 33) for locale in (*READ, *MADE_UP)),
    *((locale, reviewing, 24) for locale in (*READ, *MADE_UP)),
]
"""In the locales that people read all states, else those of every day; and how many at least."""


SHORT = ("en-before_a_talk", "en-one_talk", "ar-XB-arriving")
"""What every run walks. The others, which take longer than these, are for `make walk`."""


def _walk(locale: Locale, part: Part, states: int) -> Any:
    name = f"{locale}-{part.__name__}"
    return pytest.param(locale, part, states, id=name, marks=() if name in SHORT else pytest.mark.walk)


@pytest.mark.parametrize(("locale", "part", "states"), [_walk(*each) for each in PARTS])
async def test_every_state_can_be_read_reached_and_left_by_everybody(
    browser: Browser, founded: Path, tmp_path: Path, locale: Locale, part: Part, states: int
) -> None:
    walk = Walk(Words(locale))
    async with (
        house(founded, tmp_path / "data", limits_duty=True) as place,
        windows_at(browser, place.url) as windows,
    ):
        try:
            await part(Way(place, windows, walk.words, walk.stop))
        except BaseException as error:
            taken = ", ".join(map(str, await windows.pictures(tmp_path)))
            error.add_note(f"after the state {walk.states[-1:]}; the pages then: {taken}")
            raise
        assert windows.faults() == {}
    assert walk.found == {}
    assert len(walk.places) == 1, f"Help now is not at one place: {walk.places}"
    assert len(walk.states) >= states
