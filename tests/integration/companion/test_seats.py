"""Two peers in one talk, through a real server: handover, company, and own lines shown to a colleague."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from io import StringIO

import pytest

from app.companion import body
from app.companion.answers import History
from app.companion.api import ApiError
from app.companion.client import Client
from app.companion.envelope import Place, decrypt
from app.companion.events import AskedIn, Joined, Moved, Said, SeatGone, SeatWanted
from app.companion.lines import put_away, read_lines, show_lines, shown_by, shown_to
from app.companion.peer import Peer
from app.companion.talk.client_talk import ClientTalk
from app.companion.talk.peer_talk import PeerTalk
from app.companion.talk.terminal import PipeTerminal
from app.wire.errors import WireError
from app.wire.frames import Item, parse
from app.wire.ids import Kid, RoomId
from tests.integration.companion.conftest import Company
from tests.integration.companion.people import begin, heard, meet, until


async def can_come(mara: Peer, sol: Peer, room: RoomId) -> None:
    """Sol has no quiet minutes after the talk of another test."""
    await sol.ready()
    while sol.session.kid not in await mara.whom(room):
        await until(mara, object)


async def sol_is_asked(client: Client, mara: Peer, sol: Peer, room: RoomId) -> SeatWanted:
    """Mara asks Sol in for company, Sol would come, and the client hears of it."""
    await can_come(mara, sol, room)
    await mara.ask(room, sol.session.kid, "company")
    await until(sol, AskedIn, lambda asked: asked.room in sol.asked)
    assert Kid(sol.asked[room].by or b"") == mara.session.kid
    await sol.come(room, come=True)
    return await until(client, SeatWanted)


def on(screen: StringIO) -> PipeTerminal:
    """A terminal that shows on this screen, and on which nobody types."""
    return PipeTerminal(asyncio.StreamReader(), screen)


async def opened_by(client: Client, seq: int, keys: Mapping[int, bytes]) -> int:
    """How many of these keys open message `seq`, as it lies on the server's disk."""
    assert client.room is not None
    request = {"room": client.room.room, "secret": client._place.secret, "after": seq - 1}
    [item] = [parse(data) for data in (await client.api.post("rooms/history", request, History)).items]
    assert isinstance(item, Item)
    opened = 0
    for key in keys.values():
        with suppress(WireError):
            decrypt(key, Place(item.room, item.ke, item.seat, item.n), item.com, item.ct)
            opened += 1
    return opened


async def test_at_a_handover_the_next_peer_reads_what_comes_after_and_the_one_who_left_nothing_newer(
    company: Company,
) -> None:
    client, mara, sol = await company.client(), await company.peer("Mara"), await company.peer("Sol")
    await begin(client, "for mara alone")
    room = await meet(client, mara)
    await heard(mara, "for mara alone")
    hers, his, theirs = StringIO(), StringIO(), StringIO()
    peer, next_peer = PeerTalk(on(hers), mara), PeerTalk(on(his), sol)
    screen = ClientTalk(on(theirs), client, "en", returned=False)
    peer.show(Joined(room))
    await can_come(mara, sol, room)
    await peer.command("bring", "Sol handover")
    asked = await until(sol, AskedIn)
    next_peer.show(asked)
    await next_peer.command("come", "")
    screen.show(await until(client, SeatWanted))
    assert "Mara needs to go and asks if Sol may go on with you." in theirs.getvalue()
    await screen.command("let-in", "")
    joined = await until(sol, Joined)
    assert joined.room == room
    next_peer.show(joined)
    next_peer.show(await until(sol, Moved))
    assert "Mara asks if you can go on in a talk of theirs." in his.getvalue()
    assert "You, Mara and they can read it." in his.getvalue()
    # Both read and speak, and all three verify one chain.
    await mara.say(room, body.handover("works nights", sol.session.kid))
    card = await until(client, Said, lambda said: said.received.kind == "handover")
    await client.say_here(body.consent(card.received.seq, "works nights, is tired"))
    await until(sol, Said, lambda said: said.received.kind == "consent")
    await sol.say(room, body.text("hello from sol"))
    for person in (client, mara):
        await heard(person, "hello from sol")
    assert set(sol.rooms[room].transcript.keys) == {2}
    # The first peer goes, the client makes new keys by itself, and the talk goes on with the second.
    old = dict(mara.rooms[room].transcript.keys)
    await mara.release(room)
    assert client.room is not None
    await until(client, Moved, lambda _: client.room is not None and client.room.ke == 3)
    await client.say_here(body.text("only for sol"))
    item = await heard(sol, "only for sol")
    assert [member.profile.alias for member in client.readers] == ["Sol"]
    assert (set(old), await opened_by(client, item.received.seq, old)) == ({1, 2}, 0)
    assert (client.room.broken, sol.rooms[room].broken) == (None, None)


