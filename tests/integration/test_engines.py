"""The engines that the other suites stand on are real, fresh for each test, and closed to each other."""

import socket
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import create_async_engine

from tests.engines import Postgres

PostgresUrl = Callable[[str], Awaitable[str]]


async def _run(url: str, *statements: str) -> list[object]:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            for statement in statements[:-1]:
                await connection.execute(text(statement))
            return list((await connection.execute(text(statements[-1]))).scalars())
    finally:
        await engine.dispose()


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_each_test_gets_an_empty_store_it_may_write(engine_url: str, turn: str) -> None:
    made = await _run(
        engine_url,
        "CREATE TABLE words (word TEXT)",  # fails if the turn before left it behind
        f"INSERT INTO words VALUES ('{turn}')",
        "SELECT word FROM words",
    )
    assert made == [turn]


async def test_the_database_is_postgresql_18_and_waits_for_the_disk(
    postgres_server: Postgres, request: pytest.FixtureRequest
) -> None:
    async with postgres_server.administrator() as administrator:
        assert str(await administrator.fetchval("SHOW server_version")).startswith("18.")
        expected = "off" if request.config.getoption("--no-fsync") else "on"
        assert await administrator.fetchval("SHOW fsync") == expected
        assert await administrator.fetchval("SHOW listen_addresses") == ""


async def test_a_house_enters_its_own_database_and_never_the_other(
    postgres_server: Postgres, postgres_url: PostgresUrl
) -> None:
    identity, conversations = await postgres_url("identity"), await postgres_url("conversations")
    assert await _run(identity, "SELECT 1") == [1]
    assert await _run(conversations, "SELECT 1") == [1]

    trespass = postgres_server.url(str(make_url(conversations).database), str(make_url(identity).username))
    with pytest.raises(ProgrammingError, match="permission denied for database"):
        await _run(trespass, "SELECT 1")


async def test_a_house_cannot_make_roles_or_databases(postgres_url: PostgresUrl) -> None:
    rights = await _run(
        await postgres_url("identity"),
        "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user",
    )
    assert rights == [False]


async def test_a_copy_holds_what_the_original_held_and_is_its_own(
    postgres_server: Postgres, postgres_url: PostgresUrl
) -> None:
    original = await postgres_url("conversations")
    await _run(original, "CREATE TABLE words (word TEXT)", "INSERT INTO words VALUES ('stone')", "SELECT 1")
    copy = await postgres_server.copy(original)
    try:
        assert await _run(
            copy, "INSERT INTO words VALUES ('river')", "SELECT word FROM words ORDER BY word"
        ) == [
            "river",
            "stone",
        ]
        assert await _run(original, "SELECT word FROM words") == ["stone"]
    finally:
        await postgres_server.drop(copy)


def test_a_nats_server_answers_on_loopback_only(nats_server: str) -> None:
    address = make_url(nats_server)
    assert address.host == "127.0.0.1"
    with socket.create_connection((address.host, address.port or 0), timeout=10) as connection:
        assert connection.recv(5) == b"INFO "
