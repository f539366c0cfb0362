"""How long it takes, as it is told: from the waits of the last two hours and the line as it is now."""

from app.conversations.queue import store
from app.conversations.queue.rules import HERE, Range
from app.conversations.rooms import service as rooms
from tests.builders import Stage, opened, ticket


async def told(stage: Stage) -> dict[str, Range]:
    async with stage.db.read() as tx:
        return await stage.queue.waits(tx)


async def met_lately(stage: Stage, language: str, minutes: list[int]) -> None:
    async with stage.db.write() as tx:
        for each in minutes:
            await store.add_sample(tx, language, each, stage.now)


async def test_under_eleven_waits_nothing_is_told_however_long_the_line(stage: Stage) -> None:
    await opened(stage)
    await met_lately(stage, "en", [3] * 10)
    assert await told(stage) == {}
    await met_lately(stage, "en", [3])
    assert await told(stage) == {"en": Range(3, 11)}


async def test_the_range_reaches_as_far_as_the_line_of_its_language(stage: Stage) -> None:
    await met_lately(stage, "en", [3] * 30)
    await met_lately(stage, "es", [3] * 30)
    assert await told(stage) == {"en": Range(3, 4), "es": Range(3, 4)}
    guests = [await opened(stage, ticket(language)) for language in ("en", "en-US", "en")]
    assert await told(stage) == {"en": Range(3, 12), "es": Range(3, 4)}
    await rooms.rest(stage.house, guests[0].caller)
    assert await told(stage) == {"en": Range(3, 8), "es": Range(3, 4)}


async def test_notes_of_those_who_have_gone_are_not_counted_in_line(stage: Stage) -> None:
    for _ in range(3):
        await opened(stage, ticket(note=True))
    await met_lately(stage, "en", [3] * 30)
    assert await told(stage) == {"en": Range(3, 12)}
    stage.clock.advance(HERE + 1)
    assert await told(stage) == {"en": Range(3, 4)}
