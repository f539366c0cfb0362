"""The doors of whoever starts processes and sends people to them: anybody may ask."""

from typing import Any

from tests.integration.doors.table import Body, Caller, Door, anyone


def health_doors() -> list[Door[Any]]:
    return [Door(path, _nothing, anyone(), method="get") for path in ("/health/live", "/health/ready")]


def _nothing(_: Any, __: Caller) -> Body:
    return {}
