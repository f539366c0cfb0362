"""Servers that start on a thread."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Event

import pytest

from tests.load.starting import started


@contextmanager
def slow(said: list[str], entering: Event, may_go_on: Event) -> Iterator[str]:
    entering.set()
    may_go_on.wait()
    said.append("began")
    try:
        yield "a server"
    finally:
        said.append("ended")


async def test_others_are_served_while_a_server_starts() -> None:
    said: list[str] = []
    entering, may_go_on = Event(), Event()
    with ExitStack() as stack:
        starting = asyncio.create_task(started(stack, slow(said, entering, may_go_on)))
        await asyncio.to_thread(entering.wait)
        assert not starting.done()
        may_go_on.set()
        assert await starting == "a server"
        assert said == ["began"]
    assert said == ["began", "ended"]


async def test_a_server_whose_start_is_given_up_is_ended_all_the_same() -> None:
    said: list[str] = []
    entering, may_go_on = Event(), Event()
    with ExitStack() as stack:
        starting = asyncio.create_task(started(stack, slow(said, entering, may_go_on)))
        await asyncio.to_thread(entering.wait)
        starting.cancel()
        await asyncio.sleep(0)
        may_go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await starting
    assert said == ["began", "ended"]
