"""Invitations, from the coordinator's browser to admission."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from app.identity.enrolment.rules import INVITATION
from app.identity.house import IdentityHouse
from app.identity.limits import RATES
from app.identity.tables import invitations
from app.wire.encoding import b64u
from tests.integration.identity.desk import Desk
from tests.integration.identity.people import PROFILE, Person

UNKNOWN = (404, {"code": "unknown"})
MALFORMED = (400, {"code": "malformed"})
ID_TAKEN = (409, {"code": "slot_taken"})
NAME_TAKEN = (409, {"code": "name_taken"})


async def test_an_invitation_is_opened_submitted_admitted_and_forgotten(desk: Desk) -> None:
    sol = Person("sol", "peer")
    invited = await desk.coordinator.ok("enrolment/invite", desk.invitation(sol))
    assert invited == {"expires": desk.house.now + INVITATION}
    theirs = await desk.browser()
    assert await theirs.ok("enrolment/open", {"token": b64u(sol.token)}) == {
        "staff": b64u(sol.staff),
        "role": "peer",
        "instance": b64u(desk.organisation.instance),
        "expires": invited["expires"],
    }
    submission = desk.submission(sol)
    assert await theirs.post("enrolment/submit", submission) == (200, {})
    (entry,) = (await desk.coordinator.ok("enrolment/waiting", {}))["waiting"]
    assert entry == {
        "staff": b64u(sol.staff),
        "role": "peer",
        "pub": submission["pub"],
        "mac": submission["mac"],
        "profile": PROFILE,
        "secret_box": b64u(sol.secret_box),
        "submitted": True,
        "expires": invited["expires"],
        "replaces": None,
    }
    await desk.admit(sol)
    assert await desk.coordinator.ok("enrolment/waiting", {}) == {"waiting": []}
    async with desk.house.database.read() as tx:
        assert (await tx.connection.execute(invitations.select())).all() == []
    status, answer = await theirs.sign_in(sol)
    assert status == 200
    assert [(key["team"], key["epoch"]) for key in answer["team_keys"]] == [("peer", 2)]


async def test_the_waiting_list_shows_who_has_not_submitted_yet(desk: Desk) -> None:
    sol = Person("sol", "peer")
    await desk.coordinator.ok("enrolment/invite", desk.invitation(sol))
    (entry,) = (await desk.coordinator.ok("enrolment/waiting", {}))["waiting"]
    assert (entry["submitted"], entry["pub"], entry["mac"], entry["profile"]) == (False, None, None, None)


async def test_the_same_invitation_again_succeeds_and_another_with_its_id_does_not(desk: Desk) -> None:
    sol = Person("sol", "peer")
    body = desk.invitation(sol)
    first = await desk.coordinator.ok("enrolment/invite", body)
    desk.clock.advance(60)
    assert await desk.coordinator.ok("enrolment/invite", body) == first
    other_token = {**body, "token_hash": b64u(secrets.token_bytes(32))}
    assert await desk.coordinator.post("enrolment/invite", other_token) == ID_TAKEN
    assert await desk.coordinator.post("enrolment/invite", {**body, "role": "moderator"}) == ID_TAKEN
    other_id = {**body, "staff": b64u(secrets.token_bytes(16))}
    assert await desk.coordinator.post("enrolment/invite", other_id) == ID_TAKEN
    founders = {**desk.invitation(Person("x", "peer")), "staff": b64u(desk.organisation.founder.staff)}
    assert await desk.coordinator.post("enrolment/invite", founders) == ID_TAKEN


async def test_an_invitation_is_good_for_seven_days(desk: Desk) -> None:
    sol = Person("sol", "peer")
    await desk.coordinator.ok("enrolment/invite", desk.invitation(sol))
    theirs = await desk.browser()
    opening = {"token": b64u(sol.token)}
    desk.clock.advance(INVITATION)
    assert await theirs.post("enrolment/open", opening) == UNKNOWN
    assert await theirs.post("enrolment/submit", desk.submission(sol)) == UNKNOWN
    desk.clock.advance(-1)
    await theirs.ok("enrolment/open", opening)
    await theirs.ok("enrolment/submit", desk.submission(sol))


async def test_who_submits_on_the_last_day_still_waits_seven_days(desk: Desk) -> None:
    sol = Person("sol", "peer")
    await desk.coordinator.ok("enrolment/invite", desk.invitation(sol))
    desk.clock.advance(INVITATION - 1)
    await (await desk.browser()).ok("enrolment/submit", desk.submission(sol))
    desk.clock.advance(INVITATION - 1)
    await desk.coordinator.sign_in(desk.organisation.founder)
    (entry,) = (await desk.coordinator.ok("enrolment/waiting", {}))["waiting"]
    assert entry["submitted"]
    desk.clock.advance(1)
    assert await desk.coordinator.ok("enrolment/waiting", {}) == {"waiting": []}


async def test_a_wrong_token_and_a_used_one_look_alike(desk: Desk) -> None:
    sol = Person("sol", "peer")
    theirs = await desk.enrol(sol)
    used = await theirs.raw("enrolment/open", {"token": b64u(sol.token)})
    wrong = await theirs.raw("enrolment/open", {"token": b64u(bytes(32))})
    assert (
        (used.status_code, used.content) == (wrong.status_code, wrong.content) == (404, b'{"code":"unknown"}')
    )


async def test_the_first_submission_wins_and_may_repeat_itself(desk: Desk) -> None:
    sol = Person("sol", "peer")
    await desk.coordinator.ok("enrolment/invite", desk.invitation(sol))
    theirs = await desk.browser()
    first = desk.submission(sol)
    await theirs.ok("enrolment/submit", first)
    assert await theirs.post("enrolment/submit", first) == (200, {})
    thief = replace(Person("eve", "peer"), staff=sol.staff, token=sol.token)
    assert await theirs.post("enrolment/submit", desk.submission(thief)) == UNKNOWN
    assert await theirs.post("enrolment/submit", {**first, "mac": b64u(bytes(32))}) == UNKNOWN
    (entry,) = (await desk.coordinator.ok("enrolment/waiting", {}))["waiting"]
    assert entry["pub"] == first["pub"]
    assert entry["mac"] == first["mac"]


async def test_of_two_submissions_at_once_one_wins(
    desk: Desk, open_again: Callable[[], Awaitable[IdentityHouse]]
) -> None:
    sol = Person("sol", "peer")
    await desk.coordinator.ok("enrolment/invite", desk.invitation(sol))
    thief = replace(Person("eve", "peer"), staff=sol.staff, token=sol.token)
    here, there = await desk.browser(), await desk.browser(await open_again())
    answers = await asyncio.gather(
        here.post("enrolment/submit", desk.submission(sol)),
        there.post("enrolment/submit", desk.submission(thief)),
    )
    assert sorted(status for status, _ in answers) == [200, 404]
    winner = sol if answers[0][0] == 200 else thief
    (entry,) = (await desk.coordinator.ok("enrolment/waiting", {}))["waiting"]
    assert entry["pub"] == b64u(winner.key.pub)


async def test_a_taken_name_is_said_and_the_invitation_stays_good(desk: Desk) -> None:
    sol = Person("sol", "peer")
    await desk.coordinator.ok("enrolment/invite", desk.invitation(sol))
    theirs = await desk.browser()
    assert await theirs.post("enrolment/submit", {**desk.submission(sol), "name": " CORA"}) == NAME_TAKEN
    assert await theirs.post("enrolment/submit", desk.submission(sol)) == (200, {})


async def test_somebody_elses_key_is_refused(desk: Desk) -> None:
    sol = Person("sol", "peer")
    await desk.coordinator.ok("enrolment/invite", desk.invitation(sol))
    theirs = await desk.browser()
    founders = b64u(desk.organisation.founder.key.pub)
    assert await theirs.post("enrolment/submit", {**desk.submission(sol), "pub": founders}) == ID_TAKEN
    assert await theirs.post("enrolment/submit", desk.submission(sol)) == (200, {})


async def test_only_coordinators_invite_and_see_who_waits(desk: Desk) -> None:
    sol, eve = Person("sol", "peer"), Person("eve", "peer")
    theirs = await desk.staff(sol)
    await theirs.ok("staff/me", {})
    stranger = await desk.browser()
    for browser in (theirs, stranger):
        assert await browser.post("enrolment/invite", desk.invitation(eve)) == UNKNOWN
        assert await browser.post("enrolment/waiting", {}) == UNKNOWN
    await desk.coordinator.ok("enrolment/invite", desk.invitation(eve))
    await desk.coordinator.ok("enrolment/waiting", {})


async def test_a_coordinator_who_invites_without_end_is_slowed_down(desk: Desk) -> None:
    rate, burst = RATES["invite"]
    people = [Person(f"person {number}", "peer") for number in range(int(burst) + 2)]
    for person in people[: int(burst)]:
        await desk.coordinator.ok("enrolment/invite", desk.invitation(person))
    slowed = await desk.coordinator.post("enrolment/invite", desk.invitation(people[-2]))
    assert slowed == (429, {"code": "slow_down"})
    desk.clock.advance(1 / rate + 1)
    await desk.coordinator.ok("enrolment/invite", desk.invitation(people[-1]))


OTHER_PROFILES: list[dict[str, Any]] = [
    {"alias": ""},
    {"alias": "a" * 25},
    {"alias": "a\nb"},
    {"stone": 8},
    {"stone": -1},
    {"stone": "3"},
    {"line": "a" * 141},
    {"line": "a\x1b[2J"},
    {"languages": ["en", "en"]},
    {"languages": ["EN"]},
    {"languages": ["english"]},
    {"languages": ["aa", "bb", "cc", "dd", "ee", "ff"]},
    {"topics": ["football"]},
    {"lived": ["grief", "grief"]},
    {"email": "sol@example.org"},
]


async def test_a_profile_of_another_form_is_malformed(desk: Desk) -> None:
    sol = Person("sol", "peer")
    await desk.coordinator.ok("enrolment/invite", desk.invitation(sol))
    theirs = await desk.browser()
    body = desk.submission(sol)
    for change in OTHER_PROFILES:
        spoilt = {**body, "profile": {**PROFILE, **change}}
        assert await theirs.post("enrolment/submit", spoilt) == MALFORMED, change
    assert await theirs.post("enrolment/submit", body) == (200, {})


OTHER_SUBMISSIONS: list[dict[str, Any]] = [
    {"token": b64u(bytes(31))},
    {"token": ""},
    {"pub": b64u(b"\x04" + bytes(64))},
    {"pub": b64u(bytes(65))},
    {"mac": b64u(bytes(33))},
    {"salt": b64u(bytes(15))},
    {"auth_hash": None},
    {"keys": b64u(bytes(1_104))},
    {"name": "ab"},
    {"password": "hunter2"},
]


async def test_a_submission_of_another_form_is_malformed(desk: Desk) -> None:
    sol = Person("sol", "peer")
    await desk.coordinator.ok("enrolment/invite", desk.invitation(sol))
    theirs = await desk.browser()
    body = desk.submission(sol)
    for change in OTHER_SUBMISSIONS:
        assert await theirs.post("enrolment/submit", {**body, **change}) == MALFORMED, change
    assert await theirs.post("enrolment/submit", body) == (200, {})


OTHER_INVITATIONS: list[dict[str, Any]] = [
    {"staff": b64u(bytes(15))},
    {"role": "admin"},
    {"role": None},
    {"token_hash": b64u(bytes(31))},
    {"secret_box": b64u(bytes(96))},
    {"expires": 1},
]


async def test_an_invitation_of_another_form_is_malformed(desk: Desk) -> None:
    body = desk.invitation(Person("sol", "peer"))
    for change in OTHER_INVITATIONS:
        assert await desk.coordinator.post("enrolment/invite", {**body, **change}) == MALFORMED, change
    await desk.coordinator.ok("enrolment/invite", body)
