"""The daily purge of this house."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, func, select

from app.identity import proofs, tables
from app.identity.directory.store import seals_of
from app.identity.enrolment.rules import INVITATION
from app.identity.purge import REPLACED_DAYS, purge
from app.identity.staff.rules import IDLE, SESSION
from tests.integration.identity.desk import Desk
from tests.integration.identity.people import DAY, Person


async def _rows(desk: Desk, table: Table) -> Any:
    async with desk.house.database.read() as tx:
        return await tx.connection.scalar(select(func.count()).select_from(table))


async def _purge(desk: Desk) -> int:
    return await purge(desk.house.database, desk.clock)


async def test_ended_sessions_go_and_living_ones_stay(desk: Desk) -> None:
    desk.clock.advance(IDLE)
    assert await _purge(desk) >= 0
    assert await _rows(desk, tables.sessions) == 1
    await desk.coordinator.ok("staff/me", {})
    desk.clock.advance(IDLE)
    await (await desk.browser()).sign_in(desk.organisation.founder)
    desk.clock.advance(1)
    assert await _rows(desk, tables.sessions) == 2
    await _purge(desk)
    assert await _rows(desk, tables.sessions) == 1
    desk.clock.advance(SESSION)
    await _purge(desk)
    assert await _rows(desk, tables.sessions) == 0


async def test_spent_salts_stay_exactly_as_long_as_their_challenge(desk: Desk) -> None:
    assert await _rows(desk, tables.spent_salts) == 1
    desk.clock.advance(proofs.LIFETIME - 1)
    await _purge(desk)
    assert await _rows(desk, tables.spent_salts) == 1
    desk.clock.advance(1)
    await _purge(desk)
    assert await _rows(desk, tables.spent_salts) == 0


async def test_an_invitation_that_ran_out_goes_with_the_account_nobody_admitted(desk: Desk) -> None:
    sol, eve, mara = Person("sol", "peer"), Person("eve", "peer"), Person("mara", "peer")
    theirs = await desk.enrol(sol)
    await desk.coordinator.ok("enrolment/invite", desk.invitation(eve))
    await desk.staff(mara)
    desk.clock.advance(INVITATION - 1)
    await _purge(desk)
    assert (await _rows(desk, tables.invitations), await _rows(desk, tables.staff)) == (2, 3)
    desk.clock.advance(1)
    await _purge(desk)
    assert (await _rows(desk, tables.invitations), await _rows(desk, tables.staff)) == (0, 2)
    assert (await theirs.sign_in(mara))[0] == 200


async def test_replaced_directories_and_peer_keys_go_after_thirty_five_days_and_other_keys_stay(
    desk: Desk,
) -> None:
    await desk.publish(desk.listed)
    founder = desk.organisation.founder
    desk.clock.advance(REPLACED_DAYS * DAY)
    await _purge(desk)
    assert await _rows(desk, tables.directories) == 2
    assert await _rows(desk, tables.sealed_team_keys) == 5
    desk.clock.advance(DAY)
    await _purge(desk)
    assert await _rows(desk, tables.directories) == 1
    async with desk.house.database.read() as tx:
        kept = {seal.id[:2] for seal in await seals_of(tx, founder.kid)}
    assert kept == {("peer", 2), ("moderation", 1), ("moderation", 2), ("root", 1)}
    assert (await desk.coordinator.sign_in(founder))[0] == 200


async def test_a_purge_with_nothing_to_do_changes_nothing(desk: Desk) -> None:
    async def counts() -> list[int]:
        return [await _rows(desk, table) for table in tables.metadata.sorted_tables]

    before = await counts()
    assert await _purge(desk) == 0
    assert await counts() == before


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
async def test_the_bytes_of_what_was_deleted_leave_the_files(desk: Desk) -> None:
    def holders(needle: bytes) -> list[str]:
        folder = Path(str(desk.house.database.url.database)).parent
        return [path.name for path in folder.glob("store.sqlite*") if needle in path.read_bytes()]

    sol = Person("sol", "peer")
    await desk.staff(sol)
    async with desk.house.database.read() as tx:
        (seal,) = await seals_of(tx, sol.kid)
    assert holders(sol.secret_box)
    assert holders(seal.sealed)
    await desk.publish([desk.organisation.founder])
    await _purge(desk)
    assert holders(sol.secret_box) == []
    assert holders(seal.sealed) == []
    assert holders(sol.staff) == []
