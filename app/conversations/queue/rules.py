"""Tickets, matching, deadlines, waits and limits: pure decisions (docs/protocol.md, 8 and 13)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.conversations.errors import Closed, Malformed, Unknown
from app.conversations.ids import Kid, RoomId
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

OFFERED = 60
"""Seconds for a peer's answer to an offer; then it moves on, and nothing is said or counted."""
PASSED = 300
"""Seconds in which somebody is not offered again to a peer who passed or let the time run out."""
LONG_NOTE = 3_600
"""Seconds after which a note counts as if its writer were here, so that it does not wait for ever."""

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


def wait_range(minutes: Sequence[int], in_line: int = 0) -> Range | None:
    """The 10th to 90th percentile of waits in full minutes, rounded outward; None for too few.

    It reaches at least as far as it took lately to meet as many others as are `in_line`, and then one more:
    the waits of the last two hours are those of who came before a rush, not in it (docs/waiting.md).
    """
    if len(minutes) < FEWEST_SAMPLES:
        return None
    ordered = sorted(minutes)
    last = len(ordered) - 1
    # Outward twice: to the outer of two neighbours, and up to the minute that was under way.
    usual = ordered[-(-9 * last // 10)] + 1
    line = -(-(in_line + 1) * SAMPLE_LIFE // (60 * len(minutes)))
    return Range(ordered[last // 10], max(usual, line))


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
    """What a rekey does beside raising the epoch: where the room goes, which seats stay, and which open."""

    state: State
    keeps: tuple[Kid, ...] = field(repr=False)
    opens: tuple[Kid, ...] = field(default=(), repr=False)


def plan_rekey(
    state: State,
    purposes: Sequence[tuple[str, Kid]],
    has_ticket: bool,
    team: Kid,
    open_seats: Sequence[Kid],
    listed: Sequence[Kid],
    willing: Sequence[Kid] = (),
) -> Plan:
    """Judge a rekey by the room's state and the (purpose, kid) of its seals.

    waiting: one seal to the team, the ticket and the place stay. resting, and talking with a
    ticket: one seal to the team and a ticket, the room waits. talking: a seal for each staff
    seat that stays, and for each of the `willing` that is let in; with none the room rests.
    `Closed` in a meeting or a closed room, `Malformed` for another set of seals, `Unknown` for a
    key that is not the team's, neither seated here nor asked in, or not listed any more.
    """
    if state not in (State.WAITING, State.TALKING, State.RESTING):
        raise Closed
    kids = [kid for _, kid in purposes]
    if state is State.TALKING and not has_ticket:
        if any(purpose != "seat-peer" for purpose, _ in purposes) or len(set(kids)) != len(kids):
            raise Malformed
        if any(kid not in (*open_seats, *willing) or kid not in listed for kid in kids):
            raise Unknown
        keeps = tuple(kid for kid in kids if kid in open_seats)
        opens = tuple(kid for kid in kids if kid not in open_seats)
        return Plan(State.TALKING if kids else State.RESTING, keeps, opens)
    if [purpose for purpose, _ in purposes] != ["team-peer"] or has_ticket is (state is State.WAITING):
        raise Malformed
    if kids != [team]:
        raise Unknown
    return Plan(State.WAITING, ())


@dataclass(frozen=True, slots=True)
class Waiter:
    """Somebody in line. `here`: the page is open; `asked`: a peer asked for; `epoch`: of the team's key."""

    room: RoomId = field(repr=False)
    language: str = field(repr=False)
    urgent: bool = field(repr=False)
    topics: tuple[str, ...] = field(repr=False)
    lived: tuple[str, ...] = field(repr=False)
    asked: Kid | None = field(repr=False)
    refused: Collection[Kid] = field(repr=False)
    here: bool
    note: bool
    waiting_since: int
    epoch: int = 1


@dataclass(frozen=True, slots=True)
class FreePeer:
    """A peer who could meet somebody now.

    `languages` without region; `rooms`: talks and meetings now; `met_at`: when the last talk began, in any
    unit that rises with time, None for none in this shift; `epochs` of the team's key that they hold.
    """

    kid: Kid = field(repr=False)
    languages: Collection[str] = field(repr=False)
    topics: Collection[str] = field(repr=False)
    lived: Collection[str] = field(repr=False)
    rooms: int
    met_at: int | None
    epochs: Collection[int] = (1,)


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody who waits, shown to one peer until `deadline` (unix seconds)."""

    room: RoomId = field(repr=False)
    kid: Kid = field(repr=False)
    deadline: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What is to become of offers: some end, some move on as if passed, some start anew, some are made."""

    ended: tuple[RoomId, ...]
    passed: tuple[tuple[RoomId, Kid], ...]
    anew: tuple[RoomId, ...]
    made: tuple[tuple[RoomId, Kid], ...]

    def __bool__(self) -> bool:
        return bool(self.ended or self.passed or self.anew or self.made)


@dataclass(frozen=True, slots=True)
class Judged:
    """The offers there were, judged: as in `Turn`, and those that stand, with what starts anew."""

    ended: tuple[RoomId, ...]
    passed: tuple[tuple[RoomId, Kid], ...]
    anew: tuple[RoomId, ...]
    standing: tuple[Offer, ...]

    def left(self, free: Sequence[FreePeer]) -> list[FreePeer]:
        """The free peers who are offered nobody."""
        kids = {offer.kid for offer in self.standing}
        return [peer for peer in free if peer.kid not in kids]

    def unoffered(self, waiting: Sequence[Waiter]) -> list[Waiter]:
        """Those in line who are offered to nobody."""
        rooms = {offer.room for offer in self.standing}
        return [waiter for waiter in waiting if waiter.room not in rooms]

    def all_passed(self, before: Mapping[tuple[RoomId, Kid], int], now: int) -> dict[tuple[RoomId, Kid], int]:
        """What was passed before, and now."""
        return {**before, **dict.fromkeys(self.passed, now + PASSED)}

    def turn(self, made: Sequence[tuple[RoomId, Kid]]) -> Turn:
        """With the offers that are made."""
        return Turn(self.ended, self.passed, self.anew, tuple(made))


def assign(
    waiting: Sequence[Waiter],
    free: Sequence[FreePeer],
    passed: Mapping[tuple[RoomId, Kid], int],
    now: int,
) -> list[tuple[RoomId, Kid]]:
    """Who is offered to whom: each room and each peer at most once.

    `passed` tells until when a room is not to be offered to a peer again. Those here come before those
    away, then the client's own word of urgency, then the longest wait. Each gets the best of the peers left:
    the one asked for, then most shared experience, then most topics; among equals whoever let nobody go by
    lately (perhaps their page is unattended), then whoever has fewest rooms, then whose last talk began
    longest ago.
    """
    slow = {kid for (_, kid), until in passed.items() if until > now}
    left = {peer.kid: peer for peer in free}
    offers = []
    for waiter in sorted(waiting, key=lambda waiter: turn_of(waiter, now)):
        if not left:
            break
        fitting = [
            peer
            for peer in left.values()
            if suits(waiter, peer) and passed.get((waiter.room, peer.kid), now) <= now
        ]
        if fitting:
            best = min(fitting, key=lambda peer: _distance(waiter, peer, slow))
            del left[best.kid]
            offers.append((waiter.room, best.kid))
    return offers


def suits(waiter: Waiter, peer: FreePeer) -> bool:
    """Whether these two may meet at all."""
    return (
        (waiter.here or waiter.note)
        and spoken(waiter.language) in peer.languages
        and peer.kid not in waiter.refused
        and waiter.epoch in peer.epochs
    )


def next_turn(
    waiting: Sequence[Waiter],
    free: Sequence[FreePeer],
    offers: Sequence[Offer],
    passed: Mapping[tuple[RoomId, Kid], int],
    now: int,
) -> Turn:
    """What to do about offers now; `free` are all who could meet somebody, offers to them or not."""
    judged = judge(waiting, free, offers, now)
    passed = judged.all_passed(passed, now)
    return judged.turn(assign(judged.unoffered(waiting), judged.left(free), passed, now))


def judge(waiting: Sequence[Waiter], free: Sequence[FreePeer], offers: Sequence[Offer], now: int) -> Judged:
    """What becomes of the offers there are; of `waiting` only those matter whose room is offered.

    An offer ends where the two can meet no more. One that ran out counts as passed; but a deadline missed by
    more than OUTAGE was seen by nobody, so that one starts anew.
    """
    in_line = {waiter.room: waiter for waiter in waiting}
    peers = {peer.kid: peer for peer in free}
    ended, ran_out, anew, standing = [], [], [], []
    for offer in offers:
        waiter, peer = in_line.get(offer.room), peers.get(offer.kid)
        if waiter is None or peer is None or not suits(waiter, peer):
            ended.append(offer.room)
        elif offer.deadline < now - OUTAGE:
            anew.append(offer.room)
            standing.append(offer)
        elif offer.deadline < now:
            ran_out.append((offer.room, offer.kid))
        else:
            standing.append(offer)
    return Judged(tuple(ended), tuple(ran_out), tuple(anew), tuple(standing))


def turn_of(waiter: Waiter, now: int) -> tuple[bool, bool, int, RoomId]:
    """Whose turn comes first; the line is in this order in the store, too."""
    counts_as_here = waiter.here or (waiter.note and now - waiter.waiting_since >= LONG_NOTE)
    return not counts_as_here, not waiter.urgent, waiter.waiting_since, waiter.room


def _distance(
    waiter: Waiter, peer: FreePeer, slow: Collection[Kid]
) -> tuple[bool, int, int, bool, int, int, Kid]:
    return (
        peer.kid != waiter.asked,
        -len(set(waiter.lived) & set(peer.lived)),
        -len(set(waiter.topics) & set(peer.topics)),
        peer.kid in slow,
        peer.rooms,
        -1 if peer.met_at is None else peer.met_at,
        peer.kid,
    )


class Why(StrEnum):
    """Why it may take long, in the words of the protocol."""

    CLOSED = "closed"
    """Outside the hours for this language, and nobody is on who speaks it."""
    LANGUAGE = "language"
    """Somebody is on, but nobody who speaks it."""
    NOBODY = "nobody"
    """Nobody is on."""
    LONG = "long"
    """Longer already than most people waited."""


def why_wait(
    language: str, languages_on: Sequence[Collection[str]], is_open: bool, waited: int, usual: Range | None
) -> Why | None:
    """Why somebody waits, None where there is nothing to say.

    `languages_on`: what each peer speaks who is on and was not refused; `waited` in whole minutes.
    """
    speaks = any(spoken(language) in languages for languages in languages_on)
    if not speaks and not is_open:
        return Why.CLOSED
    if not languages_on:
        return Why.NOBODY
    if not speaks:
        return Why.LANGUAGE
    return Why.LONG if usual is not None and waited > usual.high else None
