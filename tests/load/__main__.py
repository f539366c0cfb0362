"""`python -m tests.load [--quick] [--only PART,…]`: what `make bench` runs.

Only a whole run, with every part, writes docs/benchmarks.md.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import NoReturn

import uvloop

from tests.load.bench import PARTS, measure
from tests.load.machine import Machine
from tests.load.plan import QUICK, WHOLE, Plan
from tests.load.processes import Cores, raise_descriptor_limit
from tests.load.report import markdown
from tests.load.staff import STAFF, staff_of
from tests.load.systems import Systems

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "docs" / "benchmarks.md"


async def run(plan: Plan, parts: list[str], scratch: Path) -> str:
    """The report of a run of these parts."""
    began = time.monotonic()
    cores = Cores.of_this_machine()
    machine = Machine.this(scratch)
    if cores.generator is not None:
        os.sched_setaffinity(0, {cores.generator})
    results = await measure(Systems(scratch, cores, staff_of(STAFF)), plan, parts)
    return markdown(results, machine, plan, time.monotonic() - began)


def main() -> None:
    """Read the command line; run; print the report."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller and rougher; writes no file")
    parser.add_argument("--only", type=_parts, default=list(PARTS), metavar="PART,…", help=", ".join(PARTS))
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, _leave)
    raise_descriptor_limit()
    with tempfile.TemporaryDirectory(dir=_scratch_disk(), prefix="run-") as scratch:
        report = uvloop.run(run(QUICK if arguments.quick else WHOLE, arguments.only, Path(scratch)))
    sys.stdout.write(report)
    if not arguments.quick and arguments.only == list(PARTS):
        REPORT.write_text(report)


def _parts(text: str) -> list[str]:
    chosen = text.split(",")
    if unknown := [name for name in chosen if name not in PARTS]:
        raise argparse.ArgumentTypeError(f"no such part: {', '.join(unknown)}")
    return [name for name in PARTS if name in chosen]


def _scratch_disk() -> Path:
    # Not the machine's folder for temporary files: that may be memory, where a commit costs nothing.
    folder = ROOT / ".bench"
    folder.mkdir(exist_ok=True)
    return folder


def _leave(*_: object) -> NoReturn:
    # As an exception, so that every server started here is ended on the way out.
    raise SystemExit(143)


if __name__ == "__main__":
    main()
