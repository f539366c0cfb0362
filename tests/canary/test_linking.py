"""docs/protocol.md, 18.4: copies of both stores do not tell which rooms belong to one returning client."""

import asyncio
import random
from collections.abc import Callable

import pytest
import uvloop

from tests.canary.dumps import Dump, Row
from tests.canary.linking import Linker, chance_of, questions, right_guesses
from tests.canary.returns import SEED, VISITS, Copies, Visit, moved, simulate
from tests.engines import ENGINES, Postgres

UNLIKELY = 0.001
RETURNS = 1_000


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Copies:
    """Both stores after a month."""
    data = tmp_path_factory.mktemp("returns")
    conversations, identity = (
        f"sqlite+aiosqlite:///{data / name}.sqlite" for name in ("conversations", "identity")
    )
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        return loop.run(simulate(conversations, identity, data / "data"))


@pytest.fixture(scope="module", params=ENGINES)
def copies(request: pytest.FixtureRequest, month: Copies) -> Copies:
    """The same as each engine keeps it."""
    if request.param == "sqlite":
        return month
    server: Postgres = request.getfixturevalue("postgres_server")
    conversations, identity = (asyncio.run(server.create(name)) for name in ("conversations", "identity"))
    return asyncio.run(moved(month, conversations, identity))


def test_a_linking_program_does_no_better_than_chance(copies: Copies) -> None:
    asked = questions(copies.visits)
    assert len(asked) == RETURNS
    right = right_guesses(Linker(copies.identity, copies.conversations), asked)
    assert chance_of(right, RETURNS) >= UNLIKELY, right


def test_the_copies_hold_what_a_linking_program_would_look_at(copies: Copies) -> None:
    store, accounts = copies.conversations, copies.identity
    assert len(store["rooms"]) == len(copies.visits) == RETURNS + 250
    assert len(store["messages"]) > 2_500
    assert len({row["state"] for row in store["rooms"]}) == 4
    assert {row["kid"] for row in store["seats"]} & {row["kid"] for row in accounts["staff"]}
    assert len(accounts["sessions"]) >= 2
    assert 80 <= len(accounts["vaults"]) <= 120
    assert {row["version"] for row in accounts["vaults"]} == {VISITS}


def test_rows_lie_in_the_order_of_their_keys_after_the_purge(copies: Copies) -> None:
    for table, key in (("rooms", ("id",)), ("messages", ("room", "seq")), ("seats", ("room", "seat"))):
        keys = [tuple(row[name] for name in key) for row in copies.conversations[table]]
        assert keys == sorted(keys), table
    journals = [row["id"] for row in copies.identity["vaults"]]
    assert journals == sorted(journals)


Plant = Callable[[Dump, Dump, list[Visit]], None]


def of_client(visits: list[Visit]) -> dict[bytes, int]:
    return {visit.place.room: visit.client for visit in visits}


def a_time(store: Dump, _: Dump, visits: list[Visit]) -> None:
    """Coming again closes the room before."""
    opened = {row["id"]: row["opened_day"] for row in store["rooms"]}
    after: dict[bytes, int] = {}
    for visit in visits:
        later = [v.place.room for v in visits if v.client == visit.client and v.day > visit.day]
        if later:
            after[visit.place.room] = min(opened[room] for room in later)
    store["rooms"] = [
        {**row, "closed_day": after.get(row["id"], row["closed_day"])} for row in store["rooms"]
    ]


def a_size(store: Dump, _: Dump, visits: list[Visit]) -> None:
    """Words are kept at a length that is the client's own, in one of four messages."""
    whose = of_client(visits)
    store["messages"] = [
        {**row, "ct": row["ct"] + bytes(whose[row["room"]] % 97)} if row["seq"] == 1 else row
        for row in store["messages"]
    ]


def an_order(store: Dump, _: Dump, visits: list[Visit]) -> None:
    """A client's rooms lie beside each other."""
    whose = of_client(visits)
    store["rooms"] = sorted(store["rooms"], key=lambda row: whose[row["id"]])


def an_id(store: Dump, _: Dump, visits: list[Visit]) -> None:
    """Somewhere inside a wrap are four bytes that all wraps of a client have, at no fixed place."""
    whose, chance = of_client(visits), random.Random(SEED)
    mark = {client: chance.randbytes(5) for client in sorted(set(whose.values()))}

    def marked(row: Row) -> Row:
        at = chance.randrange(100, 500)
        wrap = row["wrap"]
        return {**row, "wrap": wrap[:at] + mark[whose[row["id"]]] + wrap[at + 5 :]}

    store["rooms"] = [marked(row) for row in store["rooms"]]


def an_account(_: Dump, accounts: Dump, visits: list[Visit]) -> None:
    """The identity store has a journal that names the rooms."""
    journals: dict[int, bytes] = {}
    for visit in visits:
        journals[visit.client] = journals.get(visit.client, b"") + visit.place.room
    accounts["journals"] = [{"blob": blob} for blob in journals.values()]


@pytest.mark.parametrize("plant", [a_time, a_size, an_order, an_id, an_account])
def test_the_same_program_does_find_what_is_planted(month: Copies, plant: Plant) -> None:
    store, accounts = dict(month.conversations), dict(month.identity)
    plant(store, accounts, month.visits)
    right = right_guesses(Linker(accounts, store), questions(month.visits))
    assert right > RETURNS / 2
    assert chance_of(right, RETURNS) < UNLIKELY, right


def test_the_bound_is_that_of_a_fair_coin() -> None:
    assert chance_of(500, 1_000) == 1
    assert chance_of(552, 1_000) > UNLIKELY > chance_of(553, 1_000)
    assert chance_of(448, 1_000) > UNLIKELY > chance_of(447, 1_000)
