"""Founding, inviting, admitting, renewing and letting go, through a real server."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import pytest

from app.companion.answers import Answer, Role, Service
from app.companion.api import Api, ApiError
from app.companion.client import Client
from app.companion.coordinator import Coordinator, found
from app.companion.demo.cast import CAST, FOUNDER, make_cast
from app.companion.events import Moved, SignedOut
from app.companion.newcomer import Account, Invitation, Newcomer
from app.companion.peer import Peer
from app.companion.staff import make_secret
from app.companion.staff_session import StaffSession
from app.wire.directory import LIFETIME
from app.wire.encoding import b64u
from app.wire.errors import WireError
from tests.integration.companion.people import Place, begin, heard, meet, until
from tests.integration.companion.served import Served

PASSWORD = "seven kind horses at dawn"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A service of its own: these tests change who is there."""
    served = Served(tmp_path_factory.mktemp("town") / "data")
    served.data.mkdir()
    served.start()
    try:
        cards = asyncio.run(make_cast(served.url, served.setup_code))
        yield Place(served.url, {card.alias: card for card in cards})
    finally:
        served.stop()


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
    profile = next(iter(CAST)).profile
    async with Api(town.url) as api:
        joining = await Newcomer.open(api, invitation)
        await joining.submit(account, name, PASSWORD, type(profile)(name, "1", "", ("en",), (), ()))
    return account


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


@pytest.mark.parametrize(
    ("role", "page"), [("peer", "peer"), ("moderator", "moderator"), ("coordinator", "peer")]
)
def test_an_invitation_leads_to_the_page_of_its_role_with_the_secret_behind_the_hash(
    role: Role, page: str
) -> None:
    invitation = Invitation(make_secret())
    address, _, fragment = invitation.link("https://beside.example", role).partition("#")
    assert address == f"https://beside.example/{page}.html"
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
    [swift] = [member.kid for member in directory.staff if member.profile.alias == "swift"]
    await coordinator.let_go(swift)
    await until(client, Moved, lambda _: client.room is not None and client.room.ke == 2)
    mara_api = await stack.enter_async_context(Api(town.url))
    mara = await stack.enter_async_context(Peer(await town.sign_in("Mara", mara_api)))
    await meet(client, mara)
    await heard(mara, "waiting")
