"""The doors of flags: their shapes and codes, and who is let in at each of them."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from app.companion.keys import StaffKey
from app.companion.seals import seal_flag_note
from app.conversations import tables
from app.conversations.availability.rules import Pause
from app.conversations.moderation.keeping import MOST_LINES
from app.conversations.moderation.routes import add_routes
from app.conversations.moderation.rules import Category
from app.conversations.queue import pausing
from app.conversations.rooms import store as rooms_store
from app.web import errors
from app.web.middleware import limited_body
from app.wire.encoding import b64u, unb64u
from app.wire.ids import CLIENT_SEAT, FlagId, seat_id
from app.wire.sizes import FLAG_NOTE_SEALS, FLAG_SEALS, SHOWN_SEALS
from tests.builders import Guest, Stage, new_guest, opened, stage_on, talking
from tests.cast import member
from tests.flagging import (
    all_rows,
    flagged,
    left,
    more_moderators,
    new_flag,
    published,
    sealed_flag,
    talk,
)

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
        team = self.stage.cast.moderation_team
        note = seal_flag_note(team.pub, flag, 1, {"line": "Read."})
        return {
            "flag": b64u(flag),
            "kid": b64u(team.kid),
            "note": 1,
            "act": "close",
            "reason": "abuse",
            "sealed": b64u(note),
            **changes,
        }


@pytest.fixture
async def doors(tmp_path: Any) -> AsyncIterator[Doors]:
    async with stage_on(f"sqlite+aiosqlite:///{tmp_path / 'store.sqlite'}") as stage:
        router = APIRouter(prefix="/api")
        add_routes(router, stage.house)
        app = FastAPI(routes=router.routes)
        errors.install(app)
        transport = httpx.ASGITransport(limited_body(app))
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
        {
            "flag": mine["flag"],
            "category": "abuse",
            "day": day,
            "until": stage.now + 1_800,
            "more": "none",
            "held": False,
            "handed_on": False,
        },
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
        "more": None,
        "more_kid": None,
        "more_epoch": None,
        "state": "talking",
        "notes": [],
        "note": 1,
        "second": None,
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
    "paused peer",
    "departed peer",
    "moderator",
    "another moderator",
    "coordinator",
)
JUDGES = {"moderator", "another moderator", "coordinator"}
LET_IN: dict[str, set[str]] = {
    "open": {"client", "peer", "paused peer"},
    "mine": {"client", "client of another room", "peer", "peer of another room", "paused peer"},
    "more": {"client"},
    "take": {"moderator", "another moderator"},
    "read": {"moderator"},
    "asked": JUDGES,
    "second-read": {"coordinator"},
    "second-answer": {"coordinator"},
    "pack": {"moderator", "coordinator"},
    "stale": JUDGES,
    "reseal": {"moderator", "another moderator"},
    "hold": JUDGES,
    "kept": JUDGES,
    "trail": {"coordinator"},
    "context": {"moderator"},
    "hand-on": {"moderator"},
    "second": {"moderator"},
    "decide": {"moderator"},
}
"""`mine` answers everybody who can have flags, each with their own. `reseal` finds nothing that is stale, and
says so to those alone who may ask. A pause takes nobody's word away, and nobody who left has one."""
GOOD = {"reseal": (409, {"code": "closed"})}


