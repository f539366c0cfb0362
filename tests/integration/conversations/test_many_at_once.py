"""Everybody at once, and a long line: nothing half done, nobody waits for somebody else's rows."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from app.companion.keys import StaffKey
from app.conversations import tables
from app.conversations.queue.directory import publish
from app.conversations.rooms import service as rooms
from app.conversations.rooms.rules import State
from app.kit.errors import Refusal
from tests.builders import (
    NOW,
    Stage,
    another_node,
    opened,
    rekeyed,
    rows,
    talking,
    view,
)
from tests.cast import without


@contextmanager
def statements(stage: Stage) -> Iterator[list[str]]:
    """What goes to the engine meanwhile."""
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    engines = {stage.db._writer.sync_engine, stage.db._reader.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield seen
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


async def test_a_claim_costs_the_same_in_a_long_line(stage: Stage) -> None:
    costs = []
    for _ in range(2):
        guest = await opened(stage)
        with statements(stage) as asked:
            await stage.queue.claim(stage.staff(stage.cast.mara, limit=9), guest.room)
        costs.append(asked)
        for _ in range(15):
            await opened(stage)
    assert costs[0] == costs[1]
    assert len(costs[0]) <= 14


async def test_a_departure_in_the_middle_of_everything_leaves_no_seat_behind(
    stage: Stage, engine_url: str
) -> None:
    guests = [await opened(stage) for _ in range(6)]
    await talking(stage, guests[0], stage.cast.mara)
    mara, sol = stage.staff(stage.cast.mara, limit=9), stage.staff(stage.cast.sol, limit=9)
    gone = stage.cast.sign(without(stage.cast.directory(NOW), mara.kid, StaffKey.generate()))
    async with another_node(engine_url, stage.cast, stage.signing, stage.clock) as node:
        await node.house.admission.refresh()
        answers = await asyncio.gather(
            node.queue.claim(mara, guests[1].room),
            rekeyed(stage, guests[0], to=[stage.cast.mara]),
            publish(stage.house, gone),
            stage.queue.seen([guest.room for guest in guests]),
            node.queue.claim(mara, guests[2].room),
            node.queue.claim(sol, guests[2].room),
            rooms.rest(node.house, guests[3].caller),
            node.queue.seen([guest.room for guest in reversed(guests)]),
            node.queue.sweep(),
            rooms.delete(stage.house, guests[4].caller),
            node.queue.claim(mara, guests[5].room),
            return_exceptions=True,
        )
    assert not [a for a in answers if isinstance(a, BaseException) and not isinstance(a, Refusal)]
    assert "Unavailable" not in {type(answer).__name__ for answer in answers}
    for guest in guests:
        assert not [seat for seat in await rows(stage, tables.seats, guest.room) if seat.kid and seat.open]
        assert mara.kid not in {seal.kid for seal in await rows(stage, tables.seals, guest.room)}
        assert mara.kid not in {each.kid for each in await rows(stage, tables.meetings, guest.room)}
    first = await view(stage, guests[0].caller, guests[0].room)
    assert (first.state, first.needs_rekey) == (State.RESTING, True)
