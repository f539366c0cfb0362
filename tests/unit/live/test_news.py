"""What nodes tell each other: read as it was written, within the size of a payload, and nothing else."""

from random import Random

import pytest

from app.bus.port import MOST, NodeId
from app.live.news import Kind, Letter, NewsError, Stand, read
from app.wire.ids import RoomId, SeatId

NODE = NodeId(b"n" * 16)
STORE = b"s" * 16
ROOM = RoomId(b"r" * 16)
SEATS = tuple(SeatId(bytes([n]) * 16) for n in range(3))


def payloads(letter: Letter) -> list[bytes]:
    return list(letter.payloads(NODE, STORE, 7))


def full_letter() -> Letter:
    letter = Letter()
    letter.add(Kind.BYE)
    letter.add_item(b"item one")
    letter.add_item(b"item two, longer")
    letter.add(Kind.SIGNALS, ROOM + SEATS[1])
    letter.add(Kind.QUEUE)
    letter.add(Kind.QUEUE)
    letter.add(Kind.STAFF)
    letter.add(Kind.CHANGED, ROOM)
    letter.add(Kind.DECIDED, ROOM + SEATS[0])
    letter.add(Kind.ANNOUNCED, Stand(ROOM, 2**32 - 1, SEATS).pack())
    letter.add(Kind.FOLLOWED, Stand(ROOM, 0, ()).pack())
    letter.add(Kind.LEFT, Stand(ROOM, 0, (), SEATS[:2]).pack())
    return letter


def test_a_letter_is_read_as_it_was_written() -> None:
    [payload] = payloads(full_letter())
    news = read(payload)
    assert (news.node, news.store, news.stamp) == (NODE, STORE, 7)
    assert (news.changed, news.decided, news.signals) == (
        [ROOM],
        [(ROOM, SEATS[0])],
        [(ROOM, SEATS[1])],
    )
    assert news.announced == [Stand(ROOM, 2**32 - 1, SEATS)]
    assert news.followed == [Stand(ROOM, 0, ())]
    assert news.left == [Stand(ROOM, 0, (), SEATS[:2])]
    assert news.items == [b"item one", b"item two, longer"]
    assert news.plain == {Kind.QUEUE, Kind.STAFF, Kind.BYE}


def test_an_empty_letter_is_a_payload_that_says_who_is_there() -> None:
    [payload] = payloads(Letter())
    news = read(payload)
    assert (news.node, news.items, news.plain) == (NODE, [], set())


def test_a_letter_that_is_too_long_becomes_as_many_payloads_as_it_needs() -> None:
    letter = Letter()
    frames = [bytes([n]) * 16_474 for n in range(100)]
    for frame in frames:
        letter.add_item(frame)
    letter.add(Kind.CHANGED, ROOM)
    letter.add(Kind.QUEUE)
    sent = payloads(letter)
    assert max(map(len, sent)) <= MOST
    assert len(sent) == -(-100 * 16_476 // MOST)
    told = [read(payload) for payload in sent]
    assert [frame for news in told for frame in news.items] == frames
    assert [room for news in told for room in news.changed] == [ROOM]
    assert sum(Kind.QUEUE in news.plain for news in told) == 1


def test_letters_are_joined_and_the_same_word_is_said_once() -> None:
    letter, other = Letter(), Letter()
    letter.add(Kind.QUEUE)
    other.add(Kind.QUEUE)
    other.add(Kind.CHANGED, ROOM)
    letter.add_all(other)
    [payload] = payloads(letter)
    news = read(payload)
    assert (news.changed, news.plain) == ([ROOM], {Kind.QUEUE})
    assert other


def test_a_stand_names_no_more_seats_than_it_can() -> None:
    seats = tuple(SeatId(n.to_bytes(16, "big")) for n in range(300))
    letter = Letter()
    letter.add(Kind.FOLLOWED, Stand(ROOM, 1, seats, seats).pack())
    [payload] = payloads(letter)
    [stand] = read(payload).followed
    assert (stand.here, stand.left) == (seats[:255], seats[:255])


def test_whatever_bytes_come_they_are_read_or_refused() -> None:
    chance = Random(1)
    [payload] = payloads(full_letter())
    refused = 0
    for _ in range(3_000):
        data = bytearray(payload)
        for _ in range(chance.randrange(1, 4)):
            match chance.randrange(3):
                case 0:
                    data[chance.randrange(len(data))] = chance.randrange(256)
                case 1:
                    del data[chance.randrange(len(data)) :]
                    data += b"\x00"
                case _:
                    data += chance.randbytes(chance.randrange(1, 20))
        try:
            read(bytes(data))
        except NewsError:
            refused += 1
    assert 1_000 < refused < 3_000


@pytest.mark.parametrize("sections", [(2, 1), (1, 1)], ids=["out of order", "twice"])
def test_a_thing_is_said_in_one_way_alone(sections: tuple[int, int]) -> None:
    [head] = payloads(Letter())
    bodies = {1: ROOM, 2: ROOM + SEATS[0]}
    payload = head
    for kind in sections:
        payload += bytes([kind]) + len(bodies[kind]).to_bytes(4, "big") + bodies[kind]
    with pytest.raises(NewsError):
        read(payload)


def test_ids_do_not_print() -> None:
    [payload] = payloads(full_letter())
    said = repr(read(payload)) + repr(Stand(ROOM, 1, SEATS)) + repr(full_letter())
    for secret in (ROOM, NODE, STORE, SEATS[1]):
        assert repr(secret)[2:-1] not in said
