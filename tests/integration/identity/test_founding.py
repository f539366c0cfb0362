"""How a service begins: once, with the set-up code, by one coordinator."""

import asyncio
import json
import stat
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from app.companion.keys import StaffKey
from app.identity.enrolment.site import site_file
from app.identity.house import IdentityHouse
from app.identity.keys import KeysUnusable
from app.identity.opening import KEY_FILE
from app.kit.clock import ManualClock
from app.wire.directory import Directory
from app.wire.encoding import b64u
from tests.integration.identity.desk import Desk
from tests.integration.identity.people import DAY, NOW, Organisation, Person, seals_json

UNKNOWN = (404, {"code": "unknown"})
MALFORMED = (400, {"code": "malformed"})
OpenNode = Callable[[], Awaitable[IdentityHouse]]


@pytest.fixture
async def unfounded(house: IdentityHouse, organisation: Organisation, clock: ManualClock) -> Any:
    async with Desk(house, organisation, clock) as desk:
        yield desk


async def test_the_right_code_founds_once_and_is_gone(unfounded: Desk) -> None:
    desk = unfounded
    body = desk.founding()
    code_file = desk.house.settings.data / "setup-code"
    assert stat.S_IMODE(code_file.stat().st_mode) == 0o600
    assert await desk.coordinator.post("enrolment/found", {**body, "code": b64u(bytes(16))}) == UNKNOWN
    assert await desk.coordinator.post("enrolment/found", body) == (200, {})
    assert not code_file.exists()
    assert await desk.coordinator.post("enrolment/found", body) == UNKNOWN
    assert (await desk.coordinator.sign_in(desk.organisation.founder))[0] == 200


async def test_nobody_founds_again_even_with_a_code_in_the_folder(unfounded: Desk) -> None:
    body = unfounded.founding()
    code = (unfounded.house.settings.data / "setup-code").read_text()
    await unfounded.coordinator.ok("enrolment/found", body)
    (unfounded.house.settings.data / "setup-code").write_text(code)
    assert await unfounded.coordinator.post("enrolment/found", body) == UNKNOWN


async def test_of_two_founders_at_once_one_wins_and_nothing_of_the_other_is_kept(
    unfounded: Desk, open_again: OpenNode, clock: ManualClock
) -> None:
    other = Desk(await open_again(), Organisation(Person("otto", "coordinator")), clock)
    async with other:
        answers = await asyncio.gather(
            unfounded.coordinator.post("enrolment/found", unfounded.founding()),
            other.coordinator.post("enrolment/found", other.founding()),
        )
        assert sorted(status for status, _ in answers) == [200, 404]
        winner, loser = (unfounded, other) if answers[0][0] == 200 else (other, unfounded)
        assert (await loser.coordinator.sign_in(winner.organisation.founder))[0] == 200
        assert await loser.coordinator.sign_in(loser.organisation.founder) == UNKNOWN
        site = json.loads(site_file(winner.house.settings.data).read_text())
        assert site["instance"] == b64u(winner.organisation.instance)


async def test_site_json_names_instance_and_root_and_is_never_replaced(
    unfounded: Desk, open_again: OpenNode
) -> None:
    site = site_file(unfounded.house.settings.data)
    assert not site.exists()
    await unfounded.found()
    expected = {
        "v": 1,
        "instance": b64u(unfounded.organisation.instance),
        "roots": [b64u(unfounded.organisation.root.pub)],
    }
    assert json.loads(site.read_text()) == expected
    site.unlink()
    await open_again()
    assert json.loads(site.read_text()) == expected
    site.write_text("changed by an operator")
    await open_again()
    assert site.read_text() == "changed by an operator"


async def test_a_start_keeps_keys_and_code_of_the_one_before(
    house: IdentityHouse, open_again: OpenNode
) -> None:
    code = (house.settings.data / "setup-code").read_text()
    again = await open_again()
    assert (house.settings.data / "setup-code").read_text() == code
    assert again.keys.to_bytes() == house.keys.to_bytes()
    assert stat.S_IMODE((house.settings.data / KEY_FILE).stat().st_mode) == 0o600


async def test_a_founded_house_does_not_open_with_other_keys(unfounded: Desk, open_again: OpenNode) -> None:
    path = unfounded.house.settings.data / KEY_FILE
    data = path.read_bytes()
    await unfounded.found()
    await open_again()
    path.unlink()
    with pytest.raises(KeysUnusable, match=r"identity\.keys is missing"):
        await open_again()
    path.write_bytes(data[:-20])
    with pytest.raises(KeysUnusable, match=r"identity\.keys is damaged"):
        await open_again()
    path.write_bytes(data)
    await open_again()


