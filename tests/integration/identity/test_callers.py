"""Every door of this house against every caller: who is let in, and who is told no more than `unknown`."""

from typing import Final

import pytest

from app.web.identity_app import build_app
from tests.integration.identity.desk import Browser, Desk
from tests.integration.identity.people import Person

UNKNOWN: Final = (404, {"code": "unknown"})
ANYBODY: Final = frozenset({"nobody", "departed", "suspended", "peer", "moderator", "coordinator"})
STAFF: Final = frozenset({"peer", "moderator", "coordinator"})
SECOND: Final = frozenset({"moderator", "coordinator"})
COORDINATOR: Final = frozenset({"coordinator"})

DOORS: Final = {
    "directory/publish": COORDINATOR,
    "enrolment/agree": SECOND,
    "enrolment/forget": COORDINATOR,
    "enrolment/found": ANYBODY,
    "enrolment/invite": COORDINATOR,
    "enrolment/last-listed": COORDINATOR,
    "enrolment/limit": COORDINATOR,
    "enrolment/members": COORDINATOR,
    "enrolment/open": ANYBODY,
    "enrolment/proposals": SECOND,
    "enrolment/refuse": SECOND,
    "enrolment/submit": ANYBODY,
    "enrolment/suspend": COORDINATOR,
    "enrolment/waiting": COORDINATOR,
    "enrolment/withdraw": COORDINATOR,
    "staff/challenge": ANYBODY,
    "staff/me": STAFF,
    "staff/pass": STAFF,
    "staff/password": STAFF,
    "staff/salt": ANYBODY,
    "staff/second/begin": STAFF,
    "staff/second/confirm": STAFF,
    "staff/second/remove": STAFF,
    "staff/second/reset": COORDINATOR,
    "staff/sessions": STAFF,
    "staff/sign-in": ANYBODY,
    "staff/trail": STAFF,
    "vault/challenge": ANYBODY,
    "vault/delete": ANYBODY,
    "vault/get": ANYBODY,
    "vault/put": ANYBODY,
}
"""Who is let in. The body is `{}`: whoever is refused does not even hear that it is malformed."""

LEAVING: Final = {"staff/sign-out-everywhere": STAFF, "staff/sign-out": ANYBODY}
"""The same for doors that end the caller's own session."""


async def _callers(desk: Desk) -> dict[str, Browser]:
    gone, away = Person("gone", "peer"), Person("away", "peer")
    mara, moe = Person("mara", "peer"), Person("moe", "moderator")
    callers = {
        "nobody": await desk.browser(),
        "departed": await desk.staff(gone),
        "suspended": await desk.staff(away),
        "peer": await desk.staff(mara),
        "moderator": await desk.staff(moe),
        "coordinator": desk.coordinator,
    }
    await callers["departed"].ok("staff/me", {})
    kid = (await callers["suspended"].ok("staff/me", {}))["kid"]
    await desk.coordinator.ok("enrolment/suspend", {"kid": kid, "reason": "other"})
    await callers["moderator"].ok("enrolment/agree", {"kid": kid})
    await desk.publish([desk.organisation.founder, mara, moe])
    return callers


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
async def test_each_role_is_refused_at_every_door_that_is_not_its_own(desk: Desk) -> None:
    paths = {path.removeprefix("/api/") for path in build_app(desk.house).openapi()["paths"]}
    assert paths == {*DOORS, *LEAVING, "directory"}
    callers = await _callers(desk)
    wrong = [
        (path, name)
        for doors in (DOORS, LEAVING)
        for path, let_in in doors.items()
        for name, browser in callers.items()
        if (await browser.post(path, {}) != UNKNOWN) != (name in let_in)
    ]
    assert wrong == []
    for browser in callers.values():
        assert (await browser.http.get("/api/directory")).status_code == 200
