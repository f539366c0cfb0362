"""A setting that cannot be meant so stops the server, and its value is not repeated."""

import pytest
from pydantic import ValidationError

from app.settings import Settings


@pytest.mark.parametrize(
    "url",
    [
        "https://www.weather.gov/",
        "https://news.example/today?a=1&b=2#top",
        "https://news.example:8443/",
    ],
)
def test_a_page_to_leave_to_is_an_https_address(url: str) -> None:
    assert Settings(leave_url=url).leave_url == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://www.weather.gov/",
        "javascript:alert(1)",
        "data:text/html,x",
        "//www.weather.gov/",
        "https://www.weather.gov",
        "https:///",
        "https://user:word@www.weather.gov/",
        'https://www.weather.gov/"><script>',
        "https://www.weather.gov/'",
        "https://www.weather.gov/ x",
        "https://www.weather.gov/\n",
        " https://www.weather.gov/",
    ],
)
def test_nothing_else_is_and_it_is_not_repeated(url: str) -> None:
    with pytest.raises(ValidationError, match="leave_url") as refused:
        Settings(leave_url=url)

    assert not url or url.strip() not in str(refused.value)


@pytest.mark.parametrize("days", [1, 30])
def test_backups_are_kept_for_a_month_at_most(days: int) -> None:
    assert Settings(backup_days=days).backup_days == days


@pytest.mark.parametrize("days", [0, 31, -1])
def test_a_longer_time_or_none_is_refused(days: int) -> None:
    with pytest.raises(ValidationError, match="backup_days"):
        Settings(backup_days=days)
