"""One browser for all tests of this folder; a fresh service and fresh windows for each."""

import inspect
from collections.abc import AsyncIterator, Generator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.chromium import chromium
from tests.browser.house import House, found, house
from tests.browser.windows import PATIENCE, Windows, windows_at

HERE = Path(__file__).parent
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser belongs to one event loop: all tests here share the session's."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            if inspect.iscoroutinefunction(getattr(item, "function", None)):
                item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether the test itself failed, for the fixture that takes pictures then."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The browser."""
    expect.set_options(timeout=PATIENCE)
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data folder of a service with a cast, which nobody serves: every test gets a copy of it."""
    folder = tmp_path_factory.mktemp("founded") / "data"
    await found(folder)
    return folder


@pytest_asyncio.fixture(loop_scope="session")
async def place(founded: Path, tmp_path: Path) -> AsyncIterator[House]:
    """The service of this test."""
    async with house(founded, tmp_path / "data") as served:
        yield served


@pytest_asyncio.fixture(loop_scope="session")
async def windows(
    browser: Browser, place: House, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[Windows]:
    """The browsers of this test. None may have asked another origin, complained, or pushed history."""
    async with windows_at(browser, place.url) as windows:
        yield windows
        if request.node.stash.get(FAILED, False):
            taken = "\n".join(map(str, await windows.pictures(tmp_path)))
            request.node.add_report_section("teardown", "pictures of the pages", taken)
        assert windows.faults() == {}
