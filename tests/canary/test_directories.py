"""docs/protocol.md, 18.14: under a directory that is over, older, wrongly signed or foreign no room opens."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import httpx
import pytest

from app.companion.api import Api, ApiError
from app.companion.client import Client
from app.companion.keys import StaffKey
from app.companion.ticket import Ticket
from app.conversations.errors import DirExpired
from app.kit.clock import DAY
from app.wire.directory import LIFETIME, Directory, SignedDirectory, parse_directory
from tests.builders import Stage, new_guest, open_again, opened, opening, rekeyed, stage_on
from tests.canary.dumps import dump
from tests.canary.house import House, Street
from tests.cast import Cast
from tests.talkers import seat

SLACK = DAY

Spoil = Callable[[Cast, Directory], SignedDirectory]


def honest(cast: Cast, directory: Directory) -> SignedDirectory:
    return cast.sign(replace(directory, serial=directory.serial + 1))


def expired(cast: Cast, directory: Directory) -> SignedDirectory:
    long_ago = directory.issued - LIFETIME - 2 * SLACK
    return cast.sign(
        replace(directory, serial=directory.serial + 1, issued=long_ago, expires=long_ago + LIFETIME)
    )


def rolled_back(cast: Cast, directory: Directory) -> SignedDirectory:
    return cast.sign(replace(directory, serial=directory.serial - 1))


def wrongly_signed(_: Cast, directory: Directory) -> SignedDirectory:
    return Cast(root=StaffKey.generate()).sign(replace(directory, serial=directory.serial + 1))


def altered(cast: Cast, directory: Directory) -> SignedDirectory:
    """Another team key under a signature that was good for the directory before."""
    teams = {**directory.teams, "peer": replace(directory.teams["peer"], pub=StaffKey.generate().pub)}
    changed = replace(directory, serial=directory.serial + 1, teams=teams)
    return SignedDirectory(changed.to_payload(), cast.sign(replace(changed, teams=directory.teams)).sigs)


def unsigned(_: Cast, directory: Directory) -> SignedDirectory:
    return SignedDirectory(replace(directory, serial=directory.serial + 1).to_payload(), ())


def foreign(cast: Cast, directory: Directory) -> SignedDirectory:
    return cast.sign(replace(directory, serial=directory.serial + 1, instance=bytes(15) + b"f"))


BAD: dict[Spoil, str] = {
    expired: "dir_expired",
    rolled_back: "dir_rollback",
    wrongly_signed: "dir_signature",
    altered: "dir_signature",
    unsigned: "dir_signature",
    foreign: "dir_signature",
}


class Lying(httpx.AsyncBaseTransport):
    """A server that hands out another directory than the one in force."""

    def __init__(self) -> None:
        self._line = httpx.AsyncHTTPTransport()
        self.directory: SignedDirectory | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/directory" and self.directory is not None:
            return httpx.Response(200, content=json.dumps(self.directory.to_json()))
        return await self._line.handle_async_request(request)

    async def aclose(self) -> None:
        await self._line.aclose()


@pytest.fixture
async def lying() -> AsyncIterator[Lying]:
    lying = Lying()
    yield lying
    await lying.aclose()


async def rooms(house: House) -> list[bytes]:
    return sorted(row["id"] for row in (await dump(house.conversations))["rooms"])


@pytest.mark.parametrize(("spoil", "code"), BAD.items(), ids=[spoil.__name__ for spoil in BAD])
async def test_the_server_refuses_to_put_it_in_force(
    house: House, place: Street, spoil: Spoil, code: str
) -> None:
    in_force = parse_directory(place.signed.payload)
    before = (await dump(house.conversations))["directories"]
    answer = await place.post("service/directory", {"directory": spoil(house.cast, in_force).to_json()})
    # A list without a signature has not even the form of a directory there.
    assert answer.json() == {"code": "malformed" if spoil is unsigned else code}
    assert (await dump(house.conversations))["directories"] == before
    # The twin: the one in force again is no news, and rooms open under it.
    await place.publish(place.signed)
    await place.done("rooms/delete", seat(await place.opened()))


@pytest.mark.parametrize(("spoil", "code"), BAD.items(), ids=[spoil.__name__ for spoil in BAD])
async def test_a_client_who_is_shown_it_opens_no_room(
    house: House, place: Street, lying: Lying, spoil: Spoil, code: str
) -> None:
    in_force = parse_directory(place.signed.payload)
    before = await rooms(house)
    async with Api(house.url, transport=lying) as api:
        if spoil is rolled_back:
            # Only who has seen the newer one can tell.
            client = await Client.make(api)
            await client.trust.refresh()
            lying.directory = spoil(house.cast, in_force)
            with pytest.raises(ApiError, match=f"^{code}$"):
                await client.open(Ticket())
        else:
            lying.directory = spoil(house.cast, in_force)
            with pytest.raises(ApiError, match=f"^{code}$"):
                await Client.make(api)
        assert await rooms(house) == before
        lying.directory = None
        client = await Client.make(api)
        await client.open(Ticket())
        assert len(await rooms(house)) == len(before) + 1
        await client.delete()


@pytest.mark.parametrize(("spoil", "code"), BAD.items(), ids=[spoil.__name__ for spoil in BAD])
async def test_a_client_who_is_shown_it_later_opens_no_room_and_looks_for_nobody(
    house: House, place: Street, lying: Lying, spoil: Spoil, code: str
) -> None:
    in_force = parse_directory(place.signed.payload)
    async with Api(house.url, transport=lying) as api:
        waiting, new = await Client.make(api), await Client.make(api)
        await waiting.open(Ticket())
        await waiting.rest()
        before = await rooms(house)
        lying.directory = spoil(house.cast, in_force)
        with pytest.raises(ApiError, match=f"^{code}$"):
            await new.open(Ticket())
        with pytest.raises(ApiError, match=f"^{code}$"):
            await waiting.look_for_peer(Ticket())
        assert await rooms(house) == before
        assert waiting.room is not None
        assert waiting.room.state == "resting"
        lying.directory = None
        await waiting.delete()


@pytest.fixture
async def stage(engine_url: str) -> AsyncIterator[Stage]:
    async with stage_on(engine_url) as stage:
        yield stage


async def test_once_the_directory_in_force_is_over_the_server_opens_no_room(stage: Stage) -> None:
    resting = await opened(stage)
    stage.clock.advance(LIFETIME + SLACK)
    await open_again(stage, opening(stage, new_guest()))
    stage.clock.advance(1)
    with pytest.raises(DirExpired):
        await open_again(stage, opening(stage, new_guest()))
    # A room that is there lives on; it only cannot get a new place in line.
    assert (await rekeyed(stage, resting, to_team=True)).ke == 2
