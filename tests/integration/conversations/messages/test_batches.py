"""Batches on both engines: what an outcome says is what the store holds."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, insert, select

from app.conversations.errors import GapSender, NConflict, Unknown
from app.conversations.ids import Conversations
from app.conversations.messages.batches import Batches
from app.conversations.messages.postgresql import PostgresqlBatches
from app.conversations.messages.rules import Envelope, Outcome, Placed, Repeated
from app.conversations.messages.sqlite import SqliteBatches
from app.conversations.messages.store import PAGE_BYTES, append, page
from app.conversations.rooms.store import tip as tip_of_room
from app.conversations.store import Life
from app.conversations.tables import messages, rooms, seats
from app.kit.database import Database
from app.wire.ids import CLIENT_SEAT, RoomId, SeatId
from app.wire.sizes import CT_SIZES
from app.wire.transcript import chain_next, chain_start, header

PEER = SeatId(b"p" * 16)
TODAY = 20_000


def room_id(i: int) -> RoomId:
    return RoomId(i.to_bytes(16, "big"))


ROOM = room_id(1)


def message(n: int, *, room: RoomId = ROOM, seat: SeatId = CLIENT_SEAT, com: bytes | None = None) -> Envelope:
    return Envelope(room, seat, 1, n, com or bytes([n % 256]) * 32, b"x" * 1040)


def take_back(n: int, of: int, room: RoomId = ROOM) -> Envelope:
    return Envelope(room, CLIENT_SEAT, 1, n, b"t" * 32, b"y" * 1040, erases=of)


@pytest.fixture
async def database(engine_url: str) -> AsyncIterator[Database[Conversations]]:
    database = Database[Conversations](engine_url)
    yield database
    await database.close()


@pytest.fixture
async def batches(database: Database[Conversations]) -> AsyncIterator[Batches]:
    batches = await new_batches(database)
    yield batches
    await batches.close()


async def new_batches(database: Database[Conversations]) -> Batches:
    if database.is_sqlite:
        return SqliteBatches(str(database.url.database))
    return PostgresqlBatches(database.url, await Life.of(database))


async def add_room(database: Database[Conversations], room: RoomId, state: str = "talking") -> None:
    async with database.write() as tx:
        await tx.connection.execute(
            insert(rooms).values(
                id=room,
                secret_hash=bytes(32),
                wrap=bytes(593),
                state=state,
                ke=1,
                needs_rekey=False,
                opened_day=TODAY,
                expires_day=TODAY + 30,
            )
        )
        for seat, kid in ((CLIENT_SEAT, None), (PEER, b"k" * 16)):
            await tx.connection.execute(insert(seats).values(room=room, seat=seat, kid=kid, open=True))


async def commit(batches: Batches, *envelopes: Envelope) -> list[Outcome]:
    return await batches.commit(envelopes, TODAY + 30)


async def row_of(database: Database[Conversations], room: RoomId) -> tuple[int, bytes, int]:
    async with database.read() as tx:
        tip = await tip_of_room(tx, room)
        kept = await tx.connection.execute(select(rooms.c.expires_day).where(rooms.c.id == room))
        return tip.seq, tip.head, kept.scalar_one()


async def test_a_batch_over_many_rooms_is_in_order_and_chained(
    database: Database[Conversations], batches: Batches
) -> None:
    for i in (1, 2):
        await add_room(database, room_id(i))
    outcomes = await commit(
        batches, message(1), message(1, room=room_id(2)), message(1, seat=PEER), message(2)
    )
    assert [o.item.seq for o in outcomes if isinstance(o, Placed)] == [1, 1, 2, 3]
    head = chain_start(ROOM)
    async with database.read() as tx:
        for item in await page(tx, ROOM, 0):
            head = chain_next(head, item.seq, header(ROOM, item.ke, item.seat, item.n), item.com)
    assert (await row_of(database, ROOM))[:2] == (3, head)


async def test_one_bad_message_fails_alone(database: Database[Conversations], batches: Batches) -> None:
    await add_room(database, ROOM)
    outcomes = await commit(
        batches,
        message(1),
        message(3),
        message(1, room=room_id(9)),
        take_back(2, of=2**32 - 1),
        message(2),
    )
    assert [type(o) for o in outcomes] == [Placed, GapSender, Unknown, Unknown, Placed]
    assert (await row_of(database, ROOM))[0] == 2


async def test_a_damaged_room_is_unknown_and_harms_no_other(
    database: Database[Conversations], batches: Batches
) -> None:
    for i in (1, 2):
        await add_room(database, room_id(i))
    async with database.write() as tx:
        row = {"room": ROOM, "seq": 1, "seat": CLIENT_SEAT, "ke": 1, "n": 1, "com": bytes(32), "ct": b"x"}
        await tx.connection.execute(insert(messages).values(row))
    outcomes = await commit(batches, message(2), message(1, room=room_id(2)))
    assert [type(o) for o in outcomes] == [Unknown, Placed]


async def test_a_repeat_in_the_same_or_a_later_batch_keeps_its_number_and_one_copy(
    database: Database[Conversations], batches: Batches
) -> None:
    await add_room(database, ROOM)
    assert (await commit(batches, message(1), message(1)))[1] == Repeated(1)
    assert (await commit(batches, message(2), message(1)))[1] == Repeated(1)
    assert await commit(batches, message(1), message(2)) == [Repeated(1), Repeated(2)]
    assert isinstance((await commit(batches, message(1, com=b"o" * 32)))[0], NConflict)
    async with database.read() as tx:
        assert (await tx.connection.execute(select(func.count()).select_from(messages))).scalar_one() == 2


async def test_a_take_back_empties_its_row_with_the_message_that_says_so(
    database: Database[Conversations], batches: Batches
) -> None:
    await add_room(database, ROOM)
    await commit(batches, message(1), message(1, seat=PEER))
    [outcome] = await commit(batches, take_back(2, of=1))
    assert isinstance(outcome, Placed)
    assert outcome.emptied is not None
    async with database.read() as tx:
        assert [(i.seq, len(i.ct)) for i in await page(tx, ROOM, 0)] == [(1, 0), (2, 1040), (3, 1040)]
    assert isinstance((await commit(batches, take_back(3, of=2)))[0], Unknown)


async def test_a_room_in_use_is_kept_from_its_last_day_and_never_beyond_a_year(
    database: Database[Conversations], batches: Batches
) -> None:
    await add_room(database, ROOM)
    await batches.commit([message(1)], TODAY + 40)
    assert (await row_of(database, ROOM))[2] == TODAY + 40
    await batches.commit([message(2)], TODAY + 20)
    assert (await row_of(database, ROOM))[2] == TODAY + 40
    await batches.commit([message(3)], TODAY + 900)
    assert (await row_of(database, ROOM))[2] == TODAY + 365


async def test_an_append_in_another_use_case_follows_the_same_rules(
    database: Database[Conversations], batches: Batches
) -> None:
    await add_room(database, ROOM)
    await commit(batches, message(1))
    async with database.write() as tx:
        assert (await append(tx, message(2))).seq == 2
        assert (await append(tx, message(2))).seq == 2
    with pytest.raises(GapSender):
        async with database.write() as tx:
            await append(tx, message(9))
    assert [type(o) for o in await commit(batches, message(3))] == [Placed]


async def test_two_writers_at_once_leave_no_gap_and_no_double(
    database: Database[Conversations], batches: Batches
) -> None:
    """Two nodes, or two processes on one file: the engine puts their batches in order."""
    await add_room(database, ROOM)
    other = await new_batches(database)
    try:
        for n in range(1, 21):
            await asyncio.gather(commit(batches, message(n)), commit(other, message(n, seat=PEER)))
    finally:
        await other.close()
    async with database.read() as tx:
        items = await page(tx, ROOM, 0)
    assert [item.seq for item in items] == list(range(1, 41))
    assert [i.n for i in items if i.seat == PEER] == list(range(1, 21))


async def test_a_page_of_long_messages_is_cut_by_its_size_and_goes_on_where_it_ended(
    database: Database[Conversations], batches: Batches
) -> None:
    await add_room(database, ROOM)
    long = [message(n)._replace(ct=b"x" * CT_SIZES[-1]) for n in range(1, 51)]
    await commit(batches, *long)
    seen: list[int] = []
    async with database.read() as tx:
        while items := await page(tx, ROOM, len(seen)):
            assert sum(len(item.ct) for item in items) <= PAGE_BYTES
            seen += [item.seq for item in items]
    assert seen == list(range(1, 51))
