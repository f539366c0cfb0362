"""How long it takes, as it is told: from the waits of the last two hours, and from the line as it is now."""

from app.conversations.queue import store
from app.conversations.queue.rules import HERE, Range
from app.conversations.queue.service import Queue
from app.conversations.rooms import service as rooms
from tests.builders import Guest, Stage, opened, ticket


async def told(stage: Stage) -> dict[str, Range]:
    """What everybody is told who asks."""
    async with stage.db.read() as tx:
        return (await Queue(stage.house).outlook(tx)).waits


async def told_in_line(stage: Stage, guest: Guest) -> tuple[int | None, int | None]:
    """The range that this client is told."""
    async with stage.db.read() as tx:
        wait = await Queue(stage.house).wait_of(tx, guest.room)
    assert wait is not None
    return wait.low, wait.high


async def met_lately(stage: Stage, language: str, minutes: list[int]) -> None:
    async with stage.db.write() as tx:
        for each in minutes:
            await store.add_sample(tx, language, each, stage.now)


async def test_under_eleven_waits_nothing_is_told_however_long_the_line(stage: Stage) -> None:
    guest = await opened(stage)
    await met_lately(stage, "en", [3] * 10)
    assert (await told(stage), await told_in_line(stage, guest)) == ({}, (None, None))
    await met_lately(stage, "en", [3])
    assert (await told(stage), await told_in_line(stage, guest)) == ({"en": Range(3, 11)}, (3, 11))


async def test_what_everybody_is_told_does_not_show_who_comes_and_goes(stage: Stage) -> None:
    await met_lately(stage, "en", [3] * 30)
    before = await told(stage)
    guests = [await opened(stage) for _ in range(12)]
    assert await told(stage) == before == {"en": Range(3, 4)}
    await rooms.rest(stage.house, guests[0].caller)
    assert await told(stage) == before


async def test_the_range_reaches_as_far_as_the_line_of_its_language(stage: Stage) -> None:
    await met_lately(stage, "en", [3] * 30)
    await met_lately(stage, "es", [3] * 30)
    spanish = await opened(stage, ticket("es"))
    first, *others = [await opened(stage, ticket(language)) for language in ("en", "en-US", "en")]
    for guest, high in ((spanish, 4), (first, 12), *((other, 12) for other in others)):
        assert await told_in_line(stage, guest) == (3, high)
    await rooms.rest(stage.house, first.caller)
    for guest in others:
        assert await told_in_line(stage, guest) == (3, 8)


async def test_whoever_asks_is_not_in_front_of_themselves(stage: Stage) -> None:
    await met_lately(stage, "en", [3] * 30)
    guest = await opened(stage)
    # Alone in line they are told what everybody is told, with a sign of the page just now or long ago.
    for seconds in (0, HERE + 1):
        stage.clock.advance(seconds)
        assert await told_in_line(stage, guest) == (3, 4)
    await opened(stage)
    assert await told_in_line(stage, guest) == (3, 8)


async def test_notes_of_those_who_have_gone_are_not_counted_in_line(stage: Stage) -> None:
    guest, *_ = [await opened(stage, ticket(note=True)) for _ in range(3)]
    await met_lately(stage, "en", [3] * 30)
    assert await told_in_line(stage, guest) == (3, 12)
    stage.clock.advance(HERE + 1)
    await stage.queue.seen([guest.room])
    assert await told_in_line(stage, guest) == (3, 4)
