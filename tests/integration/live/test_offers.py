"""Shifts and offers on open sockets: each peer hears of their own, on every page of theirs."""

from dataclasses import replace
from typing import Any

import pytest

from app.conversations.queue.outlook import KEPT
from app.kit.clock import ManualClock
from app.wire.directory import holders
from app.wire.encoding import b64u
from tests.builders import NOW
from tests.talkers import Tab, Town, seat


def shift(state: str, **more: Any) -> dict[str, Any]:
    return {"type": "availability", "state": state, "limit": 2, "paused": False, **more}


async def until_all(tab: Tab, *kinds: str) -> dict[str, Any]:
    """The next frame of each kind, in whatever order they come."""
    found: dict[str, Any] = {}
    while not set(kinds) <= set(found):
        frame = await tab.next()
        found.setdefault(frame["type"], frame)
    return found


async def test_a_peer_hears_their_shift_an_offer_and_the_end_of_it_on_every_page(place: Town) -> None:
    guest = await place.opened(topics=["grief"])
    async with place.tab(staff=place.cast.mara) as one, place.tab(staff=place.cast.mara) as two:
        await one.say("availability", state="on")
        for tab in (one, two):
            assert await tab.until_kind("availability") == shift("on")
            found = await until_all(tab, "offer", "queue")
            offer = found["offer"]["offer"]
            assert (offer["room"], offer["language"], offer["topics"]) == (b64u(guest.room), "en", ["grief"])
            assert offer["fits"] == {"language": True, "topics": [], "lived": [], "asked": False}
            assert [row["room"] for row in found["queue"]["waiting"]] == [b64u(guest.room)]
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


async def test_the_end_of_a_shift_is_answered_also_where_it_is_forgotten_at_once(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = place.served.server.node._queue
    said = queue.offering.say

    async def said_and_swept(*args: Any, **more: Any) -> Any:
        shift = await said(*args, **more)
        await queue.sweep()
        return shift

    monkeypatch.setattr(queue.offering, "say", said_and_swept)
    async with place.tab(staff=place.cast.mara) as tab:
        for _ in range(2):
            await tab.say("availability", state="off")
            assert await tab.until_kind("availability") == shift("off")


async def test_a_moderators_page_of_the_same_person_is_shown_nothing_of_their_shift(place: Town) -> None:
    mara = place.cast.mara
    before = place.cast.directory(NOW, serial=2)
    staff = tuple(
        replace(each, roles=("moderator", "peer")) if each.kid == mara.kid else each for each in before.staff
    )
    moderation = replace(before.teams["moderation"], members=holders("moderation", staff))
    teams = {**before.teams, "moderation": moderation}
    await place.publish(place.cast.sign(replace(before, staff=staff, teams=teams)))
    guest = await place.opened()
    async with place.tab(staff=mara) as peer, place.tab(staff=mara, role="moderator") as other:
        await peer.say("availability", state="on")
        found = await until_all(peer, "offer", "queue")
        assert found["offer"]["offer"]["room"] == b64u(guest.room)
        await peer.say("availability", state="on", limit=1)
        assert await peer.until_kind("availability") == {**shift("on"), "limit": 1}
        await other.say("ping")
        assert await other.heard("pong") == {"type": "pong"}


async def test_a_waiting_page_is_told_again_only_what_is_new(place: Town, clock: ManualClock) -> None:
    node = place.served.server.node
    guest = await place.opened(language="fr")
    async with place.tab() as tab:
        await tab.enter(guest)
        wait = await tab.until_kind("wait")
        for _ in range(2):
            await node.show_waits()
        await tab.say("ping")
        await tab.heard("pong")
        await place.opened(language="fr", urgent=True)
        clock.advance(KEPT)
        await node.show_waits()
        assert await tab.heard("wait") == {**wait, "ahead": 1}
        # Who enters again is told again.
        await tab.enter(guest)
        assert await tab.until_kind("wait") == {**wait, "ahead": 1}


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
        await tab.say("availability", state="break")
        assert await tab.until_kind("availability") == shift("break")


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
