"""Founding, inviting, admitting, renewing and letting go, through a real server."""

import asyncio
import hashlib
import secrets
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, closing
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest

from app.companion import suspensions
from app.companion.answers import Answer, Applicants, Role, Service, Taken
from app.companion.api import Api, ApiError
from app.companion.client import Client
from app.companion.coordinator import Coordinator, found
from app.companion.demo.cast import FOUNDER, make_cast
from app.companion.events import Moved, SignedOut
from app.companion.newcomer import Account, Invitation, Newcomer
from app.companion.peer import Peer
from app.companion.staff import make_secret
from app.companion.staff_session import StaffSession
from app.kit.clock import DAY, ManualClock
from app.wire.directory import LIFETIME, Directory, Profile, directory_hash
from app.wire.encoding import b64u
from app.wire.errors import WireError
from app.wire.ids import Kid
from tests.integration.companion.people import Place, begin, heard, meet, until
from tests.integration.companion.served import Served

PASSWORD = "seven kind horses at dawn"


@pytest.fixture(scope="module", autouse=True)
def quick_passwords() -> Iterator[None]:
    """One round in place of 600,000 for everybody here: these tests change who is there."""
    stretch = hashlib.pbkdf2_hmac
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            hashlib, "pbkdf2_hmac", lambda name, password, salt, _: stretch(name, password, salt, 1)
        )
        yield


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of its own: these tests change who is there."""
    served = Served(tmp_path_factory.mktemp("town") / "data")
    served.data.mkdir()
    served.start()
    try:
        yield served
    finally:
        served.stop()


@pytest.fixture(scope="module")
def town(served: Served, quick_passwords: None) -> Place:
    """The service that it founded, and its cast."""
    cards = asyncio.run(make_cast(served.url, served.setup_code))
    return Place(served.url, {card.alias: card for card in cards})


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def coordinator(town: Place, stack: AsyncExitStack) -> Coordinator:
    api = await stack.enter_async_context(Api(town.url))
    return Coordinator(await town.sign_in(FOUNDER.alias, api))


async def newcomer(town: Place, invitation: Invitation, name: str) -> Account:
    """Somebody who answers an invitation."""
    account = Account.make()
    async with Api(town.url) as api:
        joining = await Newcomer.open(api, invitation)
        await joining.submit(account, name, PASSWORD, Profile(name, "1", "", ("en",), (), ()))
    return account


async def joined(
    town: Place, coordinator: Coordinator, stack: AsyncExitStack, name: str, role: Role
) -> StaffSession:
    """Somebody invited, admitted and signed in."""
    account = await newcomer(town, await coordinator.invite(role), name)
    await coordinator.admit((await coordinator.in_tray()).ready)
    api = await stack.enter_async_context(Api(town.url))
    return await StaffSession.sign_in(api, name, PASSWORD, account.secret)


def the_kid(directory: Directory, alias: str) -> Kid:
    [kid] = [member.kid for member in directory.staff if member.profile.alias == alias]
    return kid


async def test_a_founded_service_cannot_be_founded_again(town: Place, stack: AsyncExitStack) -> None:
    api = await stack.enter_async_context(Api(town.url))
    with pytest.raises(ApiError, match="unknown"):
        await found(api, "AAAAAAAAAAAAAAAAAAAAAA", Account.make(), "eve", PASSWORD, FOUNDER.profile)


async def test_an_admitted_newcomer_signs_in_and_one_not_admitted_does_not(
    town: Place, coordinator: Coordinator, stack: AsyncExitStack
) -> None:
    account = await newcomer(town, await coordinator.invite("peer"), "lark")
    api = await stack.enter_async_context(Api(town.url))
    with pytest.raises(ApiError, match="unknown"):
        await StaffSession.sign_in(api, "lark", PASSWORD, account.secret)
    await coordinator.admit((await coordinator.in_tray()).ready)
    session = await StaffSession.sign_in(api, "Lark ", PASSWORD, account.secret)
    assert session.alias == "lark"
    epoch = session.trust.directory.teams["peer"].epoch
    assert set(session.team_keys) == {("peer", epoch)}


async def test_an_invitation_opens_once(town: Place, coordinator: Coordinator) -> None:
    invitation = await coordinator.invite("peer")
    await newcomer(town, invitation, "finch")
    with pytest.raises(ApiError, match="unknown"):
        await newcomer(town, invitation, "eve")


async def test_an_invitation_reads_the_same_as_link_and_as_words(town: Place) -> None:
    invitation = Invitation(make_secret())
    assert Invitation.read(invitation.link(town.url, "peer")).secret == invitation.secret
    assert Invitation.read(invitation.words).secret == invitation.secret
    with pytest.raises(WireError):
        Invitation.read(town.url)


@pytest.mark.parametrize("role", ["peer", "moderator", "coordinator"])
def test_an_invitation_leads_to_the_page_of_its_role_with_the_secret_behind_the_hash(role: Role) -> None:
    invitation = Invitation(make_secret())
    address, _, fragment = invitation.link("https://beside.example", role).partition("#")
    assert address == f"https://beside.example/{role}.html"
    assert fragment == f"invite={b64u(invitation.secret)}"


async def test_a_key_that_the_invitation_does_not_vouch_for_is_never_admitted(
    town: Place, coordinator: Coordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    invitation = await coordinator.invite("peer")
    forged = (await coordinator.in_tray()).forged
    monkeypatch.setattr("app.companion.newcomer.enrol_mac", lambda *_: secrets.token_bytes(32))
    await newcomer(town, invitation, "cuckoo")
    tray = await coordinator.in_tray()
    assert tray.forged == forged + 1
    assert all(entry.profile.alias != "cuckoo" for entry in tray.ready)


async def test_a_peers_invitation_makes_nobody_a_coordinator_whatever_the_server_says(
    town: Place, coordinator: Coordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    await newcomer(town, await coordinator.invite("peer"), "quisling")
    before = await coordinator.in_tray()
    assert "quisling" in {entry.profile.alias for entry in before.ready}
    post = Api.post

    async def lying(self: Api, path: str, body: Mapping[str, Any], kind: type[Any]) -> Any:
        answer = await post(self, path, body, kind)
        if path != "enrolment/waiting":
            return answer
        return Applicants(waiting=[one.model_copy(update={"role": "coordinator"}) for one in answer.waiting])

    monkeypatch.setattr(Api, "post", lying)
    tray = await coordinator.in_tray()
    assert "quisling" not in {entry.profile.alias for entry in tray.ready}
    assert tray.elsewhere > before.elsewhere


async def test_renewing_gives_another_35_days_and_both_houses_agree(
    town: Place, coordinator: Coordinator, stack: AsyncExitStack
) -> None:
    api = await stack.enter_async_context(Api(town.url))
    before = await api.get("/api/service", Service)
    directory = await coordinator.renew()
    after = await api.get("/api/service", Service)
    assert (directory.serial, after.serial) == ((before.serial or 0) + 1,) * 2
    assert directory.expires - directory.issued == LIFETIME
    assert before.directory in directory.earlier


async def test_nothing_is_signed_where_the_servers_date_is_not_this_machines(
    town: Place, coordinator: Coordinator, stack: AsyncExitStack
) -> None:
    api = await stack.enter_async_context(Api(town.url))
    session = await town.sign_in(FOUNDER.alias, api)
    before = await api.get("/api/service", Service)
    for off in (2 * DAY, -2 * DAY):
        with pytest.raises(ApiError, match="clocks_differ"):
            await Coordinator(session, ManualClock(before.time + off)).renew()
        account, clock = Account.make(), ManualClock(before.time + off)
        with pytest.raises(ApiError, match="clocks_differ"):
            await found(api, "AAAAAAAAAAAAAAAAAAAAAA", account, "eve", PASSWORD, FOUNDER.profile, clock)
    assert (await api.get("/api/service", Service)).serial == before.serial
    renewed = await Coordinator(session, ManualClock(before.time + DAY // 2)).renew()
    assert renewed.serial == (before.serial or 0) + 1


async def test_a_hash_that_only_a_server_names_is_never_called_an_earlier_directory(
    coordinator: Coordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, foreign = Api.get, secrets.token_bytes(32)

    async def lie(self: Api, path: str, *rest: object, **more: object) -> Answer:
        answer: Answer = await real(self, path, *rest, **more)  # type: ignore[arg-type]  # passed on as it came
        if isinstance(answer, Service):
            return answer.model_copy(update={"directory": foreign, "serial": (answer.serial or 0) - 1})
        return answer

    held = (await coordinator.renew()).to_payload()
    monkeypatch.setattr(Api, "get", lie)
    directory = await coordinator.renew()
    assert foreign not in directory.earlier
    assert directory_hash(held) in directory.earlier


async def test_a_house_that_missed_a_directory_is_brought_up_first(
    town: Place, coordinator: Coordinator, stack: AsyncExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = await stack.enter_async_context(Api(town.url))
    real = Api.post

    async def cut(self: Api, path: str, *rest: object, **more: object) -> Answer:
        if path == "service/directory":
            raise ApiError("unreachable")
        return await real(self, path, *rest, **more)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(Api, "post", cut)
    with pytest.raises(ApiError, match="unreachable"):
        await coordinator.renew()
    monkeypatch.undo()
    behind = await api.get("/api/service", Service)
    await coordinator.bring_up()
    level = await api.get("/api/service", Service)
    assert (level.serial or 0) == (behind.serial or 0) + 1


async def test_the_last_coordinator_cannot_go(coordinator: Coordinator) -> None:
    with pytest.raises(WireError):
        await coordinator.let_go(coordinator.kid)


async def test_a_peer_who_was_let_go_loses_the_talk_and_its_client_goes_on_under_new_keys(
    town: Place, coordinator: Coordinator, stack: AsyncExitStack
) -> None:
    client_api = await stack.enter_async_context(Api(town.url))
    client = await stack.enter_async_context(await Client.make(client_api))
    sol_api = await stack.enter_async_context(Api(town.url))
    sol = await stack.enter_async_context(Peer(await town.sign_in("Sol", sol_api)))
    await begin(client)
    room = await meet(client, sol)
    await coordinator.let_go(sol.session.kid)
    await until(sol, SignedOut)
    await until(client, Moved, lambda moved: moved.state == "resting")
    with pytest.raises(ApiError, match="unknown"):
        await sol.session.refresh()
    assert client.room is not None
    assert client.room.room == room


async def test_a_waiting_client_changes_keys_by_itself_when_somebody_who_held_them_goes(
    town: Place, coordinator: Coordinator, stack: AsyncExitStack
) -> None:
    await newcomer(town, await coordinator.invite("peer"), "swift")
    directory = await coordinator.admit((await coordinator.in_tray()).ready)
    client_api = await stack.enter_async_context(Api(town.url))
    client = await stack.enter_async_context(await Client.make(client_api))
    await begin(client, "waiting")
    await coordinator.let_go(the_kid(directory, "swift"))
    await until(client, Moved, lambda _: client.room is not None and client.room.ke == 2)
    mara_api = await stack.enter_async_context(Api(town.url))
    mara = await stack.enter_async_context(Peer(await town.sign_in("Mara", mara_api)))
    await meet(client, mara)
    await heard(mara, "waiting")


async def test_two_suspend_a_peer_who_is_restored_with_their_face_and_only_new_keys(
    town: Place, coordinator: Coordinator, stack: AsyncExitStack
) -> None:
    wren = await joined(town, coordinator, stack, "kestrel", "peer")
    ash = await town.sign_in("Ash", await stack.enter_async_context(Api(town.url)))
    face = wren.trust.directory.member(wren.kid)
    with pytest.raises(ApiError, match="unknown"):
        await coordinator.suspend(wren.kid)
    await coordinator.propose(wren.kid, "conduct")
    with pytest.raises(ApiError, match="malformed"):
        await coordinator.let_go(wren.kid)
    with pytest.raises(ApiError, match="unknown"):
        await suspensions.agree(wren, wren.kid)
    assert [Kid(entry.kid) for entry in await suspensions.proposals(ash)] == [wren.kid]
    await suspensions.agree(ash, wren.kid)
    away = await coordinator.suspend(wren.kid)
    assert away.member(wren.kid) is None
    with pytest.raises(ApiError, match="unknown"):
        await wren.refresh()
    back = await coordinator.restore(wren.kid)
    assert back.member(wren.kid) == face
    assert back.teams["peer"].epoch == away.teams["peer"].epoch + 1
    await coordinator.let_go(wren.kid)
    with pytest.raises(ApiError, match="unknown"):
        await coordinator.restore(wren.kid)


async def test_of_two_coordinators_who_publish_at_once_one_is_told_and_both_houses_agree(
    town: Place, coordinator: Coordinator, stack: AsyncExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Coordinator(await joined(town, coordinator, stack, "heron", "coordinator"))
    ready, real = asyncio.Barrier(2), Api.post

    async def together(self: Api, path: str, *rest: object, **more: object) -> Answer:
        if path == "directory/publish":
            await ready.wait()
        return await real(self, path, *rest, **more)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(Api, "post", together)
    outcomes = await asyncio.gather(coordinator.renew(), other.renew(), return_exceptions=True)
    monkeypatch.undo()
    [told] = [outcome for outcome in outcomes if isinstance(outcome, ApiError)]
    [won] = [outcome for outcome in outcomes if isinstance(outcome, Directory)]
    assert told.code == "dir_conflict"
    service = await (await stack.enter_async_context(Api(town.url))).get("/api/service", Service)
    assert service.serial == won.serial
    assert (await other.renew()).serial == won.serial + 1


def keep(served: Served, backup: Path) -> None:
    """Copy the identity store as it is now."""
    with closing(connect(served.data / "identity.sqlite")) as store, closing(connect(backup)) as copy:
        store.backup(copy)


def bring_back(served: Served, backup: Path) -> None:
    """Put the copy in the store's place."""
    served.stop()
    for file in served.data.glob("identity.sqlite*"):
        file.unlink()
    shutil.copy(backup, served.data / "identity.sqlite")
    served.start()


