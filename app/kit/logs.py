"""What may be written to the log: event names and fields from a closed list.

A log line never holds content, a name, a token, a room id or an address
(docs/protocol.md, 15). The filter below drops every field that is not listed, so that a
careless call leaks nothing.
"""

import io
import logging
import sys
from contextlib import suppress
from typing import TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

FIELDS = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "method",
        "path",
        "status",
        "size",
        "duration",
        "error",
        "where",
        "count",
        "days",
        "house",
        "port",
        "version",
    }
)


def configure(level: str = "INFO") -> None:
    """JSON lines on standard error; libraries may only warn.

    uvicorn at info prints the address and query string of every socket, hence "warning".
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            keep_listed_fields,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(Lossy(sys.stderr)),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s", force=True)


class Lossy(io.TextIOBase):
    """A stream that drops what it cannot write: a log on a full disk must not end a request or a round."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


def keep_listed_fields(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Drop every field that is not in FIELDS."""
    return {key: value for key, value in event.items() if key in FIELDS}
