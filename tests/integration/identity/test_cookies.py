"""The session cookie over http and over https."""

from dataclasses import replace
from http.cookies import SimpleCookie

from app.identity.house import IdentityHouse
from app.kit.clock import ManualClock
from app.wire.encoding import b64u
from tests.integration.identity.desk import Desk
from tests.integration.identity.people import Organisation


async def _signed_in(desk: Desk) -> SimpleCookie:
    founder = desk.organisation.founder
    browser = await desk.browser()
    body = {"name": founder.name, "auth": b64u(founder.auth), "proof": await browser.proof()}
    answer = await browser.raw("staff/sign-in", body)
    assert answer.status_code == 200
    return SimpleCookie(answer.headers["set-cookie"])


async def test_over_http_the_cookie_is_out_of_reach_for_scripts_and_other_sites(desk: Desk) -> None:
    ((name, cookie),) = (await _signed_in(desk)).items()
    assert name == "beside_staff"
    assert len(cookie.value) == 43
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "strict", "/")
    assert (cookie["secure"], cookie["domain"], cookie["max-age"], cookie["expires"]) == ("", "", "", "")


async def test_over_https_the_cookie_belongs_to_this_host_alone(
    house: IdentityHouse, organisation: Organisation, clock: ManualClock
) -> None:
    secure = replace(house, settings=house.settings.model_copy(update={"https": True}))
    async with Desk(secure, organisation, clock) as desk:
        await desk.found()
        ((name, cookie),) = (await _signed_in(desk)).items()
        assert name == "__Host-beside_staff"
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "strict")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        await desk.coordinator.ok("staff/me", {})
        answer = await desk.coordinator.raw("staff/sign-out", {})
        ((name, cookie),) = SimpleCookie(answer.headers["set-cookie"]).items()
        assert (name, cookie.value, cookie["max-age"]) == ("__Host-beside_staff", "", "0")
        assert cookie["secure"] is True
        assert (await desk.coordinator.post("staff/me", {}))[0] == 404


async def test_a_client_never_gets_a_cookie(desk: Desk) -> None:
    stranger = await desk.browser()
    answers = [
        await stranger.raw("staff/challenge", {}),
        await stranger.raw("staff/salt", {"name": "cora"}),
        await stranger.raw("enrolment/open", {"token": b64u(bytes(32))}),
        await stranger.http.get("/api/directory"),
    ]
    assert all("set-cookie" not in answer.headers for answer in answers)