async def test_identity_from_an_old_backup_lets_nobody_in_again_who_left_since(
    served: Served, town: Place, coordinator: Coordinator, stack: AsyncExitStack, tmp_path: Path
) -> None:
    account = await newcomer(town, await coordinator.invite("moderator"), "plover")
    directory = await coordinator.admit((await coordinator.in_tray()).ready)
    gone = the_kid(directory, "plover")
    keep(served, tmp_path / "backup")
    async with Api(town.url) as api:
        await Coordinator(await town.sign_in(FOUNDER.alias, api)).let_go(gone)
    bring_back(served, tmp_path / "backup")
    async with Api(town.url) as api:
        session = await town.sign_in(FOUNDER.alias, api)
        restored = Coordinator(session)
        assert session.trust.directory.member(gone) is not None
        # Identity lets the leaver sign in; conversations knows better.
        theirs = await stack.enter_async_context(Api(town.url))
        back = await StaffSession.sign_in(theirs, "plover", PASSWORD, account.secret)
        with pytest.raises(ApiError, match="unknown"):
            await back.post("flags/take", {}, Taken)
        ash = await town.sign_in("Ash", await stack.enter_async_context(Api(town.url)))
        assert (await ash.post("flags/take", {}, Taken)).flag is None
        for careless in (restored.renew(), restored.let_go(gone), restored.admit([])):
            with pytest.raises(ApiError, match="dir_rollback"):
                await careless
        still_here = {member.kid for member in session.trust.directory.staff} - {gone}
        mended = await restored.recover(still_here)
        service = await api.get("/api/service", Service)
        assert (service.serial, mended.member(gone)) == (mended.serial, None)
        assert service.serial == directory.serial + 2
        with pytest.raises(ApiError, match="unknown"):
            await back.refresh()
        assert (await restored.renew()).serial == mended.serial + 1


async def test_a_second_coordinator_takes_over_for_one_who_lost_every_key(
    town: Place, coordinator: Coordinator, stack: AsyncExitStack
) -> None:
    second = Coordinator(await joined(town, coordinator, stack, "crane", "coordinator"))
    lost = coordinator.kid
    again = await newcomer(town, await second.invite("coordinator", lost), FOUNDER.alias.lower())
    directory = await second.admit((await second.in_tray()).ready)
    with pytest.raises(ApiError, match="unknown"):
        await coordinator.renew()
    api = await stack.enter_async_context(Api(town.url))
    session = await StaffSession.sign_in(api, FOUNDER.alias.lower(), PASSWORD, again.secret)
    member = directory.member(session.kid)
    assert member is not None
    assert member.profile == FOUNDER.profile
    assert directory.member(lost) is None
    assert (await Coordinator(session).renew()).serial == directory.serial + 1
    with pytest.raises(ApiError, match="unknown"):
        await second.invite("coordinator", second.kid)
