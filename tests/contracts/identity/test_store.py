"""What the store of this house promises, on each engine."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from app.identity import tables
from app.identity.directory import store as directories
from app.identity.directory.rules import TeamSeal
from app.identity.enrolment import store as invitations
from app.identity.enrolment.rules import Invitation
from app.identity.ids import Identity, Kid, StaffId
from app.identity.staff import store as accounts
from app.identity.staff.rules import Account
from app.kit.database import Database
from app.kit.migrations import upgrade
from app.kit.once import insert_once
from app.wire.sizes import KEY, TEAM_KEY_SEAL
from migrations import IDENTITY
from tests.integration.identity.people import NOW, Organisation, Person

TODAY = NOW // 86_400


@pytest.fixture
async def database(engine_url: str) -> AsyncIterator[Database[Identity]]:
    await upgrade(engine_url, IDENTITY)
    opened = Database[Identity](engine_url)
    yield opened
    await opened.close()


@pytest.fixture
async def other_node(engine_url: str, database: Database[Identity]) -> AsyncIterator[Database[Identity]]:
    opened = Database[Identity](engine_url)
    yield opened
    await opened.close()


def _account(person: Person) -> Account:
    new = person.account()
    return Account(person.staff, person.role, person.kid, new.pub, new.salt, new.auth_hash, new.keys)


def _invitation(person: Person, expires_at: int = NOW + 10) -> Invitation:
    return Invitation(person.staff, person.role, person.token_hash, person.secret_box, expires_at)


async def test_an_account_is_found_by_its_name_and_its_id(database: Database[Identity]) -> None:
    account = _account(Person("sol", "peer"))
    async with database.write() as tx:
        assert await accounts.add(tx, account, b"n" * 32)
    async with database.read() as tx:
        assert await accounts.by_name(tx, b"n" * 32) == account
        assert await accounts.salt_of(tx, b"n" * 32) == account.salt
        assert await accounts.exists(tx, account.id)
        assert await accounts.by_name(tx, b"x" * 32) is None
        assert await accounts.salt_of(tx, b"x" * 32) is None
        assert not await accounts.exists(tx, StaffId(bytes(16)))


async def test_id_name_and_key_belong_to_one_account(database: Database[Identity]) -> None:
    first, other = _account(Person("sol", "peer")), _account(Person("eve", "peer"))
    async with database.write() as tx:
        assert await accounts.add(tx, first, b"n" * 32)
        assert not await accounts.add(tx, other, b"n" * 32)
        assert not await accounts.add(tx, replace(other, id=first.id), b"o" * 32)
        assert not await accounts.add(tx, replace(other, kid=first.kid), b"o" * 32)
        assert await accounts.add(tx, other, b"o" * 32)


async def test_a_failed_transaction_leaves_nothing(database: Database[Identity]) -> None:
    account = _account(Person("sol", "peer"))

    async def fail() -> None:
        async with database.write() as tx:
            await accounts.add(tx, account, b"n" * 32)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with database.write() as tx:
        assert await accounts.by_name(tx, b"n" * 32) is None
        assert await accounts.add(tx, account, b"n" * 32)


async def test_a_mark_set_by_two_nodes_at_once_counts_for_one(
    database: Database[Identity], other_node: Database[Identity]
) -> None:
    async def spend(node: Database[Identity]) -> bool:
        async with node.write() as tx:
            return await insert_once(tx, tables.spent_salts, {"salt": b"s" * 16, "expires": NOW})

    outcomes = await asyncio.gather(*(spend(node) for node in (database, other_node) * 3))
    assert sorted(outcomes) == [False] * 5 + [True]


async def test_a_session_comes_with_its_account_until_it_ends(database: Database[Identity]) -> None:
    account = _account(Person("sol", "peer"))
    token = secrets.token_bytes(KEY)
    async with database.write() as tx:
        await accounts.add(tx, account, b"n" * 32)
        await accounts.start_session(tx, token, account.id, NOW)
        await accounts.note_use(tx, token, NOW + 5)
    async with database.read() as tx:
        session = await accounts.session(tx, token)
        assert session is not None
        assert (session.account, session.used_at) == (account, NOW + 5)
        assert await accounts.signed_in_accounts(tx) == (account,)
        assert await accounts.session(tx, bytes(KEY)) is None
    async with database.write() as tx:
        await accounts.end_sessions_of(tx, [])
        assert await accounts.session(tx, token) is not None
        await accounts.end_sessions_of(tx, [account.id])
        assert await accounts.session(tx, token) is None


async def test_moments_beyond_2038_are_kept_exactly(database: Database[Identity]) -> None:
    account, late = _account(Person("sol", "peer")), 2**33
    async with database.write() as tx:
        await accounts.add(tx, account, b"n" * 32)
        await accounts.start_session(tx, b"t" * 32, account.id, late)
        session = await accounts.session(tx, b"t" * 32)
    assert session is not None
    assert session.used_at == late


async def test_an_invitation_is_found_by_staff_id_and_by_token(database: Database[Identity]) -> None:
    sol, eve = Person("sol", "peer"), Person("eve", "peer")
    async with database.write() as tx:
        assert await invitations.add(tx, _invitation(sol))
        assert not await invitations.add(tx, _invitation(sol))
        assert not await invitations.add(tx, replace(_invitation(eve), token_hash=sol.token_hash))
        assert await invitations.by_staff(tx, sol.staff) == _invitation(sol)
        assert await invitations.by_token(tx, sol.token_hash, lock=True) == _invitation(sol)
        assert await invitations.by_token(tx, eve.token_hash) is None


async def test_what_was_submitted_comes_back_as_it_was(database: Database[Identity]) -> None:
    sol = Person("sol", "peer")
    profile = {"alias": "Sol ☀", "stone": 7, "topics": ["grief"], "line": "l'été"}
    async with database.write() as tx:
        await invitations.add(tx, _invitation(sol))
        await accounts.add(tx, _account(sol), b"n" * 32)
        await invitations.submit(tx, sol.staff, b"m" * 32, profile, NOW + 20)
    async with database.read() as tx:
        (applicant,) = await invitations.applicants(tx, NOW)
    assert applicant.pub == sol.key.pub
    assert applicant.invitation == replace(
        _invitation(sol, NOW + 20), submitted=True, mac=b"m" * 32, profile=profile
    )


async def test_only_the_admitted_and_the_expired_leave_the_list(database: Database[Identity]) -> None:
    sol, eve, mara = Person("sol", "peer"), Person("eve", "peer"), Person("mara", "peer")
    async with database.write() as tx:
        for person, expires in ((sol, NOW + 10), (eve, NOW + 5), (mara, NOW + 20)):
            await invitations.add(tx, _invitation(person, expires))
            await accounts.add(tx, _account(person), person.name.encode())
        await invitations.drop_admitted(tx, [sol.kid, Kid(bytes(16))])
        waiting = await invitations.applicants(tx, NOW)
        assert [entry.invitation.staff for entry in waiting] == [eve.staff, mara.staff]
        assert await invitations.take_expired(tx, NOW + 5) == (eve.staff,)
        waiting = await invitations.applicants(tx, NOW)
        assert [entry.invitation.staff for entry in waiting] == [mara.staff]


async def test_the_highest_serial_is_current_and_a_serial_counts_once(database: Database[Identity]) -> None:
    organisation = Organisation(Person("cora", "coordinator"))
    people = [organisation.founder]
    current = directories.CurrentDirectory()
    async with database.write() as tx:
        assert await current.of(tx) is None
        for serial in (1, 2):
            directory = organisation.directory(people, serial=serial)
            signed = organisation.sign(directory)
            assert await directories.add(tx, directory, signed, TODAY)
            assert not await directories.add(tx, directory, signed, TODAY)
            found = await current.of(tx)
            assert found is not None
            assert (found.directory, found.signed) == (directory, signed)
            assert await current.of(tx) is found


async def test_a_cached_directory_is_not_believed_after_a_rollback(database: Database[Identity]) -> None:
    organisation = Organisation(Person("cora", "coordinator"))
    current = directories.CurrentDirectory()

    async def fail() -> None:
        async with database.write() as tx:
            await directories.add(tx, organisation.last, organisation.sign(organisation.last), TODAY)
            assert await current.of(tx) is not None
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with database.read() as tx:
        assert await current.of(tx) is None


async def test_sealed_keys_are_replaced_dropped_and_forgotten(database: Database[Identity]) -> None:
    organisation = Organisation(Person("cora", "coordinator"))
    cora, mara, sol = organisation.founder, Person("mara", "peer"), Person("sol", "peer")
    with_sol = organisation.directory([cora, mara, sol], serial=1)
    alone = organisation.directory([cora, mara], serial=2)

    def seal(person: Person, fill: bytes, epoch: int = 1, team: str = "peer") -> TeamSeal:
        return TeamSeal(team, epoch, person.kid, fill * TEAM_KEY_SEAL)

    async with database.write() as tx:
        await directories.put_seals(tx, [seal(mara, b"a"), seal(sol, b"b"), seal(cora, b"r", team="root")])
        await directories.put_seals(tx, [seal(mara, b"c")])
        assert await directories.seals_of(tx, mara.kid) == (seal(mara, b"c"),)
        assert await directories.held_seals(tx, with_sol) == {
            ("peer", 1, mara.kid),
            ("peer", 1, sol.kid),
            ("root", 1, cora.kid),
        }
        await directories.drop_seals_of_leavers(tx, with_sol)
        assert await directories.seals_of(tx, sol.kid) == (seal(sol, b"b"),)
        await directories.drop_seals_of_leavers(tx, alone)
        assert await directories.seals_of(tx, sol.kid) == ()
        organisation.new_epoch("peer", "moderation")
        later = organisation.directory([cora, mara], serial=3)
        assert await directories.add(tx, later, organisation.sign(later), TODAY)
        assert await directories.forget_replaced(tx, TODAY) == 0
        assert await directories.forget_replaced(tx, TODAY + 1) == 1
        assert await directories.seals_of(tx, mara.kid) == ()
        assert await directories.seals_of(tx, cora.kid) == (seal(cora, b"r", team="root"),)


async def test_the_founding_row_comes_back(database: Database[Identity]) -> None:
    organisation = Organisation(Person("cora", "coordinator"))
    async with database.write() as tx:
        assert await invitations.founded(tx) is None
        await invitations.found(tx, organisation.instance, organisation.root.pub)
        found = await invitations.founded(tx, lock=True)
    assert found is not None
    assert found.instance == organisation.instance
    assert found.roots == {organisation.root.kid: organisation.root.pub}
