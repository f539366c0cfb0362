"""docs/protocol.md, 18.1, through the real pages: what people type into a browser is found nowhere else."""

import asyncio
import json
from dataclasses import dataclass, field

import pytest
from playwright.async_api import expect

from app.companion.answers import Role
from app.companion.demo.cast import Card
from app.companion.staff import secret_words
from app.wire.encoding import b64u, unb64u
from app.wire.sizes import KEY
from tests.browser.chromium import chromium
from tests.browser.people import Client, Moderator, Peer
from tests.browser.windows import PHONE, Windows, windows_at
from tests.canary.dumps import as_bytes
from tests.canary.house import House
from tests.canary.needles import Needle, found, words
from tests.canary.story import Copy, copy_of
from tests.engines import Postgres

TYPED = {
    "first": "zqx-page-first: nobody knows that I write this.",
    "answer": "zqx-page-answer: then we begin with that.",
    "regretted": "zqx-page-regretted: not this after all.",
    "odd": "zqx-page-odd: give me your number.",
    "note": "zqx-page-note: it frightened me.",
    "line": "zqx-page-line: read, and talked about.",
}


@dataclass
class Told:
    """What the evening left behind."""

    needles: list[Needle]
    shown: list[Needle]
    """Of these, what never leaves a browser readable at all."""
    copy: Copy
    wire: bytes
    """Everything that all three browsers sent and were sent."""
    targets: list[bytes]
    headers: list[bytes]
    strangers: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def told(house: House, request: pytest.FixtureRequest) -> Told:
    """An evening of a client, a peer and a moderator on their pages, once on each engine."""
    server: Postgres | None = None if house.is_sqlite else request.getfixturevalue("postgres_server")
    return asyncio.run(_evening(house, server))


async def _evening(house: House, server: Postgres | None) -> Told:
    async with house.tap() as tap, chromium() as browser, windows_at(browser, tap.url) as windows:
        client = Client(await windows.person("client", **PHONE))
        mara = Peer(await windows.person("peer"))
        ife = Moderator(await windows.person("moderator"))
        await client.begins(TYPED["first"])
        code, numbers = await client.takes_code()
        await mara.sign_in(_card(house, tap.url, "peer", "Mara"))
        await mara.says_hello()
        await client.says_hello_back()
        await mara.reads(TYPED["first"])
        await mara.replies(TYPED["answer"])
        await client.reads(TYPED["answer"])
        await client.says(TYPED["regretted"])
        await mara.reads(TYPED["regretted"])
        await client.deletes(TYPED["regretted"])
        await expect(mara.note(TYPED["regretted"])).to_have_count(0)
        await mara.replies(TYPED["odd"])
        await client.reads(TYPED["odd"])
        await client.flags(TYPED["odd"], why="Something else", note=TYPED["note"])
        await client.press("Keep talking")
        await ife.sign_in(_card(house, tap.url, "moderator", "Ife"))
        await ife.press("Show message {number}", number=1)
        await ife.sees(TYPED["odd"])
        await ife.decides("No action", "Nothing wrong here", TYPED["line"])
        await ife.sees("Done. Take the time you need.")
        await client.sees("A moderator read what you sent. This talk stays open. You can switch or stay.")
        typed = [words(f"what was typed: {what}", text) for what, text in TYPED.items()]
        typed += [words("the seven words", code), words("the code in groups", numbers)]
        typed += [words("the code in digits", numbers.replace(" ", ""))]
        kept = await client.page.evaluate("() => JSON.stringify({...sessionStorage})")
        return Told(
            needles=[*house.needles, *typed, *_secrets(kept)],
            shown=typed,
            copy=await copy_of(house, server),
            wire=tap.sent + tap.received,
            targets=tap.targets,
            headers=_headers(windows),
            strangers=[url for window in windows.open for url in window.witness.strangers()],
        )


def _card(house: House, url: str, role: Role, alias: str) -> Card:
    login = house.staff[alias]
    link = f"{url}/{role}.html#secret={b64u(login.secret)}"
    return Card(role, alias, login.name, login.password, link, " ".join(secret_words(login.secret)))


def _secrets(storage: str) -> list[Needle]:
    """What the client's page keeps for a reload, but the room's id, which the store has to know."""
    [kept] = [json.loads(value)["talk"] for value in json.loads(storage).values()]
    return [Needle(f"the kept {name}", unb64u(kept[name], KEY)) for name in ("secret", "wrapKey")]


def _headers(windows: Windows) -> list[bytes]:
    return [
        f"{name}: {value}".encode()
        for window in windows.open
        for asked in window.witness.requests
        for name, value in asked.headers.items()
        # A pass is what this header is for; it is looked for everywhere else.
        if name != "authorization"
    ]


def test_the_evening_has_what_people_type_and_what_their_pages_keep(told: Told) -> None:
    named = " / ".join(needle.name for needle in told.needles)
    for kind in ("typed: first", "typed: note", "seven words", "kept secret", "kept wrapKey", "password of"):
        assert kind in named, kind
    assert {b"/api/rooms/open", b"/api/flags/open", b"/api/flags/decide"} <= set(told.targets)


def test_no_row_or_file_of_the_service_holds_it(told: Told) -> None:
    assert found(told.needles, as_bytes(told.copy.identity), as_bytes(told.copy.conversations)) == []
    for name, data in told.copy.files.items():
        assert (name, found(told.needles, data)) == (name, [])


def test_no_line_of_the_server_holds_it(told: Told, house: House) -> None:
    assert b"/staff/sign-in" in house.log
    assert found(told.needles, house.log) == []


def test_no_address_and_no_header_of_a_request_holds_it(told: Told) -> None:
    assert found(told.needles, *told.targets, *told.headers) == []


def test_words_and_code_leave_no_browser_readable(told: Told) -> None:
    assert b"rooms/open" in told.wire
    assert found(told.shown, told.wire) == []


def test_no_browser_asks_anybody_else(told: Told) -> None:
    assert told.strangers == []
