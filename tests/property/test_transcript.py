"""Whatever order an honest server chooses is accepted by all; whatever a lying one changes is found."""

from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.companion.body import text
from app.companion.transcript import Transcript
from app.wire.errors import WireError
from app.wire.frames import Erase, Item
from app.wire.ids import CLIENT_SEAT, RoomId, SeatId

ROOM = RoomId(b"r" * 16)
SEATS = [CLIENT_SEAT, SeatId(b"m" * 16), SeatId(b"s" * 16)]
KEYS = {1: b"1" * 32}


class Step(NamedTuple):
    """Who speaks, and how much of the room each seat has received before."""

    sender: int
    received: tuple[float, ...]


TALKS = st.lists(
    st.builds(Step, st.integers(0, 2), st.tuples(*[st.floats(0, 1)] * 3)), min_size=1, max_size=8
)


def talk(steps: list[Step]) -> list[Item]:
    """A true transcript: each seat lags behind as it may, and hears its own words before it goes on."""
    items: list[Item] = []
    seats = [Transcript(ROOM, seat, KEYS) for seat in SEATS]
    for step in steps:
        for who, transcript in enumerate(seats):
            upto = transcript.seq + round(step.received[who] * (len(items) - transcript.seq))
            own = max((item.seq for item in items if item.seat == transcript.own_seat), default=0)
            for item in items[transcript.seq : max(upto, own if who == step.sender else 0)]:
                transcript.receive(item)
        sender = seats[step.sender]
        frame = sender.compose(sender.next_n, text("x"), 1)
        assert not isinstance(frame, Erase)
        items.append(Item(ROOM, len(items) + 1, sender.own_seat, frame.ke, frame.n, frame.com, frame.ct))
    return items


def read(items: list[Item]) -> Transcript:
    reader = Transcript(ROOM, CLIENT_SEAT, KEYS)
    for item in items:
        reader.receive(item)
    return reader


@settings(max_examples=40)
@given(TALKS)
def test_every_order_that_an_honest_server_may_choose_is_accepted(steps: list[Step]) -> None:
    items = talk(steps)
    assert read(items).seq == len(items)


def flipped(part: bytes, data: st.DataObject) -> bytes:
    changed = bytearray(part)
    changed[data.draw(st.integers(0, len(part) - 1))] ^= 1
    return bytes(changed)


def tampered(items: list[Item], data: st.DataObject) -> list[Item]:
    """The items after one lie, numbered anew."""
    lie = data.draw(st.sampled_from(["drop", "repeat", "swap", "seat", "n", "ke", "com", "ct", "empty"]))
    at = data.draw(st.integers(0, len(items) - 1))
    item, rest = items[at], list(items)
    match lie:
        case "drop":
            del rest[at]
        case "repeat":
            rest.insert(data.draw(st.integers(0, len(items))), item)
        case "swap":
            other = data.draw(st.integers(0, len(items) - 1))
            rest[at], rest[other] = rest[other], rest[at]
        case "seat":
            rest[at] = item._replace(seat=data.draw(st.sampled_from(SEATS)))
        case "n":
            rest[at] = item._replace(n=data.draw(st.integers(0, 5)))
        case "ke":
            rest[at] = item._replace(ke=data.draw(st.integers(0, 5)))
        case "com":
            rest[at] = item._replace(com=flipped(item.com, data))
        case "ct":
            rest[at] = item._replace(ct=flipped(item.ct, data))
        case "empty":
            rest[at] = item._replace(ct=b"")
    return [item._replace(seq=seq) for seq, item in enumerate(rest, 1)]


@settings(max_examples=100)
@given(TALKS, st.data())
def test_any_lie_is_found_by_the_head_at_the_latest(steps: list[Step], data: st.DataObject) -> None:
    items = talk(steps)
    told = tampered(items, data)
    assume(told != items)
    head = read(items).head
    with pytest.raises(WireError):
        read(told).at_head(len(items), head)
