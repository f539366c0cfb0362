"""A store that is locked, full or away: a clear answer, nothing half-written, and all is well afterwards."""

import asyncio
import secrets
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy.engine import make_url

from app.identity.house import IdentityHouse
from app.identity.ids import Identity
from app.kit import database
from app.kit.database import ReadTx, WriteTx
from app.wire.directory import parse_directory
from app.wire.encoding import b64u
from app.wire.sizes import HASH
from tests.engines import Postgres
from tests.integration.identity.desk import Desk, publication

UNAVAILABLE = (503, {"code": "unavailable"})

only_sqlite = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize(
    "engine_url", [pytest.param("postgresql", marks=pytest.mark.engines)], indirect=True
)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite gives up on a lock at once."""
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", 1)


@only_sqlite
async def test_a_locked_store_is_said_and_the_proof_stays_good(impatient: None, desk: Desk) -> None:
    founder = desk.organisation.founder
    browser = await desk.browser()
    body = {"name": founder.name, "auth": b64u(founder.auth), "proof": await browser.proof()}
    path = str(desk.house.database.url.database)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await browser.post("staff/sign-in", body) == UNAVAILABLE
        other.execute("ROLLBACK")
    assert (await browser.post("staff/sign-in", body))[0] == 200


@only_sqlite
async def test_a_full_disk_applies_nothing_of_a_directory(desk: Desk) -> None:
    async def page_limit(tx: WriteTx[Identity] | ReadTx[Identity], pages: int) -> None:
        await tx.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    before = (await desk.coordinator.http.get("/api/directory")).json()
    renewal, seals = desk.next_directory(desk.listed)
    many = tuple(secrets.token_bytes(HASH) for _ in range(900))
    signed = desk.organisation.sign(replace(parse_directory(renewal.payload), earlier=many))
    async with desk.house.database.write() as tx:
        await page_limit(tx, 1)  # SQLite takes the present size instead: from here on nothing grows
    answer = await desk.coordinator.post("directory/publish", publication(signed, seals))
    assert answer == UNAVAILABLE
    assert (await desk.coordinator.http.get("/api/directory")).json() == before
    assert len((await desk.coordinator.ok("staff/me", {}))["team_keys"]) == 3
    async with desk.house.database.write() as tx:
        await page_limit(tx, 1_000_000)
    await desk.coordinator.ok("directory/publish", publication(signed, seals))
    assert len((await desk.coordinator.ok("staff/me", {}))["team_keys"]) == 5


@only_postgresql
async def test_a_database_that_is_away_is_said_and_comes_back(
    desk: Desk, engine_url: str, postgres_server: Postgres
) -> None:
    name = make_url(engine_url).database
    founder = desk.organisation.founder
    browser = await desk.browser()
    body = {"name": founder.name, "auth": b64u(founder.auth), "proof": await browser.proof()}
    async with postgres_server.administrator() as administrator:
        await administrator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        await administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name
        )
        assert await browser.post("staff/sign-in", body) == UNAVAILABLE
        assert await browser.post("staff/salt", {"name": "cora"}) == UNAVAILABLE
        await administrator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert (await browser.post("staff/sign-in", body))[0] == 200


async def test_sign_ins_with_one_proof_at_once_give_one_session(
    desk: Desk, open_again: Callable[[], Awaitable[IdentityHouse]]
) -> None:
    founder = desk.organisation.founder
    here, there = await desk.browser(), await desk.browser(await open_again())
    body = {"name": founder.name, "auth": b64u(founder.auth), "proof": await here.proof()}
    answers = await asyncio.gather(*(browser.post("staff/sign-in", body) for browser in (here, there) * 2))
    assert sorted(status for status, _ in answers) == [200, 400, 400, 400]
