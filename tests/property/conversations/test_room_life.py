"""However acts follow each other, a room stays on the table of its life."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.conversations.errors import Closed, Unknown
from app.conversations.rooms.rules import MOVES, Act, State, move


class Life(RuleBasedStateMachine):
    """Any act at any time; what is refused changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State.WAITING
        self.past = [State.WAITING]

    @rule(act=st.sampled_from(Act))
    def act(self, act: Act) -> None:
        try:
            after = move(self.state, act)
        except Closed:
            assert self.state not in MOVES[act]
            assert self.state is not State.DELETED
        except Unknown:
            assert self.state is State.DELETED
        else:
            assert after is MOVES[act][self.state]
            self.state = after
            self.past.append(after)

    @invariant()
    def the_end_is_the_end(self) -> None:
        if State.CLOSED in self.past:
            assert set(self.past[self.past.index(State.CLOSED) :]) <= {State.CLOSED, State.DELETED}
        if State.DELETED in self.past:
            assert self.past[-1] is State.DELETED

    @invariant()
    def a_talk_comes_out_of_a_meeting_alone(self) -> None:
        for before, after in zip(self.past, self.past[1:], strict=False):
            assert after is not State.TALKING or before is State.MEETING
            assert after is not State.MEETING or before is State.WAITING


TestLife = Life.TestCase
