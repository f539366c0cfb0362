"""Shifts and offers on open sockets: each peer hears of their own, on every page of theirs."""

from typing import Any

import pytest

from app.wire.encoding import b64u
from tests.talkers import Town, seat


def shift(state: str, **more: Any) -> dict[str, Any]:
    return {"type": "availability", "state": state, "limit": 2, **more}


async def test_a_peer_hears_their_shift_an_offer_and_the_end_of_it_on_every_page(place: Town) -> None:
    guest = await place.opened(topics=["grief"])
    async with place.tab(staff=place.cast.mara) as one, place.tab(staff=place.cast.mara) as two:
        await one.say("availability", state="on")
        for tab in (one, two):
            assert await tab.until_kind("availability") == shift("on")
            offer = (await tab.until_kind("offer"))["offer"]
            assert (offer["room"], offer["language"], offer["topics"]) == (b64u(guest.room), "en", ["grief"])
            assert offer["fits"] == {"language": True, "topics": [], "lived": [], "asked": False}
            assert [row["room"] for row in (await tab.until_kind("queue"))["waiting"]] == [b64u(guest.room)]
        await place.done("queue/pass", {"room": b64u(guest.room)}, staff=place.cast.mara)
        for tab in (one, two):
            assert await tab.until_kind("offer") == {"type": "offer"}
        # A break on one page is one on all, and ends the list.
        await two.say("availability", state="break", limit=1)
        for tab in (one, two):
            assert await tab.until_kind("availability") == {**shift("break"), "limit": 1}


async def test_a_claim_by_another_ends_an_offer_on_the_page(place: Town) -> None:
    async with place.tab(staff=place.cast.mara) as tab:
        await tab.say("availability", state="on")
        guest = await place.opened()
        assert (await tab.until_kind("offer"))["offer"]["room"] == b64u(guest.room)
        await place.done("queue/claim", {"room": b64u(guest.room)}, staff=place.cast.sol)
        assert await tab.until_kind("offer") == {"type": "offer"}


async def test_when_the_client_ends_a_talk_the_peers_page_hears_of_the_quiet_minutes(place: Town) -> None:
    guest = await place.talking()
    async with place.tab(staff=place.cast.mara) as tab:
        assert await tab.until_kind("availability") == shift("on")
        await place.done("rooms/rest", seat(guest))
        quiet = await tab.until_kind("availability")
        assert quiet == shift("on", until=quiet["until"])
        await tab.say("availability", state="on", ready=True)
        assert await tab.until_kind("availability") == shift("on")


async def test_a_clients_page_hears_why_it_waits(place: Town) -> None:
    guest = await place.opened(language="fr")
    async with place.tab() as tab:
        await tab.enter(guest)
        told = await tab.until_kind("wait")
        assert told == {"type": "wait", "room": b64u(guest.room), "ahead": 0, "why": "language"}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"state": "away"},
        {"state": "on", "limit": 0},
        {"state": "on", "limit": 4},
        {"state": "on", "limit": "2"},
        {"state": "on", "limit": True},
        {"state": "on", "ready": 1},
        {"state": "on" * 2_000},
        {"state": "on", "kid": b64u(bytes(16))},
    ],
    ids=lambda fields: str(fields)[:40],
)
async def test_a_shift_of_another_form_is_malformed_and_changes_nothing(
    place: Town, fields: dict[str, Any]
) -> None:
    async with place.tab(staff=place.cast.mara) as tab:
        assert await tab.until_kind("availability") == shift("on")
        await tab.say("availability", **fields)
        assert (await tab.until_kind("error"))["code"] == "malformed"
        await tab.say("availability", state="finishing")
        assert await tab.until_kind("availability") == shift("finishing")


async def test_a_shift_may_be_said_again_and_each_time_it_is_answered(place: Town) -> None:
    async with place.tab(staff=place.cast.sol) as tab:
        for _ in range(3):
            await tab.say("availability", state="on")
            await tab.until_kind("availability")
            await tab.until_kind("queue")


@pytest.mark.parametrize("role", ["moderator", "coordinator"])
async def test_nobody_but_a_peer_has_a_shift(place: Town, role: str) -> None:
    key = place.cast.moderator if role == "moderator" else place.cast.coordinator
    async with place.tab(staff=key, role=role) as tab:
        await tab.say("availability", state="on")
        assert await tab.heard("error") == {"type": "error", "code": "unknown"}
    async with place.tab() as client:
        await client.say("availability", state="on")
        assert await client.heard("error") == {"type": "error", "code": "unknown"}
