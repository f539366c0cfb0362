"""docs/protocol.md, 18.12: what is there and what is not are answered in one shape."""

import secrets
from typing import Any

import httpx
import pytest

from app.companion.pow import solve
from app.wire.encoding import b64u
from app.wire.pow import Challenge
from tests.builders import Guest, new_guest
from tests.canary.house import House, Street
from tests.talkers import seat, wish

Shape = tuple[int, object, list[str]]
"""Status, keys with the lengths of their values, names of headers."""


def shape(answer: httpx.Response) -> Shape:
    headers = sorted(f"{n}: {v}" if n != "date" else n for n, v in answer.headers.items())
    return answer.status_code, _form(answer.json()), headers


def _form(value: object) -> object:
    if isinstance(value, dict):
        return {key: _form(part) for key, part in sorted(value.items())}
    if isinstance(value, list):
        return [_form(part) for part in value]
    return len(value) if isinstance(value, str) else type(value).__name__


async def test_a_salt_has_one_shape_and_stays_for_known_and_unknown_names(
    house: House, place: Street
) -> None:
    known, unknown = house.staff["Mara"].name, "nobody-of-this-name"
    asked = [await place.post("staff/salt", {"name": name}) for name in (known, unknown, known, unknown)]
    first, again = asked[:2], asked[2:]
    assert shape(first[0]) == shape(first[1])
    assert [answer.json() for answer in first] == [answer.json() for answer in again]
    assert first[0].json() != first[1].json()


async def test_a_sign_in_is_refused_in_one_shape_whatever_is_wrong(house: House, place: Street) -> None:
    async def tried(name: str) -> httpx.Response:
        challenge = (await place.done("staff/challenge", {}))["challenge"]
        proof = {"challenge": challenge, "solution": solve(Challenge.from_json(challenge))}
        return await place.post(
            "staff/sign-in", {"name": name, "auth": b64u(secrets.token_bytes(32)), "proof": proof}
        )

    known, unknown = await tried(house.staff["Mara"].name), await tried("nobody-of-this-name")
    assert shape(known) == shape(unknown)
    assert known.json() == unknown.json() == {"code": "unknown"}


async def test_an_invitation_is_unknown_alike_whether_it_was_used_or_never_was(
    house: House, place: Street
) -> None:
    [used] = [needle.data for needle in house.needles if needle.name == "invite token of Mara"]
    answers = [
        await place.post("enrolment/open", {"token": b64u(t)}) for t in (used, secrets.token_bytes(32))
    ]
    assert shape(answers[0]) == shape(answers[1])


async def test_a_journal_of_somebody_else_answers_like_none_at_every_door(place: Street) -> None:
    def at(vault: bytes, token: bytes = bytes(32)) -> dict[str, Any]:
        return {"id": b64u(vault), "token": b64u(token)}

    async def proof() -> dict[str, Any]:
        challenge = (await place.done("vault/challenge", {}))["challenge"]
        return {"challenge": challenge, "solution": solve(Challenge.from_json(challenge))}

    mine, token, blob = secrets.token_bytes(16), secrets.token_bytes(32), b64u(bytes(4177))
    await place.done("vault/put", {**at(mine, token), "version": 1, "blob": blob, "proof": await proof()})
    there, nowhere = at(mine), at(secrets.token_bytes(16))
    for path, more in {
        "vault/get": {},
        "vault/put": {"version": 2, "blob": blob},
        "vault/delete": {},
    }.items():
        answers = [await place.post(path, {**body, **more}) for body in (there, nowhere)]
        assert shape(answers[0]) == shape(answers[1]), path
        assert answers[0].json() == answers[1].json(), path
    # The twin: with its own token the journal answers, and otherwise.
    assert (await place.done("vault/get", at(mine, token))) == {"version": 1, "blob": blob}
    await place.done("vault/delete", at(mine, token))


def doors(place: Street, guest: Guest) -> dict[str, dict[str, Any]]:
    """A request of a client to each door of a room, as somebody would make it who knows only its id."""
    stranger = new_guest()
    at = {"room": b64u(guest.room), "secret": b64u(stranger.secret)}
    frame = stranger.next_frame()
    moved = b64u(frame.pack()[:1] + guest.room + frame.pack()[17:])
    team = place.cast.peer_team
    seal = b64u(stranger.seal(team.pub, "team-peer", place.signed))
    rekey = {"ke": 2, "frame": moved, "wrap": b64u(stranger.wrap()), "ticket": None}
    return {
        "rooms/probe": {"month": [at] * 8},
        "rooms/history": {**at, "after": 0},
        "rooms/rest": at,
        "rooms/close": at,
        "rooms/delete": at,
        "rooms/rekey": {
            **at,
            **rekey,
            "seals": [{"purpose": "team-peer", "kid": b64u(team.kid), "sealed": seal}],
        },
        "queue/ticket": {**at, "ticket": wish()},
        "queue/meet": {**at, "kid": b64u(place.cast.mara.kid), "answer": "accept"},
        "flags/open": {**at, **a_flag(place)},
        "flags/more": {**at, **more_words(place)},
        "flags/mine": at,
    }


