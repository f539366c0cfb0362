"""The two doors of a peer's private notes: their shape, their codes, and what they answer to strangers."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from app.companion.keys import StaffKey
from app.conversations.notes.routes import add_routes
from app.web import errors
from app.wire.encoding import b64u
from app.wire.sizes import NOTE_BOX
from tests.builders import Guest, Stage, new_guest, opened, stage_on, talking

UNKNOWN = (404, {"code": "unknown"})
MALFORMED = (400, {"code": "malformed"})
BLOB = b64u(bytes(NOTE_BOX))


class Browser:
    """Posts JSON to the house; Mara talks with a guest there, and Sol with another."""

    def __init__(self, stage: Stage, http: httpx.AsyncClient, mine: Guest, other: Guest) -> None:
        self.stage = stage
        self.http = http
        self.mine = mine
        self.other = other

    async def post(
        self, path: str, body: Any, staff: StaffKey | None = None, **claims: Any
    ) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self.stage.token(staff or self.stage.cast.mara, **claims)}"}
        answer = await self.http.post(f"/api/notes/{path}", json=body, headers=headers)
        return answer.status_code, answer.json()

    def note(self, **changes: Any) -> dict[str, Any]:
        return {"room": b64u(self.mine.room), "version": 1, "blob": BLOB, **changes}


@pytest.fixture
async def browser(tmp_path: Any) -> AsyncIterator[Browser]:
    async with stage_on(f"sqlite+aiosqlite:///{tmp_path / 'store.sqlite'}") as stage:
        router = APIRouter(prefix="/api")
        add_routes(router, stage.house)
        app = FastAPI(routes=router.routes)
        errors.install(app)
        mine, other = await opened(stage), await opened(stage)
        await talking(stage, mine, stage.cast.mara)
        await talking(stage, other, stage.cast.sol)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
            yield Browser(stage, http, mine, other)


async def test_a_note_from_nothing_to_its_second_version(browser: Browser) -> None:
    room = {"room": b64u(browser.mine.room)}
    assert await browser.post("get", room) == (200, {"version": 0, "blob": None})
    assert await browser.post("put", browser.note()) == (200, {})
    assert await browser.post("get", room) == (200, {"version": 1, "blob": BLOB})
    second = b64u(bytes(NOTE_BOX - 1) + b"\x01")
    assert await browser.post("put", browser.note(version=2, blob=second)) == (200, {})
    assert await browser.post("get", room) == (200, {"version": 2, "blob": second})


async def test_a_replayed_or_skipped_version_is_a_conflict(browser: Browser) -> None:
    second = b64u(bytes(NOTE_BOX - 1) + b"\x01")
    assert await browser.post("put", browser.note()) == (200, {})
    assert await browser.post("put", browser.note()) == (200, {})
    assert await browser.post("put", browser.note(version=2, blob=second)) == (200, {})
    for version, blob in ((1, BLOB), (2, BLOB), (4, BLOB)):
        conflict = await browser.post("put", browser.note(version=version, blob=blob))
        assert conflict == (409, {"code": "v_conflict"})


async def test_a_room_of_others_and_no_room_are_answered_alike(browser: Browser) -> None:
    sol = browser.stage.cast.sol
    assert await browser.post("put", browser.note(room=b64u(browser.other.room)), sol) == (200, {})
    for room in (browser.other.room, new_guest().room):
        assert await browser.post("get", {"room": b64u(room)}) == UNKNOWN
        assert await browser.post("put", browser.note(room=b64u(room), version=2)) == UNKNOWN
    held = await browser.post("get", {"room": b64u(browser.other.room)}, sol)
    assert held == (200, {"version": 1, "blob": BLOB})


async def test_only_a_peers_pass_in_force_opens_the_doors(browser: Browser) -> None:
    moderator = browser.stage.cast.moderator
    assert await browser.post("put", browser.note(), moderator, role="moderator") == UNKNOWN
    good = browser.stage.token(browser.stage.cast.mara)
    for header in (None, "", good, f"Basic {good}", f"Bearer {good}x"):
        headers = {} if header is None else {"Authorization": header}
        answer = await browser.http.post("/api/notes/put", json=browser.note(), headers=headers)
        assert (answer.status_code, answer.json()) == UNKNOWN
    assert await browser.post("put", browser.note()) == (200, {})
    expired = {"Authorization": f"Bearer {good}"}
    browser.stage.clock.advance(600)
    answer = await browser.http.post("/api/notes/put", json=browser.note(), headers=expired)
    assert (answer.status_code, answer.json()) == (401, {"code": "pass_expired"})


WRONG: dict[str, dict[str, Any]] = {
    "a byte short": {"blob": b64u(bytes(NOTE_BOX - 1))},
    "a byte long": {"blob": b64u(bytes(NOTE_BOX + 1))},
    "huge": {"blob": b64u(bytes(100_000))},
    "empty": {"blob": ""},
    "no blob": {"blob": None},
    "padded": {"blob": BLOB + "="},
    "version 0": {"version": 0},
    "a negative version": {"version": -1},
    "a version beyond u32": {"version": 2**32},
    "half a version": {"version": 1.5},
    "a version in words": {"version": "1"},
    "a version that is true": {"version": True},
    "no room": {"room": ""},
    "a longer room": {"room": b64u(bytes(17))},
    "somebody named": {"kid": "x"},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
async def test_a_note_of_another_shape_is_malformed(browser: Browser, change: dict[str, Any]) -> None:
    assert await browser.post("put", browser.note(**change)) == MALFORMED
    assert await browser.post("put", browser.note()) == (200, {})


@pytest.mark.parametrize(
    "body", [{}, [], None, {"room": 1}, {"room": b64u(bytes(16)), "version": 1}], ids=str
)
async def test_a_question_of_another_shape_is_malformed(browser: Browser, body: Any) -> None:
    assert await browser.post("get", body) == MALFORMED
