"""Two who want the same at the same moment: one has it, the other is told so, and nothing is half done."""

import asyncio
from dataclasses import replace
from random import Random
from secrets import token_bytes

import pytest

from app.kit.clock import ManualClock
from app.wire.encoding import b64u
from app.wire.frames import Ack
from app.wire.ids import CLIENT_SEAT
from app.wire.sizes import KEY
from tests.builders import new_guest
from tests.faults.crowd import stored
from tests.talkers import Tab, Town, seat

ROUNDS = 8
MINUTE = 60


async def test_of_two_peers_who_claim_at_once_one_wins_every_time_and_the_other_gets_nothing(
    place: Town,
) -> None:
    peers = [place.cast.mara, place.cast.sol]
    chance = Random(2)
    wins = []
    for _ in range(ROUNDS):
        guest = await place.opened()
        claim = {"room": b64u(guest.room)}
        chance.shuffle(peers)
        answers = await asyncio.gather(*(place.post("queue/claim", claim, staff=p) for p in peers * 2))
        met = {p.kid: [a for a, q in zip(answers, peers * 2, strict=True) if q is p] for p in peers}
        [winner] = [p for p in peers if met[p.kid][0].status_code == 200]
        [loser] = [p for p in peers if p is not winner]
        # The winner's second click finds its own meeting; the loser's second is refused like the first.
        assert [a.json()["state"] for a in met[winner.kid]] == ["meeting"] * 2
        assert [(a.status_code, a.json()) for a in met[loser.kid]] == [(404, {"code": "unknown"})] * 2
        async with place.tab(staff=loser) as outsider, place.tab(staff=winner) as insider:
            await outsider.say("enter", room=guest.room, after=0)
            assert (await outsider.until_kind("error"))["code"] == "unknown"
            assert (await insider.sit(guest.room))["state"] == "meeting"
        answer = {**seat(guest), "kid": b64u(winner.kid), "answer": "refuse"}
        assert (await place.done("queue/meet", answer))["state"] == "waiting"
        await place.done("rooms/delete", seat(guest))
        wins.append(winner.kid)
    assert len(wins) == ROUNDS


@pytest.mark.parametrize("ahead", [1, 8])
async def test_of_two_tabs_that_use_one_number_one_wins_and_the_other_is_told_of_the_conflict(
    place: Town, engine_url: str, clock: ManualClock, ahead: int
) -> None:
    guest = await place.talking()
    async with place.tab() as one, place.tab() as two:
        await one.enter(guest)
        await two.enter(guest)
        for first in range(1, 1 + ROUNDS * ahead, ahead):
            clock.advance(MINUTE)
            numbers = range(first, first + ahead)
            ours, theirs = ([guest.frame(n) for n in numbers] for _ in range(2))
            for mine, other in zip(ours, theirs, strict=True):
                await asyncio.gather(one.send(mine), two.send(other))
            told = [[await answer(tab) for _ in numbers] for tab in (one, two)]
            for n, pair in zip(numbers, zip(*told, strict=True), strict=True):
                conflict = {"type": "error", "code": "n_conflict", "room": b64u(guest.room), "n": n}
                assert sorted(pair, key=str) in (
                    [Ack(guest.room, n, n), conflict],
                    [conflict, Ack(guest.room, n, n)],
                )
        for tab in (one, two):
            # Nobody reads the many items that still wait there, behind which a goodbye would wait too.
            tab.socket.transport.abort()
    items, seq, _, counts = await stored(engine_url, guest.room)
    assert [item.n for item in items] == list(range(1, seq + 1))
    assert counts[CLIENT_SEAT] == seq == ROUNDS * ahead


async def answer(tab: Tab) -> object:
    """The next ack or error."""
    return await tab.until(lambda f: isinstance(f, Ack) or (isinstance(f, dict) and f["type"] == "error"))


async def test_of_many_who_open_one_room_id_at_once_one_has_it(place: Town) -> None:
    for _ in range(3):
        challenge = [(await place.done("rooms/challenge", {}))["challenge"] for _ in range(4)]
        guest = new_guest()
        # Another secret under the same id: somebody else's room, as the server must see it.
        wishes = [place.opening(replace(guest, secret=token_bytes(KEY)), each) for each in challenge]
        answers = await asyncio.gather(*(place.post("rooms/open", wish) for wish in wishes))
        assert sorted(a.status_code for a in answers) == [200, 409, 409, 409]
        assert {a.json()["code"] for a in answers if a.status_code == 409} == {"slot_taken"}
