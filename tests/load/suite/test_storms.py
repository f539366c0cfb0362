"""Everybody comes back in the same moment after the server was killed in the middle of a word."""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

import pytest

from tests.load import cast
from tests.load.messages import seed
from tests.load.processes import ServerDied, free_port
from tests.load.suite import kept
from tests.load.suite.people import Pair, Person, at_once
from tests.load.systems import Systems
from tests.load.terminal import say
from tests.load.websocket import Refused

SOURCES = tuple(f"127.0.0.{number}" for number in range(2, 6))
"""The returning come from other addresses of this machine, whose ports just carried no other line."""
AGAIN = 0.5


@pytest.mark.parametrize("clients", [100, pytest.param(10_000, marks=pytest.mark.load)])
async def test_after_a_kill_all_resume_at_once_without_an_error_and_nothing_is_lost_or_doubled(
    systems: Systems, clients: int
) -> None:
    rooms = cast.rooms(clients // 2, list(systems.staff.peers))
    folder = await systems.folder("storm")
    await seed(folder, rooms)
    pairs = [Pair(room, folder.pass_for) for room in rooms]
    port = free_port()
    with suppress(ServerDied), systems.beside(folder, port) as server:
        await at_once([person.enter(port) for pair in pairs for person in pair.people], 64)
        _all_say(pairs)
        await at_once([pair.settled() for pair in pairs], clients)
        # Now in the middle of a word: some messages are kept and acknowledged, some kept, some neither.
        _all_say(pairs)
        _all_say(pairs)
        await pairs[0].changed()
        os.kill(server.pid, signal.SIGKILL)
        await at_once([pair.cut() for pair in pairs], clients)
    with systems.again(folder, port):
        began = time.perf_counter()
        people = [person for pair in pairs for person in pair.people]
        returning = zip(people, (SOURCES * clients)[:clients], strict=True)
        refused: Counter[str] = Counter()
        await at_once([_return(person, port, source, refused) for person, source in returning], clients)
        say(f"{clients:,} clients resumed within {time.perf_counter() - began:.1f} s")
        _all_say(pairs)
        await at_once([pair.settled() for pair in pairs], clients)
        for pair in pairs:
            pair.leave()
    await kept.check(folder, {pair.room.room: pair.said for pair in pairs})
    assert not refused, refused


async def _return(person: Person, port: int, source: str, refused: Counter[str]) -> None:
    while not person.is_in:
        try:
            await person.enter(port, source)
        except (Refused, OSError) as error:
            # As a page does: it tries again. That it had to is the error which is looked for.
            refused[str(error) if isinstance(error, Refused) else type(error).__name__] += 1
            await asyncio.sleep(AGAIN)


def _all_say(pairs: Sequence[Pair]) -> None:
    for pair in pairs:
        for person in pair.people:
            person.say()
