"""`python -m tests.pages`: what `make bench-pages` runs. Writes docs/page-weight.md."""

import asyncio
import logging
import os
import platform
import tempfile
import time
from pathlib import Path

import structlog
from playwright.async_api import expect

from app.settings import Settings
from tests.browser.chromium import chromium
from tests.browser.house import found, house
from tests.load.machine import cpu_model
from tests.pages.leaving import LINES, PATIENCE, blank_after
from tests.pages.report import BLANK, Machine, Results, markdown
from tests.pages.slow_link import visit
from tests.pages.weight import until_room, until_sign_in
from tests.pages.wire import Link
from tests.serving import EASY_PROOF

REPORT = Path(__file__).parents[2] / "docs" / "page-weight.md"
CPUINFO = Path("/proc/cpuinfo")
SLOW = Link(bits=400_000, latency=400, times_slower=4)
TIMES = 5
TEAM = ("peer.html", "moderator.html")
AS_SERVED = {
    "mode": "production",
    **{name: Settings.model_fields[name].default for name in EASY_PROOF},
    # A talk of hundreds of lines is there in seconds.
    "messages_per_minute": 10**6,
}


async def measure(scratch: Path) -> tuple[Results, str]:
    """The whole run, and the browser's version."""
    founded = scratch / "founded" / "data"
    founded.parent.mkdir()
    await found(founded)
    expect.set_options(timeout=PATIENCE)
    async with house(founded, scratch / "data", **AS_SERVED) as place, chromium() as browser:
        results = Results(
            visits=[await visit(browser, place.url, SLOW) for _ in range(TIMES)],
            team={page: await until_sign_in(browser, place, page) for page in TEAM},
            # Before the room that nobody claims: each talk's peer meets who waits first.
            blank={
                slower: [await blank_after(browser, place, slower) for _ in range(TIMES)] for slower in BLANK
            },
            room=await until_room(browser, place),
        )
        return results, browser.version


def main() -> None:
    """Measure, write, and show."""
    # The server's lines would stand between the figures.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    begun, load = time.monotonic(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch:
        results, version = asyncio.run(measure(Path(scratch)))
    machine = Machine(
        cpu=cpu_model(CPUINFO.read_text("utf-8")),
        cores=len(os.sched_getaffinity(0)),
        load=load,
        system=f"{platform.system()} {platform.release().split('-')[0]}",
        browser=f"Chromium {version}",
    )
    report = markdown(results, machine, SLOW, LINES, time.monotonic() - begun)
    REPORT.write_text(report, "utf-8")
    os.write(1, report.encode())


if __name__ == "__main__":
    main()
