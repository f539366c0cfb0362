"""What may be written to the log: event names and fields from a closed list.

A log line never holds content, a name, a token, a room id or an address
(docs/protocol.md, 15). The filter below drops every field that is not listed, so that a
careless call leaks nothing.
"""

import logging
import sys
from collections import Counter
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

TROUBLES = (
    "another store",
    "batch failed",
    "bus away",
    "news failed",
    "refresh failed",
    "request failed",
    "round failed",
    "store away",
)
"""Events that somebody should look into."""

troubles: Counter[str] = Counter()
"""How often this process wrote a line of each: like its log, one for the whole process."""


def configure(level: str = "INFO") -> None:
    """JSON lines on standard error; libraries may only warn.

    uvicorn at info prints the address and query string of every socket, hence "warning".
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            keep_listed_fields,
            count_troubles,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=lambda *_: LossyLogger(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(NamesOnly())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class NamesOnly(logging.Formatter):
    """Of a library's line, who speaks and how loud: text and traceback may hold what somebody sent."""

    def format(self, record: logging.LogRecord) -> str:
        return f"{record.levelname} {record.name}"


class LossyLogger:
    """Writes lines to a stream, and drops what it does not take: a log on a full disk must not end a request
    or a round."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def msg(self, message: str) -> None:
        """One line."""
        with suppress(OSError):
            self._stream.write(message + "\n")
            self._stream.flush()

    debug = info = warning = error = critical = msg


def keep_listed_fields(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Drop every field that is not in FIELDS."""
    return {key: value for key, value in event.items() if key in FIELDS}


def count_troubles(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Count a line that tells of a trouble."""
    if event["event"] in TROUBLES:
        troubles[event["event"]] += 1
    return event
