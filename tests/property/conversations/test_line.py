"""The line has one order: in the store, in the rules, and in what clients are told."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from app.conversations import tables
from app.conversations.ids import RoomId
from app.conversations.queue import offer_store, store
from app.conversations.queue.rules import HERE, LONG_NOTE, spoken, turn_of
from app.conversations.queue.store import Listed
from app.conversations.rooms.rules import State
from tests.builders import NOW, Stage, opened, rows, stage_on


@pytest.fixture
async def stage(engine_url: str) -> AsyncIterator[Stage]:
    async with stage_on(engine_url) as stage:
        yield stage


edges = {
    "language": st.sampled_from(["en", "en-US", "es", "e", "eng"]),
    "urgent": st.booleans(),
    "note": st.booleans(),
    "waited": st.sampled_from([0, 1, LONG_NOTE - 1, LONG_NOTE, LONG_NOTE + 1]),
    "unseen": st.sampled_from([0, HERE, HERE + 1, 10 * LONG_NOTE]),
}
lines = st.lists(st.fixed_dictionaries(edges), max_size=8)


async def in_line(stage: Stage, line: list[dict[str, Any]], like: Any, room: Any) -> None:
    """Only these wait; in an order of ids that is not the order in which they came."""
    ids = [bytes([251 * number % 256]) * 16 for number in range(len(line))]
    async with stage.db.write() as tx:
        for table in (tables.tickets, tables.rooms):
            await tx.connection.execute(delete(table))
        for each, own in zip(line, ids, strict=True):
            changes = {name: each[name] for name in ("language", "urgent", "note")}
            moments = {"waiting_since": NOW - each["waited"], "seen_at": NOW - each["unseen"]}
            await tx.connection.execute(insert(tables.rooms).values({**room._asdict(), "id": own}))
            await tx.connection.execute(
                insert(tables.tickets).values({**like._asdict(), "room": own, **changes, **moments})
            )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=lines)
async def test_the_store_puts_who_waits_in_the_order_of_the_rules(
    stage: Stage, line: list[dict[str, Any]]
) -> None:
    like, room = await a_ticket_and_its_room(stage)
    await in_line(stage, line, like, room)
    async with stage.db.read() as tx:
        found = await tx.connection.execute(tables.tickets.select())
        everybody = [Listed(RoomId(row.room), store.place_of(row)) for row in found]
        able = [each for each in everybody if each.place.ticket.note or each.place.seen_at >= NOW - HERE]
        able.sort(key=lambda each: turn_of(store.waiter_of(each, NOW), NOW))
        told = await store.all_ahead(tx, NOW)
        assert set(told) == {each.room for each in able}
        for each in everybody:
            mine = turn_of(store.waiter_of(each, NOW), NOW)
            own = spoken(each.place.ticket.language)
            before = [
                other
                for other in able
                if spoken(other.place.ticket.language) == own
                and turn_of(store.waiter_of(other, NOW), NOW) < mine
            ]
            assert await store.ahead(tx, each.room, each.place, NOW) == len(before)
            assert told.get(each.room, len(before)) == len(before)
        english = [each for each in able if spoken(each.place.ticket.language) == "en"]
        for start in (None, *english):
            behind = await offer_store.line(tx, ["en"], NOW, behind=start)
            assert behind == english[0 if start is None else english.index(start) + 1 :]
        assert await offer_store.line(tx, [], NOW, behind=None) == []


async def a_ticket_and_its_room(stage: Stage) -> tuple[Any, Any]:
    guest = await opened(stage)
    [room] = await rows(stage, tables.rooms, guest.room)
    [like] = await rows(stage, tables.tickets, guest.room)
    assert room.state == State.WAITING.value
    return like, room
