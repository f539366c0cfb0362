"""Tickets, deadlines, waits and limits: pure decisions (docs/protocol.md, 8 and 13)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.conversations.errors import Closed, Malformed, Unknown
from app.conversations.ids import Kid
from app.conversations.rooms.rules import State
from app.wire.pow import MAX_BITS

MOST_TAGS = 3
MOST_REFUSED = 16
"""Kids that a ticket may bring along as refused."""
MOST_REMEMBERED = 64
"""Kids remembered on a ticket; the oldest is forgotten first."""

HERE = 120
"""Seconds for which a client counts as here after a sign of its page."""
ANSWER = 60
"""Seconds for the client's answer in a meeting."""
UPLOAD = 30
"""Seconds for the peer's upload after acceptance."""
RESUME = 600
"""Seconds after that in which the same peer may still upload."""
OUTAGE = 20
"""A deadline missed by more than this was not swept by any node: it starts anew."""

CHALLENGE_LIFE = 600
"""Seconds for which a proof-of-work challenge is good."""

QUARTER = 900
SAMPLE_LIFE = 7_200
"""Seconds after which a wait sample is gone, counted from the start of its quarter hour."""
FEWEST_SAMPLES = 11
"""Under this many, a range would say something about single people: none is shown."""

BANDS = (5, 10, 20, 40, 60, 120)
"""Upper ends, in minutes, of the bands in which waits are counted by the week; 0 is the one above."""

LISTED = 100
"""The most rows of a peer's queue."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a client lets the server match on. Its repr shows nothing of it."""

    language: str = field(repr=False)
    urgent: bool = field(repr=False)
    back: Kid | None = field(repr=False)
    note: bool
    topics: tuple[str, ...] = field(repr=False)
    lived: tuple[str, ...] = field(repr=False)
    refused: tuple[Kid, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Load:
    """Tickets that count against the limits now: silent ones whose page is here, and notes."""

    silent: int
    notes: int


@dataclass(frozen=True, slots=True)
class Range:
    """What most people waited, in whole minutes, rounded outward."""

    low: int
    high: int


def has_room(load: Load, note: bool, silent_limit: int, notes_limit: int) -> bool:
    """Whether one more ticket of this kind may come."""
    return load.notes < notes_limit if note else load.silent < silent_limit


def is_here(seen_at: int, now: int) -> bool:
    """Whether the client's page counts as here."""
    return seen_at >= now - HERE


def proof_bits(bits: int, load: Load, silent_limit: int) -> int:
    """The bits of each puzzle: one more for each quarter of the queue that is taken."""
    return min(bits + min(4 * load.silent // silent_limit, 3), MAX_BITS)


def wait_range(minutes: Sequence[int]) -> Range | None:
    """The 10th to 90th percentile of waits in full minutes, rounded outward; None for too few."""
    if len(minutes) < FEWEST_SAMPLES:
        return None
    ordered = sorted(minutes)
    last = len(ordered) - 1
    # Outward twice: to the outer of two neighbours, and up to the minute that was under way.
    return Range(ordered[last // 10], ordered[-(-9 * last // 10)] + 1)


def band(minutes: int) -> int:
    """The band in which a wait is counted."""
    return next((end for end in BANDS if minutes < end), 0)


def week_of(day: int) -> int:
    """Weeks since 1970, from Monday to Sunday."""
    return (day + 3) // 7


def spoken(language: str) -> str:
    """The language of a ticket without its region: what waits and counters go by."""
    return language.partition("-")[0]


def remember(known: Sequence[str], kid: str) -> tuple[str, ...]:
    """A list of kids with this one at its end."""
    return (*(each for each in known if each != kid), kid)[-MOST_REMEMBERED:]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a rekey does beside raising the epoch: where the room goes and which staff seats stay."""

    state: State
    keeps: tuple[Kid, ...] = field(repr=False)


def plan_rekey(
    state: State,
    purposes: Sequence[tuple[str, Kid]],
    has_ticket: bool,
    team: Kid,
    open_seats: Sequence[Kid],
    listed: Sequence[Kid],
) -> Plan:
    """Judge a rekey by the room's state and the (purpose, kid) of its seals.

    waiting: one seal to the team, the ticket and the place stay. resting, and talking with a
    ticket: one seal to the team and a ticket, the room waits. talking: a seal for each staff
    seat that stays; with none left the room rests. `Closed` in a meeting or a closed room,
    `Malformed` for another set of seals, `Unknown` for a key that is not the team's, not seated
    here or not listed any more.
    """
    if state not in (State.WAITING, State.TALKING, State.RESTING):
        raise Closed
    kids = [kid for _, kid in purposes]
    if state is State.TALKING and not has_ticket:
        if any(purpose != "seat-peer" for purpose, _ in purposes) or len(set(kids)) != len(kids):
            raise Malformed
        if any(kid not in open_seats or kid not in listed for kid in kids):
            raise Unknown
        return Plan(State.TALKING if kids else State.RESTING, tuple(kids))
    if [purpose for purpose, _ in purposes] != ["team-peer"] or has_ticket is (state is State.WAITING):
        raise Malformed
    if kids != [team]:
        raise Unknown
    return Plan(State.WAITING, ())