@dataclass
class Scene:
    """A talk with Mara, whose client was asked for more about one flag, and three flags at three stages."""

    doors: Doors
    guest: Guest
    other: Guest
    another: StaffKey
    paused: StaffKey
    departed: dict[str, str]
    taken: FlagId = field(init=False)
    asked_more: FlagId = field(init=False)
    asked_second: FlagId = field(init=False)
    reported: FlagId = field(init=False)

    async def take_next(self, where: Guest | None = None) -> FlagId:
        """Another flag, in the hands of the moderator."""
        flag = await flagged(self.doors.stage, where or self.guest, category=Category.DANGER)
        cast = self.doors.stage.cast
        _, found = await self.doors.post("take", {}, cast.moderator, "moderator")
        assert found["flag"]["flag"] == b64u(flag)
        return flag

    def body(self, path: str, who: str) -> dict[str, Any]:
        """What is posted there: the same for everybody but for the own seat and secret."""
        cast = self.doors.stage.cast
        secret = {"client": self.guest.secret, "client of another room": self.other.secret}.get(who)
        proof = {} if secret is None else {"secret": b64u(secret)}
        flag = {"flag": b64u(self.taken)}
        deciding = self.doors.deciding(self.taken, act="talk")
        mine = {"room": b64u(self.other.room if who == "client of another room" else self.guest.room)}
        answering = self.doors.deciding(self.asked_second, act="close", note=2)
        line = {name: deciding[name] for name in ("flag", "kid", "note", "sealed")}
        bodies: dict[str, dict[str, Any]] = {
            "open": {**self.doors.opening(self.guest, self.staff(who)[0] or cast.mara), **proof},
            "mine": {**mine, **proof} if proof else {},
            "more": {
                "room": b64u(self.guest.room),
                **proof,
                "flag": b64u(self.asked_more),
                "kid": b64u(cast.moderation_team.kid),
                "sealed": None,
            },
            "read": flag,
            # By then the question to a second person is on it.
            "decide": {**deciding, "note": 2},
            "hand-on": line,
            "context": flag,
            "second": {**deciding, "act": "close", "to": b64u(self.another.kid), "shown": b64u(bytes(4177))},
            "second-read": {"flag": b64u(self.asked_second)},
            "second-answer": answering,
            "pack": {"flag": b64u(self.reported)},
            "reseal": {
                **flag,
                "from": b64u(cast.moderation_team.kid),
                "kid": b64u(cast.moderation_team.kid),
                "sealed": b64u(bytes(4177)),
            },
            "hold": {**flag, "hold": True, "reason": "over"},
        }
        return bodies.get(path, {})

    def staff(self, who: str) -> tuple[StaffKey | None, str]:
        cast = self.doors.stage.cast
        return {
            "peer of another room": (cast.sol, "peer"),
            "peer": (cast.mara, "peer"),
            "paused peer": (self.paused, "peer"),
            "moderator": (cast.moderator, "moderator"),
            "another moderator": (self.another, "moderator"),
            "coordinator": (cast.coordinator, "coordinator"),
        }.get(who, (None, "peer"))

    async def knock(self, path: str, who: str) -> tuple[int, Any]:
        if who == "departed peer":
            answer = await self.doors.http.post(
                f"/api/flags/{path}", json=self.body(path, who), headers=self.departed
            )
            return answer.status_code, answer.json()
        return await self.doors.post(path, self.body(path, who), *self.staff(who))


async def staged(doors: Doors) -> Scene:
    stage, cast = doors.stage, doors.stage.cast
    [_, another] = await more_moderators(stage, 2)
    paused, departed = StaffKey.generate(), StaffKey.generate()
    in_force = stage.house.admission.in_force
    assert in_force is not None
    joined = tuple(member(key, "peer", f"Peer {at}", "en") for at, key in enumerate((paused, departed)))
    now = in_force.directory
    peers = replace(now.teams["peer"], members=(*now.teams["peer"].members, paused.kid, departed.kid))
    everybody = replace(
        now, serial=now.serial + 1, staff=(*now.staff, *joined), teams={**now.teams, "peer": peers}
    )
    await published(stage, everybody)
    guest, other = await opened(stage, words=True), await opened(stage, words=True)
    for key, where in ((cast.mara, guest), (cast.sol, other)):
        await talking(stage, where, key)
    async with stage.db.write() as tx:
        # Both sat here too: what shuts a door to them is not that they never did.
        for key in (paused, departed):
            await rooms_store.open_seat(tx, guest.room, key.kid, None)
            await rooms_store.close_seat(tx, guest.room, key.kid)
    async with stage.db.write() as tx:
        await pausing.begin(
            stage.house, tx, Pause(paused.kid, new_flag(), cast.moderator.kid, None, "abuse", 1, None)
        )
    old = {"Authorization": f"Bearer {stage.token(departed, 'peer')}"}
    await left(stage, departed)

    scene = Scene(doors, guest, other, another, paused, old)

    async def to_second(act: str) -> FlagId:
        flag = await scene.take_next()
        body = {
            **doors.deciding(flag, act=act),
            "to": b64u(cast.coordinator.kid),
            "shown": b64u(bytes(4177)),
        }
        assert (await doors.post("second", body, cast.moderator, "moderator"))[0] == 200
        return flag

    scene.reported = await to_second("report")
    agreeing = doors.deciding(scene.reported, act="report", note=2)
    agreed = await doors.post("second-answer", agreeing, cast.coordinator, "coordinator")
    assert agreed == (200, {"agreed": True})
    _, found = await doors.post("take", {}, cast.moderator, "moderator")
    assert found["flag"]["held"]
    deciding = doors.deciding(scene.reported, act="none", note=3)
    assert (await doors.post("decide", deciding, cast.moderator, "moderator"))[0] == 200
    scene.asked_second = await to_second("close")
    scene.asked_more = await scene.take_next()
    asking = {"flag": b64u(scene.asked_more)}
    assert (await doors.post("context", asking, cast.moderator, "moderator"))[0] == 200
    scene.taken = await scene.take_next(other)
    return scene


