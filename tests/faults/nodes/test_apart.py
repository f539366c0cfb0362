"""People of one room on different nodes, and nothing is wrong: nobody can tell that they are."""

import asyncio
from typing import Any

from app.companion.events import Moved, SeatGone, Writing
from app.companion.keys import StaffKey
from app.live.frames import CloseCode
from app.wire.encoding import b64u
from app.wire.ids import CLIENT_SEAT, seat_id
from tests.cast import without
from tests.faults.nodes.people import talk
from tests.faults.nodes.region import Region
from tests.talkers import Tab, said_by


async def test_two_on_two_nodes_meet_talk_and_part(both: Region) -> None:
    async with talk(both.here, both.here.served.url, both.there.served.url) as two:
        for number in range(5):
            await two.exchange(str(number))
        await two.peer.writing(two.room)
        await two.clients.meets(Writing)
        await two.client.rest()
        await two.peers.meets(SeatGone)
        two.clients.is_whole(two.room)


async def test_a_peer_who_leaves_on_one_node_is_gone_from_the_page_on_the_other(both: Region) -> None:
    async with talk(both.here, both.here.served.url, both.there.served.url) as two:
        await two.exchange("words")
        await two.peer.release(two.room)
        await two.clients.meets(Moved, lambda moved: moved.state == "resting")


async def test_of_two_peers_who_claim_one_room_on_two_nodes_one_wins_every_time(both: Region) -> None:
    here, there, cast = both.here, both.there, both.here.cast
    for _ in range(4):
        guest = await here.opened()
        claim = {"room": b64u(guest.room)}
        async with here.tab() as client:
            await client.enter(guest)
            answers = await asyncio.gather(
                here.post("queue/claim", claim, staff=cast.mara),
                there.post("queue/claim", claim, staff=cast.sol),
            )
            assert sorted(answer.status_code for answer in answers) == [200, 404]
            winner = cast.mara if answers[0].status_code == 200 else cast.sol
            told = await client.until_kind("meet")
            assert told == {"type": "meet", "room": b64u(guest.room), "kid": b64u(winner.kid)}
            await client.say("meet", room=guest.room, kid=winner.kid, answer="refuse")
            await in_state(client, "waiting")
            await there.done("rooms/delete", {**claim, "secret": b64u(guest.secret)})


async def test_the_queue_and_the_offer_of_it_are_the_same_on_both_nodes(both: Region) -> None:
    mara, sol = both.here.cast.mara, both.here.cast.sol
    async with (
        both.here.tab(staff=mara) as one,
        both.there.tab(staff=mara) as again,
        both.there.tab(staff=sol) as other,
    ):
        guest = await both.here.opened()
        rooms = [b64u(guest.room)]
        for tab in (one, again, other):
            await tab.until(lambda frame: is_queue(frame) and [r["room"] for r in frame["waiting"]] == rooms)
        # It is offered to one of the two, on every page of theirs.
        await both.there.done("queue/claim", {"room": rooms[0]}, staff=sol)
        for tab in (one, again, other):
            await tab.until(lambda frame: is_queue(frame) and not frame["waiting"])


async def test_a_shift_said_on_one_node_is_shown_on_the_other_with_the_queue(both: Region) -> None:
    mara = both.here.cast.mara
    guest = await both.here.opened(language="fr")
    async with both.here.tab(staff=mara) as one, both.there.tab(staff=mara) as other:
        for state in ("break", "on"):
            await one.say("availability", state=state, limit=1)
            for tab in (one, other):
                # Of the shift that was said before, a page may hear first.
                await in_state(tab, state)
        queue = await other.until(is_queue)
        assert [row["room"] for row in queue["waiting"]] == [b64u(guest.room)]


async def test_who_is_let_go_on_one_node_is_out_on_the_other_and_who_stays_is_not(both: Region) -> None:
    mara, sol = both.here.cast.mara, both.here.cast.sol
    guest, other = await both.here.talking(mara), await both.here.talking(sol)
    waiting = await both.here.opened()
    async with (
        both.there.tab(staff=mara) as gone,
        both.there.tab(staff=sol) as stays,
        both.there.tab() as client,
    ):
        await gone.sit(guest.room)
        await stays.sit(other.room)
        await client.enter(guest)
        new = without(both.here.cast.directory(both.here.now), mara.kid, StaffKey.generate())
        await both.here.publish(both.here.cast.sign(new))
        assert await gone.closed() == CloseCode.UNKNOWN
        await in_state(client, "resting")
        await stays.send(said_by(other, sol, 1))
        assert (await stays.ack()).seq == 1
    claim = {"room": b64u(waiting.room)}
    answer = await both.there.post("queue/claim", claim, staff=mara)
    assert (answer.status_code, answer.json()) == (404, {"code": "unknown"})


async def test_who_is_here_and_who_left_is_seen_from_the_other_node(both: Region) -> None:
    guest, mara = await both.here.talking(), both.here.cast.mara
    theirs = seat_id(guest.room, mara.kid)
    async with both.here.tab() as client:
        await client.enter(guest)
        async with both.there.tab(staff=mara) as peer:
            await peer.sit(guest.room)
            assert await presence(client) == (b64u(theirs), "here")
            assert await presence(peer) == (b64u(CLIENT_SEAT), "here")
            await peer.say("leave", room=guest.room)
            assert await presence(client) == (b64u(theirs), "left")
            await peer.sit(guest.room)
            assert await presence(client) == (b64u(theirs), "here")
            # A second page of the same seat, on the other node, changes nothing; nor does its end.
            async with both.here.tab(staff=mara) as second:
                await second.sit(guest.room)
                assert await presence(second) == (b64u(CLIENT_SEAT), "here")
            await client.say("ping")
            assert not [f async for f in frames_until_pong(client) if f["type"] == "presence"]
        assert await presence(client) == (b64u(theirs), "lost")


async def frames_until_pong(tab: Tab) -> Any:
    """Control frames up to the answer of a ping."""
    while (frame := await tab.next()) != {"type": "pong"}:
        yield frame


async def in_state(tab: Tab, state: str) -> dict[str, Any]:
    """The page is told that its room has got there."""
    return dict(await tab.until(lambda f: isinstance(f, dict) and f.get("state") == state))


async def presence(tab: Tab) -> tuple[str, str]:
    """The next word on who is here: a seat, and how it is."""
    told = await tab.until_kind("presence")
    return told["seat"], told["state"]


def is_queue(frame: Any) -> bool:
    return isinstance(frame, dict) and frame["type"] == "queue"
