"""Talks between a client and a peer, through a real server."""

import pytest

from app.companion import body
from app.companion.api import ApiError
from app.companion.client import Client
from app.companion.code import read_code
from app.companion.events import Delivered, Joined, Met, Said, SeatAsked, SeatGone
from app.companion.ticket import Ticket
from app.wire.ids import Kid
from tests.integration.companion.conftest import Company
from tests.integration.companion.people import begin, heard, in_state, meet, the_room, until, waiting_row


async def test_a_client_and_a_peer_hear_each_other(company: Company) -> None:
    client, mara = await company.client(), await company.peer("Mara")
    await begin(client, "first words")
    room = await meet(client, mara)
    await heard(mara, "first words")
    await mara.say(room, body.text("glad you are here"))
    await heard(client, "glad you are here")
    await client.say_here(body.text("thank you"))
    await heard(mara, "thank you")
    assert [member.profile.alias for member in client.readers] == ["Mara"]


async def test_a_refused_peer_gets_no_key_and_another_meets_the_client(company: Company) -> None:
    client, mara, sol = await company.client(), await company.peer("Mara"), await company.peer("Sol")
    room = await begin(client)
    await waiting_row(mara, room)
    await mara.claim(room)
    met = await until(client, Met)
    assert met.member.profile.alias == "Mara"
    await client.answer(Kid(met.member.kid), accept=False)
    await until(mara, SeatGone)
    assert room not in mara.rooms
    with pytest.raises(ApiError, match="unknown"):
        await mara.claim(room)
    await meet(client, sol)
    assert room in sol.rooms


async def test_seven_words_bring_back_the_talk_and_what_was_said(company: Company) -> None:
    client, mara = await company.client(), await company.peer("Mara")
    await begin(client, "before")
    room = await meet(client, mara)
    await client.leave()
    again = await company.back(client.words)
    assert the_room(again) == room
    await until(again, SeatAsked, lambda asked: asked.member.profile.alias == "Mara")
    await heard(again, "before")
    await again.answer_seat(mara.session.kid, accept=True)
    await again.say_here(body.text("after"))
    await heard(mara, "after")
    await mara.say(room, body.text("welcome back"))
    await heard(again, "welcome back")


async def test_words_that_open_nothing_are_refused(company: Company) -> None:
    client = await company.client()
    with pytest.raises(ApiError, match="unknown"):
        await Client.come_back(await company.api(), read_code(client.words))


async def test_after_resting_the_next_peer_reads_only_what_is_said_from_then_on(company: Company) -> None:
    client, mara, sol = await company.client(), await company.peer("Mara"), await company.peer("Sol")
    await begin(client, "for mara")
    room = await meet(client, mara)
    await client.rest()
    await until(mara, SeatGone)
    await client.look_for_peer(Ticket())
    await meet(client, sol)
    await client.say_here(body.text("for sol"))
    await heard(sol, "for sol")
    assert 1 not in sol.rooms[room].transcript.keys


async def test_a_client_may_share_the_past_with_the_next_peer(company: Company) -> None:
    client, mara, sol = await company.client(), await company.peer("Mara"), await company.peer("Sol")
    await begin(client, "for both")
    await meet(client, mara)
    await client.look_for_peer(Ticket(), share_past=True)
    await meet(client, sol)
    await heard(sol, "for both")


async def test_a_released_talk_rests_and_its_client_can_wait_again(company: Company) -> None:
    client, mara = await company.client(), await company.peer("Mara")
    await begin(client)
    room = await meet(client, mara)
    await mara.release(room)
    await in_state(client, "resting")
    await client.look_for_peer(Ticket())
    await meet(client, mara)


async def test_words_taken_back_are_gone_on_both_sides(company: Company) -> None:
    client, mara = await company.client(), await company.peer("Mara")
    await begin(client)
    await meet(client, mara)
    await client.say_here(body.text("not that"))
    seq = (await heard(mara, "not that")).received.seq
    await client.say_here(body.take_back(seq))
    await until(mara, Said, lambda said: said.received.seq == seq and said.received.erased)
    again = await company.back(client.words)
    await until(again, Said, lambda said: said.received.seq == seq and said.received.erased)
    await until(again, Said, lambda said: said.received.kind == "take-back")
    assert again.room is not None
    assert again.room.broken is None


async def test_a_deleted_talk_cannot_be_found_again(company: Company) -> None:
    client = await company.client()
    await begin(client)
    await client.delete()
    with pytest.raises(ApiError, match="unknown"):
        await Client.come_back(await company.api(), read_code(client.words))


async def test_a_closed_talk_takes_no_more_words(company: Company) -> None:
    client, mara = await company.client(), await company.peer("Mara")
    await begin(client)
    room = await meet(client, mara)
    await client.close()
    await until(mara, SeatGone, lambda gone: gone.room == room)
    await client.say_here(body.text("too late"))
    assert client.room is not None
    assert client.room.next_frame() is None


async def test_one_peer_has_two_talks_and_words_stay_apart(company: Company) -> None:
    one, two, mara = await company.client(), await company.client(), await company.peer("Mara")
    await begin(one, "one")
    await begin(two, "two")
    first, second = await meet(one, mara), await meet(two, mara)
    await mara.say(first, body.text("to one"))
    await mara.say(second, body.text("to two"))
    assert (await heard(one, "to one")).room == first
    assert (await heard(two, "to two")).room == second


async def test_a_second_tab_sees_what_the_first_one_says(company: Company) -> None:
    client, mara = await company.client(), await company.peer("Mara")
    await begin(client)
    await meet(client, mara)
    tab = await company.back(client.words)
    await heard(tab, "hi")
    await client.say_here(body.text("from the first"))
    await heard(tab, "from the first")
    await tab.say_here(body.text("from the second"))
    await heard(client, "from the second")
    await until(tab, Delivered)


async def test_a_second_tab_follows_new_keys(company: Company) -> None:
    client, mara, sol = await company.client(), await company.peer("Mara"), await company.peer("Sol")
    await begin(client)
    await meet(client, mara)
    tab = await company.back(client.words)
    await heard(tab, "hi")
    await client.look_for_peer(Ticket())
    await meet(client, sol)
    await tab.say_here(body.text("from the second tab"))
    await heard(sol, "from the second tab")


async def test_a_peer_who_signs_in_again_finds_the_talk_on_the_desk(company: Company) -> None:
    client, mara = await company.client(), await company.peer("Mara")
    await begin(client, "still here")
    room = await meet(client, mara)
    await mara.leave()
    again = await company.peer("Mara")
    await until(again, Joined, lambda joined: joined.room == room)
    await heard(again, "still here")
    await again.say(room, body.text("me too"))
    await heard(client, "me too")
