"""Signing in and out, over HTTP, on both engines."""

import secrets
from itertools import count
from typing import Any

from app.identity import proofs
from app.identity.staff.rules import IDLE, SESSION
from app.identity.tables import sessions, spent_salts, staff
from app.wire.encoding import b64u, unb64u
from app.wire.pow import Challenge, solves
from app.wire.sizes import KEY
from tests.integration.identity.desk import Desk
from tests.integration.identity.people import Person

UNKNOWN = (404, {"code": "unknown"})
POW_INVALID = (400, {"code": "pow_invalid"})
MALFORMED = (400, {"code": "malformed"})


async def test_the_right_name_and_auth_give_the_desk(desk: Desk) -> None:
    founder = desk.organisation.founder
    status, answer = await (await desk.browser()).sign_in(founder)
    assert status == 200
    assert answer["staff"] == b64u(founder.staff)
    assert answer["role"] == "coordinator"
    assert answer["kid"] == b64u(founder.kid)
    assert answer["keys"] == b64u(founder.keys)
    assert [(key["team"], key["epoch"]) for key in answer["team_keys"]] == [
        ("moderation", 1),
        ("peer", 1),
        ("root", 1),
    ]


async def test_me_answers_like_sign_in(desk: Desk) -> None:
    browser = await desk.browser()
    _, signed_in = await browser.sign_in(desk.organisation.founder)
    assert await browser.ok("staff/me", {}) == signed_in


async def test_a_name_counts_however_it_was_typed(desk: Desk) -> None:
    browser = await desk.browser()
    salt = (await browser.ok("staff/salt", {"name": "cora"}))["salt"]
    assert salt == b64u(desk.organisation.founder.salt)
    assert (await browser.ok("staff/salt", {"name": "  CＯRA "}))["salt"] == salt


async def test_a_name_that_nobody_has_gets_a_salt_that_stays(desk: Desk) -> None:
    browser = await desk.browser()
    first = await browser.ok("staff/salt", {"name": "nobody"})
    assert first == await browser.ok("staff/salt", {"name": "Nobody "})
    assert len(unb64u(first["salt"])) == 16
    assert first != await browser.ok("staff/salt", {"name": "nobody2"})


async def test_wrong_auth_unknown_name_and_not_yet_admitted_look_alike(desk: Desk) -> None:
    newcomer = Person("sol", "peer")
    theirs = await desk.enrol(newcomer)
    answers = [
        await theirs.raw("staff/sign-in", {"name": name, "auth": b64u(auth), "proof": await theirs.proof()})
        for name, auth in (
            ("cora", secrets.token_bytes(KEY)),
            ("nobody", secrets.token_bytes(KEY)),
            ("sol", newcomer.auth),
        )
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, b'{"code":"unknown"}')}
    assert all("set-cookie" not in answer.headers for answer in answers)
    await desk.admit(newcomer)
    assert (await theirs.sign_in(newcomer))[0] == 200


async def test_a_solved_proof_counts_once(desk: Desk) -> None:
    browser = await desk.browser()
    founder = desk.organisation.founder
    body = {"name": founder.name, "auth": b64u(founder.auth), "proof": await browser.proof()}
    assert (await browser.post("staff/sign-in", body))[0] == 200
    assert await browser.post("staff/sign-in", body) == POW_INVALID


async def test_a_wrong_guess_uses_its_proof_up(desk: Desk) -> None:
    browser = await desk.browser()
    founder = desk.organisation.founder
    proof = await browser.proof()
    wrong = {"name": founder.name, "auth": b64u(bytes(KEY)), "proof": proof}
    assert await browser.post("staff/sign-in", wrong) == UNKNOWN
    right = {**wrong, "auth": b64u(founder.auth)}
    assert await browser.post("staff/sign-in", right) == POW_INVALID
    assert (await browser.post("staff/sign-in", {**right, "proof": await browser.proof()}))[0] == 200


def _shorter(proof: dict[str, Any]) -> dict[str, Any]:
    return {**proof, "solution": proof["solution"][:-1]}


def _easier(proof: dict[str, Any]) -> dict[str, Any]:
    return {**proof, "challenge": {**proof["challenge"], "bits": 0}}


def _longer_lived(proof: dict[str, Any]) -> dict[str, Any]:
    return {**proof, "challenge": {**proof["challenge"], "expires": proof["challenge"]["expires"] + 1}}


def _unsolved(proof: dict[str, Any]) -> dict[str, Any]:
    c = Challenge.from_json(proof["challenge"])
    wrong = next(n for n in count() if not solves(c.salt, c.cost, c.bits, 0, n))
    return {**proof, "solution": [wrong, *proof["solution"][1:]]}


