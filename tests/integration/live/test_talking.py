"""Messages over live sockets: acknowledged when on disk, delivered in order, without gaps."""

from app.conversations.messages.store import PAGE
from app.kit.clock import ManualClock
from app.wire.encoding import b64u
from app.wire.frames import Ack, Erase, Item
from app.wire.ids import CLIENT_SEAT, seat_id
from app.wire.transcript import chain_next, chain_start, header
from tests.builders import rekeying
from tests.talkers import Tab, Town, said_by, seat, wish

SENT_AHEAD = 40


async def items(tab: Tab, count: int) -> list[Item]:
    return [await tab.item() for _ in range(count)]


async def test_a_message_is_acknowledged_to_its_sender_and_delivered_to_both(place: Town) -> None:
    guest = await place.talking()
    async with place.tab() as client, place.tab(staff=place.cast.mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        frame = guest.next_frame()
        await client.send(frame)
        assert await client.ack() == Ack(guest.room, 1, 1)
        expected = Item(guest.room, 1, CLIENT_SEAT, 1, 1, frame.com, frame.ct)
        assert await client.item() == expected
        assert await peer.item() == expected


async def test_both_sides_at_once_see_one_order_and_one_chain(place: Town) -> None:
    guest = await place.talking()
    mara = place.cast.mara
    async with place.tab() as client, place.tab(staff=mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        for n in range(1, SENT_AHEAD + 1):
            await client.send(guest.next_frame())
            await peer.send(said_by(guest, mara, n))
        seen = await items(client, 2 * SENT_AHEAD)
        assert await items(peer, 2 * SENT_AHEAD) == seen
        head = chain_start(guest.room)
        for item in seen:
            head = chain_next(head, item.seq, header(guest.room, item.ke, item.seat, item.n), item.com)
        assert (await client.enter(guest, after=2 * SENT_AHEAD))["head"] == b64u(head)
    assert [item.seq for item in seen] == list(range(1, 2 * SENT_AHEAD + 1))
    for sender in (CLIENT_SEAT, seat_id(guest.room, mara.kid)):
        assert [item.n for item in seen if item.seat == sender] == list(range(1, SENT_AHEAD + 1))


async def test_messages_sent_ahead_are_acknowledged_in_order(place: Town) -> None:
    guest = await place.talking()
    async with place.tab() as client:
        await client.enter(guest)
        for _ in range(SENT_AHEAD):
            await client.send(guest.next_frame())
        acks = [await client.ack() for _ in range(SENT_AHEAD)]
    assert [(ack.n, ack.seq) for ack in acks] == [(n, n) for n in range(1, SENT_AHEAD + 1)]


async def test_a_page_that_comes_back_gets_what_it_missed_and_no_more(place: Town) -> None:
    guest = await place.talking()
    async with place.tab(staff=place.cast.mara) as peer:
        async with place.tab() as client:
            await client.enter(guest)
            await client.send(guest.next_frame())
            await client.ack()
        await peer.sit(guest.room)
        for n in (1, 2):
            await peer.send(said_by(guest, place.cast.mara, n))
            await peer.ack()
    async with place.tab() as client:
        entered = await client.enter(guest, after=1)
        assert entered["seq"] == 3
        assert [item.seq for item in await items(client, 2)] == [2, 3]


async def test_a_long_room_comes_in_pages(place: Town, clock: ManualClock) -> None:
    guest = await place.talking()
    mara = place.cast.mara
    async with place.tab() as client, place.tab(staff=mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        for n in range(1, PAGE // 2 + 2):
            if n % 50 == 0:
                clock.advance(60)
            await client.send(guest.next_frame())
            await client.ack()
            await peer.send(said_by(guest, mara, n))
            await peer.ack()
    async with place.tab() as again:
        await again.enter(guest)
        assert [item.seq for item in await items(again, PAGE)] == list(range(1, PAGE + 1))
        assert await again.next() == {"type": "more", "room": b64u(guest.room)}
        await again.enter(guest, after=PAGE)
        assert [item.seq for item in await items(again, 2)] == [PAGE + 1, PAGE + 2]


async def test_a_seat_that_writes_too_fast_is_told_so_and_may_go_on_later(
    place: Town, clock: ManualClock
) -> None:
    guest = await place.talking()
    async with place.tab() as client:
        await client.enter(guest)
        for _ in range(60):
            await client.send(guest.next_frame())
            await client.ack()
        frame = guest.next_frame()
        await client.send(frame)
        assert (await client.until_kind("error")) == {
            "type": "error",
            "code": "slow_down",
            "room": b64u(guest.room),
            "n": 61,
        }
        clock.advance(1)
        await client.send(frame)
        assert (await client.ack()).n == 61


async def test_a_page_that_knows_another_life_of_the_store_starts_from_the_beginning(place: Town) -> None:
    guest = await place.talking()
    async with place.tab() as client:
        await client.enter(guest)
        await client.send(guest.next_frame())
        await client.ack()
    async with place.tab() as client:
        client.store = b64u(bytes(16))
        await client.enter(guest, after=1)
        assert (await client.item()).seq == 1


async def test_two_tabs_of_one_seat_both_see_what_either_says_once(place: Town) -> None:
    guest = await place.talking()
    async with place.tab() as one, place.tab() as two:
        await one.enter(guest)
        await two.enter(guest)
        for seq, tab in enumerate((one, two, one), 1):
            await tab.send(guest.next_frame())
            assert ((await one.item()).seq, (await two.item()).seq) == (seq, seq)
    async with place.tab() as again:
        await again.enter(guest)
        assert [item.n for item in await items(again, 3)] == [1, 2, 3]


async def test_a_retry_over_a_new_line_makes_one_copy(place: Town) -> None:
    guest = await place.talking()
    frame = guest.next_frame()
    for _ in range(3):
        async with place.tab() as client:
            await client.enter(guest)
            await client.send(frame)
            assert await client.ack() == Ack(guest.room, 1, 1)
    async with place.tab() as client:
        assert (await client.enter(guest))["seq"] == 1


async def test_a_take_back_empties_the_row_on_every_page(place: Town) -> None:
    guest = await place.talking()
    async with place.tab() as client, place.tab(staff=place.cast.mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        await client.send(guest.next_frame())
        assert len((await peer.item()).ct) == 1040
        words = guest.next_frame()
        await client.send(Erase(guest.room, 1, words.ke, words.n, words.com, words.ct).pack())
        assert (await peer.item()).seq == 2
        assert (await peer.item()).ct == b""
    async with place.tab() as again:
        await again.enter(guest)
        assert [(item.seq, len(item.ct)) for item in await items(again, 2)] == [(1, 0), (2, 1040)]


async def test_a_new_epoch_is_shown_before_any_message_under_it(place: Town) -> None:
    guest = await place.talking()
    mara = place.cast.mara
    async with place.tab() as client, place.tab(staff=mara) as peer:
        await client.enter(guest)
        entered = await peer.sit(guest.room)
        assert (entered["ke"], entered["purpose"]) == (1, "seat-peer")
        new = rekeying(place, guest, to=[mara])
        body = {
            **seat(guest),
            "ke": new.ke,
            "frame": b64u(new.frame.pack()),
            "wrap": b64u(new.wrap),
            "seals": [
                {"purpose": s.purpose, "kid": b64u(s.kid), "sealed": b64u(s.sealed)} for s in new.seals
            ],
            "ticket": None,
        }
        await place.done("rooms/rekey", body)
        await client.send(guest.next_frame())
        assert (await peer.item()).ke == 1
        room = await peer.until_kind("room")
        assert (room["ke"], room["seal"]) == (2, b64u(new.seals[0].sealed))
        assert (await peer.item()).ke == 2


async def test_a_meeting_from_the_claim_to_the_first_word(place: Town) -> None:
    guest = await place.opened()
    mara = place.cast.mara
    async with place.tab() as client, place.tab(staff=mara) as peer:
        assert (await client.enter(guest))["state"] == "waiting"
        assert await client.until_kind("wait") == {"type": "wait", "room": b64u(guest.room), "ahead": 0}
        await client.send(guest.next_frame())
        await peer.say("availability", state="on")
        assert [row["room"] for row in (await peer.until_kind("queue"))["waiting"]] == [b64u(guest.room)]

        await place.done("queue/claim", {"room": b64u(guest.room)}, staff=mara)
        entered = await peer.sit(guest.room)
        assert (entered["state"], entered["seats"], "seal" in entered) == ("meeting", [], False)
        assert (await client.until_kind("meet"))["kid"] == b64u(mara.kid)
        await client.say("meet", room=guest.room, kid=mara.kid, answer="accept")

        accepted = await peer.until(lambda frame: isinstance(frame, dict) and "seal" in frame)
        assert accepted["purpose"] == "team-peer"
        await place.narrow(guest, mara)
        assert (await client.until(lambda f: isinstance(f, dict) and f.get("state") == "talking"))["room"]
        assert (await peer.sit(guest.room))["state"] == "talking"
        assert (await peer.item()).seq == 1


async def test_a_refused_peer_sees_no_word_and_no_seal(place: Town) -> None:
    guest = await place.opened()
    mara = place.cast.mara
    async with place.tab() as client, place.tab(staff=mara) as peer:
        await client.enter(guest)
        await place.done("queue/claim", {"room": b64u(guest.room)}, staff=mara)
        await peer.sit(guest.room)
        await client.send(guest.next_frame())
        await client.ack()
        await client.say("meet", room=guest.room, kid=mara.kid, answer="refuse")
        heard = await peer.next()
        while heard.get("code") != "unknown":
            assert isinstance(heard, dict)
            assert "seal" not in heard
            heard = await peer.next()


async def test_without_a_socket_the_same_messages_go_and_come(place: Town) -> None:
    guest = await place.talking()
    octets = {"content-type": "application/octet-stream"}
    async with place.tab(staff=place.cast.mara) as peer:
        await peer.sit(guest.room)
        frame = guest.next_frame()
        for _ in range(2):
            answer = await place.http.post(
                "/api/messages/send", content=guest.secret + frame.pack(), headers=octets
            )
            assert answer.content == Ack(guest.room, 1, 1).pack()
        assert (await peer.item()).n == 1
        await peer.send(said_by(guest, place.cast.mara, 1))
        await peer.ack()
    history = await place.done("rooms/history", {**seat(guest), "after": 1})
    assert (history["seq"], len(history["items"]), history["more"]) == (2, 1, False)


async def test_switching_asks_for_another_peer_and_the_first_hears_nothing_more(place: Town) -> None:
    guest = await place.talking()
    async with place.tab(staff=place.cast.mara) as peer:
        await peer.sit(guest.room)
        new = rekeying(place, guest, to_team=True)
        body = {
            **seat(guest),
            "ke": new.ke,
            "frame": b64u(new.frame.pack()),
            "wrap": b64u(new.wrap),
            "seals": [
                {"purpose": s.purpose, "kid": b64u(s.kid), "sealed": b64u(s.sealed)} for s in new.seals
            ],
            "ticket": wish(refused=[b64u(place.cast.mara.kid)]),
        }
        assert (await place.done("rooms/rekey", body))["state"] == "waiting"
        while (heard := await peer.next()) and not (
            isinstance(heard, dict) and heard.get("code") == "unknown"
        ):
            assert not isinstance(heard, Item) or heard.ke == 1