async def test_company_reads_the_past_if_it_is_shared_and_nothing_once_its_part_is_ended(
    company: Company,
) -> None:
    client, mara, sol = await company.client(), await company.peer("Mara"), await company.peer("Sol")
    await begin(client, "from the start")
    room = await meet(client, mara)
    await sol_is_asked(client, mara, sol, room)
    await client.let_in(sol.session.kid, share_past=True)
    await heard(sol, "from the start")
    kept = dict(sol.rooms[room].transcript.keys)
    assert set(kept) == {1, 2}
    await client.end_part(sol.session.kid)
    await until(sol, SeatGone, lambda gone: gone.room == room)
    await client.say_here(body.text("without sol"))
    said = await heard(mara, "without sol")
    assert await opened_by(client, said.received.seq, kept) == 0
    assert await opened_by(client, said.received.seq, mara.rooms[room].transcript.keys) == 1
    assert [member.profile.alias for member in client.readers] == ["Mara"]
    # Asked in once more and kept out, Sol gets no key, and nobody asks about Sol again.
    await sol_is_asked(client, mara, sol, room)
    await client.keep_out(sol.session.kid)
    await until(sol, AskedIn, lambda _: room not in sol.asked)
    for late in (sol.come(room, come=True), client.let_in(sol.session.kid)):
        with pytest.raises(ApiError, match="unknown"):
            await late
    with pytest.raises(ApiError, match="closed"):
        await mara.ask(room, sol.session.kid, "company")
    assert room not in sol.rooms


async def test_own_lines_are_shown_to_one_colleague_who_can_check_them(company: Company) -> None:
    client, mara, sol = await company.client(), await company.peer("Mara"), await company.peer("Sol")
    await begin(client, "hers alone")
    room = await meet(client, mara)
    theirs = (await heard(mara, "hers alone")).received
    await mara.say(room, body.text("did I say this well?"))
    own = (await heard(mara, "did I say this well?")).received
    with pytest.raises(WireError, match="flag_format"):
        await show_lines(mara.session, room, sol.session.kid, [theirs, own])
    lines = await show_lines(mara.session, room, sol.session.kid, [own], reason="please look")
    [got] = [each for each in await shown_to(sol.session) if each.id == lines]
    [line] = read_lines(sol.session, got)
    assert line.body is not None
    assert (line.body.fields["x"], line.kid, line.proof) == ("did I say this well?", mara.session.kid, "ok")
    # A header that is not the message's own proves nothing.
    forged = [row.model_copy(update={"com": bytes(32)}) for row in got.rows]
    [line] = read_lines(sol.session, got.model_copy(update={"rows": tuple(forged)}))
    assert line.proof == "bad"
    [mine] = [each for each in await shown_by(mara.session) if each.id == lines]
    with pytest.raises(WireError, match="aead"):
        read_lines(mara.session, mine)
    await put_away(sol.session, lines)
    assert lines not in {each.id for each in await shown_by(mara.session)}
