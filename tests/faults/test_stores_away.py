"""A store that is locked, away or full: it is said, nothing is half-written, and all goes on afterwards."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from app.conversations.messages import postgresql
from app.wire.encoding import b64u
from app.wire.frames import Ack, Item
from tests.builders import Guest, new_guest
from tests.engines import Postgres
from tests.faults.crowd import stored
from tests.faults.process import process
from tests.faults.stores import (
    away,
    end_waiting_backend,
    full,
    only_postgresql,
    row_locked,
)
from tests.talkers import Tab, Town, said_by, seat, town

UNAVAILABLE = (503, {"code": "unavailable"})
OCTETS = {"content-type": "application/octet-stream"}


@pytest.fixture
def server(request: pytest.FixtureRequest, engine_url: str) -> Postgres | None:
    """PostgreSQL, where the store is on it."""
    found = request.getfixturevalue("postgres_server") if engine_url.startswith("postgresql") else None
    assert found is None or isinstance(found, Postgres)
    return found


def unavailable(guest: Guest, n: int) -> dict[str, Any]:
    return {"type": "error", "code": "unavailable", "room": b64u(guest.room), "n": n}


async def posted(place: Town, guest: Guest, data: bytes) -> tuple[int, object]:
    """A message without a socket."""
    answer = await place.http.post("/api/messages/send", content=guest.secret + data, headers=OCTETS)
    return answer.status_code, answer.json() if answer.status_code != 200 else answer.content


async def refused(place: Town, path: str, body: dict[str, Any], **who: Any) -> bool:
    answer = await place.post(path, body, **who)
    return (answer.status_code, answer.json()) == UNAVAILABLE


async def one_copy(url: str, guest: Guest, tabs: list[Tab]) -> None:
    """The client's first message is in the store and on the pages, once."""
    for tab in tabs:
        assert (await tab.item()).seq == 1
        # Until the pong may come what a page is told of its own shift, and no second copy.
        await tab.say("ping")
        last = await tab.until(lambda frame: isinstance(frame, Item) or frame == {"type": "pong"})
        assert last == {"type": "pong"}
    items, seq, _, counts = await stored(url, guest.room)
    assert (len(items), seq, sorted(counts.values())) == (1, 1, [1])


