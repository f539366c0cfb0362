"""Which directory is believed, and what happens to the rooms of those who left it (invariant 14)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from app.companion.keys import StaffKey, sign_directory
from app.conversations import tables
from app.conversations.errors import (
    DirConflict,
    DirExpired,
    DirRollback,
    DirSignature,
    Malformed,
    Unknown,
)
from app.conversations.queue.directory import departed, publish
from app.conversations.rooms.rules import State
from app.wire.directory import LIFETIME, SLACK, Directory, SignedDirectory, Team
from tests.builders import (
    NOW,
    Stage,
    another_node,
    listed,
    meeting,
    new_guest,
    on_shift,
    open_again,
    opened,
    opening,
    rekeyed,
    rows,
    talking,
    ticket,
    view,
)
from tests.cast import Cast, member, team, without


def current(stage: Stage) -> Directory:
    return stage.cast.directory(NOW)


async def serial(stage: Stage) -> int:
    async with stage.db.read() as tx:
        found = await tx.connection.execute(select(tables.directories.c.serial))
        return max(int(row.serial) for row in found)


async def test_a_later_directory_replaces_the_one_in_force(stage: Stage) -> None:
    after = stage.cast.sign(replace(current(stage), serial=5))
    for _ in range(2):
        await publish(stage.house, after)
    assert await serial(stage) == 5
    in_force = stage.house.admission.in_force
    assert in_force is not None
    assert in_force.directory.serial == 5
    assert stage.heard.staff == 1


async def test_what_no_pinned_root_signed_for_this_instance_is_refused(stage: Stage) -> None:
    after = replace(current(stage), serial=2)
    stranger = StaffKey.generate()
    good = stage.cast.sign(after)
    [(kid, sig)] = good.sigs
    for bad in (
        sign_directory(stranger, after.to_payload()),
        SignedDirectory(good.payload, ((kid, bytes(64)),)),
        SignedDirectory(good.payload, ()),
        SignedDirectory(replace(after, serial=3).to_payload(), good.sigs),
        SignedDirectory(good.payload, ((stranger.kid, sig),)),
        stage.cast.sign(replace(after, instance=bytes(16))),
    ):
        with pytest.raises(DirSignature):
            await publish(stage.house, bad)
    await publish(stage.house, good)


async def test_a_rolled_back_or_conflicting_directory_is_refused(stage: Stage) -> None:
    await publish(stage.house, stage.cast.sign(replace(current(stage), serial=3)))
    with pytest.raises(DirRollback):
        await publish(stage.house, stage.cast.sign(replace(current(stage), serial=2)))
    with pytest.raises(DirConflict):
        await publish(stage.house, stage.cast.sign(replace(current(stage), serial=3, issued=NOW + 1)))
    await publish(stage.house, stage.cast.sign(replace(current(stage), serial=4)))


async def test_an_expired_directory_is_refused_a_day_after_its_end(stage: Stage) -> None:
    after = stage.cast.sign(replace(current(stage), serial=2, expires=NOW + LIFETIME - 1))
    stage.clock.advance(LIFETIME - 1 + SLACK + 1)
    with pytest.raises(DirExpired):
        await publish(stage.house, after)
    stage.clock.advance(-1)
    await publish(stage.house, after)


async def test_bytes_that_are_no_directory_are_malformed_although_signed(stage: Stage) -> None:
    with pytest.raises(Malformed):
        await publish(stage.house, sign_directory(stage.cast.root, b'{"v":2}'))


async def test_the_peer_teams_epoch_neither_falls_nor_changes_its_key(stage: Stage) -> None:
    before = current(stage)
    peers = before.teams["peer"]
    raised = replace(
        before, serial=2, teams={**before.teams, "peer": replace(peers, epoch=2, pub=StaffKey.generate().pub)}
    )
    await publish(stage.house, stage.cast.sign(raised))
    for bad in (replace(peers, epoch=1), replace(peers, epoch=2)):
        with pytest.raises(Malformed):
            await publish(
                stage.house,
                stage.cast.sign(replace(raised, serial=3, teams={**before.teams, "peer": bad})),
            )


async def test_a_team_is_exactly_those_whose_work_it_is(stage: Stage) -> None:
    before, cast = replace(current(stage), serial=2), stage.cast
    for name, members in (
        ("moderation", (cast.moderator.kid, cast.mara.kid)),
        ("peer", (cast.mara.kid, cast.sol.kid, cast.coordinator.kid)),
        ("peer", (cast.mara.kid,)),
        ("root", ()),
    ):
        spoilt = {**before.teams, name: replace(before.teams[name], members=members)}
        with pytest.raises(Malformed):
            await publish(stage.house, cast.sign(replace(before, teams=spoilt)))
    nobody = tuple(each for each in before.staff if each.roles != ("moderator",))
    stand_in = replace(before.teams["moderation"], members=(cast.coordinator.kid,))
    without_moderators = replace(before, staff=nobody, teams={**before.teams, "moderation": stand_in})
    await publish(stage.house, cast.sign(without_moderators))


async def test_of_two_directories_at_once_one_wins(stage: Stage, engine_url: str) -> None:
    one = stage.cast.sign(replace(current(stage), serial=2))
    other = stage.cast.sign(replace(current(stage), serial=2, issued=NOW + 1))
    async with another_node(engine_url, stage.cast, stage.signing, stage.clock) as node:
        answers = await asyncio.gather(
            publish(stage.house, one), publish(node.house, other), return_exceptions=True
        )
    assert sorted(type(answer).__name__ for answer in answers) == ["DirConflict", "NoneType"]


@pytest.fixture
async def unfounded(engine_url: str) -> AsyncIterator[Stage]:
    cast = Cast()
    async with another_node(engine_url, cast, _signing()) as stage:
        yield stage


def _signing() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


async def test_before_the_first_directory_nothing_opens_and_nobody_is_staff(unfounded: Stage) -> None:
    with pytest.raises(DirExpired):
        await opened(unfounded)
    with pytest.raises(Unknown):
        unfounded.staff(unfounded.cast.mara)
    await publish(unfounded.house, unfounded.signed)
    await opened(unfounded)
    assert unfounded.staff(unfounded.cast.mara).kid == unfounded.cast.mara.kid


async def test_another_node_learns_of_it_by_sweeping(stage: Stage, engine_url: str) -> None:
    async with another_node(engine_url, stage.cast, stage.signing, stage.clock) as node:
        await node.queue.sweep()
        mara = node.staff(node.cast.mara)
        gone = without(current(stage), mara.kid, StaffKey.generate())
        await publish(stage.house, stage.cast.sign(gone))
        assert node.house.admission.still_listed(mara)
        await node.queue.sweep()
        assert not node.house.admission.still_listed(mara)
        assert node.heard.staff == 2


async def test_a_node_that_did_not_hear_refuses_all_the_same_where_it_counts(
    stage: Stage, engine_url: str
) -> None:
    waiting, claimed = await opened(stage), await opened(stage)
    async with another_node(engine_url, stage.cast, stage.signing, stage.clock) as node:
        await node.queue.sweep()
        mara, sol = node.staff(node.cast.mara), node.staff(node.cast.sol)
        await node.queue.claim(mara, claimed.room)
        gone = without(current(stage), mara.kid, StaffKey.generate())
        await publish(stage.house, stage.cast.sign(gone))
        for room in (waiting.room, claimed.room):
            with pytest.raises(Unknown):
                await node.queue.claim(mara, room)
        with pytest.raises(Unknown):
            await node.queue.meet(claimed.caller, mara.kid, accept=True)
        assert (await node.queue.claim(sol, claimed.room)).state is State.MEETING


async def let_go(stage: Stage, *, new_team: StaffKey | None = None) -> StaffKey:
    """Mara leaves; the key of the team that stays."""
    after = new_team or StaffKey.generate()
    stage.signed = stage.cast.sign(without(current(stage), stage.cast.mara.kid, after))
    stage.heard.forget()
    await publish(stage.house, stage.signed)
    return after


async def test_whoever_left_is_out_of_every_room_at_once(stage: Stage) -> None:
    talk = await opened(stage)
    mara = stage.staff(stage.cast.mara)
    await talking(stage, talk, stage.cast.mara)
    await let_go(stage)

    seen = await view(stage, talk.caller, talk.room)
    assert (seen.state, seen.needs_rekey) == (State.RESTING, True)
    assert await rows(stage, tables.seals, talk.room) == []
    with pytest.raises(Unknown):
        await view(stage, mara, talk.room)
    with pytest.raises(Unknown):
        stage.staff(stage.cast.mara)
    assert not stage.house.admission.still_listed(mara)
    assert stage.heard.rooms == [talk.room]
    assert stage.heard.staff == 1
    # Sol stayed.
    assert stage.staff(stage.cast.sol).kid == stage.cast.sol.kid


async def test_a_talk_with_somebody_else_in_it_goes_on(stage: Stage) -> None:
    talk = await opened(stage)
    await talking(stage, talk, stage.cast.sol)
    await let_go(stage)
    assert (await view(stage, stage.staff(stage.cast.sol), talk.room)).state is State.TALKING
    assert not (await view(stage, talk.caller, talk.room)).needs_rekey


@pytest.mark.parametrize("accepted", [False, True])
async def test_a_meeting_with_whoever_left_is_over(stage: Stage, accepted: bool) -> None:
    guest = await opened(stage)
    if accepted:
        await meeting(stage, guest, stage.cast.mara)
    else:
        await stage.queue.claim(stage.staff(stage.cast.mara), guest.room)
    await let_go(stage)
    seen = await view(stage, guest.caller, guest.room)
    assert (seen.state, seen.meet, seen.needs_rekey) == (State.WAITING, None, True)
    assert await listed(stage, stage.cast.sol) == [guest.room]


async def test_rooms_that_wait_under_a_key_they_held_want_another_and_stay_claimable(stage: Stage) -> None:
    guest = await opened(stage)
    after = await let_go(stage)
    assert (await view(stage, guest.caller, guest.room)).needs_rekey
    assert await listed(stage, stage.cast.sol) == [guest.room]

    stage.cast = replace(stage.cast, peer_team=after)
    await rekeyed(stage, guest, to_team=True)
    [place] = await rows(stage, tables.tickets, guest.room)
    assert place.peer_epoch == 2
    await talking(stage, guest, stage.cast.sol)


async def test_newcomers_are_offered_only_what_they_can_open(stage: Stage) -> None:
    old = await opened(stage)
    newcomer, key = StaffKey.generate(), StaffKey.generate()
    before = current(stage)
    holders = (stage.cast.mara, stage.cast.sol, newcomer)
    after = replace(
        before,
        serial=2,
        teams={**before.teams, "peer": team(key, 2, *holders)},
        staff=(*before.staff, member(newcomer, "peer", "Kim", "en")),
    )
    stage.signed = stage.cast.sign(after)
    await publish(stage.house, stage.signed)
    stage.cast = replace(stage.cast, peer_team=key)
    await on_shift(stage, newcomer)
    new = await opened(stage)
    assert await listed(stage, newcomer) == [new.room]
    assert set(await listed(stage, stage.cast.mara)) == {old.room, new.room}
    with pytest.raises(Unknown):
        await stage.queue.claim(stage.staff(newcomer), old.room)
    assert (await stage.queue.claim(stage.staff(newcomer), new.room)).state is State.MEETING


async def test_a_seal_to_the_replaced_team_key_opens_no_room(stage: Stage) -> None:
    guest = new_guest()
    late = opening(stage, guest)
    await let_go(stage)
    with pytest.raises(Unknown):
        await open_again(stage, late)
    with pytest.raises(Unknown):
        await opened(stage, ticket())


def test_a_lost_role_counts_as_departure_and_a_new_one_does_not() -> None:
    cast = Cast()
    before = cast.directory(NOW)
    more = tuple(
        replace(each, roles=(*each.roles, "coordinator")) if each.kid == cast.mara.kid else each
        for each in before.staff
    )
    assert departed(before, replace(before, staff=more)) == ()
    assert departed(replace(before, staff=more), before) == (cast.mara.kid,)
    gone = without(before, cast.sol.kid, StaffKey.generate())
    assert departed(before, gone) == (cast.sol.kid,)


def test_leaving_the_team_alone_is_no_departure() -> None:
    cast = Cast()
    before = cast.directory(NOW)
    peers = Team(1, 2, StaffKey.generate().pub, (cast.sol.kid,))
    assert departed(before, replace(before, teams={**before.teams, "peer": peers})) == ()