async def test_before_founding_there_is_no_directory(unfounded: Desk) -> None:
    assert (await unfounded.coordinator.http.get("/api/directory")).status_code == 404
    assert await unfounded.coordinator.post("staff/me", {}) == UNKNOWN
    assert await unfounded.coordinator.sign_in(unfounded.organisation.founder) == UNKNOWN
    await unfounded.found()
    answer = await unfounded.coordinator.http.get("/api/directory")
    assert answer.json() == {
        **unfounded.organisation.sign(unfounded.organisation.last).to_json(),
        "sigs": answer.json()["sigs"],
    }


def _later(organisation: Organisation) -> Directory:
    return replace(organisation.last, serial=2)


def _two_people(organisation: Organisation) -> Directory:
    return organisation.directory([organisation.founder, Person("sol", "peer")], serial=1)


def _somebody_else(organisation: Organisation) -> Directory:
    return organisation.directory([Person("otto", "coordinator")], serial=1)


def _no_coordinator(organisation: Organisation) -> Directory:
    return replace(organisation.last, staff=(organisation.founder.entry(role="peer"),))


def _foreign_root_team(organisation: Organisation) -> Directory:
    teams = organisation.last.teams
    return replace(
        organisation.last, teams={**teams, "root": replace(teams["root"], pub=StaffKey.generate().pub)}
    )


async def test_a_first_directory_of_another_kind_is_malformed(unfounded: Desk) -> None:
    organisation = unfounded.organisation
    body = unfounded.founding()
    for spoil in (_later, _two_people, _somebody_else, _no_coordinator, _foreign_root_team):
        spoilt = {**body, "directory": organisation.sign(spoil(organisation)).to_json()}
        assert await unfounded.coordinator.post("enrolment/found", spoilt) == MALFORMED, spoil
    assert await unfounded.coordinator.post("enrolment/found", body) == (200, {})


async def test_every_team_key_must_come_with_the_founding(unfounded: Desk) -> None:
    body = unfounded.founding()
    for missing in range(3):
        spoilt = {**body, "team_keys": [key for at, key in enumerate(body["team_keys"]) if at != missing]}
        assert await unfounded.coordinator.post("enrolment/found", spoilt) == MALFORMED
    assert await unfounded.coordinator.post("enrolment/found", body) == (200, {})


async def test_a_foreign_or_missing_signature_founds_nothing(unfounded: Desk) -> None:
    organisation = unfounded.organisation
    body = unfounded.founding()
    foreign = organisation.sign(organisation.last, by=StaffKey.generate()).to_json()
    post = unfounded.coordinator.post
    refused = (400, {"code": "dir_signature"})
    assert await post("enrolment/found", {**body, "directory": foreign}) == refused
    assert await post("enrolment/found", {**body, "instance": b64u(bytes(16))}) == refused
    unsigned = {**body["directory"], "sigs": []}
    assert await post("enrolment/found", {**body, "directory": unsigned}) == MALFORMED
    assert await post("enrolment/found", body) == (200, {})


async def test_an_expired_directory_founds_nothing(unfounded: Desk) -> None:
    organisation = unfounded.organisation
    body = unfounded.founding()
    old = organisation.directory([organisation.founder], serial=1, issued=NOW - 10 * DAY, lifetime=8 * DAY)
    expired = {**body, "directory": organisation.sign(old).to_json()}
    assert await unfounded.coordinator.post("enrolment/found", expired) == (400, {"code": "dir_expired"})
    assert await unfounded.coordinator.post("enrolment/found", body) == (200, {})


async def test_points_that_are_on_no_curve_are_malformed(unfounded: Desk) -> None:
    body = unfounded.founding()
    nowhere = b64u(b"\x04" + bytes(64))
    for field in ("pub", "root"):
        assert await unfounded.coordinator.post("enrolment/found", {**body, field: nowhere}) == MALFORMED
    assert await unfounded.coordinator.post("enrolment/found", body) == (200, {})


async def test_sealed_keys_for_nobody_are_malformed(unfounded: Desk) -> None:
    body = unfounded.founding()
    stranger = unfounded.organisation.seals([Person("otto", "coordinator")], only=("peer",))
    extra = [*body["team_keys"], *seals_json(stranger)]
    assert await unfounded.coordinator.post("enrolment/found", {**body, "team_keys": extra}) == MALFORMED
    twice = [*body["team_keys"], body["team_keys"][0]]
    assert await unfounded.coordinator.post("enrolment/found", {**body, "team_keys": twice}) == MALFORMED
    assert await unfounded.coordinator.post("enrolment/found", body) == (200, {})