async def test_a_proof_that_is_not_ours_or_not_solved_is_refused(desk: Desk) -> None:
    browser = await desk.browser()
    founder = desk.organisation.founder
    proof = await browser.proof()
    body = {"name": founder.name, "auth": b64u(founder.auth)}
    for spoil in (_shorter, _easier, _longer_lived, _unsolved):
        assert await browser.post("staff/sign-in", {**body, "proof": spoil(proof)}) == POW_INVALID, spoil
    assert (await browser.post("staff/sign-in", {**body, "proof": proof}))[0] == 200


async def test_a_proof_expires(desk: Desk) -> None:
    browser = await desk.browser()
    founder = desk.organisation.founder
    body = {"name": founder.name, "auth": b64u(founder.auth), "proof": await browser.proof()}
    desk.clock.advance(proofs.LIFETIME)
    assert await browser.post("staff/sign-in", body) == POW_INVALID
    desk.clock.advance(-1)
    assert (await browser.post("staff/sign-in", body))[0] == 200


async def test_a_session_ends_after_thirty_idle_minutes(desk: Desk) -> None:
    browser = desk.coordinator
    desk.clock.advance(IDLE)
    await browser.ok("staff/me", {})
    desk.clock.advance(IDLE)
    await browser.ok("staff/me", {})
    desk.clock.advance(IDLE + 1)
    assert await browser.post("staff/me", {}) == UNKNOWN


async def test_a_session_ends_after_twelve_hours_however_busy(desk: Desk) -> None:
    browser = desk.coordinator
    for _ in range(SESSION // IDLE - 1):
        desk.clock.advance(IDLE)
        await browser.ok("staff/me", {})
    desk.clock.advance(IDLE - 1)
    await browser.ok("staff/me", {})
    desk.clock.advance(1)
    assert await browser.post("staff/me", {}) == UNKNOWN


async def test_sign_out_ends_this_session_and_no_other(desk: Desk) -> None:
    second = await desk.browser()
    await second.sign_in(desk.organisation.founder)
    token = dict(desk.coordinator.http.cookies)
    assert await desk.coordinator.post("staff/sign-out", {}) == (200, {})
    assert not dict(desk.coordinator.http.cookies)
    desk.coordinator.http.cookies.update(token)
    assert await desk.coordinator.post("staff/me", {}) == UNKNOWN
    await second.ok("staff/me", {})


async def test_sign_out_without_a_session_succeeds(desk: Desk) -> None:
    assert await (await desk.browser()).post("staff/sign-out", {}) == (200, {})


async def test_a_made_up_cookie_opens_nothing(desk: Desk) -> None:
    browser = await desk.browser()
    right = desk.coordinator.http.cookies["beside_staff"]
    for cookie in ("", "x", "é", b64u(bytes(31)), b64u(bytes(32)), "a" * 4_000, right + "=", right[:-1]):
        browser.http.headers["cookie"] = f"beside_staff={cookie}".encode().decode("latin-1")
        assert await browser.post("staff/me", {}) == UNKNOWN
        assert await browser.post("staff/pass", {}) == UNKNOWN
    browser.http.headers["cookie"] = f"beside_staff={right}"
    await browser.ok("staff/me", {})


MALFORMED_BODIES: list[tuple[str, object]] = [
    ("staff/challenge", {"extra": 1}),
    ("staff/salt", {}),
    ("staff/salt", {"name": ""}),
    ("staff/salt", {"name": "ab"}),
    ("staff/salt", {"name": "  ab  "}),
    ("staff/salt", {"name": "a" * 65}),
    ("staff/salt", {"name": "a" * 100_000}),
    ("staff/salt", {"name": "ﷺ" * 20}),
    ("staff/salt", {"name": 7}),
    ("staff/salt", {"name": "\ud800abc"}),
    ("staff/salt", []),
    ("staff/sign-in", {"name": "cora", "auth": b64u(bytes(32))}),
    ("staff/sign-in", {"name": "cora", "auth": b64u(bytes(31)), "proof": {}}),
]


async def test_a_body_of_another_form_is_malformed(desk: Desk) -> None:
    browser = await desk.browser()
    for path, body in MALFORMED_BODIES:
        assert await browser.post(path, body) == MALFORMED, (path, body)
    await browser.ok("staff/challenge", {})
    await browser.ok("staff/salt", {"name": "abc"})


async def test_names_tokens_and_auth_are_kept_only_as_digests(desk: Desk) -> None:
    founder = desk.organisation.founder
    token = unb64u(desk.coordinator.http.cookies["beside_staff"])
    async with desk.house.database.read() as tx:
        kept = [
            bytes(value) if isinstance(value, memoryview) else value
            for table in (staff, sessions, spent_salts)
            for row in await tx.connection.execute(table.select())
            for value in row
        ]
    assert founder.salt in kept
    for secret in (founder.name, founder.name.encode(), founder.auth, token, b64u(token)):
        assert secret not in kept
