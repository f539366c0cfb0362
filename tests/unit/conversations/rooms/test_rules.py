"""The table of a room's life."""

import pytest

from app.conversations.errors import Closed, Unknown
from app.conversations.rooms.rules import MOVES, Act, State, expires_day, move

LEGAL = {(state, act, after) for act, moves in MOVES.items() for state, after in moves.items()}


def test_the_table_is_the_one_of_the_protocol() -> None:
    w, m, t, r, c, d = State
    assert {
        (w, Act.CLAIM, m),
        (m, Act.PART, w),
        (m, Act.NARROW, t),
        (w, Act.REST, r),
        (t, Act.REST, r),
        (r, Act.REQUEUE, w),
        (t, Act.REQUEUE, w),
        *((state, Act.CLOSE, c) for state in (w, m, t, r)),
        *((state, Act.DELETE, d) for state in (w, m, t, r, c)),
    } == LEGAL


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("act", list(Act))
def test_every_other_move_is_refused(state: State, act: Act) -> None:
    if any((state, act) == (before, legal) for before, legal, _ in LEGAL):
        assert (state, act, move(state, act)) in LEGAL
    else:
        with pytest.raises(Unknown if state is State.DELETED else Closed):
            move(state, act)


def test_a_room_lives_on_with_each_change_but_not_over_a_year() -> None:
    assert expires_day(100, 100, 30) == 130
    assert expires_day(100, 120, 30) == 150
    assert expires_day(100, 460, 30) == 465
