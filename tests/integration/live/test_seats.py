"""A second staff seat on open sockets: who is asked hears of it, and the room shows who would come."""

from typing import Any

import pytest

from app.wire.encoding import b64u
from app.wire.ids import seat_id
from tests.builders import rekeying
from tests.talkers import Town, said_by, seat


@pytest.fixture(params=["sqlite"])
def engine_url(tmp_path: Any) -> str:
    """What is shown here is read from the store like everything else; the races are tested below it."""
    return f"sqlite+aiosqlite:///{tmp_path / 'store.sqlite'}"


async def test_who_is_asked_hears_it_everywhere_and_once_let_in_both_seats_are_here(place: Town) -> None:
    mara, sol = place.cast.mara, place.cast.sol
    guest = await place.talking()
    room, ask = {"room": b64u(guest.room)}, {"kid": b64u(sol.kid), "by": b64u(mara.kid), "purpose": "company"}
    async with (
        place.tab() as client,
        place.tab(staff=mara) as hers,
        place.tab(staff=sol) as one,
        place.tab(staff=sol) as two,
    ):
        assert (await client.enter(guest))["asks"] == []
        await hers.sit(guest.room)
        whom = await place.done("seats/whom", room, staff=mara)
        assert whom == {"peers": [b64u(sol.kid)]}
        await place.done("seats/ask", {**room, "kid": b64u(sol.kid), "purpose": "company"}, staff=mara)
        asked = {"type": "asked", **room, "by": b64u(mara.kid), "purpose": "company"}
        for tab in (one, two):
            assert await tab.until_kind("asked") == {**asked, "willing": False}
        assert (await hers.until_kind("room"))["asks"] == [{**ask, "willing": False}]
        assert (await client.until_kind("room"))["asks"] == []
        await place.done("seats/come", {**room, "come": True}, staff=sol)
        for tab in (one, two):
            assert await tab.until_kind("asked") == {**asked, "willing": True}
        for tab in (hers, client):
            assert (await tab.until_kind("room"))["asks"] == [{**ask, "willing": True}]
        # Not in yet: a page of Sol's that tries the door finds it shut.
        await one.say("enter", **room)
        assert await one.until_kind("error") == {"type": "error", "code": "unknown", **room}
        new = rekeying(place, guest, to=[mara, sol])
        seals = [
            {"purpose": each.purpose, "kid": b64u(each.kid), "sealed": b64u(each.sealed)}
            for each in new.seals
        ]
        keys = {"ke": new.ke, "frame": b64u(new.frame.pack()), "wrap": b64u(new.wrap), "seals": seals}
        await place.done("rooms/rekey", {**seat(guest), **keys})
        for tab in (one, two):
            assert await tab.until_kind("asked") == {"type": "asked", **room, "willing": False}
        seats = (await client.until_kind("room"))["seats"]
        assert [each["open"] for each in seats] == [True, True, True]
        entered = await one.sit(guest.room)
        assert (entered["purpose"], entered["asks"], entered["ke"]) == ("seat-peer", [], 2)
        his = b64u(seat_id(guest.room, sol.kid))
        for tab in (client, hers):
            assert await tab.until_kind("presence") == {
                "type": "presence", **room, "seat": his, "state": "here",
            }  # fmt: skip
        await hers.send(said_by(guest, mara, 1))
        await one.send(said_by(guest, sol, 1))
        speakers = {seat_id(guest.room, mara.kid), seat_id(guest.room, sol.kid)}
        for tab in (client, hers, one):
            heard: set[bytes] = set()
            while not speakers <= heard:
                heard.add((await tab.item()).seat)


async def test_no_colleague_hears_of_an_ask_that_is_not_theirs(place: Town) -> None:
    guest = await place.talking()
    room = {"room": b64u(guest.room)}
    async with place.tab(staff=place.cast.moderator, role="moderator") as other, place.tab() as client:
        await client.enter(guest)
        ask = {**room, "kid": b64u(place.cast.sol.kid), "purpose": "handover"}
        await place.done("seats/ask", ask, staff=place.cast.mara)
        await client.until_kind("room")
        await place.served.server.node.show_standing()
        await other.say("ping")
        assert await other.heard("pong") == {"type": "pong"}
        await place.done("seats/withdraw", {**room, "kid": ask["kid"]}, staff=place.cast.mara)
        assert (await client.until_kind("room"))["asks"] == []