async def test_a_message_into_a_store_that_is_away_has_no_ack_and_its_repeat_is_taken_once(
    impatient: None, place: Town, engine_url: str, server: Postgres | None
) -> None:
    guest = await place.talking()
    frame = guest.next_frame()
    async with place.tab() as client, place.tab(staff=place.cast.mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        async with away(engine_url, server):
            await client.send(frame)
            assert await client.until_kind("error") == unavailable(guest, 1)
            assert await posted(place, guest, frame.pack()) == UNAVAILABLE
        items, seq, _, counts = await stored(engine_url, guest.room)
        assert (items, seq, sum(counts.values())) == ([], 0, 0)
        await client.send(frame)
        assert await client.ack() == Ack(guest.room, 1, 1)
        assert await posted(place, guest, frame.pack()) == (200, Ack(guest.room, 1, 1).pack())
        await one_copy(engine_url, guest, [peer])


async def test_opening_and_claiming_in_a_store_that_is_away_are_refused_whole_and_can_be_repeated(
    impatient: None, place: Town, engine_url: str, server: Postgres | None
) -> None:
    waiting, guest = await place.opened(), new_guest()
    challenge = (await place.done("rooms/challenge", {}))["challenge"]
    opening = place.opening(guest, challenge)
    claim = {"room": b64u(waiting.room)}
    async with away(engine_url, server):
        assert await refused(place, "rooms/open", opening)
        assert await refused(place, "queue/claim", claim, staff=place.cast.mara)
    # The proof was not spent and the place not lost.
    assert (await place.done("rooms/open", opening))["state"] == "waiting"
    assert (await place.done("queue/claim", claim, staff=place.cast.mara))["state"] == "meeting"


async def test_a_page_that_enters_while_the_store_is_away_is_told_and_enters_later(
    impatient: None, place: Town, engine_url: str, server: Postgres | None
) -> None:
    guest = await place.talking()
    async with place.tab() as client:
        async with away(engine_url, server):
            await client.say("enter", room=guest.room, secret=guest.secret, after=0)
            told = await client.next()
            if server is None:  # whoever only reads does not need the lock
                assert told["type"] == "entered"
            else:
                assert told == {"type": "error", "code": "unavailable", "room": b64u(guest.room)}
        assert (await client.enter(guest))["state"] == "talking"


@only_postgresql
async def test_a_row_held_by_somebody_else_costs_its_message_the_ack_and_other_rooms_go_on(
    place: Town, engine_url: str, postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "COMMAND_SECONDS", 0.3)
    guest, other = await place.talking(), await place.talking(place.cast.sol)
    frame = guest.next_frame()
    async with place.tab() as client, place.tab() as elsewhere, place.tab(staff=place.cast.mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        await elsewhere.enter(other)
        async with row_locked(engine_url, postgres_server, guest.room):
            await client.send(frame)
            assert await client.until_kind("error") == unavailable(guest, 1)
            await elsewhere.send(other.next_frame())
            assert (await elsewhere.ack()).seq == 1
        await client.send(frame)
        assert await client.ack() == Ack(guest.room, 1, 1)
        await one_copy(engine_url, guest, [peer])


@only_postgresql
async def test_a_connection_ended_in_the_middle_of_a_batch_costs_the_ack_and_nothing_else(
    place: Town, engine_url: str, postgres_server: Postgres
) -> None:
    guest = await place.talking()
    frame = guest.next_frame()
    async with place.tab() as client, place.tab(staff=place.cast.mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        async with row_locked(engine_url, postgres_server, guest.room):
            await client.send(frame)
            await end_waiting_backend(engine_url, postgres_server)
            assert await client.until_kind("error") == unavailable(guest, 1)
        await client.send(frame)
        assert await client.ack() == Ack(guest.room, 1, 1)
        await one_copy(engine_url, guest, [peer])


async def goes_on_after(place: Town, url: str, full_disk: AbstractAsyncContextManager[None]) -> None:
    """Fill the disk in the middle of a talk, try every kind of write, and free it again."""
    guest, waiting, newcomer = await place.talking(), await place.opened(), new_guest()
    mara = place.cast.mara
    opening = place.opening(newcomer, (await place.done("rooms/challenge", {}))["challenge"])
    claim = {"room": b64u(waiting.room)}
    async with place.tab() as client, place.tab(staff=mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        first, second, reply = guest.next_frame(), guest.next_frame(), said_by(guest, mara, 1)
        await client.send(first)
        assert (await client.ack()).seq == 1
        async with full_disk:
            await client.send(second)
            assert await client.until_kind("error") == unavailable(guest, 2)
            await peer.send(reply)
            assert await peer.until_kind("error") == unavailable(guest, 1)
            assert await refused(place, "rooms/open", opening)
            assert await refused(place, "queue/claim", claim, staff=mara)
            items, seq, _, counts = await stored(url, guest.room)
            assert ([item.com for item in items], seq, sorted(counts.values())) == ([first.com], 1, [1])
            history = await place.done("rooms/history", {**seat(guest), "after": 0})
            assert (history["seq"], len(history["items"])) == (1, 1)
            async with place.tab() as reader:
                assert (await reader.enter(guest))["seq"] == 1
                assert (await reader.item()).com == first.com
        await client.send(second)
        assert await client.ack() == Ack(guest.room, 2, 2)
        await peer.send(reply)
        assert await peer.ack() == Ack(guest.room, 1, 3)
    assert (await place.done("rooms/open", opening))["state"] == "waiting"
    assert (await place.done("queue/claim", claim, staff=mara))["state"] == "meeting"
    items, seq, _, _ = await stored(url, guest.room)
    assert ([item.com for item in items], seq) == ([first.com, second.com, reply.com], 3)


@only_postgresql
async def test_a_full_postgresql_takes_nothing_shows_everything_and_goes_on(
    place: Town, engine_url: str, postgres_server: Postgres
) -> None:
    await goes_on_after(place, engine_url, full(engine_url, postgres_server))


async def test_a_full_disk_under_sqlite_takes_nothing_shows_everything_and_goes_on(tmp_path: Path) -> None:
    async with process(tmp_path) as running, town(running.served) as place:
        await goes_on_after(place, place.served.server.settings.conversations_store, running.disk_full())
        await running.stop()
