"""A served process as its keeper sees it: whether it can serve, and numbers that tell of nobody."""

import asyncio
import os
import resource
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import make_url

from app.kit.clock import DAY, ManualClock
from app.kit.metrics import PERIOD
from app.main import Server
from app.web import health
from app.web.conversations_watch import SERIES
from app.web.metrics import PROCESS
from app.wire.directory import SLACK
from migrations import CONVERSATIONS, IDENTITY
from tests.builders import NOW
from tests.engines import Postgres, migrated_postgres
from tests.serving import serving, settings_for
from tests.talkers import Town, eventually, town

BEGUN = NOW // PERIOD * PERIOD
OURS = {series.name: series for series in (*PROCESS, *SERIES)}


async def ready(http: httpx.AsyncClient) -> tuple[int, object]:
    answer = await http.get("/health/ready")
    return answer.status_code, answer.json()


async def about_people(server: Server, http: httpx.AsyncClient) -> str:
    """What is published in the next period, without what every process says of itself."""
    assert isinstance(server.clock, ManualClock)
    server.clock.advance(PERIOD)
    assert server.published is not None
    await server.published.turn()
    lines = (await http.get("/metrics")).text.splitlines()
    own = tuple(series.name for series in PROCESS)
    return "\n".join(line for line in lines if not line.startswith(own))


async def test_a_process_before_its_founding_can_be_founded_and_says_what_is_missing(tmp_path: Path) -> None:
    async with serving(settings_for(tmp_path)) as served, httpx.AsyncClient(base_url=served.url) as http:
        assert await ready(http) == (200, {"ready": True, "problems": ["directory_missing"]})


async def test_an_old_directory_is_told_and_takes_no_process_away_from_those_who_talk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "FRESH_SECONDS", 0)
    clock = ManualClock(NOW)
    async with serving(settings_for(tmp_path), clock) as served, town(served) as place:
        expires = place.cast.directory(NOW).expires + SLACK

        async def problems_at(moment: int) -> set[str]:
            clock.advance(moment - clock.now())
            status, told = await ready(place.http)
            assert status == 200
            assert isinstance(told, dict)
            assert told["ready"]
            return set(told["problems"]) & {"directory_expired", "directory_expires_soon"}

        assert await problems_at(expires - 8 * DAY) == set()
        assert await problems_at(expires - 6 * DAY) == {"directory_expires_soon"}
        assert await problems_at(expires + 1) == {"directory_expired"}


async def test_a_store_that_is_away_is_told_until_it_is_back(
    tmp_path: Path, postgres_server: Postgres
) -> None:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(migrated_postgres(postgres_server, CONVERSATIONS))
        served = await stack.enter_async_context(serving(settings_for(tmp_path, conversations_url=url)))
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=served.url))
        name = make_url(url).database
        assert (await ready(http))[0] == 200

        async with postgres_server.administrator() as administrator:
            await administrator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            await administrator.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name
            )
        try:
            await eventually(lambda: _is(http, 503))
            told = (await ready(http))[1]
            assert (await http.get("/health/live")).status_code == 200
        finally:
            async with postgres_server.administrator() as administrator:
                await administrator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        await eventually(lambda: _is(http, 200))

    assert isinstance(told, dict)
    assert "store" in told["problems"]


async def _is(http: httpx.AsyncClient, status: int) -> bool:
    return (await ready(http))[0] == status


async def test_numbers_are_not_there_unless_somebody_asked_for_them(tmp_path: Path) -> None:
    async with serving(settings_for(tmp_path)) as served, httpx.AsyncClient(base_url=served.url) as http:
        hidden, nowhere = await http.get("/metrics"), await http.get("/nowhere")

    assert (hidden.status_code, hidden.content) == (nowhere.status_code, nowhere.content)
    assert hidden.status_code == 404


async def test_a_talk_leaves_the_numbers_as_they_were_and_a_crowd_is_told_in_twenties(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, metrics=True, sockets_limit=100)
    async with serving(settings, ManualClock(BEGUN)) as served, town(served) as place:
        server = served.server
        before = await about_people(server, place.http)
        async with AsyncExitStack() as stack:
            await talk(place, stack)
            assert len(server.node.sockets) == 2
            during = await about_people(server, place.http)
            for _ in range(20):
                await stack.enter_async_context(place.tab())
            crowded = await about_people(server, place.http)

    assert during == before
    assert 'beside_sockets{side="client"} 0.0' in before
    assert 'beside_sockets{side="client"} 20.0' in crowded
    assert 'beside_sockets{side="staff"} 0.0' in crowded


