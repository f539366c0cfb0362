"""What open sockets hear of a flag: its reporter that it was decided, the room that it is over."""

from typing import Any

from app.companion.keys import StaffKey
from app.companion.seals import seal_flag, seal_flag_note
from app.wire.encoding import b64u, unb64u
from app.wire.ids import CLIENT_SEAT, FlagId, seat_id
from tests.builders import Guest
from tests.flagging import new_flag
from tests.talkers import Town, seat


async def flag(place: Town, guest: Guest, peer: StaffKey | None = None) -> FlagId:
    """Flag as the client, or as a peer."""
    flag, team = new_flag(), place.cast.moderation_team
    reporter = CLIENT_SEAT if peer is None else seat_id(guest.room, peer.kid)
    body = {
        "room": b64u(guest.room),
        "flag": b64u(flag),
        "category": "abuse",
        "kid": b64u(team.kid),
        "sealed": b64u(seal_flag(team.pub, flag, guest.room, reporter, {"v": 1})),
    }
    await place.done("flags/open", body if peer else {**body, **seat(guest)}, staff=peer)
    return flag


async def moderate(place: Town, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Post as the moderator."""
    token = place.token(place.cast.moderator, role="moderator")
    headers = {"authorization": f"Bearer {token}"}
    answer = await place.http.post(f"/api/flags/{path}", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def decide(place: Town, act: str) -> FlagId:
    """Take the next flag and decide it."""
    flag = FlagId(unb64u((await moderate(place, "take", {}))["flag"]["flag"]))
    note = seal_flag_note(place.cast.moderation_team.pub, flag, 1, {"line": ""})
    body: dict[str, Any] = {"flag": b64u(flag), "act": act, "reason": "other", "sealed": b64u(note)}
    body |= {"kid": b64u(place.cast.moderation_team.kid), "note": 1}
    await moderate(place, "decide", body)
    return flag


async def test_a_decision_is_heard_by_its_reporter_and_not_by_who_was_reported(place: Town) -> None:
    guest, mara = await place.talking(), place.cast.mara
    async with place.tab() as client, place.tab(staff=mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        await client.until(lambda frame: frame.get("type") == "presence" and frame["seat"] != b64u(bytes(16)))
        for reporter, silent, by in ((client, peer, None), (peer, client, mara)):
            mine = await flag(place, guest, by)
            assert await decide(place, "none") == mine
            told = await reporter.until_kind("room")
            assert (told["room"], told["state"]) == (b64u(guest.room), "talking")
            # The next thing that the other hears is the answer to its own question.
            await silent.say("ping")
            heard = [(await silent.next())["type"]]
            while heard[-1] != "pong":
                heard.append((await silent.next())["type"])
            assert "room" not in heard


async def test_when_a_moderator_ends_a_room_everybody_in_it_hears_so(place: Town) -> None:
    guest, mara = await place.talking(), place.cast.mara
    async with place.tab() as client, place.tab(staff=mara) as peer:
        await client.enter(guest)
        await peer.sit(guest.room)
        await flag(place, guest)
        await decide(place, "close")
        assert (await client.until_kind("room"))["state"] == "closed"
        gone = await peer.until_kind("error")
        assert (gone["code"], gone["room"]) == ("unknown", b64u(guest.room))
        await client.send(guest.next_frame())
        assert (await client.until_kind("error"))["code"] == "closed"


async def test_a_moderators_socket_enters_no_room_and_sees_no_line(place: Town) -> None:
    waiting, talking = await place.opened(), await place.talking()
    async with place.tab(staff=place.cast.moderator, role="moderator") as tab:
        assert tab.desk == []
        for guest in (waiting, talking):
            await tab.say("enter", room=guest.room, store=tab.store, after=0)
            assert (await tab.until_kind("error"))["code"] == "unknown"
            await tab.send(guest.next_frame())
            assert (await tab.until_kind("error"))["code"] == "unknown"
        await tab.say("availability", state="on")
        assert await tab.until_kind("error") == {"type": "error", "code": "unknown"}
