"""SIGKILL under load: what was acknowledged is there, in order, once; all that was said is, in the end."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest

from app.live.frames import CloseCode
from tests.engines import running_postgres
from tests.faults.crowd import Crowd, check, check_acknowledged, in_doubt
from tests.faults.postgres import Crashing
from tests.faults.process import Process, process, until
from tests.talkers import town

ROOMS = 4
MOST_BETWEEN = 80
"""Acks between two kills, at most."""


@asynccontextmanager
async def crowded(running: Process) -> AsyncIterator[Crowd]:
    async with town(running.served) as place:
        crowd = Crowd(place)
        try:
            await crowd.gather(ROOMS)
            yield crowd
        finally:
            await crowd.disperse()


async def killed(running: Process, crowd: Crowd, chance: Random) -> None:
    """One kill in the middle of talks; now and then another one while the server comes back."""
    await crowd.acknowledged(chance.randrange(1, MOST_BETWEEN))
    crowd.up.clear()
    await running.kill()
    if chance.random() < 0.2:
        await running.begin()
        await running.kill()
    await running.start()
    crowd.up.set()


@pytest.mark.parametrize("kills", [8, pytest.param(200, marks=pytest.mark.load)])
async def test_kills_lose_and_double_nothing_on_sqlite(tmp_path: Path, kills: int) -> None:
    chance = Random(20)
    async with process(tmp_path) as running, crowded(running) as crowd:
        for _ in range(kills):
            await killed(running, crowd, chance)
        await crowd.finish()
        assert in_doubt(crowd) > 0
        await running.stop()
        await check(crowd, running.served.server.settings.conversations_store)


@pytest.mark.engines
@pytest.mark.parametrize("kills", [3, pytest.param(200, marks=pytest.mark.load)])
async def test_kills_lose_and_double_nothing_on_postgresql(
    tmp_path: Path, postgres_url: Callable[[str], Awaitable[str]], kills: int
) -> None:
    chance = Random(5)
    urls = {f"{name}_url": await postgres_url(name) for name in ("identity", "conversations")}
    async with process(tmp_path, **urls) as running, crowded(running) as crowd:
        for _ in range(kills):
            await killed(running, crowd, chance)
        await crowd.finish()
        assert in_doubt(crowd) > 0
        await running.stop()
        await check(crowd, running.served.server.settings.conversations_store)


@pytest.mark.engines
async def test_a_killed_postgresql_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with running_postgres() as engine:
        crashing = Crashing(engine)
        urls = {f"{name}_url": await engine.create(name) for name in ("identity", "conversations")}
        try:
            async with process(tmp_path, **urls) as running, crowded(running) as crowd:
                await crowd.acknowledged(MOST_BETWEEN)
                crowd.up.clear()
                await crashing.kill_backend_of(urls["conversations_url"])
                crowd.up.set()
                await crowd.acknowledged(MOST_BETWEEN)
                crowd.up.clear()
                await crashing.kill()
                await crashing.start()
                crowd.up.set()
                await crowd.acknowledged(MOST_BETWEEN)
                await crowd.finish()
                assert in_doubt(crowd) > 0
                await running.stop()
                await check(crowd, urls["conversations_url"])
            assert b"Traceback" not in (tmp_path / "server.log").read_bytes()
        finally:
            crashing.end()


async def test_a_server_told_to_end_under_load_says_so_and_loses_nothing(tmp_path: Path) -> None:
    async with process(tmp_path) as running, crowded(running) as crowd:
        for _ in range(3):
            await crowd.acknowledged(MOST_BETWEEN)
            crowd.up.clear()
            await running.stop()
            await until(crowd.is_cut)
            assert {voice.closed.pop() for voice in crowd.voices} == {CloseCode.GOING_AWAY}
            await check_acknowledged(crowd, running.served.server.settings.conversations_store)
            await running.start()
            crowd.up.set()
        await crowd.finish()
        await running.stop()
        await check(crowd, running.served.server.settings.conversations_store)
        assert b"Traceback" not in (tmp_path / "server.log").read_bytes()
