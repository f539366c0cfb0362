"""`python -m tests.pages`: what `make bench-pages` runs. Writes docs/page-weight.md."""

import asyncio
import logging
import os
import tempfile
from pathlib import Path

import structlog

from tests.browser.chromium import chromium
from tests.browser.house import found, house
from tests.load.machine import cpu_model
from tests.pages.first_visit import Link, visit
from tests.pages.leaving import LINES, blank_after
from tests.pages.report import BLANK, Results, markdown

REPORT = Path(__file__).parents[2] / "docs" / "page-weight.md"
SLOW = Link(bits=400_000, latency=400, times_slower=4)
TIMES = 5
CPUINFO = Path("/proc/cpuinfo").read_text("utf-8")


async def measure(scratch: Path) -> str:
    """The whole run; its report."""
    founded = scratch / "founded" / "data"
    founded.parent.mkdir()
    await found(founded)
    async with chromium() as browser:
        async with house(founded, scratch / "visits", mode="production") as place:
            visits = [await visit(browser, place.url, SLOW) for _ in range(TIMES)]
        blank: dict[int, list[float]] = {times: [] for times in BLANK}
        for number in range(TIMES):
            for times, took in blank.items():
                # A house for each: whoever leaves keeps their peer's place taken.
                folder = scratch / f"leaving-{number}-{times}"
                async with house(founded, folder, mode="production", messages_per_minute=10**9) as place:
                    took.append(await blank_after(browser, place, times))
        machine = {
            "cpu": cpu_model(CPUINFO),
            "cores": f"{len(os.sched_getaffinity(0))}",
            "browser": f"Chromium {browser.version}",
        }
    return markdown(Results(visits, blank), SLOW, LINES, machine)


def main() -> None:
    """Measure, write, and show."""
    # The server's lines would stand between the figures.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with tempfile.TemporaryDirectory() as scratch:
        report = asyncio.run(measure(Path(scratch)))
    REPORT.write_text(report, "utf-8")
    os.write(1, report.encode())


if __name__ == "__main__":
    main()
