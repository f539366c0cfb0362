"""A room's states and every legal move between them (docs/protocol.md, 8)."""

from enum import StrEnum

from app.conversations.errors import Closed, Unknown


class State(StrEnum):
    """Where a room is in its life."""

    WAITING = "waiting"
    MEETING = "meeting"
    TALKING = "talking"
    RESTING = "resting"
    CLOSED = "closed"
    DELETED = "deleted"


class Act(StrEnum):
    """What can move a room."""

    CLAIM = "claim"
    """A peer reserves it."""
    PART = "part"
    """The meeting ends without a talk: refused, run out, given up."""
    NARROW = "narrow"
    """The peer has sealed the key to itself alone; the talk begins."""
    REST = "rest"
    """The client ends for now, or the last peer is gone."""
    REQUEUE = "requeue"
    """The client comes with a new epoch and a ticket, or a peer seals back."""
    CLOSE = "close"
    DELETE = "delete"


_ALIVE = (State.WAITING, State.MEETING, State.TALKING, State.RESTING)

MOVES: dict[Act, dict[State, State]] = {
    Act.CLAIM: {State.WAITING: State.MEETING},
    Act.PART: {State.MEETING: State.WAITING},
    Act.NARROW: {State.MEETING: State.TALKING},
    Act.REST: {State.WAITING: State.RESTING, State.TALKING: State.RESTING},
    Act.REQUEUE: {State.RESTING: State.WAITING, State.TALKING: State.WAITING},
    Act.CLOSE: dict.fromkeys(_ALIVE, State.CLOSED),
    Act.DELETE: dict.fromkeys((*_ALIVE, State.CLOSED), State.DELETED),
}

LONGEST_LIFE = 365
"""Days after which a room ends, whatever happens in it."""


def move(state: State, act: Act) -> State:
    """The state after an act. `Closed` where the act is not legal, `Unknown` for a deleted room."""
    if state is State.DELETED:
        raise Unknown
    try:
        return MOVES[act][state]
    except KeyError:
        raise Closed from None


def expires_day(opened_day: int, today: int, keep_days: int) -> int:
    """The day on which a room that changed `today` is purged, unless it changes again."""
    return min(today + keep_days, opened_day + LONGEST_LIFE)
