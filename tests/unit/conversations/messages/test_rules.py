"""Where a message goes in its room, or why it does not."""

import pytest

from app.conversations.errors import Closed, GapSender, NConflict, StaleEpoch, Unknown
from app.conversations.messages.rules import Envelope, Ledger, Placed, Repeated, RoomHead
from app.wire.frames import Item
from app.wire.ids import CLIENT_SEAT, RoomId, SeatId
from app.wire.transcript import chain_next, chain_start, header

ROOM = RoomId(b"r" * 16)
PEER = SeatId(b"p" * 16)


def message(
    n: int, *, seat: SeatId = CLIENT_SEAT, ke: int = 1, com: bytes = b"c" * 32, room: RoomId = ROOM
) -> Envelope:
    return Envelope(room, seat, ke, n, com, b"x" * 1040)


def take_back(n: int, of: int, *, seat: SeatId = CLIENT_SEAT) -> Envelope:
    return Envelope(ROOM, seat, 1, n, b"t" * 32, b"x" * 1040, erases=of)


def ledger(state: str = "talking", *, ke: int = 1, peer_open: bool = True) -> Ledger:
    return Ledger(
        {ROOM: RoomHead(state, ke, 30, 365, 0, chain_start(ROOM), {})},
        {(ROOM, CLIENT_SEAT): True, (ROOM, PEER): peer_open},
    )


def placed(book: Ledger, envelope: Envelope) -> Item:
    outcome = book.place(envelope)
    assert isinstance(outcome, Placed)
    return outcome.item


def test_messages_of_both_seats_share_one_gapless_count_and_one_chain() -> None:
    book = ledger()
    first = placed(book, message(1))
    second = placed(book, message(1, seat=PEER))
    assert (first.seq, second.seq) == (1, 2)
    head = chain_next(chain_start(ROOM), 1, header(ROOM, 1, CLIENT_SEAT, 1), first.com)
    assert book.rooms[ROOM].head == chain_next(head, 2, header(ROOM, 1, PEER, 1), second.com)


def test_an_identical_repeat_gets_its_old_number_even_after_a_rekey_or_a_close() -> None:
    book = ledger()
    placed(book, message(1))
    book.rooms[ROOM].ke = 2
    assert book.place(message(1)) == Repeated(1)
    book.rooms[ROOM].state = "closed"
    assert book.place(message(1)) == Repeated(1)


def test_another_message_under_a_taken_number_is_a_conflict() -> None:
    book = ledger()
    placed(book, message(1))
    assert isinstance(book.place(message(1, com=b"d" * 32)), NConflict)
    assert isinstance(book.place(message(1, ke=2)), NConflict)


def test_a_jump_in_the_senders_count_is_refused_and_the_next_number_is_taken() -> None:
    book = ledger()
    assert isinstance(book.place(message(2)), GapSender)
    assert placed(book, message(1)).n == 1


def test_an_old_epoch_is_stale_and_the_present_one_is_taken() -> None:
    book = ledger(ke=2)
    assert isinstance(book.place(message(1, ke=1)), StaleEpoch)
    assert placed(book, message(1, ke=2)).ke == 2


@pytest.mark.parametrize(
    ("state", "client_may", "staff_may"),
    [
        ("waiting", True, False),
        ("meeting", True, False),
        ("talking", True, True),
        ("resting", False, False),
        ("closed", False, False),
    ],
)
def test_each_state_lets_its_seats_send_and_no_other(state: str, client_may: bool, staff_may: bool) -> None:
    assert isinstance(ledger(state).place(message(1)), Placed if client_may else Closed)
    assert isinstance(ledger(state).place(message(1, seat=PEER)), Placed if staff_may else Closed)


def test_unknown_room_foreign_seat_lost_seat_and_deleted_room_look_alike() -> None:
    stranger = SeatId(b"s" * 16)
    assert isinstance(ledger().place(message(1, room=RoomId(b"o" * 16))), Unknown)
    assert isinstance(ledger().place(message(1, seat=stranger)), Unknown)
    assert isinstance(ledger(peer_open=False).place(message(1, seat=PEER)), Unknown)
    assert isinstance(ledger("deleted").place(message(1)), Unknown)


def test_one_bad_message_of_a_batch_fails_alone() -> None:
    book = ledger()
    outcomes = [book.place(e) for e in (message(1), message(7), message(1, seat=PEER), message(2))]
    assert [type(o) for o in outcomes] == [Placed, GapSender, Placed, Placed]
    assert book.rooms[ROOM].seq == 3


def test_the_client_empties_its_own_row_and_keeps_header_and_commitment() -> None:
    book = ledger()
    row = placed(book, message(1))
    outcome = book.place(take_back(2, of=1))
    assert isinstance(outcome, Placed)
    assert outcome.emptied == Item(ROOM, 1, CLIENT_SEAT, 1, 1, row.com, b"")
    assert outcome.item.seq == 2


def test_nobody_empties_a_peers_row_nor_a_row_that_is_not_there() -> None:
    book = ledger()
    placed(book, message(1, seat=PEER))
    assert isinstance(book.place(take_back(1, of=1)), Unknown)
    assert isinstance(book.place(take_back(1, of=9)), Unknown)
    assert isinstance(book.place(take_back(1, of=0)), Unknown)
    assert isinstance(book.place(take_back(2, of=1, seat=PEER)), Unknown)
    assert book.rooms[ROOM].seq == 1


def test_an_envelope_does_not_print_what_it_holds() -> None:
    assert repr(message(1)) == "<Envelope 1040 bytes>"
