"""What people do about their own sign-in, over HTTP: codes, sessions, passwords, and the trail of it."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace

import jwt
import pyotp
import pytest
from sqlalchemy import update

from app.identity.audit.rules import SIGN_IN_DAYS
from app.identity.audit.store import chains
from app.identity.codes.rules import SPAN, STEP
from app.identity.enrolment import service as enrolment
from app.identity.enrolment.rules import Invitation
from app.identity.errors import Unknown
from app.identity.house import IdentityHouse
from app.identity.ids import StaffId
from app.identity.own.service import reset_second
from app.identity.purge import purge
from app.identity.staff import store as accounts
from app.identity.tables import second_factors, staff
from app.wire.encoding import b64u, unb64u
from app.wire.sizes import KEY
from tests.integration.identity.desk import Browser, Desk
from tests.integration.identity.people import DAY, NOW, Person

UNKNOWN = (404, {"code": "unknown"})
CODE_NEEDED = (401, {"code": "code_needed"})
CODE_WRONG = (401, {"code": "code_wrong"})
SLOW_DOWN = (429, {"code": "slow_down"})

OWN = {"sign-in", "code-refused", "second-on", "second-reset"}

on_one_engine = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


async def _switch_on(desk: Desk, browser: Browser, person: Person) -> pyotp.TOTP:
    """Put a second factor into use; the app that has it. The clock moves on to the next code."""
    begun = await browser.ok("staff/second/begin", {"auth": b64u(person.auth)})
    app = pyotp.TOTP(begun["secret"])
    await browser.ok("staff/second/confirm", {"code": app.at(desk.house.now)})
    desk.clock.advance(STEP)
    return app


async def _acts(browser: Browser) -> list[str]:
    return [entry["act"] for entry in (await browser.ok("staff/trail", {}))["entries"]]


@on_one_engine
async def test_signing_in_asks_for_a_code_once_it_is_confirmed_and_takes_each_once(desk: Desk) -> None:
    sol = Person("sol", "peer")
    theirs = await desk.staff(sol)
    assert (await theirs.ok("staff/me", {}))["second_factor"] is False
    begun = await theirs.ok("staff/second/begin", {"auth": b64u(sol.auth)})
    assert pyotp.parse_uri(begun["uri"]).name == "Sol"
    assert len(begun["rows"]) == len(begun["rows"][0])
    assert (await theirs.sign_in(sol))[0] == 200
    app = await _switch_on(desk, theirs, sol)
    assert (await theirs.ok("staff/me", {}))["second_factor"] is True

    fresh, code = await desk.browser(), app.at(desk.house.now)
    assert await fresh.sign_in(sol) == CODE_NEEDED
    assert await fresh.sign_in(sol, code=f"{(int(code) + 1) % 10**6:06}") == CODE_WRONG
    assert await fresh.post("staff/me", {}) == UNKNOWN
    assert (await fresh.sign_in(sol, code=code))[0] == 200
    assert (await fresh.sign_in(sol, code=code)) == CODE_WRONG
    desk.clock.advance(STEP)
    assert (await fresh.sign_in(sol, code=app.at(desk.house.now)))[0] == 200


@on_one_engine
async def test_who_lacks_password_and_secret_can_neither_try_codes_nor_keep_a_person_out(desk: Desk) -> None:
    sol = Person("sol", "peer")
    theirs = await desk.staff(sol)
    app = await _switch_on(desk, theirs, sol)
    stranger = await desk.browser()
    for _ in range(6):
        assert await stranger.sign_in(sol, auth=secrets.token_bytes(KEY), code="000000") == UNKNOWN
    for _ in range(5):
        assert await stranger.sign_in(sol, code="000000") == CODE_WRONG
    assert await stranger.sign_in(sol, code=app.at(desk.house.now)) == SLOW_DOWN
    assert await stranger.sign_in(sol, auth=secrets.token_bytes(KEY)) == UNKNOWN
    desk.clock.advance(SPAN)
    assert (await stranger.sign_in(sol, code=app.at(desk.house.now)))[0] == 200


async def test_of_two_who_bring_the_same_code_at_once_one_gets_in(
    desk: Desk, open_again: Callable[[], Awaitable[IdentityHouse]]
) -> None:
    founder = desk.organisation.founder
    app = await _switch_on(desk, desk.coordinator, founder)
    nodes = [await desk.browser(), await desk.browser(await open_again())]
    code = app.at(desk.house.now)
    answers = await asyncio.gather(*(browser.sign_in(founder, code=code) for browser in nodes))
    assert sorted(status for status, _ in answers) == [200, 401]
    async with desk.house.database.read() as tx:
        assert [chain.broken for chain in await chains(tx)] == [None, None]


@on_one_engine
async def test_a_second_factor_goes_by_ones_own_code_or_by_another_coordinator(desk: Desk) -> None:
    sol, noor = Person("sol", "peer"), Person("noor", "moderator")
    theirs, moderator = await desk.staff(sol), await desk.staff(noor)
    app = await _switch_on(desk, theirs, sol)
    right = b64u(sol.auth)
    assert await theirs.post("staff/second/begin", {"auth": right}) == UNKNOWN
    code = app.at(desk.house.now)
    assert await theirs.post("staff/second/remove", {"auth": b64u(bytes(KEY)), "code": code}) == UNKNOWN
    assert await theirs.post("staff/second/remove", {"auth": right, "code": "000000"}) == CODE_WRONG
    await theirs.ok("staff/second/remove", {"auth": right, "code": code})
    assert (await theirs.sign_in(sol))[0] == 200

    await _switch_on(desk, theirs, sol)
    whose = {"kid": b64u(sol.kid)}
    assert await moderator.post("staff/second/reset", whose) == UNKNOWN
    assert await theirs.post("staff/second/reset", whose) == UNKNOWN
    await desk.coordinator.ok("staff/second/reset", whose)
    assert await desk.coordinator.post("staff/second/reset", whose) == UNKNOWN
    assert (await theirs.sign_in(sol))[0] == 200
    founder = desk.organisation.founder
    await _switch_on(desk, desk.coordinator, founder)
    assert await desk.coordinator.post("staff/second/reset", {"kid": b64u(founder.kid)}) == UNKNOWN


@on_one_engine
async def test_sessions_are_listed_and_end_everywhere_at_once(desk: Desk) -> None:
    sol = Person("sol", "peer")
    first = await desk.staff(sol)
    desk.clock.advance(120)
    second = await desk.browser()
    assert (await second.sign_in(sol))[0] == 200
    listed = (await second.ok("staff/sessions", {}))["sessions"]
    assert listed == [
        {"begun": NOW + 120, "used": NOW + 120, "this": True},
        {"begun": NOW, "used": NOW, "this": False},
    ]
    await second.ok("staff/sign-out-everywhere", {})
    assert await first.post("staff/me", {}) == UNKNOWN
    assert await second.post("staff/me", {}) == UNKNOWN
    assert (await desk.coordinator.post("staff/me", {}))[0] == 200


@on_one_engine
async def test_a_new_password_replaces_the_old_one_and_ends_all_other_sessions(desk: Desk) -> None:
    sol = Person("sol", "peer")
    here = await desk.staff(sol)
    elsewhere = await desk.browser()
    assert (await elsewhere.sign_in(sol))[0] == 200
    app = await _switch_on(desk, here, sol)
    later = Person("sol", "peer", key=sol.key, staff=sol.staff)
    change = {
        "auth": b64u(sol.auth),
        "salt": b64u(later.salt),
        "auth_hash": b64u(later.account().auth_hash),
        "keys": b64u(later.keys),
    }
    assert await here.post("staff/password", {**change, "auth": b64u(bytes(KEY))}) == UNKNOWN
    assert await here.post("staff/password", change) == CODE_NEEDED
    assert (await elsewhere.post("staff/me", {}))[0] == 200
    await here.ok("staff/password", {**change, "code": app.at(desk.house.now)})
    me = await here.ok("staff/me", {})
    assert (me["salt"], me["keys"]) == (b64u(later.salt), b64u(later.keys))
    assert await elsewhere.post("staff/me", {}) == UNKNOWN
    desk.clock.advance(STEP)
    code = app.at(desk.house.now)
    assert await elsewhere.sign_in(sol, code=code) == UNKNOWN
    assert (await elsewhere.ok("staff/salt", {"name": "sol"}))["salt"] == b64u(later.salt)
    assert (await elsewhere.sign_in(later, code=code))[0] == 200


@on_one_engine
async def test_everybody_reads_what_happened_to_the_team_and_their_own_sign_ins(desk: Desk) -> None:
    sol, mara = Person("sol", "peer"), Person("mara", "peer")
    theirs, other = await desk.staff(sol), await desk.staff(mara)
    app = await _switch_on(desk, theirs, sol)
    assert await (await desk.browser()).sign_in(sol, code="000000") == CODE_WRONG
    await desk.coordinator.ok("staff/second/reset", {"kid": b64u(sol.kid)})
    of_sol = [act for act in await _acts(theirs) if act in OWN]
    assert of_sol == ["second-reset", "code-refused", "second-on", "sign-in"]
    assert [act for act in await _acts(other) if act in OWN] == ["sign-in"]
    assert [act for act in await _acts(desk.coordinator) if act in OWN].count("sign-in") == 3
    assert set(of_sol) < set(await _acts(desk.coordinator))
    assert await (await desk.browser()).post("staff/trail", {}) == UNKNOWN

    [newest, *rest] = (await theirs.ok("staff/trail", {}))["entries"]
    assert newest == {
        "n": newest["n"],
        "day": NOW // DAY,
        "act": "second-reset",
        "by": b64u(desk.organisation.founder.kid),
        "kid": b64u(sol.kid),
        "alias": "Sol",
        "reason": "",
    }
    assert (await theirs.ok("staff/trail", {"before": newest["n"]}))["entries"] == rest
    assert app.secret not in str(newest)
    async with desk.house.database.read() as tx:
        assert [chain.broken for chain in await chains(tx)] == [None, None]


async def test_sign_ins_go_after_ninety_days_and_what_is_left_is_still_a_chain(desk: Desk) -> None:
    founder, sol = desk.organisation.founder, Person("sol", "peer")
    await desk.staff(sol)
    desk.clock.advance(SIGN_IN_DAYS * DAY)
    await desk.coordinator.sign_in(founder)
    await purge(desk.house.database, desk.clock)
    async with desk.house.database.read() as tx:
        team, all_kept = await chains(tx)
    assert len(all_kept.entries) == 3
    desk.clock.advance(DAY)
    await purge(desk.house.database, desk.clock)
    await desk.coordinator.sign_in(founder)
    async with desk.house.database.read() as tx:
        still, kept = await chains(tx)
    assert (still, still.broken) == (team, None)
    assert [entry.by for entry, _ in kept.entries] == [founder.kid] * 2
    assert (kept.cut > 0, kept.broken) == (True, None)
    assert replace(kept, start=bytes(32)).broken == kept.entries[0][0].n
    desk.clock.advance((SIGN_IN_DAYS + 1) * DAY)
    await purge(desk.house.database, desk.clock)
    await desk.coordinator.sign_in(founder)
    async with desk.house.database.read() as tx:
        _, last = await chains(tx)
    [(entry, _)] = last.entries
    assert (last.cut, last.start) == (kept.entries[-1][0].n, kept.entries[-1][1])
    assert (entry.n > last.cut, last.broken) == (True, None)


@on_one_engine
async def test_who_was_let_go_meanwhile_changes_nothing_any_more(desk: Desk) -> None:
    otto, sol, newcomer = Person("otto", "coordinator"), Person("sol", "peer"), Person("lee", "peer")
    await desk.staff(otto)
    theirs = await desk.staff(sol)
    await _switch_on(desk, theirs, sol)
    await desk.enrol(newcomer)
    house, offer = desk.house, desk.invitation(Person("kim", "peer"))
    digest, box = unb64u(offer["token_hash"]), unb64u(offer["secret_box"])
    invitation = Invitation(StaffId(unb64u(offer["staff"])), "peer", digest, box, house.now + DAY)
    async with house.database.read() as tx:
        left = await accounts.by_kid(tx, otto.kid)
    assert left is not None
    await desk.publish([entry for entry in desk.listed if entry is not otto])
    # Their requests were let in before that, and had to wait for their turn.
    for late in (
        reset_second(house, left, sol.kid),
        enrolment.invite(house, left, invitation),
        enrolment.withdraw(house, left, newcomer.staff),
    ):
        with pytest.raises(Unknown):
            await late
    await desk.coordinator.ok("staff/second/reset", {"kid": b64u(sol.kid)})
    await desk.coordinator.ok("enrolment/invite", offer)
    await desk.coordinator.ok("enrolment/withdraw", {"staff": b64u(newcomer.staff)})


@on_one_engine
async def test_a_pass_carries_the_persons_own_limit(desk: Desk) -> None:
    sol = Person("sol", "peer")
    theirs = await desk.staff(sol)

    async def limits() -> tuple[int, int]:
        token = (await theirs.ok("staff/pass", {}))["pass"]
        claims = jwt.decode(token, options={"verify_signature": False})
        return claims["limit"], (await theirs.ok("staff/me", {}))["room_limit"]

    assert await limits() == (2, 2)
    async with desk.house.database.write() as tx:
        await tx.connection.execute(update(staff).where(staff.c.kid == sol.kid).values(room_limit=3))
    assert await limits() == (3, 3)


@on_one_engine
async def test_the_daily_purge_takes_the_second_factors_of_nobody(desk: Desk) -> None:
    sol = Person("sol", "peer")
    theirs = await desk.staff(sol)
    await _switch_on(desk, theirs, sol)
    await _switch_on(desk, desk.coordinator, desk.organisation.founder)
    async with desk.house.database.write() as tx:
        await tx.connection.execute(staff.delete().where(staff.c.kid == sol.kid))
    await purge(desk.house.database, desk.clock)
    async with desk.house.database.read() as tx:
        kept = (await tx.connection.execute(second_factors.select())).all()
    assert [row.staff for row in kept] == [desk.organisation.founder.staff]