async def talk(place: Town, stack: AsyncExitStack) -> None:
    """Two who are there, and say something."""
    guest = await place.talking()
    client, peer = await stack.enter_async_context(place.tab()), place.cast.mara
    staff = await stack.enter_async_context(place.tab(staff=peer))
    await client.enter(guest)
    await staff.sit(guest.room)
    for _ in range(3):
        await client.send(guest.next_frame())
        await client.ack()


async def test_numbers_are_for_reading(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, metrics=True)
    async with serving(settings) as served, httpx.AsyncClient(base_url=served.url) as http:
        own = {"origin": served.url}
        assert (await http.get("/metrics", headers=own)).status_code == 200
        for method in ("POST", "PUT", "DELETE"):
            assert (await http.request(method, "/metrics", headers=own)).status_code == 405


async def test_every_number_and_every_label_is_of_a_closed_list(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, metrics=True)
    async with serving(settings, ManualClock(BEGUN)) as served, town(served) as place:
        await talk_and_wait(place)
        await about_people(served.server, place.http)
        answer = await place.http.get("/metrics")

    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    families = list(text_string_to_metric_families(answer.text))
    assert {name(family.name, family.type) for family in families} == set(OURS)
    for family in families:
        series = OURS[name(family.name, family.type)]
        for sample in family.samples:
            label = "le" if series.kind == "histogram" else series.label
            assert set(sample.labels) == ({label} if label else set())
            assert set(sample.labels.values()) <= {*series.labels, "other"}
            assert sample.value % series.step == 0


async def talk_and_wait(place: Town) -> None:
    await place.opened(note=True)
    await place.opened()
    async with AsyncExitStack() as stack:
        await talk(place, stack)


def name(family: str, kind: str) -> str:
    return f"{family}_total" if kind == "counter" else family


async def test_probes_write_no_line_and_any_other_request_does(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async with serving(settings_for(tmp_path)) as served, httpx.AsyncClient(base_url=served.url) as http:
        await http.get("/health/live")
        await http.get("/health/ready")
        quiet = capfd.readouterr()
        await http.get("/nowhere")
        said = capfd.readouterr()

    assert "request" not in quiet.out + quiet.err
    assert "request" in said.out + said.err


async def test_of_two_workers_at_one_port_either_answers_for_both(
    tmp_path: Path, postgres_server: Postgres, unused_tcp_port: int
) -> None:
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(migrated_postgres(postgres_server, IDENTITY))
        http = await stack.enter_async_context(
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{unused_tcp_port}", trust_env=False)
        )
        environment = {
            "BESIDE_SIDE": "identity",
            "BESIDE_WORKERS": "2",
            "BESIDE_METRICS": "true",
            "BESIDE_IDENTITY_URL": url,
            "BESIDE_DATA": str(tmp_path / "data"),
            "BESIDE_PORT": str(unused_tcp_port),
            "TMPDIR": str(tmp_path),
        }
        supervisor = await asyncio.create_subprocess_exec(
            Path(sys.executable).with_name("beside"), "serve", env={**os.environ, **environment}
        )
        stack.push_async_callback(ended, supervisor)
        one = float(resource.getrlimit(resource.RLIMIT_NOFILE)[0])

        async def tells_of_both() -> bool:
            try:
                answer = await http.get("/metrics", headers={"connection": "close"})
            except httpx.HTTPError:
                return False
            return f"process_max_fds {2 * one}" in answer.text

        async with asyncio.timeout(60):
            while not await tells_of_both():  # noqa: ASYNC110 - what is waited for happens in other processes
                await asyncio.sleep(0.05)
        folder = tmp_path / f"beside-metrics-{supervisor.pid}"
        assert len(list(folder.glob("*.json"))) == 2
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


async def ended(supervisor: asyncio.subprocess.Process) -> None:
    supervisor.terminate()
    await supervisor.wait()
