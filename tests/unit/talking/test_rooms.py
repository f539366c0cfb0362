"""A room at one seat, without a server: what goes out, what is shown, what stops it."""

import pytest

from app.companion import body
from app.companion.answers import Entered
from app.companion.events import Delivered, Event, OlderCopy, Said, Trouble, Undelivered
from app.companion.key_list import rekey_hash
from app.companion.room import Room
from app.companion.transcript import Transcript
from app.kit.clock import ManualClock
from app.wire.frames import Ack, Erase, Item, Send
from app.wire.ids import CLIENT_SEAT, Kid, RoomId, seat_id
from app.wire.transcript import chain_start

ROOM = RoomId(bytes(range(16)))
PEER = seat_id(ROOM, Kid(b"k" * 16))
KEYS = {1: b"1" * 32}
STORE, OTHER_STORE = b"s" * 16, b"t" * 16


class Table:
    """A client's room, and a server's list of what was said in it."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.room = Room(ROOM, CLIENT_SEAT, KEYS, ManualClock(1_800_000_000), self.events.append)
        self.items: list[Item] = []
        self.peer = Transcript(ROOM, PEER, KEYS)

    def enter(self, ke: int = 1, store: bytes = STORE) -> None:
        chain = Transcript(ROOM, PEER, self.peer.keys)
        for item in self.items:
            chain.receive(item)
        self.room.entered(
            Entered(room=ROOM, state="talking", ke=ke, seq=len(self.items), head=chain.head, store=store)
        )
        for item in self.items[self.room.after :]:
            self.room.received(item)

    def append(self, frame: Send | Erase, seat: bytes = CLIENT_SEAT) -> Item:
        item = Item(ROOM, len(self.items) + 1, type(PEER)(seat), frame.ke, frame.n, frame.com, frame.ct)
        self.items.append(item)
        self.peer.receive(item)
        return item

    def peer_says(self, words: str) -> Item:
        return self.append(self.peer.compose(self.peer.next_n, body.text(words), 1), PEER)

    def told(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def table() -> Table:
    return Table()


def test_nothing_is_sent_before_the_room_is_entered(table: Table) -> None:
    table.room.say(body.text("hi"))
    assert table.room.next_frame() is None
    table.enter()
    assert table.room.next_frame() is not None


def test_a_message_without_an_ack_is_sent_again_as_it_was(table: Table) -> None:
    table.enter()
    table.room.say(body.text("hi"))
    first = table.room.next_frame()
    table.room.attached = False
    table.enter()
    assert table.room.next_frame() == first


def test_one_message_is_on_its_way_at_a_time_and_in_order(table: Table) -> None:
    table.enter()
    table.room.say(body.text("one"))
    table.room.say(body.text("two"))
    first = table.room.next_frame()
    assert first is not None
    assert table.room.next_frame() == first
    table.room.acked(Ack(ROOM, first.n, 1))
    second = table.room.next_frame()
    assert second is not None
    assert second.n == first.n + 1
    assert [event.content["x"] for event in table.told(Delivered) if isinstance(event, Delivered)] == ["one"]


def test_our_own_echo_stands_for_an_ack_that_was_lost(table: Table) -> None:
    table.enter()
    table.room.say(body.text("hi"))
    frame = table.room.next_frame()
    assert frame is not None
    table.room.received(table.append(frame))
    assert not table.room.outbox
    assert len(table.told(Said)) == 1


def test_a_number_that_another_tab_took_is_encrypted_anew(table: Table) -> None:
    table.enter()
    table.room.say(body.text("from here"))
    frame = table.room.next_frame()
    assert frame is not None
    other = Transcript(ROOM, CLIENT_SEAT, KEYS).compose(1, body.text("from there"), 1)
    table.room.received(table.append(other))
    again = table.room.next_frame()
    assert again is not None
    assert again.n == 2
    assert not table.told(Delivered)


@pytest.mark.parametrize("code", ["stale_epoch", "n_conflict", "gap_sender"])
def test_a_refusal_that_a_new_try_mends_asks_the_server_again(table: Table, code: str) -> None:
    table.enter()
    table.room.say(body.text("hi"))
    frame = table.room.next_frame()
    assert frame is not None
    table.room.refused(code, frame.n)
    assert table.room.resync
    assert len(table.room.outbox) == 1


def test_a_refusal_for_good_is_told_and_the_next_words_go_on(table: Table) -> None:
    table.enter()
    table.room.say(body.text("hi"))
    frame = table.room.next_frame()
    assert frame is not None
    table.room.refused("malformed", frame.n)
    assert len(table.told(Undelivered)) == 1
    assert not table.room.outbox


def test_words_too_long_for_a_message_are_told_and_do_not_stop_the_next(table: Table) -> None:
    table.enter()
    table.room.say(body.text("x" * 20_000))
    assert table.room.next_frame() is None
    table.room.say(body.text("short"))
    assert table.room.next_frame() is not None
    assert len(table.told(Undelivered)) == 1


def test_a_gap_is_asked_for_once_and_believed_the_second_time(table: Table) -> None:
    table.enter()
    table.peer_says("one")
    late = table.peer_says("two")
    table.room.received(late)
    assert table.room.resync
    assert not table.told(Trouble)
    table.room.received(late)
    assert table.told(Trouble) == [Trouble(ROOM, "gap_seq")]


def test_a_gap_that_the_server_fills_is_forgotten(table: Table) -> None:
    table.enter()
    table.peer_says("one")
    table.room.received(table.peer_says("two"))
    table.enter()
    assert len(table.told(Said)) == 2
    assert not table.told(Trouble)


def test_a_changed_message_stops_the_room(table: Table) -> None:
    table.enter()
    item = table.peer_says("hello")
    changed = Item(ROOM, 1, item.seat, 1, 1, item.com, item.ct[:-1] + bytes([item.ct[-1] ^ 1]))
    table.room.received(changed)
    assert table.told(Trouble) == [Trouble(ROOM, "aead")]
    table.room.say(body.text("hi"))
    assert table.room.next_frame() is None


def test_a_key_list_that_contradicts_a_known_key_stops_the_room(table: Table) -> None:
    table.enter()
    table.room.add_keys({1: b"x" * 32})
    assert table.told(Trouble) == [Trouble(ROOM, "key_fork")]


def test_words_wait_for_the_message_that_opens_the_new_epoch(table: Table) -> None:
    table.enter()
    key = b"2" * 32
    opening = Transcript(ROOM, CLIENT_SEAT, KEYS).compose(1, body.rekey(2, rekey_hash(ROOM, 2, key)), 1)
    table.room.add_keys({2: key})
    table.room.ke = 2
    table.room.say(body.text("hi"))
    assert table.room.next_frame() is None
    table.room.received(table.append(opening))
    frame = table.room.next_frame()
    assert frame is not None
    assert frame.ke == 2


def test_another_store_with_the_same_words_is_no_trouble(table: Table) -> None:
    table.enter()
    table.room.received(table.peer_says("hello"))
    table.enter(store=OTHER_STORE)
    assert not table.told(OlderCopy)
    table.room.say(body.text("hi"))
    assert table.room.next_frame() is not None


@pytest.mark.parametrize("store", [STORE, OTHER_STORE])
def test_after_an_older_copy_words_wait_for_a_yes_and_for_a_fresh_epoch(table: Table, store: bytes) -> None:
    table.enter()
    table.room.received(table.peer_says("hello"))
    table.items.clear()
    table.room.say(body.text("hi"))
    table.room.attached = False
    table.enter(store=store)
    assert table.told(OlderCopy) == [OlderCopy(ROOM, 0)]
    assert table.room.next_frame() is None
    table.room.go_on()
    assert table.room.next_frame() is None
    assert table.room.next_epoch() == 2


def test_an_item_that_overtakes_the_answer_to_entering_again_is_no_older_copy(table: Table) -> None:
    table.enter()
    late = Entered(room=ROOM, state="talking", ke=1, seq=0, head=chain_start(ROOM), store=STORE)
    table.room.received(table.peer_says("hello"))
    table.room.entered(late)
    assert not table.told(OlderCopy)
