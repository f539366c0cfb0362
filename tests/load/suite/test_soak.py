"""The soak in small: it plays everything that an hour of it plays, and its report says so."""

from tests.load.soak import memory_slope, report, soaking
from tests.load.systems import Systems

SECONDS = 4.0


async def test_a_short_soak_plays_everything_loses_nothing_and_reports_memory_files_and_threads(
    systems: Systems,
) -> None:
    async with soaking(systems, 10) as soak:
        await soak.run(SECONDS)
    counts = soak.tally.counts
    assert min(counts[what] for what in ("messages", "claims", "storms")) > 0
    assert counts["joins"] >= 20 * (1 + counts["storms"])
    told = report(soak.tally, SECONDS)
    assert f"{counts['messages']:,} messages" in told
    assert str(memory_slope(soak.tally.looks)) in told
    assert "Open files: " in told
    assert "Threads: " in told
