"""The doors of a second seat and of own lines shown: who may in, what they take, and what they answer."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from app.companion.keys import StaffKey
from app.conversations.lines.routes import add_routes as add_line_routes
from app.conversations.seats.routes import add_routes as add_seat_routes
from app.web import errors
from app.wire.encoding import b64u
from tests.builders import Guest, Stage, opened, stage_on, talking

UNKNOWN = (404, {"code": "unknown"})
MALFORMED = (400, {"code": "malformed"})
CLOSED = (409, {"code": "closed"})
DONE: tuple[int, Any] = (200, {})
SEALED = b64u(bytes(4096 + 81))


class Door:
    """Posts JSON to the house; Mara talks with one guest there, and Sol with another."""

    def __init__(self, stage: Stage, http: httpx.AsyncClient, mine: Guest, other: Guest) -> None:
        self.stage = stage
        self.mine = mine
        self.other = other
        self._http = http

    async def post(
        self, path: str, body: Any, staff: StaffKey | None = None, role: str = "peer"
    ) -> tuple[int, Any]:
        headers = {} if staff is None else {"Authorization": f"Bearer {self.stage.token(staff, role=role)}"}
        answer = await self._http.post(f"/api/{path}", json=body, headers=headers)
        return answer.status_code, answer.json()

    @property
    def room(self) -> dict[str, Any]:
        return {"room": b64u(self.mine.room)}

    @property
    def sol(self) -> dict[str, Any]:
        return {**self.room, "kid": b64u(self.stage.cast.sol.kid)}

    @property
    def lines(self) -> dict[str, Any]:
        to = b64u(self.stage.cast.moderator.kid)
        return {**self.room, "to": to, "id": b64u(bytes(16)), "sealed": SEALED}


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    async with stage_on(f"sqlite+aiosqlite:///{tmp_path / 'store.sqlite'}") as stage:
        router = APIRouter(prefix="/api")
        add_seat_routes(router, stage.house)
        add_line_routes(router, stage.house)
        app = FastAPI(routes=router.routes)
        errors.install(app)
        mine, other = await opened(stage), await opened(stage)
        await talking(stage, mine, stage.cast.mara)
        await talking(stage, other, stage.cast.sol)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
            yield Door(stage, http, mine, other)


async def test_each_door_knows_its_callers_and_all_others_are_answered_alike(door: Door) -> None:
    cast = door.stage.cast
    ask = {**door.sol, "purpose": "handover"}
    come = {**door.room, "come": True}
    secret, foreign = b64u(door.mine.secret), b64u(door.other.secret)
    strangers: list[tuple[StaffKey | None, str]] = [
        (None, "peer"), (cast.moderator, "moderator"), (cast.coordinator, "coordinator"), (cast.sol, "peer"),
    ]  # fmt: skip
    for path, body in (
        ("seats/whom", door.room),
        ("seats/ask", ask),
        ("seats/withdraw", door.sol),
        ("lines/show", door.lines),
    ):
        for staff, role in strangers:
            assert await door.post(path, body, staff, role) == UNKNOWN, (path, role)
    whom = await door.post("seats/whom", door.room, cast.mara)
    assert whom == (200, {"peers": [b64u(cast.sol.kid)]})
    assert await door.post("seats/ask", {**ask, "kid": b64u(cast.moderator.kid)}, cast.mara) == CLOSED
    assert await door.post("seats/ask", ask, cast.mara) == DONE
    for staff, role in [*strangers[:3], (cast.mara, "peer")]:
        assert await door.post("seats/come", come, staff, role) == UNKNOWN, role
    assert await door.post("seats/come", come, cast.sol) == DONE
    assert await door.post("seats/refuse", {**door.sol, "secret": foreign}) == UNKNOWN
    assert await door.post("seats/refuse", {**door.sol, "secret": secret}, cast.sol) == DONE
    assert await door.post("seats/come", come, cast.sol) == UNKNOWN
    assert await door.post("seats/withdraw", door.sol, cast.mara) == DONE


async def test_own_lines_are_listed_to_the_two_alone_and_either_drops_them(door: Door) -> None:
    cast, id_ = door.stage.cast, {"id": b64u(bytes(16))}
    none: tuple[int, Any] = (200, {"lines": []})
    assert await door.post("lines/show", door.lines, cast.mara) == DONE
    row = {**door.lines, "by": b64u(cast.mara.kid), "day": door.stage.now // 86_400, "rows": []}
    assert await door.post("lines/mine", {}, cast.mara) == (200, {"lines": [row]})
    assert await door.post("lines/shown", {}, cast.moderator, "moderator") == (200, {"lines": [row]})
    for path in ("lines/mine", "lines/shown"):
        assert await door.post(path, {}) == UNKNOWN
        assert await door.post(path, {}, cast.coordinator, "coordinator") == none
    assert await door.post("lines/drop", id_) == UNKNOWN
    assert await door.post("lines/drop", id_, cast.coordinator, "coordinator") == UNKNOWN
    assert await door.post("lines/drop", id_, cast.moderator, "moderator") == DONE
    assert await door.post("lines/mine", {}, cast.mara) == none


async def test_what_is_not_of_the_documented_form_is_malformed(door: Door) -> None:
    cast = door.stage.cast
    ask, secret = {**door.sol, "purpose": "handover"}, b64u(door.mine.secret)
    good: dict[str, dict[str, Any]] = {
        "seats/whom": door.room, "seats/ask": ask, "seats/withdraw": door.sol,
        "seats/come": {**door.room, "come": True}, "seats/refuse": {**door.sol, "secret": secret},
        "lines/show": door.lines, "lines/mine": {}, "lines/shown": {}, "lines/drop": {"id": b64u(bytes(16))},
    }  # fmt: skip
    for path, body in good.items():
        assert (await door.post(path, body, cast.mara))[0] != 400, path
        wrongs: list[Any] = [[], None, {**body, "more": 1}, *({**body, field: 7} for field in body)]
        for wrong in wrongs:
            assert await door.post(path, wrong, cast.mara) == MALFORMED, (path, wrong)
    for purpose in ("", "watch", None):
        assert await door.post("seats/ask", {**ask, "purpose": purpose}, cast.mara) == MALFORMED
    assert await door.post("lines/show", {**door.lines, "sealed": "AAAA"}, cast.mara) == (
        400, {"code": "flag_format"},
    )  # fmt: skip
