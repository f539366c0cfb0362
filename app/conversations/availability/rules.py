"""A peer's shift: on, finishing, on a break, off (docs/protocol.md, 8); and a pause of it (11)."""

import secrets
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.conversations.ids import FlagId, Kid
from app.wire.sizes import ID

HERE = 120
"""Seconds for which a peer's page counts as open after a sign of it."""
BUFFER = 600
"""Seconds after a room that ended, in which a peer is offered nobody."""
MOST_ROOMS = 3
"""The most rooms at once that a peer can wish for."""
FORGOTTEN = 3_600
"""Seconds without a sign of the page after which a shift is over, and the last sign forgotten."""
QUARTER = 900


class ShiftState(StrEnum):
    """What a peer said of themselves."""

    ON = "on"
    FINISHING = "finishing"
    """Nobody new; off with the end of the last room."""
    BREAK = "break"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Shift:
    """A peer's present shift; moments in unix seconds, `met_quarter` in quarter hours since 1970.

    `seen_at` is 0 once the last sign of the page is forgotten.
    """

    kid: Kid = field(repr=False)
    state: ShiftState
    room_limit: int
    buffer_until: int | None
    seen_at: int
    met_quarter: int | None


@dataclass(frozen=True, slots=True)
class OnPeer:
    """A peer who is on, with the page open. `rooms`: open seats and meetings without an answer yet."""

    shift: Shift
    rooms: int
    is_asking: bool
    """Whether a client has not answered them yet."""

    @property
    def kid(self) -> Kid:
        return self.shift.kid

    def can_meet(self, now: int) -> bool:
        """Whether there is a place beside them now: no quiet minutes, and not as many rooms as they take."""
        return not is_quiet(self.shift, now) and self.rooms < self.shift.room_limit


def is_quiet(shift: Shift, now: int) -> bool:
    """Whether the minutes after a room are not over."""
    return shift.buffer_until is not None and shift.buffer_until > now


def after_room(shift: Shift, now: int, *, was_last: bool) -> Shift:
    """After a talk that ended: some quiet minutes, and for who was finishing the end of the shift."""
    over = was_last and shift.state is ShiftState.FINISHING
    return replace(shift, state=ShiftState.OFF if over else shift.state, buffer_until=now + BUFFER)


@dataclass(frozen=True, slots=True)
class Appeal:
    """A peer's own word about their pause, sealed to `to` alone; `upheld` once that person lets it stand."""

    to: Kid = field(repr=False)
    sealed: bytes = field(repr=False)
    day: int
    upheld: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """`flag`: what it is about; `by` asked for it, `second` agreed.

    `until` in unix seconds, None where only somebody ends it; `id` names it in what is sealed about it.
    """

    kid: Kid = field(repr=False)
    flag: FlagId = field(repr=False)
    by: Kid = field(repr=False)
    second: Kid | None = field(repr=False)
    reason: str
    since_day: int
    until: int | None
    id: FlagId = field(default_factory=lambda: FlagId(secrets.token_bytes(ID)), repr=False)
    appeal: Appeal | None = None

    def outlasts(self, other: "Pause") -> bool:
        """Whether it is still on when the other is over."""
        return other.until is not None and (self.until is None or self.until > other.until)
