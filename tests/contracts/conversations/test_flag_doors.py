"""The doors of flags: their shapes and codes, and who is let in at each of them."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.companion.keys import StaffKey
from app.companion.seals import seal_flag_note
from app.conversations import tables
from app.conversations.moderation.routes import routes
from app.conversations.moderation.rules import Category
from app.web import errors
from app.wire.encoding import b64u, unb64u
from app.wire.ids import CLIENT_SEAT, FlagId, seat_id
from tests.builders import Guest, Stage, new_guest, opened, stage_on, talking
from tests.flagging import all_rows, flagged, new_flag, sealed_flag, talk

UNKNOWN = (404, {"code": "unknown"})


class Doors:
    """Posts JSON to the doors of flags."""

    def __init__(self, stage: Stage, http: httpx.AsyncClient) -> None:
        self.stage = stage
        self.http = http

    async def post(
        self, path: str, body: Any, staff: StaffKey | None = None, role: str = "peer"
    ) -> tuple[int, Any]:
        headers = {} if staff is None else {"Authorization": f"Bearer {self.stage.token(staff, role)}"}
        answer = await self.http.post(f"/api/flags/{path}", json=body, headers=headers)
        return answer.status_code, answer.json()

    def opening(self, guest: Guest, peer: StaffKey | None = None, **changes: Any) -> dict[str, Any]:
        """A flag as a client posts it, or as a peer does."""
        flag = new_flag()
        seat = CLIENT_SEAT if peer is None else seat_id(guest.room, peer.kid)
        body = {
            "room": b64u(guest.room),
            "flag": b64u(flag),
            "category": "abuse",
            "kid": b64u(self.stage.cast.moderation_team.kid),
            "sealed": b64u(sealed_flag(self.stage, guest, flag, seat=seat)),
        }
        return body | ({"secret": b64u(guest.secret)} if peer is None else {}) | changes

    def deciding(self, flag: FlagId, **changes: Any) -> dict[str, Any]:
        note = seal_flag_note(self.stage.cast.moderation_team.pub, flag, 1, {"line": "Read."})
        return {
            "flag": b64u(flag),
            "act": "close",
            "reason": "abuse",
            "sealed": b64u(note),
            **changes,
        }


@pytest.fixture
async def doors(tmp_path: Any) -> AsyncIterator[Doors]:
    async with stage_on(f"sqlite+aiosqlite:///{tmp_path / 'store.sqlite'}") as stage:
        app = FastAPI()
        errors.install(app)
        app.include_router(routes(stage.house), prefix="/api")
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
            yield Doors(stage, http)


def seat(guest: Guest) -> dict[str, Any]:
    return {"room": b64u(guest.room), "secret": b64u(guest.secret)}


async def test_a_flag_from_its_opening_to_its_outcome_over_http(doors: Doors) -> None:
    stage, cast = doors.stage, doors.stage.cast
    guest = await opened(stage, words=True)
    await talking(stage, guest, cast.mara)
    mine, theirs = doors.opening(guest), doors.opening(guest, cast.mara, category="mistake")
    for _ in range(2):
        assert await doors.post("open", mine) == (200, {"outcome": "open"})
    assert await doors.post("open", theirs, cast.mara) == (200, {"outcome": "open"})
    own = {"flag": mine["flag"], "room": mine["room"], "outcome": "open"}
    assert await doors.post("mine", seat(guest)) == (200, {"reports": [own]})
    status, told = await doors.post("mine", {}, cast.mara)
    assert (status, told["reports"]) == (200, [{**own, "flag": theirs["flag"]}])

    status, taken = await doors.post("take", {}, cast.moderator, "moderator")
    day = stage.now // 86_400
    assert (status, taken["flag"]) == (
        200,
        {"flag": mine["flag"], "category": "abuse", "day": day, "until": stage.now + 1_800},
    )
    status, case = await doors.post("read", {"flag": mine["flag"]}, cast.moderator, "moderator")
    assert status == 200
    [row] = case.pop("rows")
    assert (row["seq"], row["ke"], row["seat"], row["n"]) == (1, 1, b64u(CLIENT_SEAT), 1)
    assert len(unb64u(row["com"])) == 32
    assert case.pop("seats") == [
        {"seat": b64u(CLIENT_SEAT), "kid": None},
        {"seat": b64u(seat_id(guest.room, cast.mara.kid)), "kid": b64u(cast.mara.kid)},
    ]
    assert case == {
        "flag": mine["flag"],
        "room": mine["room"],
        "reporter": b64u(CLIENT_SEAT),
        "kid": b64u(cast.moderation_team.kid),
        "epoch": 1,
        "category": "abuse",
        "day": day,
        "sealed": mine["sealed"],
        "state": "talking",
    }
    choice = doors.deciding(FlagId(unb64u(mine["flag"])))
    for _ in range(2):
        decided = await doors.post("decide", choice, cast.moderator, "moderator")
        assert decided == (200, {"outcome": "closed"})
    again = await doors.post("decide", {**choice, "act": "none"}, cast.moderator, "moderator")
    assert again == (409, {"code": "closed"})
    assert await doors.post("mine", seat(guest)) == (200, {"reports": [{**own, "outcome": "closed"}]})
    _, taken = await doors.post("take", {}, cast.moderator, "moderator")
    assert taken["flag"]["flag"] == theirs["flag"]
    choice = doors.deciding(FlagId(unb64u(theirs["flag"])), act="none", reason="nothing-wrong")
    assert await doors.post("decide", choice, cast.moderator, "moderator") == (200, {"outcome": "none"})
    assert await doors.post("take", {}, cast.moderator, "moderator") == (200, {"flag": None})


WHO = (
    "nobody",
    "client of another room",
    "client",
    "peer of another room",
    "peer",
    "moderator",
    "coordinator",
)
LET_IN = {
    "open": {"client", "peer"},
    "mine": {"client", "peer", "peer of another room", "client of another room"},
    "take": {"moderator"},
    "read": {"moderator"},
    "decide": {"moderator"},
}
"""`mine` answers everybody who can have flags, each with their own."""


@pytest.mark.parametrize("path", LET_IN)
@pytest.mark.parametrize("who", WHO)
async def test_each_door_lets_in_exactly_whom_it_is_for(doors: Doors, who: str, path: str) -> None:
    stage, cast = doors.stage, doors.stage.cast
    guest, other = await opened(stage, words=True), await opened(stage, words=True)
    await talking(stage, guest, cast.mara)
    await talking(stage, other, cast.sol)
    flag = await flagged(stage, guest, category=Category.DANGER)
    taken, _ = await doors.post("take", {}, cast.moderator, "moderator")
    assert taken == 200
    staff: dict[str, tuple[StaffKey, str]] = {
        "peer of another room": (cast.sol, "peer"),
        "peer": (cast.mara, "peer"),
        "moderator": (cast.moderator, "moderator"),
        "coordinator": (cast.coordinator, "coordinator"),
    }
    key, role = staff.get(who, (None, "peer"))
    secret = {"client": guest.secret, "client of another room": other.secret}.get(who)
    proof = {} if secret is None else {"secret": b64u(secret)}
    bodies: dict[str, dict[str, Any]] = {
        "open": {**doors.opening(guest, key or cast.mara), **proof},
        "mine": {"room": b64u(other.room if who == "client of another room" else guest.room), **proof}
        if proof
        else {},
        "take": {},
        "read": {"flag": b64u(flag)},
        "decide": doors.deciding(flag),
    }
    status, answer = await doors.post(path, bodies[path], key, role)
    if who in LET_IN[path]:
        assert status == 200
        if path == "mine":
            assert len(answer["reports"]) == (1 if who == "client" else 0)
    else:
        assert (status, answer) == UNKNOWN


@pytest.mark.parametrize("path", LET_IN)
async def test_a_pass_that_is_over_forged_or_of_another_role_opens_no_door(doors: Doors, path: str) -> None:
    stage, cast = doors.stage, doors.stage.cast
    guest = await opened(stage)
    await talking(stage, guest, cast.mara)
    flag = await flagged(stage, guest)
    key, role = (cast.mara, "peer") if path in ("open", "mine") else (cast.moderator, "moderator")
    await doors.post("take", {}, cast.moderator, "moderator")
    bodies: dict[str, dict[str, Any]] = {
        "open": doors.opening(guest, cast.mara),
        "mine": {},
        "take": {},
        "read": {"flag": b64u(flag)},
        "decide": doors.deciding(flag),
    }
    body = bodies[path]
    good = stage.token(key, role)
    wrong = [
        None,
        "",
        good,
        f"Bearer {good}x",
        # A role that the directory does not list for this key.
        f"Bearer {stage.token(key, 'moderator' if role == 'peer' else 'peer')}",
        f"Bearer {stage.token(StaffKey.generate(), role)}",
    ]
    for header in wrong:
        headers = {} if header is None else {"Authorization": header}
        answer = await doors.http.post(f"/api/flags/{path}", json=body, headers=headers)
        assert (answer.status_code, answer.json()) == UNKNOWN
    stage.clock.advance(600)
    late = {"Authorization": f"Bearer {good}"}
    answer = await doors.http.post(f"/api/flags/{path}", json=body, headers=late)
    assert (answer.status_code, answer.json()) == (401, {"code": "pass_expired"})
    assert (await doors.post(path, body, key, role))[0] == 200


async def test_a_room_of_others_and_no_room_are_answered_alike(doors: Doors) -> None:
    guest = await opened(doors.stage)
    for room in (guest, new_guest()):
        for path, body in (
            ("open", doors.opening(room, secret=b64u(bytes(32)))),
            ("mine", {**seat(room), "secret": b64u(bytes(32))}),
        ):
            assert await doors.post(path, body) == UNKNOWN
        peers = doors.opening(room, doors.stage.cast.sol)
        assert await doors.post("open", peers, doors.stage.cast.sol) == UNKNOWN
    assert (await doors.post("open", doors.opening(guest)))[0] == 200


async def test_flags_of_another_shape_are_refused_with_their_code(doors: Doors) -> None:
    guest = await opened(doors.stage)
    good = doors.opening(guest)
    for changes, code, status in (
        ({"flag": b64u(bytes(15))}, "malformed", 400),
        ({"category": "spam"}, "malformed", 400),
        ({"category": None}, "malformed", 400),
        ({"sealed": ""}, "malformed", 400),
        ({"sealed": b64u(bytes(4176))}, "flag_format", 400),
        ({"sealed": b64u(bytes(3 * 4096 + 81))}, "flag_format", 400),
        ({"sealed": b64u(bytes(2 * 65536 + 81))}, "malformed", 400),
        ({"kid": b64u(bytes(16))}, "stale_epoch", 409),
        ({"seq": [1, 2]}, "malformed", 400),
        ({"secret": b64u(bytes(31))}, "malformed", 400),
    ):
        assert await doors.post("open", {**good, **changes}) == (status, {"code": code}), changes
    assert await doors.post("open", {**good, "sealed": b64u(bytes(65617))}) == (200, {"outcome": "open"})
    bodies: list[dict[str, Any]] = [{"room": good["room"]}, {"secret": good["secret"]}, {"flags": []}]
    for body in bodies:
        assert await doors.post("mine", body) == (400, {"code": "malformed"})


async def test_decisions_of_another_shape_are_refused_with_their_code(doors: Doors) -> None:
    cast = doors.stage.cast
    flag = await flagged(doors.stage, await opened(doors.stage))
    await doors.post("take", {}, cast.moderator, "moderator")
    for changes, code in (
        ({"act": "pause"}, "malformed"),
        ({"reason": "boring"}, "malformed"),
        ({"reason": ""}, "malformed"),
        ({"sealed": b64u(bytes(1104))}, "flag_format"),
        ({"line": "in clear"}, "malformed"),
    ):
        body = doors.deciding(flag, **changes)
        assert await doors.post("decide", body, cast.moderator, "moderator") == (400, {"code": code})
    whole = doors.deciding(flag, act="none", reason="kept-as-note", sealed=b64u(bytes(4177)))
    assert await doors.post("decide", whole, cast.moderator, "moderator") == (200, {"outcome": "none"})


@pytest.mark.parametrize("body", [None, [], "flag", 7, {"flag": None}, {"flag": "a" * 100_000}])
async def test_what_is_no_body_is_malformed_at_every_door(doors: Doors, body: Any) -> None:
    for path in LET_IN:
        refused = await doors.post(path, body, doors.stage.cast.moderator, "moderator")
        assert refused == (400, {"code": "malformed"}), path


async def test_a_request_for_one_short_message_is_as_long_as_for_five(doors: Doors) -> None:
    """The server can neither read nor count what somebody picked."""
    here = await talk(doors.stage)
    said = [await here.says(here.client, f"Short words, number {at}.") for at in range(5)]
    sizes = set()
    for count in (1, 2, 5):
        flag = new_flag()
        sealed = b64u(sealed_flag(doors.stage, here.guest, flag, said[:count]))
        body = doors.opening(here.guest, flag=b64u(flag), sealed=sealed)
        sizes.add(len(json.dumps(body)))
        assert (await doors.post("open", body))[0] == 200
    assert len(sizes) == 1
    assert {len(row.sealed) for row in await all_rows(doors.stage, tables.flags)} == {4177}
