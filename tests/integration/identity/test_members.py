"""Suspending by two, restoring, letting go, new keys for the same person, and what the audit says of it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import jwt
import pytest
from sqlalchemy import select

from app.identity.audit.store import newest
from app.identity.directory.store import seals_of
from app.identity.enrolment.rules import INVITATION
from app.identity.house import IdentityHouse
from app.identity.members.rules import PROPOSAL_DAYS
from app.identity.purge import purge
from app.identity.tables import proposals, second_factors, staff, suspended
from app.kit.clock import day_of
from app.wire.encoding import b64u
from tests.integration.identity.desk import Browser, Desk, publication
from tests.integration.identity.people import DAY, Person

UNKNOWN = (404, {"code": "unknown"})
MALFORMED = (400, {"code": "malformed"})
TAKEN = (409, {"code": "slot_taken"})
OpenNode = Callable[[], Awaitable[IdentityHouse]]

one_engine = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


async def acts(desk: Desk, *, most: int = 3) -> list[tuple[str, bytes | None, str, str]]:
    """What the audit tells a coordinator last, newest first: act, whom, their alias, reason."""
    async with desk.house.database.read() as tx:
        entries = await newest(tx, desk.organisation.founder.kid, "coordinator", None)
    told = [entry for entry in entries if entry.act != "sign-in"]
    return [(entry.act, entry.kid, entry.alias, entry.reason) for entry in told[:most]]


def about(person: Person, **more: Any) -> dict[str, Any]:
    return {"kid": b64u(person.kid), **more}


async def suspend(desk: Desk, person: Person, second: Browser) -> None:
    """Two people agree, and the founder carries it out."""
    await desk.coordinator.ok("enrolment/suspend", about(person, reason="safety"))
    await second.ok("enrolment/agree", about(person))
    await desk.publish([entry for entry in desk.listed if entry is not person])


async def test_two_suspend_somebody_who_is_out_at_once_and_is_restored_as_they_were(desk: Desk) -> None:
    sol, moe = Person("sol", "peer"), Person("moe", "moderator")
    theirs, second = await desk.staff(sol), await desk.staff(moe)
    founder = desk.organisation.founder
    await desk.coordinator.ok("enrolment/limit", about(sol, limit=3))
    last = (await desk.coordinator.http.get("/api/directory")).json()
    assert await desk.coordinator.post("enrolment/last-listed", about(sol)) == UNKNOWN
    await suspend(desk, sol, second)
    assert (await acts(desk))[::-1] == [
        ("suspend-asked", sol.kid, "Sol", "safety"),
        ("suspend-agreed", sol.kid, "Sol", "safety"),
        ("suspended", sol.kid, "Sol", "safety"),
    ]
    assert await theirs.post("staff/me", {}) == UNKNOWN
    assert await theirs.sign_in(sol) == UNKNOWN
    people = await desk.coordinator.ok("enrolment/members", {})
    assert people["proposals"] == []
    assert {entry["kid"] for entry in people["members"]} == {b64u(founder.kid), b64u(moe.kid)}
    assert people["suspended"] == [
        {
            "kid": b64u(sol.kid),
            "pub": b64u(sol.key.pub),
            "role": "peer",
            "profile": {
                "alias": "Sol",
                "stone": "3",
                "line": "",
                "languages": ["en"],
                "topics": [],
                "lived": [],
            },
            "reason": "safety",
            "by": b64u(founder.kid),
            "second": b64u(moe.kid),
            "day": day_of(desk.house.now),
        }
    ]
    desk.clock.advance(40 * DAY)
    await purge(desk.house.database, desk.clock)
    async with desk.house.database.read() as tx:
        assert await seals_of(tx, sol.kid) == ()
    await desk.coordinator.sign_in(founder)
    # What a root signed of them outlives the days that a replaced directory is kept.
    assert await desk.coordinator.ok("enrolment/last-listed", about(sol)) == last
    await desk.admit(sol)
    assert await acts(desk, most=1) == [("restored", sol.kid, "Sol", "")]
    assert await theirs.post("staff/me", {}) == UNKNOWN
    assert (await theirs.sign_in(sol))[0] == 200
    people = await desk.coordinator.ok("enrolment/members", {})
    assert people["suspended"] == []
    (limit,) = (entry["room_limit"] for entry in people["members"] if entry["kid"] == b64u(sol.kid))
    assert limit == 3


@one_engine
async def test_only_another_coordinator_or_a_moderator_weighs_a_suspension(desk: Desk) -> None:
    sol, moe, otto = Person("sol", "peer"), Person("moe", "moderator"), Person("otto", "coordinator")
    theirs, moderator, other = [await desk.staff(person) for person in (sol, moe, otto)]
    founder, stranger = desk.coordinator, await desk.browser()
    asked = about(sol, reason="conduct")
    for nobody in (theirs, moderator, stranger):
        assert await nobody.post("enrolment/suspend", asked) == UNKNOWN
    for spoilt in (
        about(desk.organisation.founder, reason="other"),
        about(Person("eve", "peer"), reason="other"),
    ):
        assert await founder.post("enrolment/suspend", spoilt) == UNKNOWN
    assert await founder.post("enrolment/suspend", about(sol, reason="I do not like them")) == MALFORMED
    await founder.ok("enrolment/suspend", asked)
    await founder.ok("enrolment/suspend", asked)
    assert await other.post("enrolment/suspend", asked) == TAKEN
    # Each may see what they could agree to, and nobody what is about them.
    (shown,) = (await moderator.ok("enrolment/proposals", {}))["proposals"]
    assert (shown["kid"], shown["reason"], shown["agreed"]) == (b64u(sol.kid), "conduct", None)
    assert await theirs.post("enrolment/proposals", {}) == UNKNOWN
    await founder.ok("enrolment/suspend", about(otto, reason="asked"))
    for asked_of in ("enrolment/proposals", "enrolment/members"):
        kids = [entry["kid"] for entry in (await other.ok(asked_of, {}))["proposals"]]
        assert kids == [b64u(sol.kid)]
    weighed = [
        entry["kid"]
        for entry in (await other.ok("staff/trail", {}))["entries"]
        if entry["act"] == "suspend-asked"
    ]
    assert weighed == [b64u(sol.kid)]
    for nobody in (founder, theirs, stranger):
        assert await nobody.post("enrolment/agree", about(sol)) == UNKNOWN
    assert await other.post("enrolment/agree", about(otto)) == UNKNOWN
    assert await other.post("enrolment/refuse", about(otto)) == UNKNOWN
    await moderator.ok("enrolment/agree", about(sol))
    await other.ok("enrolment/agree", about(sol))
    (shown,) = (
        entry for entry in (await founder.ok("enrolment/members", {}))["proposals"] if entry["agreed"]
    )
    assert shown["agreed"] == b64u(moe.kid)
    assert await other.post("enrolment/refuse", about(sol)) == UNKNOWN
    await moderator.ok("enrolment/refuse", about(otto))
    assert await acts(desk, most=1) == [("suspend-refused", otto.kid, "Otto", "asked")]


@one_engine
async def test_a_coordinator_cannot_undo_the_proposal_about_themselves(desk: Desk) -> None:
    moe, otto, sol = Person("moe", "moderator"), Person("otto", "coordinator"), Person("sol", "peer")
    moderator, subject = await desk.staff(moe), await desk.staff(otto)
    await desk.staff(sol)
    founder = desk.organisation.founder
    await desk.coordinator.ok("enrolment/suspend", about(otto, reason="conduct"))
    await moderator.ok("enrolment/agree", about(otto))
    for without in (founder, moe):
        signed, seals = desk.next_directory([entry for entry in desk.listed if entry is not without])
        assert await subject.post("directory/publish", publication(signed, seals)) == MALFORMED
    await desk.publish([founder, moe, sol])
    assert await acts(desk, most=1) == [("suspended", otto.kid, "Otto", "conduct")]


@one_engine
async def test_what_was_agreed_at_the_last_moment_is_published_as_a_suspension(desk: Desk) -> None:
    sol, moe = Person("sol", "peer"), Person("moe", "moderator")
    await desk.staff(sol)
    moderator = await desk.staff(moe)
    await desk.coordinator.ok("enrolment/suspend", about(sol, reason="safety"))
    desk.clock.advance(PROPOSAL_DAYS * DAY)
    await desk.coordinator.sign_in(desk.organisation.founder)
    await moderator.sign_in(moe)
    await moderator.ok("enrolment/agree", about(sol))
    desk.clock.advance(DAY)
    await purge(desk.house.database, desk.clock)
    await desk.coordinator.sign_in(desk.organisation.founder)
    await desk.publish([desk.organisation.founder, moe])
    assert await acts(desk, most=1) == [("suspended", sol.kid, "Sol", "safety")]


@one_engine
async def test_who_is_let_go_leaves_no_second_factor(desk: Desk) -> None:
    sol = Person("sol", "peer")
    theirs = await desk.staff(sol)
    await theirs.ok("staff/second/begin", {"auth": b64u(sol.auth)})
    await desk.publish([desk.organisation.founder])
    async with desk.house.database.read() as tx:
        assert (await tx.connection.execute(select(second_factors))).all() == []


@one_engine
async def test_nobody_goes_whom_one_person_alone_proposed_until_that_is_over(desk: Desk) -> None:
    sol, moe = Person("sol", "peer"), Person("moe", "moderator")
    theirs, _ = await desk.staff(sol), await desk.staff(moe)
    founder = desk.organisation.founder
    await desk.coordinator.ok("enrolment/suspend", about(sol, reason="safety"))
    signed, seals = desk.next_directory([founder, moe])
    assert await desk.coordinator.post("directory/publish", publication(signed, seals)) == MALFORMED
    await theirs.ok("staff/me", {})
    desk.clock.advance((PROPOSAL_DAYS + 1) * DAY)
    await desk.coordinator.sign_in(founder)
    assert (await desk.coordinator.ok("enrolment/members", {}))["proposals"] == []
    other = await desk.browser()
    await other.sign_in(moe)
    assert await other.post("enrolment/agree", about(sol)) == UNKNOWN
    assert await purge(desk.house.database, desk.clock) > 0
    async with desk.house.database.read() as tx:
        assert (await tx.connection.execute(select(proposals))).all() == []
    await desk.publish([founder, moe])
    assert await acts(desk, most=1) == [("left", sol.kid, "Sol", "")]


@one_engine
async def test_where_nobody_could_agree_a_suspension_is_not_even_asked_for(desk: Desk) -> None:
    sol, mara = Person("sol", "peer"), Person("mara", "peer")
    await desk.staff(sol)
    await desk.staff(mara)
    assert await desk.coordinator.post("enrolment/suspend", about(sol, reason="safety")) == UNKNOWN
    await desk.staff(Person("moe", "moderator"))
    await desk.coordinator.ok("enrolment/suspend", about(sol, reason="safety"))


@one_engine
async def test_who_left_cannot_stand_behind_a_suspension(desk: Desk) -> None:
    sol, moe, otto = Person("sol", "peer"), Person("moe", "moderator"), Person("otto", "coordinator")
    _, moderator, other = [await desk.staff(person) for person in (sol, moe, otto)]
    await other.ok("enrolment/suspend", about(sol, reason="conduct"))
    await moderator.ok("enrolment/agree", about(sol))
    await desk.publish([desk.organisation.founder, sol, moe])
    assert (await desk.coordinator.ok("enrolment/members", {}))["proposals"] == []
    await desk.publish([desk.organisation.founder, moe])
    assert await acts(desk, most=1) == [("left", sol.kid, "Sol", "")]


@one_engine
async def test_a_suspended_person_is_let_go_and_comes_back_only_by_an_invitation(desk: Desk) -> None:
    sol, moe = Person("sol", "peer"), Person("moe", "moderator")
    await desk.staff(sol)
    second = await desk.staff(moe)
    await suspend(desk, sol, second)
    assert await second.post("enrolment/forget", about(sol)) == UNKNOWN
    await desk.coordinator.ok("enrolment/forget", about(sol))
    assert await acts(desk, most=1) == [("left", sol.kid, "Sol", "")]
    assert await desk.coordinator.post("enrolment/forget", about(sol)) == UNKNOWN
    async with desk.house.database.read() as tx:
        assert (await tx.connection.execute(select(suspended))).all() == []
        assert await tx.connection.scalar(select(staff.c.id).where(staff.c.kid == sol.kid)) is None
    signed, seals = desk.next_directory([*desk.listed, sol])
    assert await desk.coordinator.post("directory/publish", publication(signed, seals)) == MALFORMED
    again = Person("sol", "peer")
    assert (await (await desk.staff(again)).sign_in(again))[0] == 200


async def test_the_same_person_gets_a_new_key_under_the_old_name_and_limit(desk: Desk) -> None:
    sol, mara = Person("sol", "peer"), Person("mara", "peer")
    theirs = await desk.staff(sol)
    await desk.staff(mara)
    founder = desk.organisation.founder
    await desk.coordinator.ok("enrolment/limit", about(sol, limit=1))
    again = Person("sol", "peer")
    wrong = desk.invitation(Person("eve", "peer"))
    for other in (founder, Person("nobody", "peer")):
        spoilt = {**wrong, "replaces": b64u(other.kid)}
        assert await desk.coordinator.post("enrolment/invite", spoilt) == UNKNOWN
    new = await desk.enrol(again, replaces=sol)
    assert await acts(desk, most=1) == [("invited", sol.kid, "Sol", "peer")]
    (waits,) = (await desk.coordinator.ok("enrolment/waiting", {}))["waiting"]
    assert waits["replaces"] == b64u(sol.kid)
    # Until the admission the old key is the one that counts.
    await theirs.ok("staff/me", {})
    assert await new.sign_in(again) == UNKNOWN
    both, seals = desk.next_directory([founder, mara, sol, again])
    assert await desk.coordinator.post("directory/publish", publication(both, seals)) == MALFORMED
    await desk.publish([founder, mara, again])
    assert await acts(desk, most=1) == [("new-key", again.kid, "Sol", "")]
    assert await theirs.post("staff/me", {}) == UNKNOWN
    assert await theirs.sign_in(sol) == UNKNOWN
    status, answer = await new.sign_in(again)
    assert (status, answer["room_limit"]) == (200, 1)


@one_engine
async def test_a_name_is_kept_only_by_the_person_who_had_it(desk: Desk) -> None:
    sol, again = Person("sol", "peer"), Person("sol", "peer")
    await desk.staff(sol)
    body = {**desk.invitation(again), "replaces": b64u(sol.kid)}
    await desk.coordinator.ok("enrolment/invite", body)
    theirs = await desk.browser()
    submission = desk.submission(again)
    taken = {**submission, "name": desk.organisation.founder.name}
    assert await theirs.post("enrolment/submit", taken) == (409, {"code": "name_taken"})
    await theirs.ok("enrolment/submit", submission)
    await theirs.ok("enrolment/submit", submission)
    assert await theirs.post("enrolment/submit", {**submission, "name": "somebody else"}) == UNKNOWN


@one_engine
async def test_whose_old_key_leaves_meanwhile_gets_no_new_one(desk: Desk) -> None:
    sol, again = Person("sol", "peer"), Person("sol", "peer")
    await desk.staff(sol)
    await desk.enrol(again, replaces=sol)
    await desk.publish([desk.organisation.founder])
    assert (await desk.coordinator.ok("enrolment/waiting", {}))["waiting"] == []
    signed, seals = desk.next_directory([*desk.listed, again])
    assert await desk.coordinator.post("directory/publish", publication(signed, seals)) == MALFORMED


@one_engine
async def test_an_invitation_that_is_over_or_withdrawn_admits_nobody(desk: Desk) -> None:
    late, gone, sol = Person("late", "peer"), Person("gone", "peer"), Person("sol", "peer")
    theirs = await desk.enrol(gone)
    assert await theirs.post("enrolment/withdraw", {"staff": b64u(gone.staff)}) == UNKNOWN
    await desk.coordinator.ok("enrolment/withdraw", {"staff": b64u(gone.staff)})
    assert await acts(desk, most=1) == [("withdrawn", None, "", "peer")]
    assert await desk.coordinator.post("enrolment/withdraw", {"staff": b64u(gone.staff)}) == UNKNOWN
    assert await theirs.post("enrolment/submit", desk.submission(gone)) == UNKNOWN
    await desk.enrol(late)
    desk.clock.advance(INVITATION)
    await desk.coordinator.sign_in(desk.organisation.founder)
    for person in (gone, late):
        signed, seals = desk.next_directory([*desk.listed, person])
        assert await desk.coordinator.post("directory/publish", publication(signed, seals)) == MALFORMED
    await desk.staff(sol)
    founder = desk.organisation.founder
    for admitted in (sol, founder):
        withdrawing = {"staff": b64u(admitted.staff)}
        assert await desk.coordinator.post("enrolment/withdraw", withdrawing) == UNKNOWN


@one_engine
async def test_a_room_limit_is_in_the_next_pass_and_in_the_audit(desk: Desk) -> None:
    sol = Person("sol", "peer")
    theirs = await desk.staff(sol)

    async def claimed() -> int:
        token = (await theirs.ok("staff/pass", {}))["pass"]
        limit: int = jwt.decode(token, options={"verify_signature": False})["limit"]
        return limit

    assert await claimed() == 2
    await desk.coordinator.ok("enrolment/limit", about(sol, limit=3))
    assert await claimed() == 3
    assert await acts(desk, most=1) == [("limit", sol.kid, "Sol", "3")]
    for limit in (0, 4, "3"):
        assert await desk.coordinator.post("enrolment/limit", about(sol, limit=limit)) == MALFORMED
    assert await theirs.post("enrolment/limit", about(sol, limit=1)) == UNKNOWN
    nobody = about(Person("eve", "peer"), limit=1)
    assert await desk.coordinator.post("enrolment/limit", nobody) == UNKNOWN
    assert await claimed() == 3


async def test_of_an_agreement_and_a_refusal_at_once_one_counts(desk: Desk, open_again: OpenNode) -> None:
    sol, moe, otto = Person("sol", "peer"), Person("moe", "moderator"), Person("otto", "coordinator")
    for person in (sol, moe, otto):
        await desk.staff(person)
    here, there = await desk.browser(), await desk.browser(await open_again())
    await here.sign_in(moe)
    await there.sign_in(otto)
    await desk.coordinator.ok("enrolment/suspend", about(sol, reason="safety"))
    answers = await asyncio.gather(
        here.post("enrolment/agree", about(sol)), there.post("enrolment/refuse", about(sol))
    )
    assert sorted(status for status, _ in answers) == [200, 404]
    left = (await desk.coordinator.ok("enrolment/members", {}))["proposals"]
    assert [entry["agreed"] for entry in left] == ([b64u(moe.kid)] if answers[0][0] == 200 else [])
    (said,) = await acts(desk, most=1)
    assert said[0] == ("suspend-agreed" if answers[0][0] == 200 else "suspend-refused")


@one_engine
async def test_the_audit_says_how_the_team_came_to_be(desk: Desk) -> None:
    sol, founder = Person("sol", "peer"), desk.organisation.founder
    await desk.staff(sol)
    await desk.publish(desk.listed)
    assert (await acts(desk, most=9))[::-1] == [
        ("founded", founder.kid, "Cora", ""),
        ("invited", None, "", "peer"),
        ("admitted", sol.kid, "Sol", ""),
        ("renewed", None, "", ""),
    ]
