"""Behind the store's address lies a restored copy: all go on with it, and nothing of before slips in."""

import asyncio
import secrets
from typing import Any

import pytest
from sqlalchemy import make_url

from app.companion import body
from app.companion.events import Moved, OlderCopy
from app.conversations.ids import Conversations, StoreId
from app.conversations.messages.postgresql import PostgresqlBatches
from app.conversations.messages.rules import Placed
from app.conversations.messages.service import envelope_of
from app.conversations.store import Life, store_id
from app.kit.database import Database
from app.kit.errors import Unavailable
from app.live.frames import CloseCode
from app.wire.encoding import b64u, unb64u
from app.wire.frames import Ack
from app.wire.ids import CLIENT_SEAT
from app.wire.sizes import ID
from tests.engines import Postgres
from tests.faults.crowd import stored
from tests.faults.nodes.people import talk
from tests.faults.nodes.region import Region
from tests.faults.postgres import superuser
from tests.faults.stores import away
from tests.talkers import said_by, seat


class Copies:
    """A backup of the store, and its way back to the store's own address."""

    def __init__(self, store: str, server: Postgres) -> None:
        self._store = store
        self._server = server
        self._copy = ""
        self.id = secrets.token_bytes(ID)
        """Of the copy, once it is restored."""

    async def back_up(self) -> None:
        """Copy the store as it is. For that moment it is away."""
        async with away(self._store, self._server):
            self._copy = await self._server.copy(self._store)
        async with superuser(self._server, self._copy) as administrator:
            await administrator.execute("UPDATE house SET store = $1", self.id)

    async def restore(self) -> None:
        """The address leads to the copy; what was there before is gone."""
        lost, copy = make_url(self._store).database, make_url(self._copy).database
        async with self._server.administrator() as administrator:
            await administrator.execute(f"DROP DATABASE {lost} WITH (FORCE)")
            await administrator.execute(f"ALTER DATABASE {copy} RENAME TO {lost}")


@pytest.fixture
async def copies(store: str, both: Region, postgres_server: Postgres) -> Copies:
    return Copies(store, postgres_server)


async def test_both_nodes_close_their_sockets_and_welcome_them_to_the_copy(
    both: Region, copies: Copies
) -> None:
    guest, mara = await both.here.talking(), both.here.cast.mara
    await copies.back_up()
    async with both.here.tab() as client, both.there.tab(staff=mara) as peer:
        before = client.store
        assert peer.store == before
        assert (await client.enter(guest))["store"] == before
        await peer.sit(guest.room)
        await copies.restore()
        await both.check()
        assert await client.closed() == await peer.closed() == CloseCode.GOING_AWAY
    for town in both.towns:
        async with town.tab() as client:
            assert unb64u(client.store, ID) == copies.id != unb64u(before, ID)
            assert (await client.enter(guest))["store"] == b64u(copies.id)
        history = await town.done("rooms/history", {**seat(guest), "after": 0})
        assert history["store"] == b64u(copies.id)