def a_flag(place: Street) -> dict[str, Any]:
    """What a flag brings along beside its room."""
    return {
        "flag": b64u(secrets.token_bytes(16)),
        "category": "abuse",
        "kid": b64u(place.cast.moderation_team.kid),
        "sealed": b64u(bytes(4177)),
    }


def more_words(place: Street) -> dict[str, Any]:
    """What an answer brings along to a moderator who asked for more."""
    return {name: value for name, value in a_flag(place).items() if name != "category"}


@pytest.mark.parametrize("state", ["waiting", "talking", "closed", "deleted"])
async def test_a_room_of_somebody_else_answers_like_none_at_every_door(place: Street, state: str) -> None:
    guest = await place.opened()
    if state != "waiting":
        await place.meet(guest, place.cast.mara)
    if state in ("closed", "deleted"):
        await place.done("rooms/close", seat(guest))
    if state == "deleted":
        await place.done("rooms/delete", seat(guest))
    there, nowhere = doors(place, guest), doors(place, new_guest())
    for path in there:
        answers = [await place.post(path, body) for body in (there[path], nowhere[path])]
        assert shape(answers[0]) == shape(answers[1]), path
        assert answers[0].json() == answers[1].json(), path
        expected = (200, {"slots": [{"state": None, "ke": None, "wrap": None}] * 8})
        got = answers[0].status_code, answers[0].json()
        assert got == (expected if path == "rooms/probe" else (404, {"code": "unknown"})), path
    octets = {"content-type": "application/octet-stream"}
    frames = [
        secrets.token_bytes(32) + _to(room, guest.frame(1).pack()) for room in (guest.room, new_guest().room)
    ]
    sent = [await place.http.post("/api/messages/send", content=frame, headers=octets) for frame in frames]
    assert shape(sent[0]) == shape(sent[1])
    if state != "deleted":
        # The twin: with its own secret the room answers, and otherwise.
        history = await place.post("rooms/history", {**seat(guest), "after": 0})
        assert shape(history) != shape(sent[0])
        await place.done("rooms/delete", seat(guest))


async def test_a_deleted_room_answers_its_own_client_like_none(place: Street) -> None:
    guest = await place.opened()
    await place.done("rooms/delete", seat(guest))
    bodies: dict[str, dict[str, Any]] = {
        "rooms/history": {"after": 0},
        "rooms/rest": {},
        "queue/ticket": {"ticket": wish()},
    }
    for path, body in bodies.items():
        answers = [await place.post(path, {**seat(each), **body}) for each in (guest, new_guest())]
        assert shape(answers[0]) == shape(answers[1]), path
    probes = [await place.post("rooms/probe", {"month": [seat(each)] * 8}) for each in (guest, new_guest())]
    assert probes[0].json() == probes[1].json()


async def test_staff_learn_nothing_of_rooms_that_are_not_theirs(place: Street) -> None:
    guest, sol = await place.talking(place.cast.mara), place.cast.sol
    sealed = b64u(guest.seal(sol.pub, "seat-peer", place.signed))
    bodies: dict[str, dict[str, Any]] = {
        "queue/claim": {},
        "rooms/seal": {"ke": 1, "sealed": sealed},
        "queue/release": {"seal": None, "ke": None, "language": None},
        "flags/open": a_flag(place),
        "flags/more": more_words(place),
        "notes/get": {},
        "notes/put": {"version": 1, "blob": b64u(bytes(4177))},
        "seats/whom": {},
        "seats/ask": {"kid": b64u(place.cast.mara.kid), "purpose": "company"},
        "seats/withdraw": {"kid": b64u(place.cast.mara.kid)},
        "seats/come": {"come": True},
        "lines/show": {
            "to": b64u(place.cast.mara.kid), "id": b64u(bytes(16)), "sealed": b64u(bytes(4177)),
        },
    }  # fmt: skip
    for path, body in bodies.items():
        answers = [
            await place.post(path, {"room": b64u(room), **body}, staff=sol)
            for room in (guest.room, new_guest().room)
        ]
        assert shape(answers[0]) == shape(answers[1]), path
        assert answers[0].json() == {"code": "unknown"}
    async with place.tab(staff=sol) as tab, place.tab() as client:
        for asks, proof in ((tab, {}), (client, {"secret": secrets.token_bytes(32)})):
            heard = []
            for room in (guest.room, new_guest().room):
                await asks.say("enter", room=room, store=asks.store, after=0, **proof)
                heard.append({**await asks.until_kind("error"), "room": None})
            assert heard[0] == heard[1] == {"type": "error", "code": "unknown", "room": None}
    await place.done("rooms/delete", seat(guest))


def _to(room: bytes, frame: bytes) -> bytes:
    return frame[:1] + room + frame[17:]