async def test_each_door_lets_in_exactly_whom_it_is_for(doors: Doors) -> None:
    scene = await staged(doors)
    # Those whom it refuses first: nothing they do may change what the others find.
    for path, let_in in LET_IN.items():
        for who in WHO:
            if who not in let_in:
                assert await scene.knock(path, who) == UNKNOWN, (path, who)
    for path, let_in in LET_IN.items():
        for who in sorted(let_in):
            answer = await scene.knock(path, who)
            assert answer == GOOD[path] if path in GOOD else answer[0] == 200, (path, who, answer)
            if path == "mine":
                assert len(answer[1]["reports"]) == {"client": 4, "client of another room": 1}.get(
                    who, 1 if who in ("peer", "paused peer") else 0
                )
        if path in ("context", "hand-on"):
            # These give the flag away.
            await flagged(doors.stage, await opened(doors.stage))
            _, found = await doors.post("take", {}, *scene.staff("moderator"))
            scene.taken = FlagId(unb64u(found["flag"]["flag"]))


async def test_a_pass_that_is_over_forged_or_of_another_role_opens_no_door(doors: Doors) -> None:
    scene, stage = await staged(doors), doors.stage
    cases = []
    for path, let_in in LET_IN.items():
        who = "peer" if path in ("open", "mine", "more") else min(let_in - {"another moderator"})
        key, role = scene.staff(who)
        assert key is not None
        cases.append((path, scene.body(path, who), key, role, stage.token(key, role)))
    for path, body, key, role, good in cases:
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
            assert (answer.status_code, answer.json()) == UNKNOWN, path
    stage.clock.advance(600)
    for path, body, _, _, good in cases:
        late = {"Authorization": f"Bearer {good}"}
        answer = await doors.http.post(f"/api/flags/{path}", json=body, headers=late)
        assert (answer.status_code, answer.json()) == (401, {"code": "pass_expired"}), path


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
        ({"sealed": b64u(bytes(65618))}, "malformed", 400),
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
        ({"act": "suspend"}, "malformed"),
        ({"subject": b64u(cast.mara.kid)}, "malformed"),
        ({"reason": "boring"}, "malformed"),
        ({"reason": ""}, "malformed"),
        ({"sealed": b64u(bytes(1104))}, "flag_format"),
        ({"line": "in clear"}, "malformed"),
        ({"note": 0}, "malformed"),
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


async def test_the_longest_bodies_there_can_be_come_through(doors: Doors) -> None:
    """Whatever somebody may send in, may be shown to a second person, and sealed anew."""
    cast, guest = doors.stage.cast, await opened(doors.stage)
    flag, longest = await flagged(doors.stage, guest), b64u(bytes(max(FLAG_SEALS)))
    await doors.post("take", {}, cast.moderator, "moderator")
    note = b64u(bytes(max(FLAG_NOTE_SEALS)))
    asking = doors.deciding(flag, sealed=note, to=b64u(cast.coordinator.kid), subject=b64u(cast.mara.kid))
    for length, answer in ((max(SHOWN_SEALS), UNKNOWN), (max(SHOWN_SEALS) + 1, (400, {"code": "malformed"}))):
        body = {**asking, "act": "pause", "shown": b64u(bytes(length))}
        # Mara never sat there: no length is in the way.
        assert await doors.post("second", body, cast.moderator, "moderator") == answer
    team = b64u(cast.moderation_team.kid)
    body = {"flag": b64u(flag), "from": team, "kid": team, "sealed": longest, "more": longest}
    lines = [{"n": n, "sealed": note} for n in range(1, MOST_LINES + 1)]
    # None of it is stale, and the door says that alone.
    told = await doors.post("reseal", {**body, "notes": lines}, cast.moderator, "moderator")
    assert told == (409, {"code": "closed"})
    more = {**body, "notes": lines * 2}
    assert (await doors.post("reseal", more, cast.moderator, "moderator"))[1] == {"code": "too_long"}


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
