"""Every door of both houses and every frame: who is let in, and that all others are told the same."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import connect

from app.kit.clock import ManualClock
from app.live import frames
from app.live.frames import CloseCode
from app.wire.encoding import b64u
from app.wire.frames import Erase, Send
from tests.builders import NOW
from tests.integration.doors.conversations import Rooms, conversation_doors, rooms_of
from tests.integration.doors.frames import FrameDoor, frame_table
from tests.integration.doors.health import health_doors
from tests.integration.doors.identity import identity_doors, team_in
from tests.integration.doors.table import (
    CALLERS,
    CLIENT,
    DEPARTED,
    FOREIGN,
    Caller,
    Door,
    Visitor,
    walk,
)
from tests.serving import serving, settings_for
from tests.talkers import Tab, town


@asynccontextmanager
async def rooms_in(folder: Path) -> AsyncIterator[Rooms]:
    async with serving(settings_for(folder / "data"), ManualClock(NOW)) as served, town(served) as place:
        yield await rooms_of(place)


async def doors_of(http: httpx.AsyncClient) -> set[tuple[str, str]]:
    """The doors that all apps have, as (method, path under /api/ or whole path)."""
    paths = (await http.get("/docs/openapi.json")).json()["paths"]
    return {(method, path.removeprefix("/api/")) for path, methods in paths.items() for method in methods}


def listed(table: list[Door[Any]]) -> set[tuple[str, str]]:
    doors = [(door.method, door.path) for door in table]
    assert len(doors) == len(set(doors)), "a door stands in the table twice"
    return set(doors)


async def test_each_door_of_the_conversations_lets_in_whom_the_table_names_and_nobody_else(
    tmp_path: Path,
) -> None:
    table = [*conversation_doors(), *health_doors()]
    async with rooms_in(tmp_path) as rooms:
        assert await doors_of(rooms.place.http) == listed(table) | listed(identity_doors())
        # Straight into the application: on a line each of these many requests would take ten times as long.
        direct = httpx.ASGITransport(rooms.place.served.server)
        async with httpx.AsyncClient(transport=direct, base_url=rooms.place.served.url) as http:

            def visitor(caller: Caller) -> Visitor:
                return Visitor(http, lambda: rooms.headers(caller))

            wrong = await walk(table, rooms, {caller: visitor(caller) for caller in CALLERS})
    assert not wrong, "\n".join(wrong)


async def test_each_door_of_the_identity_house_lets_in_whom_the_table_names_and_nobody_else(
    tmp_path: Path,
) -> None:
    async with team_in(tmp_path) as team:
        visitors = {caller: Visitor(browser.http) for caller, browser in team.browsers.items()}
        wrong = await walk(identity_doors(), team, visitors)
    assert not wrong, "\n".join(wrong)


async def test_each_frame_is_taken_from_whom_the_table_names_and_from_nobody_else(tmp_path: Path) -> None:
    table = frame_table()
    named = set(frames.from_browser.json_schema()["discriminator"]["mapping"])
    assert {row.type for row in table} == named | {"send", "erase"}
    async with rooms_in(tmp_path) as rooms:
        cast = rooms.place.cast
        wrong = []
        for row in table:
            if row.at == "line":
                await rooms.place.done("queue/claim", {"room": b64u(rooms.line.room)}, staff=cast.sol)
            refused = [each for each in CALLERS if each not in (*row.lets_in, DEPARTED)]
            for caller in (*refused, *row.lets_in):
                heard = await said(rooms, row, caller)
                if heard != row.lets_in.get(caller, "unknown"):
                    wrong.append(f"{row.type}: {caller} hears {heard}")
        assert not wrong, "\n".join(wrong)
        async with connect(rooms.place.served.live_url, compression=None, proxy=None) as socket:
            await Tab(socket).say("hello", v=1, **{"pass": rooms.token(DEPARTED)})
            assert await Tab(socket).closed() == CloseCode.UNKNOWN


async def said(rooms: Rooms, row: FrameDoor, caller: Caller) -> str:
    """What somebody hears of a frame that they send: "ok", or the code of an error."""
    async with connect(rooms.place.served.live_url, compression=None, proxy=None) as socket:
        tab = Tab(socket)
        shown = {"pass": rooms.token(caller)} if caller in rooms.keys else {}
        await tab.say("hello", v=1, **shown)
        await tab.until_kind("welcome")
        if row.entered:
            room = getattr(rooms, row.at)
            if caller == FOREIGN:
                room = rooms.other
            entering = rooms.entering(CLIENT if caller == FOREIGN else caller, room)
            await tab.say(entering.pop("type"), **entering)
            await heard(tab)
        frame = row.frame(rooms, caller)
        if isinstance(frame, Send | Erase):
            await tab.send(frame.pack())
            found = await tab.until(lambda each: not isinstance(each, dict) or each["type"] == "error")
            return str(found["code"]) if isinstance(found, dict) else "ok"
        fields = dict(frame)
        await tab.say(fields.pop("type"), **fields)
        return await heard(tab)


async def heard(tab: Tab) -> str:
    """What comes before the answer to a ping."""
    await tab.say("ping")
    found = await tab.until(lambda each: isinstance(each, dict) and each["type"] in ("error", "pong"))
    if found["type"] == "pong":
        return "ok"
    await tab.until_kind("pong")
    return str(found["code"])
