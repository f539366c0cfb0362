"""However peers, clients, nodes and time act on the line: no ticket is lost, doubled or left waiting.

Two nodes on one store, on each engine. A node is killed in the middle of what it does, and another takes
its place. At the end of every life both peers are willing, and then everybody is met who can be.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, TypeVar

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Table, delete, select

from app.companion.keys import StaffKey
from app.conversations import tables
from app.conversations.availability.rules import ShiftState
from app.conversations.ids import Kid, RoomId
from app.conversations.queue.opening import open_room
from app.conversations.queue.rules import PASSED
from app.conversations.rooms import service as rooms
from app.conversations.rooms.rules import State
from app.kit.errors import Refusal, Unavailable
from tests.builders import Guest, Stage, another_node, narrowed, opening, proof, rekeyed, stage_on, ticket
from tests.cast import Cast

T = TypeVar("T")

cast = Cast()
PEERS = {cast.mara.kid: cast.mara, cast.sol.kid: cast.sol}
SPEAK = {cast.mara.kid: ("en", "es"), cast.sol.kid: ("es",)}
EMPTIED = (
    tables.offers, tables.passes, tables.meetings, tables.tickets, tables.seals, tables.seats,
    tables.rooms, tables.messages, tables.availability, tables.samples, tables.counters, tables.spent_salts,
)  # fmt: skip
MOST_GUESTS = 4
EARLIEST_END = 8
"""Acts before anybody leaves: or most lives would be over before a talk."""
ROUND = 31
MOST_ROUNDS = PASSED // ROUND + 3 * MOST_GUESTS + 2
"""Rounds of half a minute in which two willing peers meet everybody, once all passes are over."""

peers = st.sampled_from([cast.mara, cast.sol])
nodes = st.integers(0, 1)
numbers = st.integers(0, MOST_GUESTS - 1)
mostly = st.sampled_from([True, True, True, False])


@dataclass
class Person:
    """A client: whether they still want to be met, and whom they said no to."""

    guest: Guest
    language: str
    wants: bool = True
    refused: set[Kid] = field(default_factory=set)


@dataclass
class Place:
    """One store and the nodes on it, for all lives of one engine."""

    loop: asyncio.Runner
    stack: AsyncExitStack
    url: str
    nodes: list[Stage]

    async def restart(self, number: int) -> None:
        """Another node in place of one that is gone without a word."""
        first = self.nodes[0]
        node = await self.stack.enter_async_context(another_node(self.url, cast, first.signing, first.clock))
        await node.house.admission.refresh()
        self.nodes[number] = node

    async def clear(self) -> None:
        """An empty line, nobody on."""
        async with self.nodes[0].db.write() as tx:
            for table in EMPTIED:
                await tx.connection.execute(delete(table))


def machine(place: Place) -> type[RuleBasedStateMachine]:
    """The machine that plays on this place."""

    class Line(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.people: list[Person] = []
            self.passed: dict[tuple[RoomId, Kid], int] = {}
            self.is_sound = False
            self.acts = 0
            self.run(place.clear())

        # Doing

        @property
        def now(self) -> int:
            return place.nodes[0].now

        def run(self, act: Coroutine[Any, Any, T]) -> T:
            return place.loop.run(act)

        def do(self, act: Awaitable[object]) -> bool:
            """Whether it was carried out; a refusal is as good, anything else fails."""

            async def tried() -> bool:
                try:
                    await act
                except Unavailable:
                    raise
                except Refusal:
                    return False
                return True

            return self.run(tried())

        def person(self, number: int) -> Person:
            return self.people[number % len(self.people)]

        def who(self, room: bytes) -> Person:
            return next(each for each in self.people if each.guest.room == room)

        def look(self, *wanted: Table) -> list[list[Any]]:
            """The rows of these tables, in one look."""

            async def read() -> list[list[Any]]:
                async with place.nodes[0].db.read() as tx:
                    return [list((await tx.connection.execute(select(table))).all()) for table in wanted]

            return self.run(read())

        # Clients

        @initialize(languages=st.lists(st.sampled_from(["en", "es"]), min_size=2, max_size=3))
        def begin(self, languages: list[str]) -> None:
            for peer in PEERS.values():
                self.shift(peer, 0, ShiftState.ON, True)
            for language in languages:
                self.come(language, False, False)

        @rule(language=st.sampled_from(["en", "es", "es-MX"]), urgent=st.booleans(), note=st.booleans())
        @precondition(lambda self: len(self.people) < MOST_GUESTS)
        def another_comes(self, language: str, urgent: bool, note: bool) -> None:
            self.come(language, urgent, note)

        def come(self, language: str, urgent: bool, note: bool) -> None:
            stage, guest = place.nodes[0], Guest(RoomId(bytes([len(self.people)]) * 16))

            async def open_one() -> None:
                wish = opening(stage, guest, ticket(language, urgent=urgent, note=note))
                await open_room(stage.house, wish, await proof(stage))

            self.run(open_one())
            self.people.append(Person(guest, language))

        @rule(node=nodes, answers=st.lists(st.sampled_from(["accept", "refuse"]), min_size=2, max_size=2))
        def clients_answer(self, node: int, answers: list[str]) -> None:
            [meetings] = self.look(tables.meetings)
            queue = place.nodes[node].queue
            for meeting, answer in zip(meetings, answers, strict=False):
                person, kid = self.who(meeting.room), Kid(meeting.kid)
                done = self.do(queue.meet(person.guest.caller, kid, accept=answer == "accept"))
                if done and answer == "refuse":
                    person.refused.add(kid)
                event(answer if done else "answered too late")

        @rule(number=numbers, node=nodes, act=st.sampled_from([rooms.rest, rooms.rest, rooms.close]))
        @precondition(lambda self: self.acts > EARLIEST_END)
        def leave(self, number: int, node: int, act: Callable[..., Coroutine[Any, Any, State]]) -> None:
            person = self.person(number)
            if self.do(act(place.nodes[node].house, person.guest.caller)):
                self.went(person)

        @rule(node=nodes, state=st.sampled_from([State.RESTING, State.TALKING]))
        def come_again_or_switch(self, node: int, state: State) -> None:
            found, seats = self.look(tables.rooms, tables.seats)
            for room in [row.id for row in found if row.state == state][:1]:
                person = self.who(room)
                left = {Kid(row.kid) for row in seats if row.room == room and row.kid and row.open}
                wish = ticket(person.language)
                assert self.do(rekeyed(place.nodes[node], person.guest, to_team=True, wish=wish))
                # Nobody is given back to the peer they leave.
                person.wants, person.refused = True, left
                event("switched" if left else "came again")

        def went(self, person: Person) -> None:
            person.wants = False
            self.passed = {pair: at for pair, at in self.passed.items() if pair[0] != person.guest.room}

        # Peers

        @rule(peer=peers, node=nodes, state=st.sampled_from(ShiftState), ready=mostly)
        def shift(self, peer: StaffKey, node: int, state: ShiftState, ready: bool) -> None:
            stage = place.nodes[node]
            assert self.do(stage.queue.offering.say(stage.staff(peer), state, ready=ready))

        @rule(
            node=nodes, answers=st.lists(st.sampled_from(["hello", "hello", "pass"]), min_size=2, max_size=2)
        )
        def peers_answer(self, node: int, answers: list[str]) -> None:
            stage = place.nodes[node]
            [offers] = self.look(tables.offers)
            for offer, answer in zip(offers, answers, strict=False):
                room, kid = RoomId(offer.room), Kid(offer.kid)
                caller = stage.staff(PEERS[kid])
                if answer == "hello":
                    event("took" if self.do(stage.queue.claim(caller, room)) else "took too late")
                elif self.do(stage.queue.offering.pass_on(caller, room)):
                    self.passed[room, kid] = self.now + PASSED
                    event("passed")

        @rule(number=numbers)
        def both_claim(self, number: int) -> None:
            first, second = place.nodes
            room = self.person(number).guest.room

            async def at_once() -> Sequence[object]:
                return await asyncio.gather(
                    first.queue.claim(first.staff(cast.mara), room),
                    second.queue.claim(second.staff(cast.sol), room),
                    return_exceptions=True,
                )

            answers = self.run(at_once())
            assert all(not isinstance(a, BaseException) or isinstance(a, Refusal) for a in answers)
            assert "Unavailable" not in {type(answer).__name__ for answer in answers}

        @rule(node=nodes)
        def upload(self, node: int) -> None:
            [meetings] = self.look(tables.meetings)
            for meeting in meetings:
                person, peer = self.who(meeting.room), PEERS[Kid(meeting.kid)]
                event("talks" if self.do(narrowed(place.nodes[node], person.guest, peer)) else "no key yet")

        @rule(peer=peers, node=nodes)
        def release(self, peer: StaffKey, node: int) -> None:
            stage = place.nodes[node]
            seats, meetings = self.look(tables.seats, tables.meetings)
            held = [row.room for row in seats if row.kid == peer.kid and row.open]
            held += [row.room for row in meetings if row.kid == peer.kid and row.room not in held]
            for room in held[:1]:
                assert self.do(stage.queue.release(stage.staff(peer), RoomId(room), None))
                [states] = self.look(tables.rooms)
                if room in {row.id for row in states if row.state == State.RESTING}:
                    self.went(self.who(room))

        # Time and nodes

        @rule(seconds=st.sampled_from([5, 5, 61, 301]), node=nodes, clients=mostly, staff=mostly)
        def wait(self, seconds: int, node: int, clients: bool, staff: bool) -> None:
            stage = place.nodes[node]
            stage.clock.advance(seconds)
            if clients:
                self.run(stage.queue.seen([each.guest.room for each in self.people]))
            if staff:
                self.run(stage.queue.offering.seen(list(PEERS)))
            self.run(stage.queue.sweep())

        @rule(number=numbers, peer=peers, node=nodes, steps=st.integers(0, 60), what=st.integers(0, 3))
        def kill(self, number: int, peer: StaffKey, node: int, steps: int, what: int) -> None:
            """A node dies somewhere in what it does; nobody says goodbye."""
            stage, person = place.nodes[node], self.person(number)
            queue = stage.queue
            acts: tuple[Callable[[], Coroutine[Any, Any, object]], ...] = (
                queue.sweep,
                lambda: queue.claim(stage.staff(peer), person.guest.room),
                lambda: queue.meet(person.guest.caller, peer.kid, accept=True),
                lambda: narrowed(stage, person.guest, peer),
            )

            async def die() -> None:
                doing = asyncio.create_task(acts[what]())
                for _ in range(steps):
                    await asyncio.sleep(0)
                doing.cancel()
                await asyncio.gather(doing, return_exceptions=True)
                await place.restart(node)

            self.run(die())

        # Promises

        @invariant()
        def nobody_is_lost_or_doubled(self) -> None:
            self.is_sound = False
            self.acts += 1
            found, waiting, met, sitting_now, offers = self.look(
                tables.rooms, tables.tickets, tables.meetings, tables.seats, tables.offers
            )
            states = {row.id: State(row.state) for row in found}
            tickets = {row.room for row in waiting}
            meetings = {row.room: row for row in met}
            seats = [row for row in sitting_now if row.kid is not None and row.open]
            for person in self.people:
                room, state = person.guest.room, states[person.guest.room]
                in_line = state in (State.WAITING, State.MEETING)
                assert (room in tickets) == in_line
                assert (room in meetings) == (state is State.MEETING)
                assert not person.wants or in_line or state is State.TALKING
                sitting = {seat.kid for seat in seats if seat.room == room}
                assert len(sitting) <= 1
                assert not sitting or state is State.TALKING or sitting == {meetings[room].kid}
                assert not sitting & person.refused
            for kid in PEERS:
                held = sum(seat.kid == kid for seat in seats)
                asking = sum(each.kid == kid and not each.accepted for each in meetings.values())
                assert held + asking <= 2
            assert len({row.kid for row in offers}) == len(offers)
            for offer in offers:
                person = self.who(offer.room)
                assert offer.kid not in person.refused
                assert person.language.partition("-")[0] in SPEAK[offer.kid]
                assert self.passed.get((offer.room, offer.kid), 0) <= self.now
            self.is_sound = True

        def teardown(self) -> None:
            if self.is_sound:
                self.everybody_is_met()

        def everybody_is_met(self) -> None:
            """Both peers are willing from now on, and all who want to be met have their pages open."""
            stage = place.nodes[0]
            hopeless = [each for each in self.people if each.wants and not self.speakers(each)]
            for _ in range(MOST_ROUNDS):
                if [each for each in self.people if each.wants] == hopeless:
                    break
                for peer in PEERS.values():
                    self.shift(peer, 0, ShiftState.ON, True)
                stage.clock.advance(ROUND)
                self.run(stage.queue.seen([each.guest.room for each in self.people]))
                self.run(stage.queue.offering.seen(list(PEERS)))
                self.run(stage.queue.sweep())
                [offers] = self.look(tables.offers)
                for offer in offers:
                    caller = stage.staff(PEERS[Kid(offer.kid)])
                    assert self.do(stage.queue.claim(caller, RoomId(offer.room)))
                [meetings] = self.look(tables.meetings)
                for meeting in meetings:
                    guest, kid = self.who(meeting.room).guest, Kid(meeting.kid)
                    assert self.do(stage.queue.meet(guest.caller, kid, accept=True))
                    assert self.do(narrowed(stage, guest, PEERS[kid]))
                [found] = self.look(tables.rooms)
                for room in found:
                    if room.state == State.TALKING:
                        person = self.who(room.id)
                        assert self.do(rooms.rest(stage.house, person.guest.caller))
                        self.went(person)
            assert [each for each in self.people if each.wants] == hopeless
            # Whoever said no to all there are keeps their place.
            [tickets] = self.look(tables.tickets)
            assert {row.room for row in tickets} == {each.guest.room for each in hopeless}

        def speakers(self, person: Person) -> list[Kid]:
            language = person.language.partition("-")[0]
            return [kid for kid in PEERS if language in SPEAK[kid] and kid not in person.refused]

    return Line


def test_no_ticket_is_lost_doubled_or_starved(engine_url: str) -> None:
    with asyncio.Runner() as loop:
        stack = AsyncExitStack()

        async def start() -> Place:
            stage = await stack.enter_async_context(stage_on(engine_url, cast))
            place = Place(loop, stack, engine_url, [stage, stage])
            await place.restart(1)
            return place

        place = loop.run(start())
        try:
            run_state_machine_as_test(
                machine(place),
                settings=settings(
                    max_examples=8,
                    stateful_step_count=20,
                    deadline=None,
                    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
                ),
            )
        finally:
            loop.run(stack.aclose())
