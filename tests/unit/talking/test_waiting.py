"""What the terminal says of a wait."""

import pytest

from app.companion.answers import WaitState
from app.companion.talk import words

TOLD = [
    (WaitState(ahead=0, low=5, high=20), "Today most people waited 5 to 20 minutes."),
    (WaitState(ahead=0), words.WAIT_UNSURE),
    (WaitState(ahead=0, why="nobody"), words.WAIT_NOBODY),
    (WaitState(ahead=0, low=5, high=20, why="language"), words.WAIT_NO_LANGUAGE),
    (WaitState(ahead=0, why="closed"), words.WAIT_CLOSED),
]


@pytest.mark.parametrize(("wait", "text"), TOLD, ids=[text[:30] for _, text in TOLD])
def test_a_wait_is_told_by_its_reason_or_its_usual_length(wait: WaitState, text: str) -> None:
    assert words.wait_told(wait) == text


def test_a_long_wait_names_its_minutes_and_a_closed_service_its_opening() -> None:
    assert "over 20 minutes" in words.wait_told(WaitState(ahead=3, low=5, high=20, why="long", over=20))
    closed = words.wait_told(WaitState(ahead=3, why="closed", opens=1_795_474_800))
    assert closed.startswith("We are closed now. We open ")
    assert "{" not in closed
