"""Directories: who may publish, what is refused, and what happens to those who are not listed any more."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from app.companion.keys import StaffKey, sign_directory
from app.companion.seals import open_team_key
from app.identity.directory.rules import TeamSeal
from app.identity.directory.store import seals_of
from app.identity.house import IdentityHouse
from app.identity.limits import RATES
from app.identity.staff import store as accounts
from app.identity.tables import directories, sealed_team_keys
from app.wire.directory import Directory, SignedDirectory
from app.wire.encoding import b64u, unb64u
from app.wire.ids import Kid
from app.wire.sizes import TEAM_KEY_SEAL
from tests.integration.identity.desk import Desk, publication
from tests.integration.identity.people import DAY, NOW, Person

UNKNOWN = (404, {"code": "unknown"})
MALFORMED = (400, {"code": "malformed"})
CONFLICT = (409, {"code": "dir_conflict"})
ROLLBACK = (409, {"code": "dir_rollback"})
SIGNATURE = (400, {"code": "dir_signature"})
EXPIRED = (400, {"code": "dir_expired"})


async def _in_force(desk: Desk) -> bytes:
    answer = await desk.coordinator.http.get("/api/directory")
    assert answer.status_code == 200
    return unb64u(answer.json()["payload"])


async def _dump(desk: Desk) -> list[object]:
    async with desk.house.database.read() as tx:
        return [
            tuple(row)
            for table in (directories, sealed_team_keys)
            for row in await tx.connection.execute(table.select().order_by(*table.primary_key))
        ]


async def test_a_published_directory_is_what_everybody_reads(
    desk: Desk, open_again: Callable[[], Awaitable[IdentityHouse]]
) -> None:
    other_node = await desk.browser(await open_again())
    before = (await other_node.http.get("/api/directory")).json()
    signed = await desk.publish(desk.listed)
    assert await _in_force(desk) == signed.payload
    after = (await other_node.http.get("/api/directory")).json()
    assert after == signed.to_json() != before


async def test_members_open_the_new_team_keys_they_were_sent(desk: Desk) -> None:
    mod = Person("moe", "moderator")
    theirs = await desk.staff(mod)
    answer = await theirs.ok("staff/me", {})
    for entry in answer["team_keys"]:
        team, epoch = entry["team"], entry["epoch"]
        opened = open_team_key(mod.key, team, epoch, unb64u(entry["sealed"]))
        assert opened.pub == desk.organisation.team_keys[team].pub
    assert [(entry["team"], entry["epoch"]) for entry in answer["team_keys"]] == [("moderation", 2)]


async def test_a_second_coordinator_gets_the_root_key_in_its_old_epoch(desk: Desk) -> None:
    otto = Person("otto", "coordinator")
    theirs = await desk.staff(otto)
    answer = await theirs.ok("staff/me", {})
    root = next(entry for entry in answer["team_keys"] if entry["team"] == "root")
    assert root["epoch"] == 1
    opened = open_team_key(otto.key, "root", 1, unb64u(root["sealed"]))
    assert opened.pub == desk.organisation.root.pub


async def test_only_a_coordinator_publishes(desk: Desk) -> None:
    sol = Person("sol", "peer")
    theirs = await desk.staff(sol)
    before = await _dump(desk)
    signed, seals = desk.next_directory(desk.listed)
    for browser in (theirs, await desk.browser()):
        assert await browser.post("directory/publish", publication(signed, seals)) == UNKNOWN
    assert await _dump(desk) == before
    await desk.coordinator.ok("directory/publish", publication(signed, seals))


async def test_an_identical_repeat_succeeds_and_changes_nothing(desk: Desk) -> None:
    signed, seals = desk.next_directory(desk.listed)
    body = publication(signed, seals)
    await desk.coordinator.ok("directory/publish", body)
    before = await _dump(desk)
    assert await desk.coordinator.post("directory/publish", body) == (200, {})
    assert await desk.coordinator.post("directory/publish", {**body, "team_keys": []}) == (200, {})
    assert await _dump(desk) == before


async def test_a_lower_serial_is_a_rollback(desk: Desk) -> None:
    first = desk.organisation.sign(desk.organisation.last)
    await desk.publish(desk.listed)
    assert await desk.coordinator.post("directory/publish", publication(first, [])) == ROLLBACK


async def test_the_same_serial_with_other_bytes_is_a_conflict(desk: Desk) -> None:
    await desk.publish(desk.listed)
    other = desk.organisation.directory(desk.listed, serial=2, lifetime=DAY)
    body = publication(desk.organisation.sign(other), [])
    assert await desk.coordinator.post("directory/publish", body) == CONFLICT


async def test_of_two_published_at_once_one_wins_and_nothing_of_the_other_is_applied(
    desk: Desk, open_again: Callable[[], Awaitable[IdentityHouse]]
) -> None:
    other_node = await desk.browser(await open_again())
    await other_node.sign_in(desk.organisation.founder)
    organisation = desk.organisation
    organisation.new_epoch("peer")
    bodies = []
    for lifetime in (20 * DAY, 30 * DAY):
        # Each of the two coordinators seals another key of the same new epoch.
        organisation.team_keys["peer"] = StaffKey.generate()
        signed = organisation.sign(organisation.directory(desk.listed, serial=2, lifetime=lifetime))
        bodies.append((signed, organisation.seals(desk.listed, only=("peer",))))
    answers = await asyncio.gather(
        desk.coordinator.post("directory/publish", publication(*bodies[0])),
        other_node.post("directory/publish", publication(*bodies[1])),
    )
    assert sorted(status for status, _ in answers) == [200, 409]
    assert CONFLICT in answers
    signed, seals = bodies[0] if answers[0][0] == 200 else bodies[1]
    assert await _in_force(desk) == signed.payload
    async with desk.house.database.read() as tx:
        kept = await seals_of(tx, organisation.founder.kid)
    assert [seal for seal in kept if seal.id[:2] == ("peer", 2)] == seals


async def test_what_no_root_signed_is_refused(desk: Desk) -> None:
    organisation = desk.organisation
    signed, seals = desk.next_directory(desk.listed)
    body = publication(signed, seals)
    directory = organisation.directory(desk.listed, serial=2)
    ((kid, sig),) = signed.sigs
    for spoilt, refusal in (
        (organisation.sign(directory, by=StaffKey.generate()), SIGNATURE),
        (organisation.sign(replace(directory, instance=bytes(16))), SIGNATURE),
        (SignedDirectory(signed.payload, ((kid, sig[:-1] + bytes([sig[-1] ^ 1])),)), SIGNATURE),
        (SignedDirectory(signed.payload, ()), MALFORMED),
    ):
        answer = await desk.coordinator.post("directory/publish", {**body, "directory": spoilt.to_json()})
        assert answer == refusal
    await desk.coordinator.ok("directory/publish", body)


async def test_an_expired_directory_is_refused(desk: Desk) -> None:
    old = desk.organisation.directory(desk.listed, serial=2, issued=NOW - 10 * DAY, lifetime=8 * DAY)
    body = publication(desk.organisation.sign(old), [])
    assert await desk.coordinator.post("directory/publish", body) == EXPIRED
    good = desk.organisation.directory(desk.listed, serial=2, issued=NOW - 10 * DAY, lifetime=11 * DAY)
    await desk.coordinator.ok("directory/publish", publication(desk.organisation.sign(good), []))


async def test_a_coordinator_renews_after_the_directory_ran_out(desk: Desk) -> None:
    desk.clock.advance(40 * DAY)
    assert (await desk.coordinator.sign_in(desk.organisation.founder))[0] == 200
    await desk.publish(desk.listed)


async def test_a_member_without_the_new_epochs_key_is_malformed(desk: Desk) -> None:
    await desk.staff(Person("sol", "peer"))
    signed, seals = desk.next_directory(desk.listed)
    before = await _dump(desk)
    for missing in seals:
        body = publication(signed, [seal for seal in seals if seal is not missing])
        assert await desk.coordinator.post("directory/publish", body) == MALFORMED
    assert await _dump(desk) == before
    await desk.coordinator.ok("directory/publish", publication(signed, seals))


async def test_a_sealed_key_for_another_team_epoch_or_stranger_is_malformed(desk: Desk) -> None:
    signed, seals = desk.next_directory(desk.listed)
    (first, *_) = seals
    strangers = (
        TeamSeal(first.team, first.epoch, Person("eve", "peer").kid, first.sealed),
        TeamSeal(first.team, first.epoch + 1, first.kid, first.sealed),
        TeamSeal("root", first.epoch, first.kid, first.sealed),
    )
    for stranger in strangers:
        body = publication(signed, [*seals, stranger])
        assert await desk.coordinator.post("directory/publish", body) == MALFORMED
    await desk.coordinator.ok("directory/publish", publication(signed, seals))


def _falling_epoch(directory: Directory) -> Directory:
    teams = directory.teams
    return replace(directory, teams={**teams, "peer": replace(teams["peer"], epoch=1)})


def _changed_key(directory: Directory) -> Directory:
    teams = directory.teams
    return replace(directory, teams={**teams, "peer": replace(teams["peer"], pub=StaffKey.generate().pub)})


def _foreign_root(directory: Directory) -> Directory:
    teams = directory.teams
    root = replace(teams["root"], pub=StaffKey.generate().pub, epoch=2)
    return replace(directory, teams={**teams, "root": root})


def _with_members(directory: Directory, team: str, *kids: Kid) -> Directory:
    teams = directory.teams
    return replace(directory, teams={**teams, team: replace(teams[team], members=kids)})


async def test_a_team_is_exactly_those_whose_work_it_is(desk: Desk) -> None:
    sol, moe, founder = Person("sol", "peer"), Person("moe", "moderator"), desk.organisation.founder
    await desk.staff(sol)
    await desk.staff(moe)
    organisation, people = desk.organisation, desk.listed
    organisation.new_epoch("peer", "moderation")
    good = organisation.directory(people, serial=4)
    for spoilt in (
        _with_members(good, "moderation", moe.kid, sol.kid),
        _with_members(good, "moderation", founder.kid),
        _with_members(good, "peer"),
        _with_members(good, "root", founder.kid, moe.kid),
    ):
        seals = [
            TeamSeal(name, team.epoch, kid, bytes(TEAM_KEY_SEAL))
            for name, team in spoilt.teams.items()
            for kid in team.members
        ]
        body = publication(organisation.sign(spoilt), seals)
        assert await desk.coordinator.post("directory/publish", body) == MALFORMED
    seals = organisation.seals(people, only=("peer", "moderation"))
    await desk.coordinator.ok("directory/publish", publication(organisation.sign(good), seals))


async def test_team_keys_only_move_forward(desk: Desk) -> None:
    await desk.publish(desk.listed)
    organisation = desk.organisation
    good = organisation.directory(desk.listed, serial=3)
    seals = organisation.seals(desk.listed)
    for spoil in (_falling_epoch, _changed_key, _foreign_root):
        spoilt = organisation.sign(spoil(good))
        answer = await desk.coordinator.post("directory/publish", publication(spoilt, seals))
        assert answer == MALFORMED, spoil
    await desk.coordinator.ok("directory/publish", publication(organisation.sign(good), seals))


async def test_a_signed_payload_that_is_no_directory_is_malformed(desk: Desk) -> None:
    signed, seals = desk.next_directory(desk.listed)
    for payload in (b"{}", b"not json", b"[]", b'{"v":2}', b"{" * 10_000, b"\xff\xfe", b'{"v":1,"v":1}'):
        body = publication(sign_directory(desk.organisation.root, payload), [])
        assert await desk.coordinator.post("directory/publish", body) == MALFORMED, payload
    await desk.coordinator.ok("directory/publish", publication(signed, seals))


async def test_who_is_not_listed_any_more_is_out_at_once(desk: Desk) -> None:
    sol, mo = Person("sol", "peer"), Person("moe", "moderator")
    theirs, others = await desk.staff(sol), await desk.staff(mo)
    await theirs.ok("staff/me", {})
    await theirs.ok("staff/pass", {})
    cookies = dict(theirs.http.cookies)
    await desk.publish([desk.organisation.founder, mo])
    assert dict(theirs.http.cookies) == cookies
    assert await theirs.post("staff/me", {}) == UNKNOWN
    assert await theirs.post("staff/pass", {}) == UNKNOWN
    assert await theirs.sign_in(sol) == UNKNOWN
    async with desk.house.database.read() as tx:
        assert await seals_of(tx, sol.kid) == ()
        assert await seals_of(tx, mo.kid) != ()
        assert not await accounts.exists(tx, sol.staff)
    await others.ok("staff/me", {})
    await others.ok("staff/pass", {})


async def test_coordinators_keep_the_moderation_keys_of_a_time_without_moderators_and_no_other(
    desk: Desk,
) -> None:
    mo, founder = Person("moe", "moderator"), desk.organisation.founder
    await desk.enrol(mo)
    signed, seals = desk.next_directory([founder, mo])
    await desk.coordinator.ok("directory/publish", publication(signed, seals))
    answer = await desk.coordinator.ok("staff/me", {})
    assert [(key["team"], key["epoch"]) for key in answer["team_keys"]] == [
        ("moderation", 1),
        ("peer", 1),
        ("peer", 2),
        ("root", 1),
    ]


async def test_nobody_is_listed_who_was_not_invited_nor_in_another_role_than_their_keys(desk: Desk) -> None:
    sol, founder = Person("sol", "peer"), desk.organisation.founder
    await desk.coordinator.ok("enrolment/invite", desk.invitation(sol))
    early, seals = desk.next_directory([founder, sol])
    before = await _dump(desk)
    assert await desk.coordinator.post("directory/publish", publication(early, seals)) == MALFORMED
    await (await desk.browser()).ok("enrolment/submit", desk.submission(sol))
    for people in ([founder, replace(sol, role="moderator")], [founder, sol, Person("eve", "peer")], [sol]):
        signed, seals = desk.next_directory(people)
        assert await desk.coordinator.post("directory/publish", publication(signed, seals)) == MALFORMED
    assert await _dump(desk) == before
    await desk.admit(sol)
    signed, seals = desk.next_directory([founder, replace(sol, role="moderator")])
    assert await desk.coordinator.post("directory/publish", publication(signed, seals)) == MALFORMED


async def test_a_coordinator_who_left_publishes_nothing(desk: Desk) -> None:
    otto = Person("otto", "coordinator")
    theirs = await desk.staff(otto)
    await theirs.ok("enrolment/waiting", {})
    await desk.publish([desk.organisation.founder])
    signed, seals = desk.next_directory([otto])
    assert await theirs.post("directory/publish", publication(signed, seals)) == UNKNOWN
    signed, seals = desk.next_directory(desk.listed)
    await desk.coordinator.ok("directory/publish", publication(signed, seals))


async def test_a_coordinator_who_publishes_without_end_is_slowed_down(desk: Desk) -> None:
    rate, burst = RATES["publish"]
    body = publication(desk.organisation.sign(desk.organisation.last), [])
    for _ in range(int(burst)):
        await desk.coordinator.ok("directory/publish", body)
    assert await desk.coordinator.post("directory/publish", body) == (429, {"code": "slow_down"})
    desk.clock.advance(1 / rate + 1)
    await desk.coordinator.ok("directory/publish", body)


async def test_ids_in_a_publication_are_checked(desk: Desk) -> None:
    signed, seals = desk.next_directory(desk.listed)
    body = publication(signed, seals)
    for change in (
        {"team": "friends"},
        {"epoch": 0},
        {"epoch": 2**32},
        {"kid": b64u(bytes(15))},
        {"sealed": ""},
    ):
        spoilt = [{**body["team_keys"][0], **change}, *body["team_keys"][1:]]
        assert await desk.coordinator.post("directory/publish", {**body, "team_keys": spoilt}) == MALFORMED
    await desk.coordinator.ok("directory/publish", body)
