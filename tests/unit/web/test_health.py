"""Whether to send people to a process: few reasons not to, and asking costs nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import get_args

import httpx
import pytest

from app.kit.errors import Unavailable
from app.web import errors, health
from app.web.health import Health, Problem, asked, build_app

PROBLEMS: tuple[Problem, ...] = get_args(Problem)


class Side:
    """A side that has these problems, and counts how often it is asked."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        self.asked = 0

    async def check(self) -> tuple[Problem, ...]:
        self.asked += 1
        await asyncio.sleep(0)
        return self.problems


@asynccontextmanager
async def doors(found: Health) -> AsyncIterator[httpx.AsyncClient]:
    app = build_app(found)
    errors.install(app)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://beside.example"
    ) as http:
        yield http


@pytest.mark.parametrize("problem", PROBLEMS)
async def test_only_a_store_that_is_away_makes_a_process_useless(problem: Problem) -> None:
    async with doors(Health([Side().check, Side(problem).check])) as http:
        answer = await http.get("/health/ready")

    useless = problem == "store"
    assert answer.json() == {"ready": not useless, "problems": [problem]}
    assert answer.status_code == (503 if useless else 200)


async def test_a_process_without_its_store_still_lives_and_names_all_that_is_wrong() -> None:
    async with doors(Health([Side("store").check, Side("bus", "store").check])) as http:
        ready = await http.get("/health/ready")
        lives = await http.get("/health/live")

    assert (ready.status_code, ready.json()) == (503, {"ready": False, "problems": ["bus", "store"]})
    assert (lives.status_code, lives.json()) == (200, {"live": True})


async def test_a_storm_of_questions_is_one_look_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(health, "monotonic", lambda: now)
    side = Side()
    async with doors(Health([side.check])) as http:
        now = 10.0
        await asyncio.gather(*(http.get("/health/ready") for _ in range(100)))
        assert side.asked == 1
        now += health.FRESH_SECONDS
        await http.get("/health/ready")

    assert side.asked == 2


async def hangs() -> None:
    await asyncio.Event().wait()


async def fails() -> None:
    raise Unavailable


async def answers() -> None:
    pass


@pytest.mark.parametrize(("store", "found"), [(answers, []), (fails, ["store"]), (hangs, ["store"])])
async def test_a_store_that_refuses_or_never_answers_is_named(
    store: Callable[[], asyncio.Future[None]], found: list[Problem], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "STORE_SECONDS", 0.01)

    assert await asked(store) == found


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
async def test_probes_are_for_reading_and_nothing_else_is_there(path: str) -> None:
    async with doors(Health([])) as http:
        assert (await http.get(path)).status_code == 200
        refused = await http.post(path)
        beside = await http.get(f"{path}/more")

    assert (refused.status_code, refused.json()) == (405, {"code": "unknown"})
    assert (beside.status_code, beside.json()) == (404, {"code": "unknown"})
