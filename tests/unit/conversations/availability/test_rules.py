"""A peer's shift, and the quiet minutes after a room."""

from dataclasses import replace

import pytest

from app.conversations.availability.rules import BUFFER, OnPeer, Shift, ShiftState, after_room, is_quiet
from app.conversations.ids import Kid

NOW = 1_795_312_800
SHIFT = Shift(Kid(b"m" * 16), ShiftState.ON, 2, None, NOW, None)


@pytest.mark.parametrize("state", ShiftState)
@pytest.mark.parametrize("was_last", [True, False])
def test_after_a_room_come_quiet_minutes_in_every_state(state: ShiftState, was_last: bool) -> None:
    after = after_room(replace(SHIFT, state=state), NOW, was_last=was_last)
    assert after.buffer_until == NOW + BUFFER
    assert is_quiet(after, NOW + BUFFER - 1)
    assert not is_quiet(after, NOW + BUFFER)
    assert not is_quiet(SHIFT, NOW)


def test_who_was_finishing_is_off_with_the_last_room_alone() -> None:
    finishing = replace(SHIFT, state=ShiftState.FINISHING)
    assert after_room(finishing, NOW, was_last=False).state is ShiftState.FINISHING
    assert after_room(finishing, NOW, was_last=True).state is ShiftState.OFF
    for state in set(ShiftState) - {ShiftState.FINISHING}:
        assert after_room(replace(SHIFT, state=state), NOW, was_last=True).state is state


def test_a_peer_can_meet_somebody_below_their_limit_and_after_the_quiet_minutes() -> None:
    assert OnPeer(SHIFT, 1, False).can_meet(NOW)
    assert not OnPeer(SHIFT, 2, False).can_meet(NOW)
    quiet = replace(SHIFT, buffer_until=NOW + 1)
    assert not OnPeer(quiet, 0, False).can_meet(NOW)
    assert OnPeer(quiet, 0, False).can_meet(NOW + 1)
