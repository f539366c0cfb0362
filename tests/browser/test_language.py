"""Another language: chosen in place, kept over a reload, with a code of its own words."""

from collections.abc import Callable
from pathlib import Path

from playwright.async_api import Page, Request, expect

from tests.browser.house import house
from tests.browser.people import Client
from tests.browser.windows import PHONE, Windows, windows_at
from tests.browser.words import Words

SPANISH = Words("es")
FIRST = "hoy fue un día largo"
ACCENTED = str.maketrans("aeiou", "áéíóú")
WORDS = Path(__file__).parents[2] / "frontend" / "words"


def as_written_by_hand(words: str) -> str:
    """Code words with accents that the list does not have, in capitals, the first cut after four letters."""
    first, *others = words.split()
    return " - ".join([first[:4], *(word.translate(ACCENTED).upper() for word in others)])


def note_names(names: list[str]) -> Callable[[Request], None]:
    """Note the name of each file that a page asks for."""

    def note(request: Request) -> None:
        names.append(request.url.rpartition("/")[2])

    return note


async def address(page: Page) -> tuple[str, str, int]:
    """What a glance at the browser shows, and how far back leads."""
    path: str = await page.evaluate("location.pathname + location.search + location.hash")
    return path, await page.title(), await page.evaluate("history.length")


async def chooses(client: Client, language: str) -> None:
    """Press a language's own name, and go on in its words."""
    await client.page.get_by_role("button", name=language, exact=True).click()
    client.words = Words("es" if language == "Español" else "en")
    await expect(client.page.locator("html")).to_have_attribute("lang", client.words.locale)


async def test_spanish_is_chosen_on_the_first_page_and_only_the_words_change(
    windows: Windows,
) -> None:
    client = Client(await windows.person("client", **PHONE))
    await client.opens()
    await expect(client.page.get_by_role("button", name="Español", exact=True)).to_be_visible()
    before = await address(client.page)

    await chooses(client, "Español")

    await client.sees("Talk with someone who has been through hard times too.")
    await client.sees("This language is on trial. People who speak it have not checked these words yet.")
    await expect(client.page.locator("html")).to_have_attribute("dir", "ltr")
    chosen = client.page.get_by_role("button", name="Español", exact=True)
    await expect(chosen).to_be_focused()
    await expect(chosen).to_have_attribute("aria-pressed", "true")
    assert await client.page.locator("span[lang=es], span[lang=en]").all_inner_texts() == [
        "English",
        "Español",
    ]
    assert (await client.heard())[-1] == SPANISH("This page is in English now.")
    assert await address(client.page) == before == ("/", "Beside", before[2])
    assert await client.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]

    await client.link("Help now").click()
    await expect(client.page.get_by_text("envía AYUDA por mensaje de texto al 988").first).to_be_visible()
    await chooses(client, "English")
    await client.sees("Talk with someone who has been through hard times too.")
    await expect(client.page.get_by_text("Call or text 988. Free, day and night.").first).to_be_visible()


async def test_a_spanish_code_opens_the_talk_elsewhere_however_it_is_typed(windows: Windows) -> None:
    client = Client(await windows.person("client", **PHONE))
    await client.opens()
    before = await address(client.page)
    await chooses(client, "Español")
    await client.press("Start when you are ready")
    await client.says(FIRST)
    await client.sees("Ready for your peer. Take it back?")
    words, numbers = await client.takes_code()
    assert set(words.split()) <= set((WORDS / "words.es.txt").read_text("ascii").split())
    assert numbers.startswith("0002 ")
    assert await address(client.page) == before

    for name, typed, locale in (
        ("by-hand", as_written_by_hand(words), "en-US"),
        ("as-shown", words, "es-MX"),
        ("numbers", numbers, "es"),
    ):
        other = Client(await windows.person(name, locale=locale), Words("en" if locale == "en-US" else "es"))
        asked: list[str] = []
        other.page.on("request", note_names(asked))
        await other.comes_back(typed)
        await other.press("Show them")
        await other.reads(FIRST)
        assert await address(other.page) == ("/", "Beside", 2)
        if name == "as-shown":
            assert "words.en.txt" not in asked


async def test_the_language_stays_over_a_reload_of_an_open_talk_and_changes_in_it(windows: Windows) -> None:
    client = Client(await windows.person("client"))
    await client.opens()
    await chooses(client, "Español")
    await client.press("Start when you are ready")
    await client.says(FIRST)
    await client.sees("Ready for your peer. Take it back?")

    await client.page.reload()
    await client.press("Show them")
    await client.reads(FIRST)
    await client.field.fill("todavía escribo")
    await client.press("More")
    await chooses(client, "English")
    await client.reads(FIRST)
    await expect(client.field).to_have_value("todavía escribo")
    await client.sees("Ready for your peer. Take it back?")


async def test_a_browser_in_spanish_begins_in_spanish_and_is_told_if_nobody_read_it(
    windows: Windows,
) -> None:
    client = Client(await windows.person("client", locale="es-MX"), SPANISH)
    await client.opens()
    await client.sees("Free. No name. No sign-up. You set the pace.")
    await client.sees("This language is on trial. People who speak it have not checked these words yet.")
    await client.press("Look around first")
    await client.sees("What happens here")


async def test_nobody_is_offered_a_language_that_nobody_has_read(
    windows: Windows, founded: Path, tmp_path: Path
) -> None:
    async with (
        house(founded, tmp_path / "production", mode="production") as place,
        windows_at(windows.browser, place.url) as others,
    ):
        client = Client(await others.person("client", locale="es-MX"))
        await client.opens()
        await client.sees("Free. No name. No sign-up. You set the pace.")
        await client.press("Look around first")
        await client.sees("What happens here")
        await client.press("Back to the first page")
        await expect(client.button("Start when you are ready")).to_be_visible()
        await expect(client.page.get_by_role("button", name="Español")).to_have_count(0)
        await expect(client.page.locator("html")).to_have_attribute("lang", "en")
        assert others.faults() == {}
