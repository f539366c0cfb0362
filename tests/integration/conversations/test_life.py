"""Any order of everybody's acts leaves one room whose rows agree with each other."""

import asyncio
import tempfile
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.companion.keys import StaffKey
from app.conversations import tables
from app.conversations.ids import kid_of
from app.conversations.queue.directory import publish
from app.conversations.queue.service import SealBack
from app.conversations.rooms import service as rooms
from app.conversations.rooms.rules import MOVES, State
from app.kit.errors import Refusal
from tests.builders import Guest, Stage, narrowed, opened, rekeyed, rows, stage_on, ticket
from tests.cast import Cast

cast = Cast()
peers = st.sampled_from([cast.mara, cast.sol])
mostly = st.sampled_from([True, True, True, False])
EARLIEST_END = 12
"""Acts before anybody may rest, close or delete: or most lives would be over before a talk."""
LEGAL = {(before, after) for moves in MOVES.values() for before, after in moves.items()}


class Room(RuleBasedStateMachine):
    """One room, its client, two peers, time and the coordinator; on SQLite."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.Runner()
        self._stack = AsyncExitStack()
        self._folder = tempfile.TemporaryDirectory()
        self.state = State.WAITING
        self.ke = 1
        self.acts = 0
        self.met: StaffKey | None = None

    @initialize(note=st.booleans())
    def open(self, note: bool) -> None:
        async def start() -> tuple[Stage, Guest]:
            url = f"sqlite+aiosqlite:///{Path(self._folder.name) / 'store.sqlite'}"
            stage = await self._stack.enter_async_context(stage_on(url, cast))
            return stage, await opened(stage, ticket(note=note), words=True)

        self.stage, self.guest = self._loop.run(start())

    def teardown(self) -> None:
        self._loop.run(self._stack.aclose())
        self._loop.close()
        self._folder.cleanup()

    def do(self, act: Callable[[], Coroutine[Any, Any, object]]) -> bool:
        """Whether the house carried it out; a refusal is as good, anything else fails."""

        async def tried() -> bool:
            try:
                await act()
            except Refusal:
                return False
            return True

        return self._loop.run(tried())

    @rule(peer=peers)
    def claim(self, peer: StaffKey) -> None:
        self.do(lambda: self.stage.queue.claim(self.stage.staff(peer), self.guest.room))

    @rule(peer=peers, accept=mostly)
    def answer(self, peer: StaffKey, accept: bool) -> None:
        peer = self.met or peer
        self.do(lambda: self.stage.queue.meet(self.guest.caller, peer.kid, accept=accept))

    @rule(peer=peers, right=mostly)
    def upload(self, peer: StaffKey, right: bool) -> None:
        peer = self.met if right and self.met else peer
        self.do(lambda: narrowed(self.stage, self.guest, peer))

    @rule(peer=peers, back=st.booleans())
    def leave(self, peer: StaffKey, back: bool) -> None:
        def seal() -> SealBack:
            team = self.stage.cast.peer_team
            sealed = self.guest.seal(team.pub, "team-peer", self.stage.signed)
            return SealBack(kid_of(team.pub), sealed, self.guest.epoch, "en")

        self.do(
            lambda: self.stage.queue.release(
                self.stage.staff(peer), self.guest.room, seal() if back else None
            )
        )

    @rule(seconds=st.sampled_from([5, 61, 130, 640]), here=st.booleans())
    def wait(self, seconds: int, here: bool) -> None:
        self.stage.clock.advance(seconds)
        self.do(self.stage.queue.sweep)
        if here:
            self.do(lambda: self.stage.queue.seen([self.guest.room]))

    @rule(act=st.sampled_from([rooms.rest, rooms.rest, rooms.close, rooms.delete]))
    @precondition(lambda self: self.acts > EARLIEST_END)
    def end(self, act: Callable[..., Coroutine[Any, Any, State]]) -> None:
        self.do(lambda: act(self.stage.house, self.guest.caller))

    @rule()
    @precondition(lambda self: self.state is State.RESTING)
    def come_back(self) -> None:
        self.rekey_with([], True, True)

    @rule(kept=st.lists(peers, unique=True), to_team=st.booleans(), again=st.booleans())
    def rekey(self, kept: list[StaffKey], to_team: bool, again: bool) -> None:
        self.rekey_with(kept, to_team, again)

    def rekey_with(self, kept: list[StaffKey], to_team: bool, again: bool) -> None:
        n, keys = self.guest.n, dict(self.guest.keys)
        wish = ticket() if again else None
        if not self.do(lambda: rekeyed(self.stage, self.guest, to=kept, to_team=to_team, wish=wish)):
            self.guest.n, self.guest.keys = n, keys

    @rule()
    def renew_directory(self) -> None:
        in_force = self.stage.house.admission.in_force
        assert in_force is not None
        signed = cast.sign(cast.directory(self.stage.now, in_force.directory.serial + 1))
        assert self.do(lambda: publish(self.stage.house, signed))

    @invariant()
    def every_row_agrees_with_the_state(self) -> None:
        found = self._loop.run(self._rows())
        [room] = found["rooms"]
        state = State(room.state)
        assert state is self.state or (self.state, state) in LEGAL or self._two_steps(state)
        assert room.ke >= self.ke
        in_line = state in (State.WAITING, State.MEETING)
        sitting = {seat.kid for seat in found["seats"] if seat.kid and seat.open}
        sealed = {seal.kid for seal in found["seals"] if seal.purpose == "seat-peer"}
        to_team = [seal for seal in found["seals"] if seal.purpose == "team-peer"]
        accepted = {each.kid for each in found["meetings"] if each.accepted}
        assert len(found["tickets"]) == len(to_team) == in_line
        assert len(found["meetings"]) == (state is State.MEETING)
        assert (room.wrap is None) == (state is State.DELETED)
        assert sealed == (sitting if state is State.TALKING else set())
        assert sitting == accepted if state is State.MEETING else bool(sitting) == (state is State.TALKING)
        assert all(seal.ke == room.ke for seal in found["seals"])
        assert [message.seq for message in found["messages"]] == list(range(1, len(found["messages"]) + 1))
        event(f"{self.state} to {state}")
        event(f"{state} with a new key", str(room.ke > self.ke))
        self.acts += 1
        asked = {each.kid for each in found["meetings"]}
        self.met = next((peer for peer in (cast.mara, cast.sol) if peer.kid in asked), None)
        self.state, self.ke = state, room.ke

    def _two_steps(self, state: State) -> bool:
        """A claim of a note is accepted at once, a meeting may run out in the same breath."""
        return any((self.state, between) in LEGAL and (between, state) in LEGAL for between in State)

    async def _rows(self) -> dict[str, list[Any]]:
        return {
            table.name: await rows(self.stage, table, self.guest.room)
            for table in (
                tables.rooms,
                tables.seats,
                tables.seals,
                tables.tickets,
                tables.meetings,
                tables.messages,
            )
        }


TestRoom = Room.TestCase
TestRoom.settings = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
