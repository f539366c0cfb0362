"""What no notice told of is found in the store: on both engines, whatever of a room it is."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from sqlalchemy import update

from app.conversations.admission.callers import Caller, ClientCaller, StaffCaller
from app.conversations.ids import RoomId
from app.conversations.rooms.marks import marks, shown
from app.conversations.rooms.service import enter
from app.conversations.tables import house
from app.live.frames import CloseCode
from app.wire.encoding import b64u
from tests.cast import without
from tests.talkers import Town, seat


async def same_as_views(place: Town, room: RoomId, *callers: Caller) -> list[int]:
    """The figures of the room's mark for these callers, which are those of the views they are shown."""
    node = place.served.server.node
    async with node._database.read() as tx:
        mark = (await marks(tx, [room], place.now))[room]
        views = [await enter(tx, caller, room, place.now) for caller in callers]
    figures = []
    for caller, view in zip(callers, views, strict=True):
        is_client = isinstance(caller, ClientCaller)
        figure = mark.to_client if is_client else mark.to_peer if view.is_shown else mark.to_asking
        assert figure == shown(view, to_client=is_client)
        figures.append(figure)
    return figures


async def test_a_mark_is_what_each_of_those_in_the_room_is_shown_and_moves_with_it(place: Town) -> None:
    mara, sol = place.cast.mara, place.cast.sol
    guest = await place.opened()
    room = {"room": b64u(guest.room)}
    client = ClientCaller(guest.room)
    peers = [StaffCaller(each.kid, "peer", 2, ("en",), 0) for each in (mara, sol)]
    seen = [await same_as_views(place, guest.room, client)]
    await place.done("queue/claim", room, staff=mara)
    seen.append(await same_as_views(place, guest.room, client, peers[0]))
    await place.done("queue/meet", {**seat(guest), "kid": b64u(mara.kid), "answer": "accept"})
    seen.append(await same_as_views(place, guest.room, client, peers[0]))
    await place.narrow(guest, mara)
    seen.append(await same_as_views(place, guest.room, client, peers[0]))
    await place.done("seats/ask", {**room, "kid": b64u(sol.kid), "purpose": "company"}, staff=mara)
    seen.append(await same_as_views(place, guest.room, client, peers[0]))
    await place.done("seats/come", {**room, "come": True}, staff=sol)
    seen.append(await same_as_views(place, guest.room, client, peers[0]))
    await place.done("rooms/rest", seat(guest))
    seen.append(await same_as_views(place, guest.room, client))
    for before, after in pairwise(seen):
        # An ask alone is not the client's to see; everything else moves both figures.
        assert before[0] != after[0] or before[1:] != after[1:]


@asynccontextmanager
async def untold(place: Town, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Nobody hears of what is committed."""
    with monkeypatch.context() as patch:
        for notice in ("committed", "room_changed", "report_decided", "queue_changed", "staff_changed"):
            patch.setattr(place.served.server.node.neighbours, notice, lambda *_: None)
        yield


Act = Callable[[], Awaitable[object]]


async def test_a_check_finds_what_became_of_a_room_and_each_page_hears_it_once(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    node, mara = place.served.server.node, place.cast.mara
    guest = await place.opened()
    room = {"room": b64u(guest.room)}
    async with place.tab() as client, place.tab(staff=mara) as peer:
        await client.enter(guest)
        async with untold(place, monkeypatch):
            await place.done("queue/claim", room, staff=mara)
        assert await node.hub.check() == [guest.room]
        assert (await client.until_kind("meet"))["kid"] == b64u(mara.kid)
        await peer.sit(guest.room)
        async with untold(place, monkeypatch):
            await place.done("queue/meet", {**seat(guest), "kid": b64u(mara.kid), "answer": "accept"})
        assert await node.hub.check() == [guest.room]
        assert (await peer.until_kind("room"))["purpose"] == "team-peer"
        async with untold(place, monkeypatch):
            await place.narrow(guest, mara)
            await place.http.post(
                "/api/messages/send",
                content=guest.secret + guest.next_frame().pack(),
                headers={"content-type": "application/octet-stream"},
            )
        await node.hub.check()
        await client.until(lambda frame: isinstance(frame, dict) and frame.get("state") == "talking")
        assert (await client.item()).seq == 1
        assert await node.hub.check() == []
        await client.say("ping")
        assert (await client.next()) == {"type": "pong"}
        async with untold(place, monkeypatch):
            await place.done("rooms/delete", seat(guest))
        await node.hub.check()
        for tab in (client, peer):
            assert (await tab.until_kind("error"))["code"] == "unknown"


async def test_another_life_of_the_store_ends_every_socket_and_the_next_one_is_told_its_id(
    place: Town,
) -> None:
    node = place.served.server.node
    guest = await place.talking()
    async with place.tab() as client, place.tab(staff=place.cast.mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        await node.check()
        await client.say("ping")
        await client.until_kind("pong")
        new = secrets.token_bytes(16)
        async with node._database.write() as tx:
            await tx.connection.execute(update(house).values(store=new))
        await node.check()
        for tab in (client, peer):
            assert await tab.closed() == CloseCode.GOING_AWAY
    assert list(node.hub.rooms) == []
    async with place.tab() as client:
        assert client.store == b64u(new)
        entered = await client.enter(guest)
        assert entered["store"] == b64u(new)
        await client.send(guest.next_frame())
        assert (await client.ack()).seq == 1


async def test_whoever_is_not_in_a_directory_that_nobody_told_of_is_out_within_a_round(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast, node = place.cast, place.served.server.node
    async with place.tab(staff=cast.mara) as gone, place.tab(staff=cast.sol) as stays:
        before = cast.directory(place.now)
        signed = cast.sign(without(before, cast.mara.kid, cast.peer_team))
        async with untold(place, monkeypatch):
            await place.publish(signed)
        node.hub.staff_changed()
        assert await gone.closed() == CloseCode.UNKNOWN
        await stays.say("ping")
        await stays.until_kind("pong")
