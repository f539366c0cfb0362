"""Every HTTP door of the conversations house: its shape, its codes, and what it answers to strangers."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from app.companion.keys import StaffKey
from app.companion.pow import solve
from app.conversations.availability.rules import ShiftState
from app.conversations.queue.routes import add_routes as add_queue_routes
from app.conversations.rooms.routes import add_routes as add_room_routes
from app.web import errors
from app.wire.encoding import b64u, unb64u
from app.wire.frames import Item, parse
from app.wire.pow import Challenge
from tests.builders import Guest, Stage, new_guest, opened, rekeying, stage_on, talking, ticket
from tests.cast import without


class Browser:
    """Posts JSON to the house."""

    def __init__(self, stage: Stage, http: httpx.AsyncClient) -> None:
        self.stage = stage
        self.http = http

    async def post(self, path: str, body: Any, staff: StaffKey | None = None) -> tuple[int, Any]:
        headers = {} if staff is None else {"Authorization": f"Bearer {self.stage.token(staff)}"}
        answer = await self.http.post(f"/api/{path}", json=body, headers=headers)
        return answer.status_code, answer.json()

    async def proof(self) -> dict[str, Any]:
        status, answer = await self.post("rooms/challenge", {})
        assert status == 200
        challenge = Challenge.from_json(answer["challenge"])
        return {"challenge": answer["challenge"], "solution": solve(challenge)}

    async def opening(self, guest: Guest, **changes: Any) -> dict[str, Any]:
        team = self.stage.cast.peer_team
        body = {
            "room": b64u(guest.room),
            "secret": b64u(guest.secret),
            "wrap": b64u(guest.wrap()),
            "seal": {
                "kid": b64u(team.kid),
                "sealed": b64u(guest.seal(team.pub, "team-peer", self.stage.signed)),
            },
            "ticket": {"language": "en"},
            "message": b64u(guest.next_frame().pack()),
            "proof": await self.proof(),
        }
        return {**body, **changes}


@pytest.fixture
async def browser(tmp_path: Any) -> AsyncIterator[Browser]:
    async with stage_on(f"sqlite+aiosqlite:///{tmp_path / 'store.sqlite'}") as stage:
        router = APIRouter(prefix="/api")
        add_room_routes(router, stage.house)
        add_queue_routes(router, stage.house, stage.queue)
        app = FastAPI(routes=router.routes)
        errors.install(app)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
            yield Browser(stage, http)


def seat(guest: Guest, **more: Any) -> dict[str, Any]:
    return {"room": b64u(guest.room), "secret": b64u(guest.secret), **more}


async def test_a_talk_from_the_first_word_to_the_last_over_http_alone(browser: Browser) -> None:
    stage, guest, mara = browser.stage, new_guest(), browser.stage.cast.mara
    status, answer = await browser.post("rooms/open", await browser.opening(guest))
    assert (status, answer) == (
        200,
        {"state": "waiting", "ke": 1, "seq": 1, "store": b64u(stage.house.life.store)},
    )

    status, news = await browser.post("rooms/history", seat(guest, after=0))
    assert status == 200
    assert (news["state"], news["purpose"], news["flags"], news["meet"]) == ("waiting", "wrap", [], None)
    unknown = dict.fromkeys(("low", "high", "why", "opens", "over"))
    assert news["wait"] == {"ahead": 0, **unknown}
    assert (news["seq"], news["more"], news["store"]) == (1, False, b64u(stage.house.life.store))
    [item] = [parse(unb64u(each)) for each in news["items"]]
    assert isinstance(item, Item)
    assert item.seq == 1
    assert (await browser.post("rooms/history", seat(guest, after=1)))[1]["items"] == []

    status, claimed = await browser.post("queue/claim", {"room": b64u(guest.room)}, mara)
    assert (status, claimed["accepted"], claimed["seal"], claimed["purpose"]) == (200, False, None, None)
    _, news = await browser.post("rooms/history", seat(guest))
    assert news["meet"] == {"kid": b64u(mara.kid), "accepted": False}
    status, answer = await browser.post("queue/meet", seat(guest, kid=b64u(mara.kid), answer="accept"))
    assert (status, answer) == (200, {"state": "meeting"})
    _, claimed = await browser.post("queue/claim", {"room": b64u(guest.room)}, mara)
    assert (claimed["accepted"], claimed["purpose"], len(unb64u(claimed["seal"]))) == (True, "team-peer", 625)

    own = b64u(guest.seal(mara.pub, "seat-peer", stage.signed))
    status, answer = await browser.post(
        "rooms/seal", {"room": b64u(guest.room), "ke": 1, "sealed": own}, mara
    )
    assert (status, answer) == (200, {"state": "talking"})

    new = rekeying(stage, guest, to=[mara])
    body = seat(
        guest,
        ke=new.ke,
        frame=b64u(new.frame.pack()),
        wrap=b64u(new.wrap),
        seals=[{"purpose": s.purpose, "kid": b64u(s.kid), "sealed": b64u(s.sealed)} for s in new.seals],
    )
    assert await browser.post("rooms/rekey", body) == (200, {"state": "talking", "ke": 2, "seq": 2})
    released = await browser.post("queue/release", {"room": b64u(guest.room)}, mara)
    assert released == (200, {"state": "resting"})
    assert await browser.post("rooms/rest", seat(guest)) == (200, {"state": "resting"})
    assert await browser.post("rooms/close", seat(guest)) == (200, {"state": "closed"})
    for _ in range(2):
        assert await browser.post("rooms/delete", seat(guest)) == (200, {"state": "deleted"})


async def test_the_service_tells_what_anyone_may_know(browser: Browser) -> None:
    answer = (await browser.http.get("/api/service")).json()
    assert answer["open"] is True
    assert (answer["serial"], answer["queue"], answer["wait"]) == (1, {"open": True}, {})
    assert (answer["time"], answer["store"], answer["keep_days"]) == (
        browser.stage.now,
        b64u(browser.stage.house.life.store),
        30,
    )
    assert len(unb64u(answer["directory"])) == 32
    assert (answer["hours"], answer["on"]) == ({}, ["en", "es"])
    browser.stage.clock.advance(40 * 86_400)
    assert (await browser.http.get("/api/service")).json()["open"] is False


async def test_a_directory_needs_a_roots_signature_and_nothing_else(browser: Browser) -> None:
    stage = browser.stage
    after = without(stage.cast.directory(stage.now), stage.cast.mara.kid, StaffKey.generate())
    good = stage.cast.sign(after).to_json()
    bad = {**good, "sigs": [{**good["sigs"][0], "sig": b64u(bytes(64))}]}
    refused = await browser.post("service/directory", {"directory": bad})
    assert refused == (400, {"code": "dir_signature"})
    for _ in range(2):
        assert await browser.post("service/directory", {"directory": good}) == (200, {})
    old = stage.signed.to_json()
    assert await browser.post("service/directory", {"directory": old}) == (409, {"code": "dir_rollback"})
    # Who left has no pass any more.
    claim = await browser.post("queue/claim", {"room": b64u(bytes(16))}, stage.cast.mara)
    assert claim == (404, {"code": "unknown"})


async def test_a_probe_answers_eight_slots_in_one_shape(browser: Browser) -> None:
    guest = await opened(browser.stage)
    month = [seat(guest), *(seat(new_guest()) for _ in range(7))]
    status, answer = await browser.post("rooms/probe", {"month": month})
    assert status == 200
    assert [slot["state"] for slot in answer["slots"]] == ["waiting", *[None] * 7]
    assert {tuple(slot) for slot in answer["slots"]} == {("state", "ke", "wrap")}
    assert await browser.post("rooms/probe", {"month": month[:7]}) == (400, {"code": "malformed"})


CLIENT_DOORS: list[tuple[str, dict[str, Any]]] = [
    ("rooms/history", {}),
    ("rooms/rest", {}),
    ("rooms/close", {}),
    ("rooms/delete", {}),
    ("queue/ticket", {"ticket": {"language": "en"}}),
    ("queue/meet", {"kid": b64u(bytes(16)), "answer": "accept"}),
]


@pytest.mark.parametrize(("path", "more"), CLIENT_DOORS, ids=[path for path, _ in CLIENT_DOORS])
async def test_a_room_of_others_and_no_room_are_answered_alike(
    browser: Browser, path: str, more: dict[str, Any]
) -> None:
    guest = await opened(browser.stage)
    foreign = {"room": b64u(guest.room), "secret": b64u(bytes(32)), **more}
    for body in (foreign, seat(new_guest(), **more)):
        assert await browser.post(path, body) == (404, {"code": "unknown"})
    status, _ = await browser.post("rooms/history", seat(guest))
    assert status == 200


@pytest.mark.parametrize("path", ["queue/claim", "queue/pass", "queue/release", "rooms/seal"])
async def test_staff_doors_want_a_pass_in_force(browser: Browser, path: str) -> None:
    stage = browser.stage
    guest = await opened(stage)
    await talking(stage, guest, stage.cast.mara)
    body: dict[str, Any] = {"room": b64u(new_guest().room)}
    if path == "rooms/seal":
        body |= {"ke": 1, "sealed": b64u(bytes(625))}
    good = stage.token(stage.cast.mara)
    for header in (None, "", good, f"Basic {good}", "Bearer ", f"Bearer {good}x", "Bearer " + "x" * 5_000):
        headers = {} if header is None else {"Authorization": header}
        answer = await browser.http.post(f"/api/{path}", json=body, headers=headers)
        assert (answer.status_code, answer.json()) == (404, {"code": "unknown"})
    expired = {"Authorization": f"Bearer {good}"}
    stage.clock.advance(600)
    answer = await browser.http.post(f"/api/{path}", json=body, headers=expired)
    assert (answer.status_code, answer.json()) == (401, {"code": "pass_expired"})
    status, _ = await browser.post("queue/release", {"room": b64u(guest.room)}, stage.cast.mara)
    assert status == 200


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"language": ""},
        {"language": "english"},
        {"language": "EN"},
        {"language": "en_GB"},
        {"language": "en\n"},
        {"language": "en", "urgent": 1},
        {"language": "en", "topics": ["weather"]},
        {"language": "en", "topics": ["grief", "grief"]},
        {"language": "en", "topics": ["grief", "money", "faith", "other"]},
        {"language": "en", "lived": "grief"},
        {"language": "en", "back": "me"},
        {"language": "en", "refused": [b64u(bytes([n]) * 16) for n in range(17)]},
        {"language": "en", "note": None},
        {"language": "en", "name": "Ana"},
    ],
    ids=str,
)
async def test_a_ticket_of_another_shape_is_malformed(browser: Browser, wish: dict[str, Any]) -> None:
    guest = await opened(browser.stage)
    refused = await browser.post("queue/ticket", seat(guest, ticket=wish))
    assert refused == (400, {"code": "malformed"})
    whole = {
        "language": "pt-BR",
        "urgent": True,
        "back": b64u(bytes(16)),
        "note": True,
        "topics": ["grief", "money", "faith"],
        "lived": ["lgbtq"],
        "refused": [b64u(bytes([n]) * 16) for n in range(16)],
    }
    assert await browser.post("queue/ticket", seat(guest, ticket=whole)) == (200, {"state": "waiting"})


async def test_openings_of_another_shape_are_refused_with_their_code(browser: Browser) -> None:
    guest = new_guest()
    good = await browser.opening(guest)
    seal = good["seal"]
    for changes, code in (
        ({"room": b64u(bytes(15))}, "malformed"),
        ({"secret": good["secret"] + "="}, "malformed"),
        ({"wrap": b64u(bytes(592))}, "malformed"),
        ({"seal": {**seal, "sealed": b64u(bytes(624))}}, "seal_format"),
        ({"seal": {**seal, "sealed": ""}}, "malformed"),
        ({"seal": None}, "malformed"),
        ({"message": b64u(b"\x01" * 40)}, "malformed"),
        ({"message": b64u(new_guest().frame(1).pack())}, "malformed"),
        ({"message": b64u(guest.frame(2).pack())}, "malformed"),
        ({"proof": {**good["proof"], "solution": []}}, "pow_invalid"),
        ({"proof": {**good["proof"], "solution": [-1, 0]}}, "malformed"),
        ({"proof": None}, "malformed"),
        ({"more": 1}, "malformed"),
    ):
        status, answer = await browser.post("rooms/open", {**good, **changes})
        assert (status, answer) == (400, {"code": code}), changes
    assert (await browser.post("rooms/open", good))[0] == 200


@pytest.mark.parametrize("body", [None, [], "room", 7, {"room": None}, {"room": "a" * 100_000}])
async def test_what_is_no_body_is_malformed_at_every_door(browser: Browser, body: Any) -> None:
    paths = [path for path, _ in CLIENT_DOORS]
    paths += ["rooms/open", "rooms/probe", "rooms/rekey", "rooms/challenge", "service/directory"]
    for path in paths:
        assert await browser.post(path, body) == (400, {"code": "malformed"}), path


async def test_a_release_brings_all_of_a_seal_or_none(browser: Browser) -> None:
    stage = browser.stage
    guest = await opened(stage, ticket(note=True), words=True)
    await talking(stage, guest, stage.cast.mara)
    team = stage.cast.peer_team
    seal = {"kid": b64u(team.kid), "sealed": b64u(guest.seal(team.pub, "team-peer", stage.signed))}
    room = {"room": b64u(guest.room)}
    for part in ({"seal": seal}, {"seal": seal, "ke": 1}, {"ke": 1, "language": "en"}):
        refused = await browser.post("queue/release", {**room, **part}, stage.cast.mara)
        assert refused == (400, {"code": "malformed"})
    whole = {**room, "seal": seal, "ke": 1, "language": "en"}
    assert await browser.post("queue/release", whole, stage.cast.mara) == (200, {"state": "resting"})


async def test_an_offer_is_passed_by_whom_it_was_made_to_and_by_nobody_else(browser: Browser) -> None:
    stage = browser.stage
    guest, other = await opened(stage), await opened(stage, ticket("es", refused=(stage.cast.mara.kid,)))
    await stage.queue.sweep()
    mine = {"room": b64u(guest.room)}
    for staff, room in (
        (stage.cast.sol, guest.room),
        (stage.cast.mara, other.room),
        (stage.cast.mara, new_guest().room),
        (StaffKey.generate(), guest.room),
    ):
        refused = await browser.post("queue/pass", {"room": b64u(room)}, staff)
        assert refused == (404, {"code": "unknown"})
    bodies: list[Any] = [None, [], "room", {}, {"room": None}, {"room": "a" * 100_000}]
    bodies += [{**mine, "why": "tired"}, {"room": b64u(bytes(15))}, {"room": mine["room"] + "="}]
    for body in bodies:
        assert await browser.post("queue/pass", body, stage.cast.mara) == (400, {"code": "malformed"})
    for _ in range(2):
        assert await browser.post("queue/pass", mine, stage.cast.mara) == (200, {})
    # The list stays: who passed may still say hello, and a meeting is nothing to pass.
    assert (await browser.post("queue/claim", mine, stage.cast.mara))[0] == 200


async def test_a_peer_who_is_not_on_claims_nobody_and_hears_so(browser: Browser) -> None:
    stage, mara = browser.stage, browser.stage.cast.mara
    guest = await opened(stage)
    await stage.queue.offering.say(stage.staff(mara), ShiftState.BREAK)
    claim = {"room": b64u(guest.room)}
    assert await browser.post("queue/claim", claim, mara) == (409, {"code": "closed"})
    assert await browser.post("queue/claim", {"room": b64u(bytes(16))}, mara) == (404, {"code": "unknown"})
    await stage.queue.offering.say(stage.staff(mara), ShiftState.ON)
    assert (await browser.post("queue/claim", claim, mara))[0] == 200


async def test_a_client_without_a_socket_hears_why_it_waits_and_who_could_come_back(browser: Browser) -> None:
    stage, mara = browser.stage, browser.stage.cast.mara
    french, guest = await opened(stage, ticket("fr")), await opened(stage)
    _, news = await browser.post("rooms/history", seat(french))
    assert (news["wait"]["why"], news["wait"]["opens"], news["wait"]["over"]) == ("language", None, None)
    await talking(stage, guest, mara)
    _, news = await browser.post("rooms/history", seat(guest))
    assert [each["on"] for each in news["seats"]] == [None, None]
    await browser.post("rooms/rest", seat(guest))
    _, news = await browser.post("rooms/history", seat(guest))
    assert [each["on"] for each in news["seats"]] == [None, False]
    await stage.queue.offering.say(stage.staff(mara), ShiftState.ON, ready=True)
    _, news = await browser.post("rooms/history", seat(guest))
    assert [each["on"] for each in news["seats"]] == [None, True]