async def test_what_a_socket_of_before_says_is_not_written_into_the_copy(
    both: Region, copies: Copies, store: str
) -> None:
    guest, mara = await both.here.talking(), both.here.cast.mara
    first, second, third = guest.next_frame(), guest.next_frame(), guest.frame(2)
    async with both.here.tab() as client, both.there.tab(staff=mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        await client.send(first)
        assert (await client.ack()).seq == (await peer.item()).seq == 1
        await copies.back_up()
        await client.send(second)
        assert await client.ack() == Ack(guest.room, 2, 2)
        assert (await peer.item()).seq == 2
        await copies.restore()
        # Both would be the next of the copy, which holds one of the client's and none of the peer's.
        await client.send(second)
        await peer.send(said_by(guest, mara, 1))
        for tab, n in ((client, 2), (peer, 1)):
            refused = {"type": "error", "code": "unavailable", "room": b64u(guest.room), "n": n}
            assert await tab.until_kind("error") == refused
        await both.check()
        assert await client.closed() == await peer.closed() == CloseCode.GOING_AWAY
    items, seq, _, _ = await stored(store, guest.room)
    assert ([item.com for item in items], seq) == ([first.com], 1)
    async with both.there.tab() as client:
        assert (await client.enter(guest))["seq"] == 1
        await client.send(third)
        assert await client.ack() == Ack(guest.room, 2, 2)


async def test_what_a_page_says_before_it_hears_that_its_socket_is_closed_is_not_written_into_the_copy(
    both: Region, copies: Copies, store: str
) -> None:
    guest = await both.here.talking()
    await copies.back_up()
    async with both.here.tab() as client:
        await client.enter(guest)
        await copies.restore()
        # The line is slow: the page does not read yet that it is told to come back.
        client.socket.transport.pause_reading()
        await both.check()
        await client.send(guest.next_frame())
        client.socket.transport.resume_reading()
        assert await client.closed() == CloseCode.GOING_AWAY
    async with both.there.tab() as client:
        assert (await client.enter(guest))["seq"] == 0
        # Whatever was said is on the disk before this is.
        await client.send(guest.next_frame())
        assert (await client.until_kind("error"))["code"] == "gap_sender"
    assert (await stored(store, guest.room))[1] == 0


async def test_what_waits_for_the_writer_when_the_store_becomes_another_is_not_written_into_the_copy(
    both: Region, copies: Copies, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = await both.here.talking()
    await copies.back_up()
    connected, line = PostgresqlBatches._connected, asyncio.Event()

    async def slowly(batches: PostgresqlBatches, life: bytes) -> Any:
        await line.wait()
        return await connected(batches, life)

    monkeypatch.setattr(PostgresqlBatches, "_connected", slowly)
    async with both.here.tab() as client:
        await client.enter(guest)
        await copies.restore()
        frame = guest.next_frame()
        # The first waits for a line to the store, the same again behind it for the writer.
        for _ in range(2):
            await client.send(frame)
            await client.say("ping")
            await client.until_kind("pong")
        await both.check()
        line.set()
        assert await client.closed() == CloseCode.GOING_AWAY
    async with both.here.tab() as client:
        assert (await client.enter(guest))["seq"] == 0
        await client.send(guest.next_frame())
        assert (await client.until_kind("error"))["code"] == "gap_sender"
    assert (await stored(store, guest.room))[1] == 0


async def test_both_screens_say_that_words_are_gone_and_talk_on_under_new_keys(
    both: Region, copies: Copies
) -> None:
    async with talk(both.here, both.here.served.url, both.there.served.url) as two:
        await two.exchange("kept")
        kept = two.peer.rooms[two.room].transcript.seq
        await copies.back_up()
        await two.exchange("lost")
        await copies.restore()
        await two.client.say_here(body.text("in doubt"))
        await both.check()
        for screen in (two.clients, two.peers):
            told = await screen.meets(OlderCopy)
            assert (told.room, told.seq) == (two.room, kept)
        assert two.client.room is not None
        epoch = two.client.room.ke
        await two.client.go_on()
        await two.peers.meets(Moved)
        two.peer.rooms[two.room].go_on()
        await two.peers.shows("in doubt")
        assert two.client.room.ke > epoch
        await two.peer.say(two.room, body.text("after all"))
        await two.clients.shows("after all")


async def test_a_batch_that_was_on_its_way_when_the_store_became_another_is_not_written_into_it(
    both: Region, store: str
) -> None:
    guest = await both.here.talking()
    database = Database[Conversations](store)
    present = await store_id(database)
    await database.close()
    life = Life(StoreId(bytes(ID)))
    batches = PostgresqlBatches(make_url(store), life)
    envelope = envelope_of(CLIENT_SEAT, guest.next_frame())
    writing = asyncio.create_task(batches.commit([envelope], 0))
    await asyncio.sleep(0)
    # While the line is made, this node learns of the copy: but these words were said to the one before.
    life.store = present
    with pytest.raises(Unavailable):
        await writing
    [outcome] = await batches.commit([envelope], 0)
    assert isinstance(outcome, Placed)
    # And the other way round: a line that still leads to the one before is not used for the next.
    life.store = StoreId(bytes(ID))
    with pytest.raises(Unavailable):
        await batches.commit([envelope_of(CLIENT_SEAT, guest.next_frame())], 0)
    await batches.close()
    assert (await stored(store, guest.room))[1] == 1
