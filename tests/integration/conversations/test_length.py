"""How long the line is, as its keeper is told: how many, and the longest wait of those who can be met."""

from app.conversations.queue.length import Length, length
from app.conversations.queue.rules import HERE
from app.conversations.rooms import service as rooms
from tests.builders import Stage, opened, talking, ticket


async def told(stage: Stage) -> Length:
    async with stage.db.read() as tx:
        return await length(tx, stage.now)


async def test_who_waits_is_counted_by_kind_and_who_was_met_or_left_is_not(stage: Stage) -> None:
    assert await told(stage) == Length(0, 0, 0)
    met, left = await opened(stage), await opened(stage)
    stage.clock.advance(60)
    await opened(stage)
    await opened(stage, ticket(note=True))
    assert await told(stage) == Length(here=4, notes=1, oldest=60)

    await talking(stage, met, stage.cast.mara)
    await rooms.rest(stage.house, left.caller)

    assert await told(stage) == Length(here=2, notes=1, oldest=0)


async def test_whose_page_is_closed_counts_as_a_note_or_not_at_all(stage: Stage) -> None:
    await opened(stage)
    await opened(stage, ticket(note=True))
    stage.clock.advance(HERE + 1)

    assert await told(stage) == Length(here=0, notes=1, oldest=HERE + 1)
