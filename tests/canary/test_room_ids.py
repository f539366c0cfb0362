"""docs/protocol.md, 18.2: a room's id is in no log line, no URL and nowhere in the identity store."""

import json
import secrets
from collections import Counter
from contextlib import suppress

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from app.companion.ticket import Ticket
from app.wire.encoding import b64u
from tests.canary.dumps import as_bytes, dump
from tests.canary.house import House, Street
from tests.canary.needles import Needle, found, words
from tests.canary.story import Played, evening
from tests.talkers import seat

WHEN = ("timestamp", "duration")
"""Fields of a log line that tell of time."""


def lines(log: bytes) -> list[dict[str, object]]:
    """The server's own lines, without time."""
    own = [json.loads(line) for line in log.splitlines() if line.startswith(b"{")]
    return [{name: value for name, value in line.items() if name not in WHEN} for line in own]


def test_no_log_line_and_no_url_names_the_room(played: Played) -> None:
    room = Needle("the room's id", played.room)
    assert found([room], as_bytes(played.copies["talking"].conversations))
    assert found([room], played.log, *played.targets) == []


def test_the_identity_store_never_hears_of_the_room(played: Played, house: House) -> None:
    room = Needle("the room's id", played.room)
    for copy in played.copies.values():
        assert found([room], as_bytes(copy.identity)) == []
        if house.is_sqlite:
            mine = [data for name, data in copy.files.items() if name.startswith("identity.sqlite")]
            assert mine
            assert found([room], *mine) == []


def test_every_request_has_one_of_a_few_constant_paths(played: Played) -> None:
    for target in set(played.targets):
        assert target == b"/site.json" or all(
            part.isalpha() for part in target.replace(b"-", b"").split(b"/")[1:]
        )
    assert len(set(played.targets)) < 40


async def test_logs_of_two_different_rooms_are_equal_but_for_the_time(house: House) -> None:
    begun = len(house.log)
    one = await evening(house, Ticket(), ("hello you",))
    between = len(house.log)
    tags = Ticket("es", True, topics=("grief",), lived=("faith", "parent"))
    other = await evening(house, tags, ("something else altogether, and longer " * 20,))
    first, second = house.log[begun:between], house.log[between:]
    assert one != other
    # Who comes first in the same instant is a matter of time too.
    assert Counter(map(str, lines(first))) == Counter(map(str, lines(second)))
    assert len(lines(first)) > 20
    assert found([Needle("one", one), Needle("other", other)], house.log) == []


async def test_what_strangers_put_into_a_url_or_a_body_is_not_logged(house: House, place: Street) -> None:
    guest = await place.opened()
    room, secret = b64u(guest.room), b64u(guest.secret)
    begun = len(house.log)
    async with httpx.AsyncClient(base_url=house.url, trust_env=False) as http:
        for path in (
            f"/api/rooms/{room}",
            f"/api/service?room={room}&secret={secret}",
            f"/{room}",
            f"/api/{room}/x",
        ):
            for method in ("GET", "POST", "PUT"):
                await http.request(
                    method, path, headers={"user-agent": secret, "referer": f"http://x/{room}"}
                )
        for body in (
            f'{{"room": "{room}", "secret": "{secret}"',
            f'{{"room": "{room}{room}", "secret": "{secret}"}}',
        ):
            answer = await http.post(
                "/api/rooms/probe", content=body, headers={"content-type": "application/json"}
            )
            assert answer.status_code == 400
            assert found([Needle("room", guest.room), Needle("secret", guest.secret)], answer.content) == []
        await http.post(
            "/api/messages/send", content=guest.secret + guest.room, headers={"content-type": room}
        )
        await http.post("/api/rooms/probe", content=secret * 4_000)
    ws = f"ws://127.0.0.1:{house.served.port}"
    for path in (f"/api/live?room={room}", f"/api/live/{room}"):
        with suppress(InvalidStatus, ConnectionClosed):
            async with connect(f"{ws}{path}", proxy=None) as socket:
                await socket.send(f'{{"type": "hello", "room": "{room}", "secret": "{secret}"}}')
                while True:
                    await socket.recv()
    log = house.log[begun:]
    assert len(lines(log)) >= 16
    needles = [Needle("room", guest.room), Needle("secret", guest.secret), words("an address", "127.0.0.1")]
    assert found(needles, log) == []
    assert found(needles, log + room.encode()) != []
    await place.done("rooms/delete", seat(guest))


async def test_a_stranger_at_the_identity_house_leaves_no_id_there_either(house: House) -> None:
    room = secrets.token_bytes(16)
    async with httpx.AsyncClient(base_url=house.url, trust_env=False) as http:
        answer = await http.post("/api/staff/salt", json={"name": b64u(room)})
        assert answer.status_code == 200
        await http.post("/api/enrolment/open", json={"token": b64u(room + room)})
    assert found([Needle("room", room)], as_bytes(await dump(house.identity)), house.log) == []
