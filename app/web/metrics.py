"""What every process publishes of itself, and the page that shows it.

The page is there for whoever keeps the service, on their own network: `/metrics` answers only where
BESIDE_METRICS is set, and the web server in front never passes it on (docs/operations.md).
"""

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.kit import logs
from app.kit.metrics import CONTENT_TYPE, Published, Series, process_numbers
from app.web.assets import not_so

PATH = "/metrics"

PEOPLE = 20
"""What counts people is published in whole twenties."""

MEBIBYTE = 1 << 20

PROCESS = (
    Series(
        "beside_troubles_total",
        "Lines of the log that somebody should look into, by what they say.",
        "counter",
        label="event",
        labels=logs.TROUBLES,
    ),
    Series(
        "process_start_time_seconds", "When the newest process began, in unix seconds.", "gauge", over="max"
    ),
    Series("process_resident_memory_bytes", "Memory, in steps of 16 MiB.", "gauge", step=16 * MEBIBYTE),
    Series("process_cpu_seconds_total", "Processor time, in steps of 10 seconds.", "counter", step=10),
    Series("process_open_fds", f"Open files and connections, in steps of {PEOPLE}.", "gauge", step=PEOPLE),
    Series("process_max_fds", "How many files and connections may be open.", "gauge"),
)
"""What is known of any process; `process_…` under the names that dashboards look for."""


def own_numbers() -> dict[str, dict[str, float]]:
    """The numbers of PROCESS."""
    found = process_numbers()
    numbers = {series.name: found[series.name] for series in PROCESS if series.name in found}
    return {**numbers, "beside_troubles_total": {each: float(logs.troubles[each]) for each in logs.TROUBLES}}


class MetricsPage:
    """Answers GET with the numbers of this period."""

    def __init__(self, published: Published) -> None:
        self._published = published

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await not_so()(scope, receive, send)
            return
        await Response(await self._published.page(), media_type=CONTENT_TYPE)(scope, receive, send)
