"""A line cut for a minute in the middle of a send: the message is said again, and is there once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from app.companion import body
from app.companion.api import Api
from app.companion.client import Client
from app.companion.demo.cast import make_cast
from app.companion.peer import Peer
from app.kit.clock import ManualClock, SystemClock
from app.wire.frames import Ack, Item
from app.wire.ids import CLIENT_SEAT
from tests.faults.crowd import stored
from tests.faults.tunnel import Tunnel, tunnelled
from tests.integration.companion.people import Place, begin, heard, meet
from tests.serving import serving, settings_for
from tests.talkers import Town, said_by

MINUTE = 60
NOTHING, HALF, WHOLE = 0, 500, 1 << 20
"""Bytes of the message that still get to the server."""


@pytest.fixture
async def line(place: Town) -> AsyncIterator[tuple[Tunnel, Town]]:
    """The town as it is seen through a tunnel."""
    async with tunnelled(place.served) as (tunnel, served):
        yield tunnel, replace(place, served=served)


@pytest.mark.parametrize("still_up", [NOTHING, HALF, WHOLE], ids=["nothing", "half", "all but the ack"])
@pytest.mark.parametrize("late", [False, True], ids=["lost", "late"])
async def test_a_message_in_the_tunnel_is_there_once_whatever_became_of_its_first_try(
    place: Town,
    line: tuple[Tunnel, Town],
    clock: ManualClock,
    engine_url: str,
    still_up: int,
    late: bool,
) -> None:
    tunnel, away = line
    guest = await place.talking()
    first, second = guest.next_frame(), guest.next_frame()
    async with place.tab(staff=place.cast.mara) as peer:
        await peer.sit(guest.room)
        async with away.tab() as client:
            await client.enter(guest)
            tunnel.enter(still_up=still_up)
            await client.send(first)
            await tunnel.swallowed()
            clock.advance(MINUTE)
            tunnel.leave(late=late)
            client.socket.transport.abort()
        async with away.tab() as client:
            await client.enter(guest)
            await client.send(first)
            assert await client.ack() == Ack(guest.room, 1, 1)
            await client.send(second)
            assert await client.ack() == Ack(guest.room, 2, 2)
        assert [(await peer.item()).com for _ in range(2)] == [first.com, second.com]
    items, seq, _, counts = await stored(engine_url, guest.room)
    assert ([item.com for item in items], seq, counts[CLIENT_SEAT]) == ([first.com, second.com], 2, 2)


async def test_what_was_said_meanwhile_is_heard_once_after_the_tunnel(
    place: Town, line: tuple[Tunnel, Town], clock: ManualClock
) -> None:
    tunnel, away = line
    guest, mara = await place.talking(), place.cast.mara
    async with place.tab(staff=mara) as peer:
        await peer.sit(guest.room)
        async with away.tab() as client:
            await client.enter(guest)
            await peer.send(said_by(guest, mara, 1))
            assert (await client.item()).seq == 1
            tunnel.enter()
            await peer.send(said_by(guest, mara, 2))
            await tunnel.swallowed()
            clock.advance(MINUTE)
            tunnel.leave(late=False)
            client.socket.transport.abort()
        async with away.tab() as client:
            await client.enter(guest, after=1)
            assert (await client.item()).seq == 2
            await client.say("ping")
            # One copy: no further message comes before the answer.
            while (frame := await client.next()) != {"type": "pong"}:
                assert not isinstance(frame, Item)


async def at_once(_: float) -> None:
    """Waits for no time, but lets others go on."""
    await asyncio.sleep(0)


async def test_a_person_in_the_tunnel_says_it_again_by_themselves_and_is_heard_once(tmp_path: Path) -> None:
    clock = ManualClock(SystemClock().now())
    settings = settings_for(tmp_path / "data")
    async with AsyncExitStack() as stack:
        served = await stack.enter_async_context(serving(settings, clock))
        code = (settings.data / "setup-code").read_text("ascii").strip()
        cards = {card.alias: card for card in await make_cast(served.url, code)}
        tunnel, away = await stack.enter_async_context(tunnelled(served))
        api, far = [await stack.enter_async_context(Api(url)) for url in (served.url, away.url)]
        session = await Place(served.url, cards).sign_in("Mara", api)
        mara = await stack.enter_async_context(Peer(session, clock=clock, sleep=at_once))
        client = await stack.enter_async_context(await Client.make(far, clock=clock, sleep=at_once))
        await begin(client)
        room = await meet(client, mara)
        for n, late in enumerate((False, True)):
            tunnel.enter(still_up=WHOLE)
            await client.say_here(body.text(f"words {n}"))
            await heard(mara, f"words {n}")
            clock.advance(MINUTE)
            tunnel.leave(late=late)
            await client.say_here(body.text(f"after {n}"))
            await heard(mara, f"after {n}")
            await heard(client, f"after {n}")
        spoken = [said for said in (mara.rooms[room], client.room) if said is not None]
        assert {said.transcript.seq for said in spoken} == {6}  # hi, hello, and four times words
