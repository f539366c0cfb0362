"""What a live socket refuses, each beside what it takes, and that nobody else is harmed."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from app.companion.keys import StaffKey
from app.kit.clock import ManualClock
from app.live import framing
from app.live import socket as live_socket
from app.live.frames import CloseCode
from app.live.protocol import LiveProtocol
from app.wire.encoding import b64u
from app.wire.frames import Erase, Item, parse
from app.wire.ids import CLIENT_SEAT
from tests.builders import Guest, new_guest
from tests.cast import without
from tests.talkers import SECONDS, Tab, Town, eventually, said_by, seat


async def refused(tab: Tab) -> dict[str, Any]:
    """The next error, without its type."""
    error = await tab.until_kind("error")
    del error["type"]
    return error


def about(guest: Guest, code: str, n: int | None = None) -> dict[str, Any]:
    return {"code": code, "room": b64u(guest.room), **({} if n is None else {"n": n})}


async def test_unknown_room_foreign_secret_and_foreign_room_get_one_answer(place: Town) -> None:
    guest, stranger = await place.opened(), await place.opened()
    async with place.tab() as tab:
        for other in (new_guest(), replace(guest, secret=stranger.secret)):
            await tab.say("enter", room=other.room, secret=other.secret, after=0)
            assert await refused(tab) == about(other, "unknown")
        assert (await tab.enter(guest))["state"] == "waiting"


async def test_a_wrong_secret_changes_nothing_for_whoever_is_in_with_the_right_one(place: Town) -> None:
    guest, stranger = await place.talking(), await place.opened()
    async with place.tab() as tab, place.tab(staff=place.cast.mara) as peer:
        await tab.enter(guest)
        await peer.sit(guest.room)
        await tab.say("enter", room=guest.room, secret=stranger.secret, after=0)
        assert await refused(tab) == about(guest, "unknown")
        await peer.send(said_by(guest, place.cast.mara, 1))
        assert (await tab.item()).seq == 1


async def test_a_peer_without_a_seat_is_told_what_a_missing_room_is_told(place: Town) -> None:
    guest = await place.talking()
    async with place.tab(staff=place.cast.sol) as outsider, place.tab(staff=place.cast.mara) as peer:
        for room in (guest.room, new_guest().room):
            await outsider.say("enter", room=room, after=0)
            assert await refused(outsider) == {"code": "unknown", "room": b64u(room)}
        await outsider.send(said_by(guest, place.cast.sol, 1))
        assert await refused(outsider) == about(guest, "unknown", 1)
        await peer.sit(guest.room)
        await peer.send(said_by(guest, place.cast.mara, 1))
        assert (await peer.ack()).seq == 1


async def test_stale_epoch_gap_and_conflict_are_named_and_the_right_message_is_taken(place: Town) -> None:
    guest = await place.talking()
    async with place.tab() as tab:
        await tab.enter(guest)
        first = guest.frame(1)
        await tab.send(first._replace(ke=2))
        assert await refused(tab) == about(guest, "stale_epoch", 1)
        await tab.send(guest.frame(2))
        assert await refused(tab) == about(guest, "gap_sender", 2)
        await tab.send(first)
        assert (await tab.ack()).seq == 1
        await tab.send(guest.frame(1))
        assert await refused(tab) == about(guest, "n_conflict", 1)


async def test_staff_cannot_speak_before_they_sit(place: Town) -> None:
    guest = await place.opened()
    mara = place.cast.mara
    async with place.tab(staff=mara) as peer:
        await place.done("queue/claim", {"room": b64u(guest.room)}, staff=mara)
        await peer.sit(guest.room)
        await peer.send(said_by(guest, mara, 1))
        assert await refused(peer) == about(guest, "unknown", 1)


async def test_a_closed_room_takes_no_message_and_shows_its_old_ones(place: Town) -> None:
    guest = await place.talking()
    async with place.tab() as tab:
        await tab.enter(guest)
        await tab.send(guest.next_frame())
        await tab.ack()
        await place.done("rooms/close", seat(guest))
        await tab.send(guest.next_frame())
        assert await refused(tab) == about(guest, "closed", 2)
    async with place.tab() as tab:
        assert (await tab.enter(guest))["state"] == "closed"
        assert (await tab.item()).seq == 1


async def test_a_deleted_room_is_unknown_to_its_client_and_gone_from_open_pages(place: Town) -> None:
    guest = await place.talking()
    async with place.tab() as tab, place.tab(staff=place.cast.mara) as peer:
        await tab.enter(guest)
        await peer.sit(guest.room)
        await place.done("rooms/delete", seat(guest))
        assert await refused(tab) == about(guest, "unknown")
        assert await refused(peer) == about(guest, "unknown")
        await tab.say("enter", room=guest.room, secret=guest.secret, after=0)
        assert await refused(tab) == about(guest, "unknown")


async def test_a_peer_cannot_empty_a_row_and_the_client_only_its_own(place: Town) -> None:
    guest = await place.talking()
    mara = place.cast.mara
    async with place.tab() as tab, place.tab(staff=mara) as peer:
        await tab.enter(guest)
        await peer.sit(guest.room)
        await tab.send(guest.next_frame())
        await tab.ack()
        words = said_by(guest, mara, 1)
        await peer.send(Erase(words.room, 1, words.ke, words.n, words.com, words.ct).pack())
        assert await refused(peer) == about(guest, "unknown", 1)
        await peer.send(words)
        await peer.ack()
        mine = guest.frame(2)
        await tab.send(Erase(mine.room, 2, mine.ke, mine.n, mine.com, mine.ct).pack())
        assert await refused(tab) == about(guest, "unknown", 2)
        await tab.send(Erase(mine.room, 1, mine.ke, mine.n, mine.com, mine.ct).pack())
        assert (await tab.ack()).seq == 3


@pytest.mark.parametrize(
    ("origin", "taken"),
    [(None, True), ("own", True), ("https://elsewhere.example", False), ("null", False)],
)
async def test_a_page_of_somebody_else_opens_no_socket(place: Town, origin: str | None, taken: bool) -> None:
    shown = Origin(place.served.url if origin == "own" else origin) if origin else None
    opening = connect(place.served.live_url, origin=shown, compression=None, proxy=None)
    if not taken:
        with pytest.raises(InvalidStatus) as refusal:
            await opening
        assert refusal.value.response.status_code == 403
        return
    async with opening as socket:
        await Tab(socket).say("hello", v=1)
        assert (await Tab(socket).heard("welcome"))["store"]


async def test_a_socket_that_never_says_hello_is_closed_while_others_go_on(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with place.tab() as other:
        monkeypatch.setattr(live_socket, "HELLO_SECONDS", 0.05)
        async with connect(place.served.live_url, compression=None, proxy=None) as socket:
            assert await Tab(socket).closed() == CloseCode.HELLO_LATE
        await other.say("ping")
        assert await other.heard("pong")


@pytest.mark.parametrize("first", ["", "{}", '{"type":"ping"}', '{"type":"hello","v":2}', b"\x01"])
async def test_a_socket_whose_first_frame_is_no_hello_is_closed(place: Town, first: str | bytes) -> None:
    async with connect(place.served.live_url, compression=None, proxy=None) as socket:
        await socket.send(first)
        tab = Tab(socket)
        assert await tab.heard("bye") == {"type": "bye", "code": "malformed"}
        assert await tab.closed() == CloseCode.MALFORMED


async def test_a_frame_over_the_limit_is_closed_with_the_standards_code(place: Town) -> None:
    async with place.tab() as tab, place.tab() as other:
        await tab.send(b"\x01" * 20_000)
        assert await tab.closed() == 1009
        await other.say("ping")
        assert await other.heard("pong")


async def test_a_pass_that_nobody_signed_or_that_is_over_opens_no_socket(place: Town) -> None:
    mara = place.cast.mara
    cases = {
        "x": CloseCode.UNKNOWN,
        place.token(StaffKey.generate()): CloseCode.UNKNOWN,
        place.token(mara, role="moderator"): CloseCode.UNKNOWN,
        place.token(mara, exp=place.now - 1): CloseCode.PASS_EXPIRED,
    }
    for token, code in cases.items():
        async with connect(place.served.live_url, compression=None, proxy=None) as socket:
            await Tab(socket).say("hello", v=1, **{"pass": token})
            assert await Tab(socket).closed() == code
    async with place.tab(staff=mara) as tab:
        assert tab.desk == []


async def test_a_staff_socket_closes_when_its_pass_is_over_unless_it_was_renewed(
    place: Town, clock: ManualClock
) -> None:
    mara = place.cast.mara
    async with place.tab(staff=mara) as renewed, place.tab(staff=mara) as forgotten:
        clock.advance(500)
        await renewed.say("renew", **{"pass": place.token(mara)})
        clock.advance(200)
        assert await forgotten.closed() == CloseCode.PASS_EXPIRED
        await renewed.say("ping")
        assert await renewed.until_kind("pong")


async def test_a_socket_cannot_be_renewed_into_somebody_else(place: Town) -> None:
    async with place.tab(staff=place.cast.mara) as tab:
        await tab.say("renew", **{"pass": place.token(place.cast.sol)})
        assert await tab.closed() == CloseCode.UNKNOWN


async def test_who_left_the_directory_is_out_at_once_and_who_stays_is_not(place: Town) -> None:
    guest = await place.talking()
    mara, sol = place.cast.mara, place.cast.sol
    directory = place.cast.directory(place.now)
    async with place.tab() as client, place.tab(staff=mara) as gone, place.tab(staff=sol) as stays:
        await client.enter(guest)
        await gone.sit(guest.room)
        await place.publish(place.cast.sign(without(directory, mara.kid, StaffKey.generate())))
        assert await gone.closed() == CloseCode.UNKNOWN
        room = await client.until(lambda f: isinstance(f, dict) and f["type"] == "room")
        assert (room["state"], room["flags"]) == ("resting", ["needs_rekey"])
        answer = await place.post("queue/claim", {"room": b64u(guest.room)}, staff=mara)
        assert answer.json() == {"code": "unknown"}
        await stays.say("ping")
        assert await stays.until_kind("pong")


async def test_a_full_node_opens_no_further_socket(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async with place.tab():
        monkeypatch.setattr(place.served.server.live, "limit", 1)
        with pytest.raises(InvalidStatus) as refusal:
            async with place.tab():
                pass
        assert refusal.value.response.status_code == 503
        monkeypatch.setattr(place.served.server.live, "limit", 2)
        async with place.tab() as tab:
            assert tab.store


async def test_presence_tells_here_left_and_lost_and_a_second_tab_tells_nothing(place: Town) -> None:
    guest = await place.talking()
    async with place.tab(staff=place.cast.mara) as peer:
        await peer.sit(guest.room)
        heard: list[str] = []
        async with place.tab() as one:
            await one.enter(guest)
            assert (await one.until_kind("presence"))["state"] == "here"
            heard.append((await peer.until_kind("presence"))["state"])
            async with place.tab() as two:
                await two.enter(guest)
            await eventually(lambda: open_sockets(place, 2))
            await one.say("leave", room=guest.room)
            heard.append((await peer.until_kind("presence"))["state"])
            await one.enter(guest)
            heard.append((await peer.until_kind("presence"))["state"])
        heard.append((await peer.until_kind("presence"))["state"])
    assert heard == ["here", "left", "here", "lost"]


async def test_writing_is_passed_on_and_never_stored(place: Town) -> None:
    guest = await place.talking()
    async with place.tab() as client, place.tab(staff=place.cast.mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        await peer.say("signal", room=guest.room, kind="writing")
        assert (await client.until_kind("signal"))["kind"] == "writing"
    async with place.tab() as again:
        assert (await again.enter(guest))["seq"] == 0


async def test_a_reader_who_never_reads_is_cut_and_its_room_goes_on(place: Town) -> None:
    guest = await place.talking()
    mara = place.cast.mara
    async with place.tab() as client, place.tab(staff=mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        async with place.tab() as deaf:
            await deaf.enter(guest)
            deaf.socket.transport.pause_reading()
            async with asyncio.timeout(20):
                while not await open_sockets(place, 2):
                    place.served.server.node.hub.tell(guest.room, framing.text("x" * 50_000))
                    await asyncio.gather(client.socket.recv(), peer.socket.recv())
            deaf.socket.transport.abort()
        await client.send(words := guest.next_frame())
        async with asyncio.timeout(SECONDS):
            while isinstance(data := await peer.socket.recv(), str):
                pass
        assert parse(data) == Item(guest.room, 1, CLIENT_SEAT, 1, 1, words.com, words.ct)


async def open_sockets(place: Town, count: int) -> bool:
    """Whether the server has so many open sockets now."""
    return len(place.served.server.node.sockets) == count


async def test_what_a_browser_says_of_itself_is_forgotten_once_it_was_let_in(place: Town) -> None:
    async with place.tab():
        [socket] = place.served.server.node.sockets
        assert isinstance(socket, live_socket.Socket)
        line = socket._line
        assert isinstance(line, LiveProtocol)
        assert len(line.scope) == 0
        assert line.client is None
        assert line.server is None
        assert not {"request", "response"} & vars(line).keys()
