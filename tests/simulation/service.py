"""One organisation's days in SimPy: people, peers and the line between them, by the service's own rules."""

import random
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from typing import Any

import simpy

from app.conversations.availability.rules import OnPeer, ShiftState, after_room
from app.conversations.availability.rules import Shift as Standing
from app.conversations.ids import Kid, RoomId
from app.conversations.queue.rules import (
    ANSWER,
    HERE,
    OFFERED,
    PASSED,
    QUARTER,
    SAMPLE_LIFE,
    FreePeer,
    Offer,
    Range,
    Waiter,
    next_turn,
    suits,
    wait_range,
)
from tests.simulation.world import DAY, HOUR, MINUTE, TOPICS, Shift, World

Process = Generator[simpy.Event, Any, None]

SWEEP = 10
"""Seconds between two looks at offers whose time has run out."""
LAST_OFFERS = 20 * MINUTE
"""Before the end of a shift in which a peer takes nobody new: `finishing`."""


@dataclass(frozen=True)
class Sample:
    """A wait that ended well, as the service keeps it; `expires` in seconds from the first midnight."""

    language: str
    minutes: int
    expires: int


@dataclass(eq=False)
class Person:
    """Somebody who comes, and what becomes of them. Moments are seconds from the first midnight."""

    room: RoomId
    language: str
    arrived: float
    urgent: bool
    topics: tuple[str, ...]
    lived: tuple[str, ...]
    patience: float
    writes: bool
    lately: tuple["Sample", ...]
    """The waits in their language that the service knew of when they came."""
    in_line: tuple[int, ...]
    """Minutes that those had waited who stood in their language's line with the page open."""
    asked: Kid | None = None
    here: bool = True
    refused: set[Kid] = field(default_factory=set)
    outcome: str = "waiting"
    """waiting, met, answered (the note, while they were away), left, closed (found nobody on)."""
    has_left: bool = False
    """Whether they ever closed the page, and perhaps came back to a note nobody had answered."""
    waited: float = 0.0
    """Seconds from arriving to the claim that became a talk."""
    overtaken: int = 0
    """How often a peer who suited them met somebody no more urgent who had come later."""
    peer: Kid | None = None

    @property
    def hour(self) -> int:
        """The hour of the day in which they came."""
        return int(self.arrived % DAY // HOUR)

    @property
    def shown(self) -> Range | None:
        """What they were told on arriving, None where there were too few waits."""
        return wait_range([sample.minutes for sample in self.lately], in_line=len(self.in_line))

    @property
    def is_unmet(self) -> bool:
        """Whether nobody talked with them or answered a note."""
        return self.outcome not in ("met", "answered")


@dataclass(eq=False)
class Peer:
    """A peer during one shift."""

    place: Shift
    standing: Standing
    rooms: int = 0
    is_asking: bool = False

    @property
    def kid(self) -> Kid:
        return self.standing.kid

    def can_meet(self, now: int) -> bool:
        on = self.standing.state is ShiftState.ON and not self.is_asking
        return on and OnPeer(self.standing, self.rooms, self.is_asking).can_meet(now)


class Service:
    """The line and everybody in it. `people` is what came of it all."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.people: list[Person] = []
        self._chance = random.Random(seed)
        self._env = simpy.Environment()
        self._line: dict[RoomId, Person] = {}
        self._peers: dict[Kid, Peer] = {}
        self._offers: dict[RoomId, Offer] = {}
        self._passed: dict[tuple[RoomId, Kid], int] = {}
        self._samples: list[Sample] = []
        self._rooms = 0

    def run(self, days: int) -> list[Person]:
        """Play so many days, and the one after in which only notes are answered."""
        self._env.process(self._sweeps())
        for day in range(days + 1):
            self._env.process(self._day(day, is_last=day == days))
        self._env.run(until=(days + 1) * DAY)
        return self.people

    @property
    def _now(self) -> int:
        return int(self._env.now)

    # The day

    def _day(self, day: int, *, is_last: bool) -> Process:
        yield self._env.timeout(day * DAY)
        for number, shift in enumerate(self.world.roster()):
            if self._chance.random() >= self.world.absent:
                self._env.process(self._shift(shift, Kid(bytes([1, number]) + day.to_bytes(14, "big"))))
        if is_last:
            return
        for second, language in self.world.day_of(self._chance).arrivals_of(self._chance):
            yield self._env.timeout(max(0.0, day * DAY + second - self._env.now))
            self._env.process(self._visit(language))

    def _sweeps(self) -> Process:
        while True:
            yield self._env.timeout(SWEEP)
            if self._offers:
                self._match()

    # A person

    def _visit(self, language: str, asked: Kid | None = None) -> Process:
        person = self._arrival(language, asked)
        self.people.append(person)
        if not self.world.is_open(self._env.now):
            person.outcome, person.has_left = "closed", True
            person.writes = self._chance.random() < self.world.note_when_closed
            if person.writes:
                person.here = False
                self._join(person)
                yield from self._come_back(person)
            return
        self._join(person)
        yield from self._wait(person)

    def _arrival(self, language: str, asked: Kid | None) -> Person:
        world, chance = self.world, self._chance
        self._rooms += 1
        line = [other for other in self._line.values() if other.here and other.language == language]
        stays = chance.random() < world.stays
        return Person(
            room=RoomId(chance.randbytes(12) + self._rooms.to_bytes(4, "big")),
            language=language,
            arrived=self._env.now,
            urgent=chance.random() < world.urgent,
            topics=tuple(chance.sample(TOPICS, 2)) if chance.random() < world.with_topics else (),
            lived=tuple(chance.sample(TOPICS, 1)) if chance.random() < world.with_lived else (),
            patience=DAY
            if stays
            else MINUTE * world.patience * chance.lognormvariate(0, world.patience_spread),
            writes=chance.random() < world.writes_first,
            lately=tuple(
                each for each in self._samples if each.language == language and each.expires > self._now
            ),
            in_line=tuple(int(self._env.now - other.arrived) // MINUTE for other in line),
            asked=asked,
        )

    def _join(self, person: Person) -> None:
        self._line[person.room] = person
        self._match()

    def _wait(self, person: Person) -> Process:
        """Stay with the page open until somebody comes, patience ends, or the service closes."""
        closing = (self._env.now // DAY) * DAY + self.world.closes * HOUR
        yield self._env.timeout(max(0.0, min(person.patience, closing - self._env.now)))
        while person.outcome == "meeting":
            yield self._env.timeout(ANSWER)
        if person.outcome != "waiting":
            return
        person.outcome, person.has_left = "left", True
        if not person.writes:
            self._go(person)
            return
        # The server takes the page for open until it has been silent for a while.
        yield self._env.timeout(HERE)
        if person.outcome == "left":
            person.here = False
            self._match()
            yield from self._come_back(person)

    def _come_back(self, person: Person) -> Process:
        """Look for an answer some hours later; find it, and perhaps ask for the same peer again."""
        if self._chance.random() >= self.world.comes_back:
            return
        yield self._env.timeout(self.world.back_after * MINUTE * self._chance.lognormvariate(0, 0.5))
        if person.outcome == "answered" and self._chance.random() < 0.5:
            self._env.process(self._visit(person.language, person.peer))
        elif person.room in self._line and self.world.is_open(self._env.now):
            person.here, person.outcome = True, "waiting"
            self._match()
            yield from self._wait(person)

    def _go(self, person: Person) -> None:
        self._line.pop(person.room, None)
        self._offers.pop(person.room, None)
        self._match()

    # A peer

    def _shift(self, place: Shift, kid: Kid) -> Process:
        world = self.world
        yield self._env.timeout(place.start * HOUR + MINUTE * self._chance.uniform(-3, 3) + 5 * MINUTE)
        peer = Peer(place, Standing(kid, ShiftState.ON, place.limit, None, self._now, None))
        self._peers[kid] = peer
        ends = self._env.now + place.hours * HOUR - LAST_OFFERS
        self._match()
        while self._env.now + world.break_every * MINUTE < ends:
            yield self._env.timeout(world.break_every * MINUTE)
            self._says(peer, ShiftState.BREAK)
            yield self._env.timeout(world.break_for * MINUTE)
            self._says(peer, ShiftState.ON)
        yield self._env.timeout(max(0.0, ends - self._env.now))
        self._says(peer, ShiftState.FINISHING)
        yield self._env.timeout(LAST_OFFERS)
        while peer.rooms:
            yield self._env.timeout(MINUTE)
        del self._peers[kid]

    def _says(self, peer: Peer, state: ShiftState) -> None:
        peer.standing = replace(peer.standing, state=state)
        self._match()

    # Matching

    def _match(self) -> None:
        now = self._now
        turn = next_turn(
            [_waiter(person) for person in self._line.values()],
            [_free(peer) for peer in self._peers.values() if peer.can_meet(now)],
            list(self._offers.values()),
            self._passed,
            now,
        )
        for room in turn.ended:
            del self._offers[room]
        for room, kid in turn.passed:
            self._pass(room, kid)
        for room, kid in turn.made:
            offer = self._offers[room] = Offer(room, kid, now + OFFERED)
            self._env.process(self._considered(offer))

    def _pass(self, room: RoomId, kid: Kid) -> None:
        self._offers.pop(room, None)
        self._passed[room, kid] = self._now + PASSED

    def _considered(self, offer: Offer) -> Process:
        """A peer looks at an offer: says hello, passes, or is busy with something else."""
        chance = self._chance.random()
        if chance < self.world.overlooks:
            return
        yield self._env.timeout(min(3 + self._chance.expovariate(1 / 12), OFFERED - 1))
        if self._offers.get(offer.room) is not offer:
            return
        if chance < self.world.overlooks + self.world.passes:
            self._pass(offer.room, offer.kid)
            self._match()
            return
        yield from self._meeting(self._line[offer.room], self._peers[offer.kid])

    def _meeting(self, person: Person, peer: Peer) -> Process:
        claimed, was_here = self._env.now, person.here
        self._note_overtaken(person, peer)
        del self._offers[person.room], self._line[person.room]
        before, person.outcome = person.outcome, "meeting"
        peer.rooms += 1
        if was_here:
            peer.is_asking = True
            declined = yield from self._answered(person, peer)
            peer.is_asking = False
            if declined:
                peer.rooms -= 1
                person.outcome = before
                self._join(person)
                return
            waited = int(claimed - person.arrived) // MINUTE
            quarter = self._now // QUARTER
            self._samples.append(Sample(person.language, waited, quarter * QUARTER + SAMPLE_LIFE))
            self._samples = [sample for sample in self._samples if sample.expires > self._now]
        person.outcome = "met" if was_here else "answered"
        person.waited, person.peer = claimed - person.arrived, peer.kid
        peer.standing = replace(peer.standing, met_quarter=self._now // QUARTER)
        self._match()
        yield self._env.timeout(MINUTE * (self._talk() if was_here else self.world.answer_note))
        peer.rooms -= 1
        peer.standing = after_room(peer.standing, self._now, was_last=peer.rooms == 0)
        self._match()
        yield self._env.timeout(max(0, (peer.standing.buffer_until or 0) - self._now))
        self._match()

    def _talk(self) -> float:
        return min(self.world.talk * self._chance.lognormvariate(0, self.world.talk_spread), 120.0)

    def _answered(self, person: Person, peer: Peer) -> Generator[simpy.Event, Any, bool]:
        """Whether the client declines, by a word or by silence."""
        chance = self._chance.random()
        if chance < self.world.silent:
            yield self._env.timeout(ANSWER)
            self._passed[person.room, peer.kid] = self._now + PASSED
            return True
        yield self._env.timeout(min(2 + self._chance.expovariate(1 / 10), ANSWER))
        if chance < self.world.silent + self.world.refuses:
            person.refused.add(peer.kid)
            return True
        return False

    def _note_overtaken(self, person: Person, peer: Peer) -> None:
        for other in self._line.values():
            earlier = other.arrived < person.arrived and other.here and other.urgent >= person.urgent
            if earlier and person.here and suits(_waiter(other), _free(peer)):
                other.overtaken += 1


def _waiter(person: Person) -> Waiter:
    return Waiter(
        person.room,
        person.language,
        person.urgent,
        person.topics,
        person.lived,
        person.asked,
        person.refused,
        person.here,
        person.writes,
        int(person.arrived),
    )


def _free(peer: Peer) -> FreePeer:
    place, standing = peer.place, peer.standing
    return FreePeer(peer.kid, place.languages, place.topics, place.lived, peer.rooms, standing.met_quarter)
