"""What a writer counts: batches, what became of their messages, and the longest line."""

from app.conversations.errors import StaleEpoch
from app.conversations.messages.rules import Placed, Repeated
from app.conversations.messages.tally import Tally
from app.kit.errors import Unavailable
from app.wire.frames import Item
from app.wire.ids import CLIENT_SEAT, RoomId

PLACED = Placed(Item(RoomId(b"r" * 16), 1, CLIENT_SEAT, 1, 1, bytes(32), b"x" * 1040), bytes(32), bytes(20))


def test_a_batch_is_counted_once_by_its_size_and_by_how_long_it_took() -> None:
    tally = Tally()
    for size, seconds in ((1, 0.0005), (3, 0.004), (512, 9.0)):
        tally.batch(size, size, seconds, 0)

    assert {bound: count for bound, count in tally.sizes.numbers().items() if count} == {
        "1": 1,
        "4": 1,
        "+Inf": 1,
    }
    assert {bound: count for bound, count in tally.seconds.numbers().items() if count} == {
        "0.001": 1,
        "0.005": 1,
        "+Inf": 1,
    }
    assert tally.placed == 516


def test_what_was_not_placed_is_counted_by_its_code() -> None:
    tally = Tally()
    tally.not_placed([PLACED, Repeated(1), StaleEpoch(), Unavailable(), Unavailable()])

    assert (tally.repeated, dict(tally.refused)) == (1, {"stale_epoch": 1, "unavailable": 2})


def test_the_longest_line_is_kept_until_somebody_asks() -> None:
    tally = Tally()
    for waiting in (3, 700, 20):
        tally.batch(1, 1, 0.001, waiting)

    assert tally.most_waiting == 700
