"""What holds in every state of every page: product rules A1, A5, A8 to A12, and axe without a finding."""

from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.browser import checks
from tests.browser.axe import violations
from tests.browser.house import house
from tests.browser.tour import Tour
from tests.browser.windows import windows_at
from tests.browser.words import Locale, Words

Found = dict[str, list[str]]
"""By the state, what was found there."""

NARROW = 320, 640


@dataclass
class Walk:
    """What was found in each state, by what was looked for."""

    locale: Locale
    states: list[str] = field(default_factory=list)
    found: defaultdict[str, Found] = field(default_factory=lambda: defaultdict(dict))
    faults: Found = field(default_factory=dict)

    async def stop(self, name: str, page: Page) -> None:
        """Look at everything, and leave the page as it was."""
        self.states.append(name)
        self._note("axe", name, await violations(page))
        if self.locale == "en":
            await page.emulate_media(color_scheme="dark")
            self._note("axe in the dark", name, await violations(page, colours_alone=True))
            await page.emulate_media(color_scheme="light")
        self._note(
            "structure", name, await checks.unmet(page, "logs", "voices", "tabStops", "messages", "shape")
        )
        self._note("language", name, await checks.unmet(page, "language"))
        self._note("targets", name, await checks.unmet(page, "targets"))
        self._note("motion", name, await checks.unmet(page, "motion"))
        await page.emulate_media(forced_colors="active")
        self._note("edges", name, await checks.unmet(page, "edges"))
        await page.emulate_media(forced_colors="none")
        whole = page.viewport_size
        assert whole is not None
        await checks.size(page, *NARROW)
        self._note("narrow", name, await checks.unmet(page, "width", "clipped"))
        await checks.spaced(page)
        self._note("spaced", name, await checks.unmet(page, "width", "clipped"))
        await checks.unspaced(page)
        await checks.size(page, whole["width"], whole["height"])

    def _note(self, kind: str, name: str, lines: list[str]) -> None:
        if lines:
            self.found[kind][name] = lines


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=["en", "en-XA", "ar-XB"])
async def walk(
    request: pytest.FixtureRequest,
    browser: Browser,
    founded: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Walk]:
    """One walk in each locale: in English through all states, in the others through those of every day."""
    walk = Walk(request.param)
    folder = tmp_path_factory.mktemp("tour")
    async with (
        house(founded, folder / "data") as place,
        windows_at(browser, place.url) as windows,
    ):
        try:
            tour = Tour(place, windows, Words(walk.locale), walk.stop)
            await (tour.all() if walk.locale == "en" else tour.key_states())
        except BaseException as error:
            taken = ", ".join(map(str, await windows.pictures(folder)))
            error.add_note(f"after the state {walk.states[-1:]}; the pages then: {taken}")
            raise
        walk.faults = windows.faults()
    yield walk


def test_axe_finds_nothing_in_any_state(walk: Walk) -> None:
    assert {kind: found for kind, found in walk.found.items() if kind.startswith("axe")} == {}


def test_logs_voices_and_headings_are_as_screen_readers_need_them(walk: Walk) -> None:
    assert walk.found["structure"] == {}


def test_every_page_names_its_language_and_direction(walk: Walk) -> None:
    assert walk.found["language"] == {}


def test_what_one_presses_is_large_enough(walk: Walk) -> None:
    assert walk.found["targets"] == {}


def test_with_less_motion_nothing_moves(walk: Walk) -> None:
    assert walk.found["motion"] == {}


def test_with_forced_colours_everything_to_press_has_an_edge(walk: Walk) -> None:
    assert walk.found["edges"] == {}


def test_at_320_px_nothing_sticks_out_or_is_cut_off(walk: Walk) -> None:
    assert walk.found["narrow"] == {}


def test_with_widely_spaced_text_nothing_sticks_out_or_is_cut_off(walk: Walk) -> None:
    assert walk.found["spaced"] == {}


def test_no_page_of_the_tour_complained_or_asked_another_origin(walk: Walk) -> None:
    assert walk.faults == {}


def test_the_tour_sees_every_page(walk: Walk) -> None:
    enough = {"client": 25, "peer": 15, "moderator": 6} if walk.locale == "en" else {"client": 20, "peer": 9}
    for page, at_least in enough.items():
        assert sum(name.startswith(page) for name in walk.states) >= at_least
